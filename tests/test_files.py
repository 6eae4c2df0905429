"""The door to the disk: whole files, confined and bounded reading."""

import os
import stat
from pathlib import Path

import pytest

from deckpress import files


def test_a_written_file_holds_exactly_the_bytes_and_nothing_is_left_beside_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new" / "folder" / "out.bin"
    files.write(path, b"one")
    files.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["out.bin"]


def test_the_mode_of_an_old_file_is_kept_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        files.write(old, b"x")
        files.write(new, b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE(new.stat().st_mode) == 0o640


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    files.write(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("failing", ["fsync", "replace", "chmod"])
def test_when_writing_fails_the_old_file_is_whole_and_no_other_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(OSError, match="No space"):
        files.write(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_or_a_pipe_is_not_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(files.Refused):
            files.write(place, b"x")


def test_what_is_no_regular_file_is_not_read_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(files.Refused):
        files.read(tmp_path / "pipe")
    with pytest.raises(files.Refused):
        files.read(Path("/dev/zero"))


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "big"
    path.write_bytes(b"x" * (1024 * 1024))
    assert len(files.read(path, limit=1024 * 1024)) == 1024 * 1024
    with pytest.raises(files.Refused, match="larger"):
        files.read(path, limit=1024 * 1024 - 1)


def test_reading_inside_a_folder_follows_links_before_it_judges(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret").write_bytes(b"s")
    (tmp_path / "root-secret").mkdir()
    (tmp_path / "root-secret" / "file").write_bytes(b"s")
    (root / "link").symlink_to(tmp_path / "secret")
    (root / "own").write_bytes(b"o")
    (root / "x").mkdir()
    assert files.read_inside(root, root / "x" / ".." / "own", limit=9) == b"o"
    for name in ("link", "../secret", "../root-secret/file"):
        with pytest.raises(files.Refused, match="outside"):
            files.read_inside(root, root / name, limit=9)


def test_files_are_listed_in_order_without_hidden_ones_and_loops(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "c.txt", ".hidden.md", "sub/d.md", ".git/e.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    found = files.list_files(tmp_path, frozenset({".md"}))
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.md", "b.md", "sub/d.md"]
