"""A note as Anki keeps it: its note type, the HTML in each field, and its cards.

What Anki could not ask becomes a diagnostic here instead of an empty card there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import assert_never

from deckpress import anki
from deckpress.anki_text import LAST_GAP, escape_attribute, escape_prose
from deckpress.content import Blocks, Gap, Image, Inlines, plain, rewrite
from deckpress.diagnostic import Diagnostic
from deckpress.model import Basic, Card, Choice, Cloze, Deck, Note, Option, cards, label
from deckpress.render import html

_TAG_WITHOUT_PICTURE = re.compile(r"<(?!img )[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnkiNote:
    """One row for Anki: fields in the order of the note type, cards by Anki's ordinals."""

    type: anki.NoteType
    fields: tuple[str, ...]
    ordinals: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The row, or None when the note cannot be asked, and why."""

    note: AnkiNote | None
    diagnostics: tuple[Diagnostic, ...] = ()


def compose(deck: Deck, note: Note, media: Mapping[str, str]) -> Composed:
    """Write a note for Anki; `media` gives the file name of each `src`."""
    values = _said(note, media) | _known(deck, note, media)
    found = tuple(_problems(note, values))
    if any(problem.code != "E515" for problem in found):
        return Composed(note=None, diagnostics=found)
    kind = anki.note_type(note.body)
    row = AnkiNote(
        type=kind,
        fields=tuple(values.get(field.name, "") for field in kind.fields),
        ordinals=tuple(ordinal(card) for card in cards(note) if not (found and card.backward)),
    )
    return Composed(note=row, diagnostics=found)


def ordinal(card: Card) -> int:
    """Anki's number for a card: cloze cards by their gap's number, holes and all."""
    return card.gap - 1 if card.gap else card.ordinal


# --- fields ---------------------------------------------------------------------------


def _said(note: Note, media: Mapping[str, str]) -> dict[str, str]:
    """The fields that hold the note's own words.

    Anki looks for gaps in every field of a cloze note, not only in Text.
    """
    match note.body:
        case Basic() as body:
            return {
                "Prompt": html.render(body.prompt, media),
                "Answer": html.render(body.answer, media),
                "Expected": escape_prose(_typed(body.answer)) if body.typed else "",
                "Backward": "1" if body.reverse else "",
            }
        case Cloze() as body:
            return {
                "Text": html.render(body.text, media, cloze=True),
                "Prompt": html.render(_opened(body.prompt), media, cloze=True),
            }
        case Choice() as body:
            right = (str(i) for i, option in enumerate(body.options, start=1) if option.right)
            return {
                "Prompt": html.render(body.prompt, media),
                "Options": _options(body.options, media, mark=False),
                "Marked": _options(body.options, media, mark=True),
                "Right": ",".join(right),
                "Answer": html.render(body.answer, media),
            }
        case _:
            assert_never(note.body)


def _known(deck: Deck, note: Note, media: Mapping[str, str]) -> dict[str, str]:
    """The fields that every note type has.

    Source names no line: lines move, and every note below would seem to have changed.
    """
    path = (*deck.name.split("::"), *note.section)
    link = deck.source if html.is_web(deck.source) else ""
    cloze = isinstance(note.body, Cloze)
    return {
        "Extra": html.render(_opened(note.extra), media, cloze=cloze),
        "Context": escape_prose(" \u203a ".join(path), cloze=cloze),
        "Source": escape_prose(deck.source or deck.path, cloze=cloze),
        "Link": escape_attribute(link, cloze=cloze),
        "Language": escape_attribute(deck.lang, cloze=cloze),
        "Key": escape_attribute(note.key, cloze=cloze),
    }


def _opened(blocks: Blocks) -> Blocks:
    """The blocks with the text of each gap in its place."""
    return rewrite(blocks, _without_gaps)


def _without_gaps(run: Inlines) -> Inlines:
    opened = (inline.children if isinstance(inline, Gap) else (inline,) for inline in run)
    return tuple(chain.from_iterable(opened))


def _typed(answer: Blocks) -> str:
    """An answer as one types it: its words, without pictures and sound."""
    return plain(rewrite(answer, _without_images))


def _without_images(run: Inlines) -> Inlines:
    return tuple(inline for inline in run if not isinstance(inline, Image))


def _options(options: tuple[Option, ...], media: Mapping[str, str], *, mark: bool) -> str:
    items = "\n".join(_option(option, media, mark=mark) for option in options)
    return f'<ol class="options" type="A">\n{items}\n</ol>' if items else ""


def _option(option: Option, media: Mapping[str, str], *, mark: bool) -> str:
    text = f'<div class="said">{html.render(option.children, media, tight=True)}</div>'
    if not mark:
        return f'<li class="option">{text}</li>'
    name, sign, words = ("right", "\u2713", "right") if option.right else ("wrong", "", "")
    shown = f'<span class="sign" role="img" aria-label="{words}">{sign}</span>' if sign else ""
    return f'<li class="option {name}">{text}{shown}</li>'


# --- problems -------------------------------------------------------------------------


def _problems(note: Note, values: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """What would make a card that nobody can answer."""
    match note.body:
        case Cloze():
            return _gap_problems(note)
        case Basic() | Choice() if is_blank(values["Prompt"]):
            message = "this question is empty, so Anki would show a blank card"
            advice = "write the question, or delete the note"
            return (_problem("E510", message, note, advice),)
        case Basic(reverse=True) if is_blank(values["Answer"]):
            message = f"“{label(note)}” cannot be asked backwards: its answer is empty"
            advice = "write the answer, or ask one way only"
            return (_problem("E515", message, note, advice),)
        case _:
            return ()


def _gap_problems(note: Note) -> tuple[Diagnostic, ...]:
    numbers = [card.gap for card in cards(note)]
    if not numbers:
        message = f"“{label(note)}” has no gap, so there is nothing to ask"
        return (_problem("E511", message, note, "mark what is to be hidden"),)
    wrong = [number for number in numbers if not 1 <= number <= LAST_GAP]
    if wrong:
        message = f"“{label(note)}” has a gap with the number {wrong[-1]}"
        advice = f"number the gaps from 1 to {LAST_GAP}, which is the last that Anki knows"
        return (_problem("E514", message, note, advice),)
    return ()


def _problem(code: str, message: str, note: Note, advice: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=note.span, help=advice)


def is_blank(field: str) -> bool:
    """Whether a field shows nothing: no letters, no picture."""
    return not _TAG_WITHOUT_PICTURE.sub("", field).replace("&nbsp;", " ").strip()
