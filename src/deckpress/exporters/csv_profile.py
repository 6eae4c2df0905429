"""A CSV profile: what a CSV file holds, and how it is written. Words only, no reading.

The members of these types are the words of `templates/csv/*.toml`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a cell can hold."""

    prompt = "prompt"
    """The front of a card, or the first field of a note."""
    answer = "answer"
    """The back of a card, or the second field of a note."""
    extra = "extra"
    """What is shown after the answer; it is part of `answer` where this column is missing."""
    tags = "tags"
    deck = "deck"
    section = "section"
    """The headings that the note stands under, joined by `::`."""
    kind = "kind"
    """`basic`, `cloze` or `choice`."""
    key = "key"
    notetype = "notetype"
    """The name of Anki's stock note type for this note."""
    source = "source"
    """The file and line of the note."""


class Rows(StrEnum):
    """What a row stands for: one card with two sides, or one note as Anki stores it."""

    cards = "cards"
    notes = "notes"


class Form(StrEnum):
    """How a cell with content is written."""

    plain = "plain"
    html = "html"


class Header(StrEnum):
    """What stands above the rows: nothing, the columns' names, or the lines that Anki reads."""

    none = "none"
    names = "names"
    anki = "anki"


class Separator(StrEnum):
    """What parts the cells of a row."""

    comma = "comma"
    semicolon = "semicolon"
    tab = "tab"
    pipe = "pipe"


class Newline(StrEnum):
    """What ends a row."""

    crlf = "crlf"
    lf = "lf"


class Encoding(StrEnum):
    """How characters become bytes; `utf-8-sig` begins with the mark that Excel looks for."""

    utf_8 = "utf-8"
    utf_8_sig = "utf-8-sig"
    utf_16 = "utf-16"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a CSV file holds (columns, rows, text) and how it is written (the others)."""

    columns: tuple[Column, ...]
    summary: str = ""
    rows: Rows = Rows.cards
    text: Form = Form.plain
    header: Header = Header.names
    separator: Separator = Separator.comma
    newline: Newline = Newline.crlf
    encoding: Encoding = Encoding.utf_8
