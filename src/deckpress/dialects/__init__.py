"""Dialects: the ways in which people write questions in Markdown, as an ordered table.

A dialect looks at a document's blocks and says which of them are questions. Explicit marks
(labels, gaps) are read wherever they stand; headings are read as questions where the document
as a whole says so. What no dialect claims is reported, so nothing vanishes silently.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from deckpress.content import Blocks
from deckpress.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a document's front matter decides about its reading.

    `dialect` forces one dialect, '' lets the survey choose; `level` is the heading level of
    the questions, 0 when the survey is to find it; `highlights` makes `==text==` a gap;
    `meant` tells that the author wrote the document for deckpress.
    """

    dialect: str = ""
    level: int = 0
    highlights: bool = False
    meant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A question as it stands in the document: its prompt, what follows, and the lines of both.

    `level` is that of the heading that asks, 0 when none does.
    """

    prompt: Blocks
    body: Blocks
    span: Span
    dialect: str
    anchor: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a dialect is given: the blocks nobody has claimed, and the entries found so far."""

    blocks: Blocks
    choices: Choices = Choices()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a dialect found: entries in order, and the blocks it leaves to others, in order."""

    entries: tuple[Entry, ...]
    left: Blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A way of writing questions.

    `example` is a document in this dialect that makes at least one note: it is shown in the
    documentation and read by a test. `find` keeps every block: claimed by an entry, or left.
    """

    name: str
    summary: str
    example: str
    find: Callable[[Page], Found]


DIALECTS = (
    *("labels", "details", "items", "tables", "cloze"),
    *("bold", "bullets", "headings", "definitions"),
)
"""Names in the order in which they are asked: explicit marks first."""


def load(name: str) -> Dialect:
    """The dialect with this name, which is also its module's."""
    dialect: Dialect = import_module(f"deckpress.dialects.{name}").DIALECT
    return dialect
