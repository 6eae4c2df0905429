"""Text with gaps that stands on its own: each paragraph, item or quote with a gap is a note.

    The capital of {{c1::France}} is {{c2::Paris::city}}.

Under a question or a heading that is one, gaps belong to that question instead.
"""

from collections.abc import Iterable
from dataclasses import replace

from deckpress.content import Block, Blocks, CommentBlock, Heading, ListBlock
from deckpress.dialects import Dialect, Entry, Found, Page
from deckpress.dialects.gaps import has_marks


def find(page: Page) -> Found:
    """Entries for paragraphs and items with gaps that no heading can be the question of."""
    forced = page.choices.dialect == DIALECT.name
    if not forced and any(isinstance(block, Heading) for block in page.blocks):
        # A heading with gaps below it is its prompt; the headings dialect decides.
        return Found(entries=(), left=page.blocks)
    return claim(page.blocks, highlights=page.choices.highlights)


def claim(blocks: Iterable[Block], *, highlights: bool) -> Found:
    """Entries for all blocks with gaps, one each, items apart; the other blocks are left.

    A comment belongs to the text that it touches.
    """
    row = tuple(blocks)
    if not has_marks(row, highlights=highlights):
        return Found(entries=(), left=row)
    entries: list[Entry] = []
    left: list[Block] = []
    for block in row:
        for part in _parts(block):
            if has_marks((part,), highlights=highlights):
                entries.append(_entry((*_comments_above(part, left), part)))
            elif isinstance(part, CommentBlock) and entries and _touches(entries[-1], part):
                last = entries.pop()
                span = replace(last.span, last=part.span.last)
                entries.append(replace(last, body=(*last.body, part), span=span))
            else:
                left.append(part)
    return Found(entries=tuple(entries), left=tuple(left))


def _comments_above(part: Block, left: list[Block]) -> Blocks:
    """Take away the comments on the lines just above a block."""
    taken: list[Block] = []
    line = part.span.first
    while left and isinstance(left[-1], CommentBlock) and left[-1].span.last == line - 1:
        taken.insert(0, left.pop())
        line = taken[0].span.first
    return tuple(taken)


def _touches(entry: Entry, comment: CommentBlock) -> bool:
    return entry.span.last == comment.span.first - 1


def _parts(block: Block) -> Blocks:
    """A list as its items' blocks where one of them has gaps, so that each item is a note."""
    match block:
        case ListBlock():
            return tuple(replace(block, items=(item,), span=item.span) for item in block.items)
        case _:
            return (block,)


def _entry(text: Blocks) -> Entry:
    match text[-1]:
        case ListBlock(items=(item,)):
            body = (*text[:-1], *item.children)
        case _:
            body = text
    return Entry(prompt=(), body=body, span=text[-1].span, dialect=DIALECT.name)


DIALECT = Dialect(
    name="cloze",
    summary="paragraphs and list items with `{{c1::gaps}}`, without a heading",
    example="""\
A DAG has {{c1::directed}} edges and no {{c2::cycles}}.

- `git fetch` never changes your {{c1::working tree::what you edit}}.
""",
    find=find,
)
