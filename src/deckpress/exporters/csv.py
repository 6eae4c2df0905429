"""CSV files: cards as rows of text, for Anki's text import, other apps and spreadsheets.

A profile (`templates/csv/NAME.toml`) says which columns there are and how they are written.
A CSV file holds no pictures and no sound; what stays behind is named, note by note.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from deckpress.diagnostic import Diagnostic
from deckpress.exporters import Artifact, Export, Exporter, Setting
from deckpress.exporters import csv_profile_reader as profiles
from deckpress.exporters.csv_losses import losses
from deckpress.exporters.csv_profile import Column, Header, Newline, Profile, Separator
from deckpress.exporters.csv_rows import Row, cell, rows
from deckpress.model import Deck, label

_CHARACTERS = {
    Separator.comma: ",",
    Separator.semicolon: ";",
    Separator.tab: "\t",
    Separator.pipe: "|",
}
_NEWLINES = {Newline.crlf: "\r\n", Newline.lf: "\n"}
# Lines that Anki reads before the rows (docs.ankiweb.net, "Importing > Text Files > File
# Headers"); it ignores one that has a blank after the colon. What is not written is
# taken from the collection, where the last import left it.
_ANKI_COLUMNS = (Column.notetype, Column.deck, Column.tags, Column.key)
_ANKI_NAMES = {Column.key: "guid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line and the configuration can say about CSV files."""

    profile: str = field(
        default="plain",
        metadata={
            "help": "What the file is for: plain (other apps, spreadsheets), anki (Anki's text "
            "import; its note types need their English names), or one of templates/csv/."
        },
    )


def export(decks: Sequence[Deck], options: Options, setting: Setting) -> Export:
    """One CSV file of all decks; none at all when the profile is wrong."""
    profile = profiles.find(options.profile, setting.templates)
    if not isinstance(profile, Profile):
        return Export(artifacts=(), cards=0, diagnostics=profile)
    written = [(row, _cells(row, profile)) for row in rows(decks, profile, setting.name)]
    kept = [(row, cells) for row, cells in written if _has_front(cells, profile)]
    data = _encode([cells for _, cells in kept], profile)
    empty = (row for row, cells in written if not _has_front(cells, profile))
    found = (*map(_left_out, empty), *losses(decks, kept, profile))
    cards = sum(row.cards for row, _ in kept)
    return Export(artifacts=(Artifact(suffix=".csv", data=data),), cards=cards, diagnostics=found)


def _cells(row: Row, profile: Profile) -> tuple[str, ...]:
    return tuple(cell(row, column, profile) for column in profile.columns)


def _has_front(cells: tuple[str, ...], profile: Profile) -> bool:
    """Whether a row asks anything; Anki refuses a note whose first field is empty."""
    if Column.prompt not in profile.columns:
        return True
    return bool(cells[profile.columns.index(Column.prompt)].strip())


def _left_out(row: Row) -> Diagnostic:
    message = f"a card of “{label(row.note)}” has an empty front and is not in the CSV file"
    help_ = "write something in the prompt that can be shown as text"
    return Diagnostic(code="W528", message=message, span=row.note.span, help=help_)


def _encode(table: Iterable[tuple[str, ...]], profile: Profile) -> bytes:
    """The file: what the profile puts above the rows, and the rows."""
    end = _NEWLINES[profile.newline]
    names = tuple(column.value for column in profile.columns)
    lines: list[str] = []
    match profile.header:
        case Header.names:
            lines.append(_line(names, profile.separator))
        case Header.anki:
            lines += _anki_lines(profile)
        case Header.none:
            pass
    lines += (_line(cells, profile.separator) for cells in table)
    # A lone surrogate has no bytes in any encoding; it becomes a question mark.
    return "".join(line + end for line in lines).encode(profile.encoding, errors="replace")


def _anki_lines(profile: Profile) -> list[str]:
    numbers = {column: number for number, column in enumerate(profile.columns, 1)}
    return [
        f"#separator:{profile.separator.capitalize()}",
        f"#html:{str(profile.text == 'html').lower()}",
        *(
            f"#{_ANKI_NAMES.get(column, column)} column:{numbers[column]}"
            for column in _ANKI_COLUMNS
            if column in numbers
        ),
        "#if matches:update current",
    ]


def _line(cells: tuple[str, ...], separator: Separator) -> str:
    """A row as RFC 4180 has it, which is also how Anki reads one."""
    mark = _CHARACTERS[separator]
    # A row of one empty cell would be an empty line, which is no row.
    return mark.join(_quoted(text, mark) for text in cells) or '""'


_SPECIAL = re.compile(r'["\r\n]|^[#\s]|\s$')


def _quoted(text: str, separator: str) -> str:
    """A cell in quotes where it needs them; Anki takes a line that begins with # for a comment."""
    if separator in text or _SPECIAL.search(text):
        return '"' + text.replace('"', '""') + '"'
    return text


EXPORTER = Exporter(
    name="csv",
    suffix=".csv",
    summary="rows of text for other apps, spreadsheets and Anki's text import",
    options=Options,
    export=export,
)
