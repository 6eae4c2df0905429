"""Two notes with one written key: Anki would take them for the same note."""

from collections.abc import Iterator, Sequence

from deckpress.diagnostic import Diagnostic
from deckpress.model import Deck, notes_of
from deckpress.rules import Rule
from deckpress.source import Span


def check(decks: Sequence[Deck]) -> Iterator[Diagnostic]:
    """An error for each note whose key an earlier note has."""
    places: dict[str, Span] = {}
    for _, note in notes_of(decks):
        if note.written and note.key in places:
            yield Diagnostic(
                code=RULE.code,
                message=f"the key {note.key!r} is already taken by the note at {places[note.key]}",
                span=note.span,
                help="give this note a key of its own, or none",
            )
        places.setdefault(note.key, note.span)


RULE = Rule(code="E201", summary="two notes have the same key", check=check)
