"""How tests read Markdown: straight from a string, without a file."""

from pathlib import Path

from deckpress.model import Deck, Note
from deckpress.readers import read
from deckpress.source import Source


def deck_of(text: str | bytes, *, path: str = "deck.md", folder: Path = Path()) -> Deck:
    """The deck of a document, called `deck` unless it says otherwise."""
    data = text.encode() if isinstance(text, str) else text
    source = Source(path=path, name=path, data=data, folder=folder, root=folder)
    return read(source, deck="deck")


def notes_of(text: str) -> tuple[Note, ...]:
    """The notes of a document."""
    return deck_of(text).notes


def codes(deck: Deck) -> list[str]:
    """The codes of a deck's problems, in their order."""
    return [diagnostic.code for diagnostic in deck.diagnostics]
