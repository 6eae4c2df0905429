"""Readers: a source in, a deck out, problems included. Built-in ones are this table, by suffix."""

from deckpress.model import Deck
from deckpress.readers import markdown
from deckpress.source import Source

READERS = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".mdown": markdown.read,
    ".txt": markdown.read,
}
SUFFIXES = frozenset(READERS)


def read(source: Source, *, deck: str) -> Deck:
    """The deck of a source; `deck` is its name where the source itself gives none.

    A file whose suffix is unknown is read as Markdown: people name their notes as they like.
    """
    suffix = source.path[source.path.rfind(".") :].lower()
    return READERS.get(suffix, markdown.read)(source, deck)
