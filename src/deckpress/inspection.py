"""What was read from a document, for people and for programs: who claimed which lines."""

from collections import Counter
from collections.abc import Iterator, Sequence

from deckpress.content import plain
from deckpress.diagnostic import Diagnostic
from deckpress.model import Deck, Note, cards, is_answered, kind, label, prompt
from deckpress.report import Format, count, many, show
from deckpress.report import to_json as diagnostic_to_json

SCHEMA = 1
"""Grows when a name in the JSON changes its meaning or goes away."""


def to_json(deck: Deck, diagnostics: Sequence[Diagnostic]) -> dict[str, object]:
    """The values of a JSON object; lines are counted from 1."""
    return {
        "schema": SCHEMA,
        "deck": deck.name,
        "notes": [_note(note) for note in deck.notes],
        "diagnostics": [diagnostic_to_json(diagnostic) for diagnostic in diagnostics],
    }


def _note(note: Note) -> dict[str, object]:
    return {
        "key": note.key,
        "kind": kind(note),
        "dialect": note.dialect,
        "line": note.span.first,
        "end_line": note.span.last,
        "section": list(note.section),
        "tags": list(note.tags),
        "prompt": plain(prompt(note)),
        "answered": is_answered(note),
        "cards": len(cards(note)),
    }


def to_text(deck: Deck, diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """Lines: one a note under one a section, then the dialects that read them, and the problems."""
    yield deck.name
    yield from _notes(deck)
    yield ""
    yield _summary(deck)
    if diagnostics:
        yield count(diagnostics) + ":"
        yield from show(diagnostics, Format.concise).split("\n")


def _notes(deck: Deck) -> Iterator[str]:
    section: tuple[str, ...] = ()
    for note in deck.notes:
        if note.section != section:
            section = note.section
            yield ""
            if section:
                yield "  " + " › ".join(section)
        answer = "" if is_answered(note) else "  (no answer)"
        yield f"  {note.span.first:>6}  {kind(note):<6}  {label(note, 70)}{answer}"


def _summary(deck: Deck) -> str:
    dialects = Counter(note.dialect for note in deck.notes)
    read = ", ".join(f"{number} by {name}" for name, number in dialects.items())
    made = sum(len(cards(note)) for note in deck.notes)
    numbers = f"{many(len(deck.notes), 'note')}, {many(made, 'card')}"
    return f"{numbers} ({read})" if read else numbers
