"""Where templates are found: the project's own `templates/`, then the packaged copy.

The packaged copy lies in the installed package, or, in a checkout, at its top level. A file
of the same name in an earlier place wins, so a project overrides single files.
"""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from deckpress import files

LIMIT = 4 * 1024 * 1024


class MissingTemplate(LookupError):
    """No place has this template; the message names it."""


def packaged() -> Path:
    """The folder of the templates that come with deckpress."""
    here = Path(__file__).resolve().parent
    installed = here / "_templates"
    # An editable install has no copy inside the package; its one home is the checkout's top level.
    checkout = here.parent.parent / "templates"
    return installed if files.is_folder(installed) else checkout


@dataclass(frozen=True, slots=True)
class Templates:
    """Folders to look in, the first one first; the packaged copy is always the last."""

    folders: tuple[Path, ...] = ()

    def read(self, name: str) -> str:
        """The text of a template such as `anki/style.css`; raises MissingTemplate."""
        for folder in (*self.folders, packaged()):
            path = folder / PurePosixPath(name)
            if files.exists(path):
                return files.read_inside(folder, path, limit=LIMIT).decode("utf-8")
        message = f"there is no template {name}"
        raise MissingTemplate(message)

    def names(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The names of all templates in a folder such as `csv`, each once, sorted."""
        found = set()
        for place in (*self.folders, packaged()):
            if files.is_folder(place / folder):
                found |= {p.name for p in files.list_folder(place / folder) if p.suffix == suffix}
        return tuple(sorted(f"{folder}/{name}" for name in found))
