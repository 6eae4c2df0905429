"""The rows of a CSV file: which notes and cards they stand for, and what their cells hold.

A row still holds document trees; only `cell` makes text of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import assert_never
from urllib.parse import unquote

from deckpress.anki_text import clean_deck, clean_level, clean_tag, join_tag
from deckpress.content import Blocks, Image, Paragraph, Rule, walk
from deckpress.exporters.csv_profile import Column, Form, Header, Profile, Rows
from deckpress.model import Basic, Choice, Cloze, Deck, Note, cards, face, kind, notes_of
from deckpress.render import html, text

Render = Callable[[Blocks], str]
TYPED = "Basic (type in the answer)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row before it is written: its note, its deck, its cards' number, and its content."""

    note: Note
    deck: str
    cards: int
    prompt: Blocks
    answer: Blocks
    extra: Blocks = ()


def rows(decks: Sequence[Deck], profile: Profile, name: str) -> tuple[Row, ...]:
    """All rows in order; `name` is for decks that have none. A note without any card has none."""
    asked = ((_home(deck, note, name), note) for deck, note in notes_of(decks) if cards(note))
    match profile.rows:
        case Rows.cards:
            return tuple(row for home, note in asked for row in _card_rows(home, note))
        case Rows.notes:
            # Anki's text import makes a second deck, "Parent+", when it meets the child first.
            parents_first = sorted(asked, key=lambda pair: pair[0].count("::"))
            return tuple(_note_row(home, note) for home, note in parents_first)
        case _:
            assert_never(profile.rows)


def _home(deck: Deck, note: Note, name: str) -> str:
    """The deck that a package would put the note into: one for each section of the first level."""
    root = clean_deck(deck.name) or clean_deck(name)
    return clean_deck("::".join((root, *map(clean_level, note.section[:1]))))


def _tags(note: Note) -> tuple[str, ...]:
    """The tags that a package would give the note: its own, and the path of its section."""
    found = (*map(clean_tag, note.tags), join_tag(note.section))
    return tuple(dict.fromkeys(filter(None, found)))


def _card_rows(home: str, note: Note) -> Iterator[Row]:
    for card in cards(note):
        sides = face(card)
        yield Row(
            note=note,
            deck=home,
            cards=1,
            prompt=sides.front,
            answer=sides.back,
            extra=sides.extra,
        )


def _note_row(home: str, note: Note) -> Row:
    """A note as its stock note type stores it in two fields; a cloze keeps its gaps."""
    count = len(cards(note))
    match note.body:
        case Cloze(text=asked, prompt=prompt):
            return Row(note=note, deck=home, cards=count, prompt=prompt + asked, answer=note.extra)
        case Basic() | Choice():
            (first, *_) = _card_rows(home, note)
            return replace(first, cards=count)
        case _:
            assert_never(note.body)


def stock_type(note: Note) -> str:
    """The stock note type for a note, by its English name: other languages have other names."""
    match note.body:
        case Cloze():
            return "Cloze"
        case Basic(reverse=True):
            return "Basic (and reversed card)"
        case Basic(typed=True) if not note.extra:
            # Anki compares what was typed with the whole field, in which `extra` would stand.
            return TYPED
        case Basic() | Choice():
            return "Basic"
        case _:
            assert_never(note.body)


def cell(row: Row, column: Column, profile: Profile) -> str:
    """What stands in one cell of a row."""
    render = _renderer(row, profile)
    match column:
        case Column.prompt:
            return render(row.prompt)
        case Column.answer:
            return render(row.answer if Column.extra in profile.columns else _with_extra(row))
        case Column.extra:
            return render(row.extra)
        case Column.tags:
            return " ".join(_tags(row.note))
        case Column.deck:
            return row.deck
        case Column.section:
            return "::".join(row.note.section)
        case Column.kind:
            return kind(row.note)
        case Column.key:
            return row.note.key
        case Column.notetype:
            return stock_type(row.note)
        case Column.source:
            return str(row.note.span)
        case _:
            assert_never(column)


def _with_extra(row: Row) -> Blocks:
    """The answer, and below a line what is shown after it."""
    if row.answer and row.extra:
        return (*row.answer, Rule(span=row.note.span), *row.extra)
    return row.answer + row.extra


def _renderer(row: Row, profile: Profile) -> Render:
    """How this profile writes the content of a row."""
    match profile.text:
        case Form.plain:
            return text.render
        case Form.html:
            return lambda blocks: _html(blocks, row, profile)
        case _:
            assert_never(profile.text)


def _html(blocks: Blocks, row: Row, profile: Profile) -> str:
    """Content as HTML; a file is called what it is called on the author's disk."""
    files = {image.src: file_name(image) for image in local_images(blocks)}
    with_gaps = profile.rows is Rows.notes and isinstance(row.note.body, Cloze)
    markup = html.render(blocks, files, cloze=with_gaps, tight=len(blocks) == 1)
    prose = all(isinstance(block, Paragraph) for block in blocks)
    # Anki's stock note types centre every line, which makes a riddle of code and lists.
    centred = profile.header is Header.anki and not prose
    return f'<div style="text-align: left">\n{markup}\n</div>' if centred else markup


def local_images(blocks: Blocks) -> tuple[Image, ...]:
    """The pictures and sounds that are files, not places on the web."""
    images = (node for node in walk(blocks) if isinstance(node, Image))
    return tuple(image for image in images if not html.is_web(image.src))


def file_name(image: Image) -> str:
    """What Anki's media folder, which has no folders in it, would call a file."""
    return PurePosixPath(unquote(image.src)).name or image.src
