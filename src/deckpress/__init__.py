"""deckpress: press Markdown questions into Anki decks, printable flashcards and CSV files."""

__version__ = "0.1.0"
