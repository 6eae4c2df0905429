"""The only door to the disk: confined, bounded reading and whole-file writing.

Every function raises OSError as the system gives it; `project` and `cli` turn that into a
message. Nothing else in deckpress opens a file.
"""

import contextlib
import os
import stat
import tempfile
from pathlib import Path

MAX_SOURCE = 32 * 1024 * 1024
"""The largest source that is read, in bytes: a hundred times the longest document in use."""
MAX_MEDIA = 100 * 1024 * 1024
"""The largest picture or sound, in bytes; Anki's media check complains above 100 MiB."""


class Refused(Exception):
    """A file that may not be read or written; the message says why in one clause."""


def read(path: Path, *, limit: int = MAX_SOURCE) -> bytes:
    """A regular file's bytes; Refused for a device, a pipe or a file above `limit` bytes."""
    with open(path, "rb", opener=_open_without_waiting) as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            message = "it is not a regular file"
            raise Refused(message)
        data = file.read(limit + 1)
    if len(data) > limit:
        message = f"it is larger than {limit // 1024 // 1024} MiB"
        raise Refused(message)
    return data


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file so that a pipe without a writer does not hang the reader."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))


def read_inside(root: Path, path: Path, *, limit: int) -> bytes:
    """Like `read`, for a file that must lie inside `root` once every link is followed."""
    if not path.resolve().is_relative_to(root.resolve()):
        message = "it lies outside the project"
        raise Refused(message)
    return read(path, limit=limit)


def exists(path: Path) -> bool:
    """Whether something is there."""
    return path.exists()


def is_folder(path: Path) -> bool:
    """Whether a folder is there."""
    return path.is_dir()


def list_files(folder: Path, suffixes: frozenset[str]) -> tuple[Path, ...]:
    """The files below a folder with one of these suffixes, sorted; hidden ones are left out.

    Links to folders are not followed, so there are no loops.
    """
    found = []
    for where, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(where, n) for n in names if not n.startswith(".")]
    return tuple(sorted(path for path in found if path.suffix.lower() in suffixes))


def _raise(error: OSError) -> None:
    """A folder that cannot be listed is no empty folder."""
    raise error


def list_folder(folder: Path) -> tuple[Path, ...]:
    """What lies directly in a folder, sorted; hidden things are left out."""
    return tuple(sorted(path for path in folder.iterdir() if not path.name.startswith(".")))


def write(path: Path, data: bytes) -> None:
    """Make a file hold exactly these bytes: it is the whole old file or the whole new one.

    The folder is made when it is missing, a link is followed, an old file's mode is kept;
    Refused for anything that is not a regular file.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        message = f"{path} is there already, and is not a file"
        raise Refused(message)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, _mode(target))
        os.replace(name, target)
        _sync_folder(target.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, or what the umask gives a new one."""
    with contextlib.suppress(FileNotFoundError):
        return stat.S_IMODE(target.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
