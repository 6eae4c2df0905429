"""A source: an input file, read but not understood, and a span: a place in it.

Nothing here knows what the bytes mean; that is a reader's work.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The lines of a source that something stands on.

    `path` is the source's name as people should see it; `first` and `last` are line
    numbers counted from 1, both included.
    """

    path: str
    first: int
    last: int

    def __str__(self) -> str:
        """The form that editors and terminals turn into a link: `deck.md:12`."""
        return f"{self.path}:{self.first}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An input file's name and bytes.

    `path` is what messages call it; `name` is its place inside `root` with forward slashes, the
    same on every machine. Relative names inside it (pictures, sound) are looked up from
    `folder`, and may not leave `root`.
    """

    path: str
    name: str
    data: bytes
    folder: Path
    root: Path
