"""List items as questions: an item that holds a heading, or options, or a hidden answer.

1. ### What is a closure?

A function with the variables around it.

2. Which service stores objects?
- A. Queue
- B. Bucket

<details><summary>Answer</summary>B</details>
"""

import re
from collections.abc import Iterable

from deckpress.content import (
    Block,
    Blocks,
    Details,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Text,
    plain,
)
from deckpress.dialects import Dialect, Entry, Found, Page, details
from deckpress.dialects.furniture import without_back_links
from deckpress.dialects.marks import is_lettered, split_answer, without_answer_label
from deckpress.dialects.words import hides_answer, marks_answer

_AFTER_COLON = re.compile(r"[:\uff1a]\s*(\S.*)$")
_SHARE = 0.6
"""The share of a list's items that must hold a question for the list to be one of questions."""


def find(page: Page) -> Found:
    """Entries for the items of all lists in which most items hold a question."""
    entries: list[Entry] = []
    left: list[Block] = []
    for block in page.blocks:
        if isinstance(block, ListBlock) and _is_collection(block.items):
            entries += (_entry(item) for item in block.items)
        else:
            left.append(block)
    return Found(entries=tuple(entries), left=tuple(left) if entries else page.blocks)


def _is_collection(items: tuple[Item, ...]) -> bool:
    holding = sum(_holds_question(item) for item in items)
    return holding >= _SHARE * len(items)


def _holds_question(item: Item) -> bool:
    match item.children:
        case (Heading(), *_):
            return True
        case (Paragraph(), *rest):
            return any(_is_mark(block) for block in rest)
        case _:
            return False


def _is_mark(block: Block) -> bool:
    match block:
        case Details():
            return hides_answer(plain(block.summary))
        case ListBlock():
            boxes = len(block.items) > 1 and all(i.checked is not None for i in block.items)
            return boxes or is_lettered(block)
        case _:
            return False


def _entry(item: Item) -> Entry:
    first, *rest = item.children
    asked: Blocks = (first,)
    if isinstance(first, Heading):
        asked = (Paragraph(children=first.children, span=first.span),)
    before, answer = divide(rest)
    return Entry(
        prompt=(*asked, *before),
        body=answer,
        span=item.span,
        dialect=DIALECT.name,
        anchor=first.anchor if isinstance(first, Heading) else "",
    )


def divide(blocks: Iterable[Block]) -> tuple[Blocks, Blocks]:
    """What follows a question, as more of the question and as its answer.

    Hidden details or a label mark the answer; without a mark everything answers.
    """
    row = without_back_links(tuple(blocks))
    for place, block in enumerate(row):
        if isinstance(block, Heading):
            said = without_answer_label(block.children)
            if said is not None:
                below = Paragraph(children=said, span=block.span)
                return row[:place], (*((below,) if said else ()), *row[place + 1 :])
            if marks_answer(plain(block.children)):
                return row[:place], _answer_below(block, row[place + 1 :])
    return details.split_answer(row) or split_answer(row)


def _answer_below(mark: Heading, rest: Blocks) -> Blocks:
    """The answer below a heading that marks it, with what the heading itself says after a colon."""
    words = plain(mark.children)
    said = _AFTER_COLON.search(words)
    if said is None:
        return rest
    return (Paragraph(children=(Text(text=said[1]),), span=mark.span), *rest)


DIALECT = Dialect(
    name="items",
    summary="list items that hold a heading, or options, or a hidden answer",
    example="""\
1. ### What is a closure?

   A function together with the variables around it.

2. ### What is a callback?

   A function that is handed to another one, which calls it later.
""",
    find=find,
)
