"""Options to choose from: a list with task boxes, or with letters and an answer that names some.

- [x] right          - A. stone
- [ ] wrong          - B. pear

Correct answer: B
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from deckpress.content import Block, Blocks, Inlines, Item, ListBlock, Paragraph, Text, plain
from deckpress.model import Choice, Option

_LETTER = re.compile(r"\s*([A-Ha-h])\s*[.):\uff1a\u3001]\s*")
_NAMED = re.compile(
    r"(?:[^\W\d_]+[ '\u2019]?){0,4}\s*[:\uff1a]?\s*"
    r"(?P<letters>[A-H](?:(?:\s*(?:,|\u3001|&|/|and|und|et|y|\u0438|\u548c)\s*|\s*)[A-H])*)"
    r"(?P<end>[.)\s]*$|[.):,\s\u2013-])"
)


def find_choice(prompt: Blocks, answer: Blocks) -> Choice | None:
    """The choice that a prompt and its answer make up, or None when there is nothing to choose."""
    for side in (answer, prompt):
        boxes = _first(side, _has_boxes)
        if boxes:
            at = side.index(boxes)
            options = tuple(_option(item, right=bool(item.checked)) for item in boxes.items)
            if side is prompt:
                before, after = prompt[:at], (*prompt[at + 1 :], *answer)
            else:
                before, after = (*prompt, *answer[:at]), answer[at + 1 :]
            return Choice(prompt=before, options=options, answer=after)
    lettered = _first((*prompt, *answer), _has_letters)
    if not lettered:
        return None
    before, after = _without(prompt, lettered), _without(answer, lettered)
    right, rest = _named(after, len(lettered.items))
    if not right:
        return None
    options = tuple(
        _option(_without_letter(item), right=place in right)
        for place, item in enumerate(lettered.items)
    )
    return Choice(prompt=before, options=options, answer=rest)


def _first(blocks: Iterable[Block], fits: Callable[[ListBlock], bool]) -> ListBlock | None:
    lists = (block for block in blocks if isinstance(block, ListBlock) and len(block.items) > 1)
    return next(filter(fits, lists), None)


def _has_boxes(block: ListBlock) -> bool:
    return all(item.checked is not None for item in block.items)


def _has_letters(block: ListBlock) -> bool:
    """Whether the items are called A, B, C and so on, none left out."""
    letters = [_letter(item) for item in block.items]
    return letters == [chr(ord("A") + place) for place in range(len(letters))]


def _letter(item: Item) -> str:
    match item.children:
        case (Paragraph(children=(Text(text=text), *_)), *_) if found := _LETTER.match(text):
            return found[1].upper()
        case _:
            return ""


def _without_letter(item: Item) -> Item:
    match item.children:
        case (Paragraph(children=(Text(text=text), *rest)) as first, *others):
            left = _LETTER.sub("", text, count=1)
            children: Inlines = (*((Text(text=left),) if left else ()), *rest)
            return replace(item, children=(replace(first, children=children), *others))
        case _:
            return item


def _option(item: Item, *, right: bool) -> Option:
    return Option(children=item.children, right=right)


def _without(blocks: Blocks, unwanted: Block) -> Blocks:
    return tuple(block for block in blocks if block is not unwanted)


def _named(answer: Blocks, count: int) -> tuple[frozenset[int], Blocks]:
    """The places of the options that an answer names first, and what else the answer says."""
    match answer:
        case (Paragraph() as first, *rest):
            words = plain((first,))
        case _:
            return frozenset(), answer
    found = _NAMED.match(words)
    if not found:
        return frozenset(), answer
    letters = re.findall(r"[A-H]", found["letters"])
    places = frozenset(ord(letter) - ord("A") for letter in letters)
    if max(places) >= count or len(places) != len(letters):
        return frozenset(), answer
    # A line that only names letters says nothing that the marked options do not say.
    return places, tuple(rest) if found.end() >= len(words) else answer
