"""A question without an answer: it still is a card, but nobody can check themselves against it."""

from collections.abc import Iterator, Sequence

from deckpress.diagnostic import Diagnostic
from deckpress.model import Choice, Deck, is_answered, label, notes_of
from deckpress.rules import Rule


def check(decks: Sequence[Deck]) -> Iterator[Diagnostic]:
    """A warning for each note that has no answer."""
    for _, note in notes_of(decks):
        # A choice without a right option has been reported already, when it was read.
        if not is_answered(note) and not isinstance(note.body, Choice):
            yield Diagnostic(
                code=RULE.code,
                message=f"this question has no answer: “{label(note, 50)}”",
                span=note.span,
                help="write the answer below it",
            )


RULE = Rule(code="W401", summary="a question has no answer", check=check)
