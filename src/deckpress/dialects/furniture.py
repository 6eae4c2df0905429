"""Furniture: what documents hold besides questions and answers, and how it is told."""

from collections.abc import Iterable

from deckpress.content import (
    Block,
    Blocks,
    CommentBlock,
    Inline,
    Item,
    Link,
    ListBlock,
    Paragraph,
    Rule,
    Styled,
    Text,
    plain,
    walk,
)


def is_contents(blocks: Iterable[Block]) -> bool:
    """Whether some blocks are a table of contents: a list whose items are links within the page."""
    row = [block for block in blocks if not isinstance(block, CommentBlock | Rule)]
    if not row or not all(isinstance(block, ListBlock) for block in row):
        return False
    items = [node for node in walk(row) if isinstance(node, Item)]
    return bool(items) and all(_is_local_link(item) for item in items)


def _is_local_link(item: Item) -> bool:
    match item.children:
        case (Paragraph(children=children), *_):
            links = [inline for inline in children if isinstance(inline, Link)]
            words = "".join(plain((link,)) for link in links)
            local = all(link.url.startswith("#") for link in links)
            return bool(links) and local and len(words) >= len(plain(children)) - 4
        case _:
            return False


def without_back_links(blocks: Blocks) -> Blocks:
    """The blocks without lines that only lead back to the top of the page, and rules at the end."""
    kept = [block for block in blocks if not _is_back_link(block)]
    while kept and isinstance(kept[-1], Rule):
        kept.pop()
    return tuple(kept)


def _is_back_link(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    links = [node for node in walk(block.children) if isinstance(node, Link)]
    return bool(links) and all(_leads_back(inline) for inline in block.children)


def _leads_back(inline: Inline) -> bool:
    match inline:
        case Link(url=url):
            return url.startswith("#")
        case Styled(children=children):
            return all(_leads_back(child) for child in children)
        case Text(text=text):
            return not any(char.isalnum() for char in text)
        case _:
            return False
