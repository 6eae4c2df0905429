"""Which note is which: every note gets a key, the same one wherever the deck is built.

A key written in the source wins. Otherwise the key derives from the deck's name and the whole
prompt, code and options included, never from the position or the answer, so two clones agree.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import replace

from deckpress.model import Deck, asked

_KEY_BYTES = 10
"""80 bits: two of a million notes share a key with a chance below one in a billion."""


def assign(decks: Sequence[Deck], now: int) -> tuple[Deck, ...]:
    """The same decks, every note with a key and a time of last change.

    Notes of one deck that ask the very same get different keys, in their order.
    `now` is in seconds since 1970.
    """
    seen: dict[str, int] = {}
    return tuple(_assign_deck(deck, seen, now) for deck in decks)


def _assign_deck(deck: Deck, seen: dict[str, int], now: int) -> Deck:
    notes = []
    for note in deck.notes:
        key = note.key
        if not key:
            material = f"{deck.name}\x1f{asked(note)}"
            seen[material] = seen.get(material, 0) + 1
            key = _key(material, seen[material])
        notes.append(replace(note, key=key, modified=note.modified or now))
    return replace(deck, notes=tuple(notes))


def _key(material: str, occurrence: int) -> str:
    if occurrence > 1:
        material += f"\x1f{occurrence}"
    digest = hashlib.sha256(material.encode("utf-8")).digest()[:_KEY_BYTES]
    return base64.b32encode(digest).decode("ascii").lower()
