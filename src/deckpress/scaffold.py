"""A new project: its configuration, and a first deck to change."""

from collections.abc import Iterator
from pathlib import Path

from deckpress import files
from deckpress.configuration import FILE

CONFIGURATION = """\
# The configuration of a deckpress project. Every line is optional.

source = "source"                # each folder or file in it becomes one output
out = "build"                    # where outputs are written
to = ["apkg", "pdf", "csv"]      # the formats

# [export.pdf]                   # options of one format, as `deckpress export pdf --help` tells
# stock = "letter-2x4"
# flip = "short"
"""

DECK = """\
---
deck: My first deck
tags: example
---

# My first deck

## What is a deck? #basics

A set of notes that are studied together.

## Which of these can deckpress write?

- [x] Anki packages
- [x] PDF sheets of flashcards
- [ ] Music

## Fill in the gap

A note is what you write; a {{c1::card}} is what you are asked.
"""


class AlreadyThere(FileExistsError):
    """There is a project here already; the message says which file shows it."""


def make(folder: Path) -> Iterator[Path]:
    """Write what is missing and give the files written; raises AlreadyThere before any writing."""
    if files.exists(folder / FILE):
        raise AlreadyThere(f"{FILE} is already here; nothing was changed")
    files.write(folder / FILE, CONFIGURATION.encode())
    yield folder / FILE
    if not files.exists(folder / "source"):
        first = folder / "source" / "first.md"
        files.write(first, DECK.encode())
        yield first
