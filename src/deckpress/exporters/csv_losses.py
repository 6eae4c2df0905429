"""What a CSV file does not carry, and what a spreadsheet would make of it: named, note by note."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from deckpress.content import Blocks, Image, walk
from deckpress.diagnostic import Diagnostic
from deckpress.exporters.csv_profile import Column, Form, Header, Profile
from deckpress.exporters.csv_rows import TYPED, Row, local_images, stock_type
from deckpress.model import Basic, Deck, Note, cards, label, notes_of

# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), wide forms
# included; a plain number is none.
_FORMULA = re.compile(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*\s?%?")
_NAMED = 3
"""How many files a message names; of more it gives the number."""

Written = tuple[Row, tuple[str, ...]]
"""A row, and the cells that were written for it."""


@dataclass(frozen=True, slots=True)
class _Subject:
    """A note, and the rows that were written for it."""

    note: Note
    written: tuple[Written, ...]


def losses(
    decks: Sequence[Deck], written: Sequence[Written], profile: Profile
) -> Iterator[Diagnostic]:
    """At most one diagnostic of each sort for each note."""
    for _, note in notes_of(decks):
        if not cards(note):
            yield _no_cards(note)
    for subject in _subjects(written):
        yield from _media(subject, profile)
        yield from _formulas(subject, profile)
        yield from _typing(subject.note, profile)


def _subjects(written: Sequence[Written]) -> tuple[_Subject, ...]:
    """The rows by note; two notes with the same content stay two."""
    found: dict[int, list[Written]] = {}
    for row, cells in written:
        found.setdefault(id(row.note), []).append((row, cells))
    return tuple(_Subject(pairs[0][0].note, tuple(pairs)) for pairs in found.values())


def _no_cards(note: Note) -> Diagnostic:
    message = f"“{label(note)}” makes no card and is not in the CSV file"
    return Diagnostic(code="W529", message=message, span=note.span, help="mark a gap in its text")


def _media(subject: _Subject, profile: Profile) -> Iterator[Diagnostic]:
    """What a note shows or plays from files of their own."""
    blocks = tuple(b for row, _ in subject.written for b in row.prompt + row.answer + row.extra)
    images = _images(blocks, profile)
    if not images:
        return
    described = all(image.alt.strip() for image in images) and profile.text is Form.plain
    message = f"not in the CSV file: {_listed([unquote(image.src) for image in images])}"
    if described:
        message += "; the description stands in its place"
    help_ = "use a package (.apkg) or a PDF where pictures and sound matter"
    if profile.header is Header.anki:
        help_ = "copy the files into Anki's folder collection.media, or use a package (.apkg)"
    code = "I525" if described else "W526"
    yield Diagnostic(code=code, message=message, span=subject.note.span, help=help_)


def _images(blocks: Blocks, profile: Profile) -> tuple[Image, ...]:
    """What stays behind; in HTML a picture on the web is still one click away."""
    if profile.text is Form.html:
        return local_images(blocks)
    return tuple(node for node in walk(blocks) if isinstance(node, Image))


def _listed(names: Sequence[str]) -> str:
    """Each name once."""
    unique = list(dict.fromkeys(names))
    more = f" and {len(unique) - _NAMED} more" if len(unique) > _NAMED else ""
    return ", ".join(unique[:_NAMED]) + more


def _formulas(subject: _Subject, profile: Profile) -> Iterator[Diagnostic]:
    """Cells that a spreadsheet would compute; Anki computes nothing."""
    if profile.header is Header.anki:
        return
    columns = {
        column.value: None
        for _, cells in subject.written
        for column, text in zip(profile.columns, cells, strict=True)
        if _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    }
    if columns:
        message = f"a spreadsheet would take the {' and '.join(columns)} here for a formula"
        help_ = "import the column as text, or begin it with another character"
        yield Diagnostic(code="W527", message=message, span=subject.note.span, help=help_)


def _typing(note: Note, profile: Profile) -> Iterator[Diagnostic]:
    """Anki's stock note types ask for a typed answer only one way and with nothing after it."""
    asked = isinstance(note.body, Basic) and note.body.typed
    if Column.notetype in profile.columns and asked and stock_type(note) != TYPED:
        message = f"the answer to “{label(note)}” is not asked to be typed"
        help_ = "use a package (.apkg), whose own note types can do both"
        yield Diagnostic(code="I540", message=message, span=note.span, help=help_)
