"""The same question twice in one section: allowed, for quizzes repeat themselves; worth a look."""

from collections.abc import Iterator, Sequence

from deckpress.diagnostic import Diagnostic
from deckpress.model import Deck, asked, notes_of
from deckpress.rules import Rule
from deckpress.source import Span


def check(decks: Sequence[Deck]) -> Iterator[Diagnostic]:
    """A warning for each note that asks what an earlier one of its deck and section asks."""
    places: dict[tuple[str, ...], Span] = {}
    for deck, note in notes_of(decks):
        question = (deck.name, *note.section, asked(note).casefold())
        if question in places:
            yield Diagnostic(
                code=RULE.code,
                message=f"the same question stands at {places[question]}",
                span=note.span,
                help="reword one of them, so that a learner can tell them apart",
            )
        places.setdefault(question, note.span)


RULE = Rule(code="W202", summary="a section asks the same question twice", check=check)
