"""The model: decks of notes, the cards a note makes, and the two faces of a card.

A note is what the author wrote; a card is one thing to be asked. Exporters that know notes
(Anki) take notes; those that know only two sides (paper, most apps) take faces, so that a
cloze or a choice looks the same everywhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from deckpress.content import (
    Blank,
    Blocks,
    Gap,
    Inline,
    Inlines,
    Item,
    ListBlock,
    Style,
    Styled,
    plain,
    rewrite,
    walk,
)
from deckpress.diagnostic import Diagnostic
from deckpress.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic:
    """A prompt and its answer; `reverse` also asks for the prompt, `typed` wants it typed."""

    prompt: Blocks
    answer: Blocks
    reverse: bool = False
    typed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze:
    """Text with gaps, and an optional prompt (the heading it stood under) shown above it."""

    text: Blocks
    prompt: Blocks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a choice note."""

    children: Blocks
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A prompt with options, one or several of them right, and why (`answer`, may be empty)."""

    prompt: Blocks
    options: tuple[Option, ...]
    answer: Blocks = ()


Body = Basic | Cloze | Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the author wrote: a body of one of three kinds, and what is known of it.

    `section` is the heading path inside the deck; `extra` is shown after the answer, apart
    from it. `key` is the note's identity, '' until the source or the ledger gives one;
    `written` tells that the source gave it. `modified` is the time of the last change to
    what a learner sees, in seconds since 1970. `dialect` names what recognised it.
    """

    body: Body
    span: Span
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    extra: Blocks = ()
    key: str = ""
    written: bool = False
    modified: int = 0
    dialect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A file that notes show: `src` as notes name it; `name` by content, safe on any system."""

    src: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """Everything that was read from one source, problems included.

    `name` may nest with `::`. `path` is the source's place in its project. `media` answers the
    `src` of this deck's own images only; `lang` is a BCP 47 tag or ''.
    """

    name: str
    path: str
    notes: tuple[Note, ...] = ()
    media: tuple[Media, ...] = ()
    description: str = ""
    lang: str = ""
    author: str = ""
    licence: str = ""
    source: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing to be asked: the note, and which of its cards, counted from 0 without holes.

    `gap` is the number of the gap asked for on a card of a cloze note, else 0;
    `backward` tells the second card of a note that is asked both ways.
    """

    note: Note
    ordinal: int
    gap: int = 0
    backward: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a card shows on its two sides; `extra` belongs to the back, set apart."""

    front: Blocks
    back: Blocks
    extra: Blocks = ()


def kind(note: Note) -> str:
    """The word for a note's kind: `basic`, `cloze` or `choice`."""
    match note.body:
        case Basic():
            return "basic"
        case Cloze():
            return "cloze"
        case Choice():
            return "choice"
        case _:
            assert_never(note.body)


def prompt(note: Note) -> Blocks:
    """What a note asks, gaps not yet hidden: what people know it by."""
    match note.body:
        case Basic() | Choice():
            return note.body.prompt
        case Cloze():
            return note.body.prompt + note.body.text
        case _:
            assert_never(note.body)


def asked(note: Note) -> str:
    """Everything that a note asks, options included, on one line: what identity rests on."""
    words = plain(prompt(note))
    if isinstance(note.body, Choice):
        words += "".join(f"\x1e{plain(option.children)}" for option in note.body.options)
    return words


def blocks(note: Note) -> Blocks:
    """All blocks of a note, in reading order."""
    match note.body:
        case Basic():
            return (*note.body.prompt, *note.body.answer, *note.extra)
        case Cloze():
            return (*note.body.prompt, *note.body.text, *note.extra)
        case Choice():
            options = (block for option in note.body.options for block in option.children)
            return (*note.body.prompt, *options, *note.body.answer, *note.extra)
        case _:
            assert_never(note.body)


def is_answered(note: Note) -> bool:
    """Whether the source gives an answer: text, a gap, or an option marked right."""
    match note.body:
        case Basic():
            return bool(note.body.answer)
        case Cloze():
            return bool(gaps(note.body.text))
        case Choice():
            return any(option.right for option in note.body.options) or bool(note.body.answer)
        case _:
            assert_never(note.body)


def gaps(text: Blocks) -> tuple[int, ...]:
    """The numbers of the gaps in a text, each once, ascending."""
    return tuple(sorted({node.number for node in walk(text) if isinstance(node, Gap)}))


def cards(note: Note) -> tuple[Card, ...]:
    """The cards a note makes, in the order in which they are studied."""
    match note.body:
        case Basic(reverse=True):
            return (Card(note=note, ordinal=0), Card(note=note, ordinal=1, backward=True))
        case Basic() | Choice():
            return (Card(note=note, ordinal=0),)
        case Cloze():
            numbers = enumerate(gaps(note.body.text))
            return tuple(Card(note=note, ordinal=i, gap=number) for i, number in numbers)
        case _:
            assert_never(note.body)


def face(card: Card) -> Face:
    """What the two sides of a card show."""
    note, body = card.note, card.note.body
    match body:
        case Basic():
            sides = (body.prompt, body.answer)
            front, back = sides[::-1] if card.backward else sides
            return Face(front=front, back=back, extra=note.extra)
        case Cloze():
            front = body.prompt + rewrite(body.text, lambda run: _ask(run, card.gap))
            back = body.prompt + rewrite(body.text, lambda run: _reveal(run, card.gap))
            return Face(front=front, back=back, extra=note.extra)
        case Choice():
            front = body.prompt + _options(body, note.span, show=False)
            back = _options(body, note.span, show=True) + body.answer
            return Face(front=front, back=back, extra=note.extra)
        case _:
            assert_never(body)


def _ask(run: Inlines, number: int) -> Inlines:
    """Replace the gaps of one number by blanks, and open all others."""
    return _replace_gaps(run, number, lambda gap: (Blank(hint=gap.hint),))


def _reveal(run: Inlines, number: int) -> Inlines:
    """Mark the text of the gaps of one number, and open all others."""
    return _replace_gaps(run, number, lambda gap: (Styled(style=Style.gap, children=gap.children),))


def _replace_gaps(run: Inlines, number: int, change: Callable[[Gap], Inlines]) -> Inlines:
    found: list[Inline] = []
    for inline in run:
        match inline:
            case Gap() if inline.number == number:
                found.extend(change(inline))
            case Gap():
                found.extend(inline.children)
            case _:
                found.append(inline)
    return tuple(found)


def _options(body: Choice, span: Span, *, show: bool) -> Blocks:
    items = tuple(
        Item(children=option.children, span=span, checked=show and option.right)
        for option in body.options
    )
    return (ListBlock(items=items, span=span),)


def notes_of(decks: Sequence[Deck]) -> tuple[tuple[Deck, Note], ...]:
    """All notes of some decks in order, each with its deck."""
    return tuple((deck, note) for deck in decks for note in deck.notes)


def label(note: Note, limit: int = 60) -> str:
    """A note's prompt on one line, cut at `limit` characters, for messages."""
    return shorten(plain(prompt(note)), limit)


def shorten(words: str, limit: int) -> str:
    """Words cut at `limit` characters, an ellipsis included, when they are longer."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
