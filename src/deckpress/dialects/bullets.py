"""Bullets as questions: lists of questions, with answers nested below them or with none.

    * **What is a service?**
        - Work without a screen.
    * What is TTL?
      * Who lowers it?

Below a bold question a nested list answers; below a plain one it asks on, and belongs to the
prompt. A list counts when it stands in a document whose list items mostly ask.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from deckpress.content import (
    Block,
    Blocks,
    Code,
    Heading,
    Inlines,
    Item,
    Link,
    ListBlock,
    Paragraph,
    Style,
    Styled,
    Text,
    plain,
    walk,
)
from deckpress.dialects import Dialect, Entry, Found, Page
from deckpress.dialects.furniture import is_contents
from deckpress.dialects.items import divide
from deckpress.dialects.marks import split_lines
from deckpress.dialects.outline import clean
from deckpress.dialects.words import asks, ends_in_question, is_appendix

_LEAST = 5
"""So many asking items make a list of questions; fewer may stand in any answer."""
_ASKING_SHARE = 0.5


def find(page: Page) -> Found:
    """Entries for the items of lists, when the document's lists are its questions."""
    lists = list(_candidates(page.blocks))
    items = [item for block in lists for item in block.items if _words(item)]
    headings = sum(
        isinstance(b, Heading) and ends_in_question(plain(b.children)) for b in page.blocks
    )
    bold = [item for item in items if _is_bold(item)]
    if page.choices.dialect != DIALECT.name:
        asking = sum(asks(_words(item)) or _is_bold(item) for item in items)
        plainly = sum(ends_in_question(_words(item)) for item in items)
        enough = asking >= _LEAST and asking >= _ASKING_SHARE * len(items)
        enough = enough or (len(items) > 1 and plainly == len(items))
        if not enough or asking <= 2 * headings or len(page.entries) > asking:
            return Found(entries=(), left=page.blocks)
    wanted = {id(item) for item in (bold if len(bold) > len(items) / 2 else items)}
    claimed = {id(block) for block in lists}
    entries: list[Entry] = []
    left: list[Block] = []
    for block in page.blocks:
        if isinstance(block, ListBlock) and id(block) in claimed:
            for place, item in enumerate(block.items):
                if place and entries and _is_bare(item):
                    entries.append(_continued(entries.pop(), block, item))
                elif id(item) in wanted:
                    entries.append(_entry(item))
                else:
                    left.append(replace(block, items=(item,), span=item.span))
        else:
            left.append(block)
    return Found(entries=tuple(entries), left=tuple(left))


def _candidates(blocks: Blocks) -> Iterator[ListBlock]:
    """The lists outside of closing sections, tables of contents left out."""
    closing = False
    for block in blocks:
        if isinstance(block, Heading):
            # A table of contents often stands above all sections by its level, but not in fact.
            closing = is_appendix(clean(plain(block.children)))
        if isinstance(block, ListBlock) and not closing and not _is_links(block):
            yield block


def _is_links(block: ListBlock) -> bool:
    """Whether the items are links and nothing more: contents, resources, credits."""
    if is_contents((block,)):
        return True
    bare = [_only_link(item) for item in block.items]
    return sum(bare) > len(bare) / 2


def _only_link(item: Item) -> bool:
    match item.children:
        case (Paragraph(children=children), *_):
            links = [node for node in walk(children) if isinstance(node, Link)]
            words = plain(children)
            bold = any(isinstance(i, Styled) and i.style is Style.strong for i in children)
            linked = sum(len(plain((link,))) for link in links)
            if bold or not links:
                return False
            return linked > 0.8 * len(words) or (linked > len(words) / 2 and not asks(words))
        case _:
            return False


def _words(item: Item) -> str:
    """What an item's first lines say, up to the label of an answer."""
    match item.children:
        case (Paragraph() as first, *_):
            return plain(split_lines(first)[0].children)
        case _:
            return ""


def _is_bold(item: Item) -> bool:
    """Whether an item's line is bold as a whole, but for a link or a mark beside it."""
    match item.children:
        case (Paragraph(children=(Styled(style=Style.strong, children=words), *rest)), *_):
            beside = plain(tuple(i for i in rest if not isinstance(i, Link)))
            alone = not any(char.isalnum() for char in beside)
            linked = any(isinstance(inline, Link) for inline in rest)
            return bool(plain(words)) and (alone or linked or ends_in_question(plain(words)))
        case _:
            return False


def _is_bare(item: Item) -> bool:
    """Whether an item is only code or an address: what the question before it is about."""
    match item.children:
        case (Paragraph(children=children),):
            meant = [i for i in children if not (isinstance(i, Text) and not i.text.strip())]
            return bool(meant) and all(isinstance(inline, Code) for inline in meant)
        case _:
            return False


def _continued(entry: Entry, block: ListBlock, item: Item) -> Entry:
    more = replace(block, items=(item,), span=item.span)
    last = entry.prompt[-1]
    prompt = (*entry.prompt, more)
    if isinstance(last, ListBlock) and last.items[-1].span.last == item.span.first - 1:
        prompt = (*entry.prompt[:-1], replace(last, items=(*last.items, item)))
    return replace(entry, prompt=prompt, span=replace(entry.span, last=item.span.last))


def _entry(item: Item) -> Entry:
    first, *rest = item.children
    prompt: Blocks = (first,)
    beside: Blocks = ()
    if _is_bold(item) and isinstance(first, Paragraph):
        prompt = (replace(first, children=_bold_words(first.children)),)
        others = _after_dash(first.children[1:])
        beside = (replace(first, children=others),) if plain(others) else ()
    elif isinstance(first, Paragraph):
        question, said = split_lines(first)
        if said:
            answer = (said, *rest)
            return Entry(prompt=(question,), body=answer, span=item.span, dialect=DIALECT.name)
    follow_up = not _is_bold(item) and _asks_on(rest)
    before, answer = (tuple(rest), ()) if follow_up else divide((*beside, *rest))
    return Entry(prompt=(*prompt, *before), body=answer, span=item.span, dialect=DIALECT.name)


def _bold_words(children: Inlines) -> Inlines:
    match children:
        case (Styled(children=words), *_):
            return words
        case _:
            return children


def _after_dash(inlines: Inlines) -> Inlines:
    """What stands beside a bold question, without the dash or colon between them."""
    match inlines:
        case (Text(text=text), *rest):
            left = text.lstrip(" -\u2013\u2014:")
            return (*((Text(text=left),) if left else ()), *rest)
        case _:
            return inlines


def _asks_on(rest: Sequence[Block]) -> bool:
    """Whether nested items ask too, or are short: follow-ups rather than an answer."""
    items = [item for block in rest if isinstance(block, ListBlock) for item in block.items]
    only_lists = all(isinstance(block, ListBlock) for block in rest)
    asking = sum(ends_in_question(_words(item)) for item in items)
    return bool(items) and only_lists and asking >= len(items) / 2


DIALECT = Dialect(
    name="bullets",
    summary="lists of questions, with answers nested below them or with none",
    example="""\
* **What is a service?**
    - Work that runs without a screen.
* **What is a thread?**
    - A path of execution within a process.
* **What is a lock?**
    - What lets only one thread pass.
* **What is a deadlock?**
    - Two threads, each waiting for the other's lock.
* **When is a queue better?**
    - When work can wait.
""",
    find=find,
)
