"""A package file for Anki: rows and media in, the bytes of an `.apkg` out.

genanki knows the tables; what Anki needs beyond it is added here: times of each note and
note type, ids of fields and templates, cards we counted ourselves, order of study, Markdown
deck descriptions, and a zip whose bytes depend on nothing but what is in it.
"""

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from deckpress import anki
from deckpress.anki import NoteType, Sides
from deckpress.exporters.apkg_note import AnkiNote

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SQLITE_VERSION = slice(96, 100)
"""Where a database's header names the SQLite that wrote it (SQLite file format, 1.3)."""
_NORMAL_VERSION = (3040000).to_bytes(4, "big")
_TEXT_SUFFIXES = (".svg", ".css", ".js", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A note with all that Anki stores of it; `modified` in seconds since 1970, `due` from 1."""

    note: AnkiNote
    key: str
    deck: int
    tags: tuple[str, ...]
    modified: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageDeck:
    """A deck's id, its full name, and its description in Markdown."""

    ident: int
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one note type looks, and since when, in seconds since 1970."""

    type: NoteType
    sides: tuple[Sides, ...]
    style: str
    modified: int


def pack(
    rows: Sequence[Row],
    decks: Sequence[PackageDeck],
    looks: Sequence[Look],
    media: Mapping[str, bytes],
) -> bytes:
    """The bytes of a package; equal arguments give equal bytes, on any machine and day."""
    names = sorted(media)
    listing = json.dumps({str(i): name for i, name in enumerate(names)}, ensure_ascii=False)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        _add(archive, "collection.anki2", _database(rows, decks, looks))
        _add(archive, "media", listing.encode())
        for i, name in enumerate(names):
            _add(archive, str(i), media[name], packed=not name.endswith(_TEXT_SUFFIXES))
    return file.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, *, packed: bool = False) -> None:
    """Add a member; what is `packed` already (pictures, sound) is not compressed again."""
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3
    archive.writestr(info, data)


# --- the database ---------------------------------------------------------------------


def _database(rows: Sequence[Row], decks: Sequence[PackageDeck], looks: Sequence[Look]) -> bytes:
    """The collection as SQLite writes it, built in memory."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("PRAGMA page_size = 4096")
        connection.executescript(APKG_SCHEMA)
        connection.executescript(APKG_COL)
        _write(connection.cursor(), rows, decks, looks)
        connection.commit()
        data = bytearray(connection.serialize())
    finally:
        connection.close()
    data[_SQLITE_VERSION] = _NORMAL_VERSION
    return bytes(data)


def _write(
    cursor: sqlite3.Cursor,
    rows: Sequence[Row],
    decks: Sequence[PackageDeck],
    looks: Sequence[Look],
) -> None:
    models = {look.type.ident: _Model(look) for look in looks}
    known = {str(ident): model.to_json(0, None) for ident, model in models.items()}
    # Without Anki's own deck 1, which would share the name of a deck called Default.
    nested = {str(deck.ident): _Deck(deck).to_json() for deck in decks}
    texts = (json.dumps(known, ensure_ascii=False), json.dumps(nested, ensure_ascii=False))
    cursor.execute("UPDATE col SET models = ?, decks = ?", texts)
    for row, ids in _with_ids(rows):
        _Note(row, models[row.note.type.ident]).write_to_db(cursor, row.modified, row.deck, ids)


def _with_ids(rows: Sequence[Row]) -> Iterator[tuple[Row, Iterator[int]]]:
    """Each row with ids for its note and cards: times in ms, as Anki wants, ascending and unique.

    The oldest rows come first, so that a note that is new to a deck also looks new in Anki.
    """
    taken = 0
    for row in sorted(rows, key=lambda row: row.modified):
        first = max(taken + 1, row.modified * 1000)
        taken = first + len(row.note.ordinals)
        yield row, iter(range(first, taken + 1))


# --- what genanki does not do ---------------------------------------------------------


class _Note(genanki.Note):  # type: ignore[misc] # genanki has no types
    """A note whose cards are given, and whose HTML is our own."""

    def __init__(self, row: Row, model: "_Model") -> None:
        note = row.note
        super().__init__(model, list(note.fields), tags=row.tags, guid=row.key, due=row.due)
        self._ordinals = note.ordinals

    @property
    def cards(self) -> list[genanki.Card]:
        """The cards the note has; genanki would guess them from the fields."""
        return [genanki.Card(ordinal) for ordinal in self._ordinals]

    def _check_invalid_html_tags_in_fields(self) -> None:
        """Nothing: the HTML is ours, and genanki's pattern needs the square of its length."""


class _Model(genanki.Model):  # type: ignore[misc] # genanki has no types
    """A note type with ids on its parts and a time of its own."""

    def __init__(self, look: Look) -> None:
        kind = look.type
        pairs = zip(kind.templates, look.sides, strict=True)
        super().__init__(
            kind.ident,
            kind.name,
            fields=[_field(field) for field in kind.fields],
            templates=[_template(template, sides) for template, sides in pairs],
            css=look.style,
            model_type=self.CLOZE if kind.cloze else self.FRONT_BACK,
        )
        self._modified = look.modified

    @property
    def _req(self) -> list[tuple[int, str, list[int]]]:
        """Which fields make a card: only read by Anki before 2.1.28, so the first will do."""
        return [(i, "any", [0]) for i, _ in enumerate(self.templates)]

    def to_json(self, timestamp: float, deck_id: int | None) -> dict[str, object]:
        """The note type as Anki stores it."""
        del timestamp
        stored: dict[str, object] = super().to_json(self._modified, deck_id)
        return stored


def _field(field: anki.Field) -> dict[str, object]:
    return {
        "name": field.name,
        "id": field.ident,
        "font": "Arial",
        "size": 20,
        "collapsed": not field.for_people,
        "preventDeletion": True,
    }


def _template(template: anki.Template, sides: Sides) -> dict[str, object]:
    return {
        "name": template.name,
        "id": template.ident,
        "qfmt": sides.front,
        "afmt": sides.back,
    }


class _Deck(genanki.Deck):  # type: ignore[misc] # genanki has no types
    """A deck whose description is Markdown."""

    def __init__(self, deck: PackageDeck) -> None:
        super().__init__(deck.ident, deck.name, deck.description)

    def to_json(self) -> dict[str, object]:
        """The deck as Anki stores it; `md` makes Anki render the description safely."""
        stored: dict[str, object] = super().to_json() | {"md": True}
        return stored
