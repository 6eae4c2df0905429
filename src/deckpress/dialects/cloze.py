"""Text with gaps that stands on its own: each paragraph, item or quote with a gap is a note.

    The capital of {{c1::France}} is {{c2::Paris::city}}.

Under a question or a heading that is one, gaps belong to that question instead.
"""

from collections.abc import Iterable
from dataclasses import replace

from deckpress.content import Block, Blocks, Heading, ListBlock
from deckpress.dialects import Dialect, Entry, Found, Page
from deckpress.dialects.gaps import has_marks


def find(page: Page) -> Found:
    """Entries for paragraphs and items with gaps that no heading can be the question of."""
    if any(isinstance(block, Heading) for block in page.blocks):
        # A heading with gaps below it is its prompt; the headings dialect decides.
        return Found(entries=(), left=page.blocks)
    return claim(page.blocks, highlights=page.choices.highlights)


def claim(blocks: Iterable[Block], *, highlights: bool) -> Found:
    """Entries for all blocks with gaps, one each, items apart; the other blocks are left."""
    entries: list[Entry] = []
    left: list[Block] = []
    for block in blocks:
        for part in _parts(block):
            if has_marks((part,), highlights=highlights):
                entries.append(_entry((part,)))
            else:
                left.append(part)
    return Found(entries=tuple(entries), left=tuple(left))


def _parts(block: Block) -> Blocks:
    """A list as its items' blocks where one of them has gaps, so that each item is a note."""
    match block:
        case ListBlock():
            return tuple(replace(block, items=(item,), span=item.span) for item in block.items)
        case _:
            return (block,)


def _entry(text: Blocks) -> Entry:
    match text:
        case (ListBlock(items=(item,)),):
            return Entry(prompt=(), body=item.children, span=item.span, dialect=DIALECT.name)
        case _:
            return Entry(prompt=(), body=text, span=text[0].span, dialect=DIALECT.name)


DIALECT = Dialect(
    name="cloze",
    summary="paragraphs and list items with `{{c1::gaps}}`, without a heading",
    example="""\
A DAG has {{c1::directed}} edges and no {{c2::cycles}}.

- `git fetch` never changes your {{c1::working tree::what you edit}}.
""",
    find=find,
)
