"""Definition lists as questions: the term asks, what it means answers.

    Gutter
    : The space between two cards.

In a document with other questions a definition list belongs to one of them.
"""

from deckpress.content import Block, Definition, DefinitionList, Paragraph
from deckpress.dialects import Dialect, Entry, Found, Page

_LEAST = 2
"""So many terms make a glossary."""


def find(page: Page) -> Found:
    """Entries for all terms of a document that has no other questions."""
    terms = sum(len(block.items) for block in page.blocks if isinstance(block, DefinitionList))
    if page.choices.dialect != DIALECT.name and (page.entries or terms < _LEAST):
        return Found(entries=(), left=page.blocks)
    entries: list[Entry] = []
    left: list[Block] = []
    for block in page.blocks:
        if isinstance(block, DefinitionList):
            entries += map(_entry, block.items)
        else:
            left.append(block)
    return Found(entries=tuple(entries), left=tuple(left))


def _entry(item: Definition) -> Entry:
    return Entry(
        prompt=(Paragraph(children=item.term, span=item.span),),
        body=item.children,
        span=item.span,
        dialect=DIALECT.name,
    )


DIALECT = Dialect(
    name="definitions",
    summary="terms with `: definitions`, in a document without other questions",
    example="""\
Gutter
: The space between two cards on a sheet.

Bleed
: What is printed beyond the edge of a card.
""",
    find=find,
)
