"""The outline of a document: which headings are sections, and which is its title.

Also finds the headings of pasted text, which has none: a short line between questions.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from deckpress.content import Block, Blocks, CommentBlock, Heading, Paragraph, Rule, plain
from deckpress.dialects import Entry

_MAX_TITLE = 80
"""The longest line, in characters, that can be a title; longer ones are prose."""
_COUNT = re.compile(
    r"\s*[(\uff08\[]\s*(?:[A-Za-z]{0,2}\d+[\d\s,./%\u2013-]*(?:[A-Za-z]{0,2}\d+)?)\s*[)\uff09\]]\s*$"
)
_SHARE = re.compile(r"\s*[(\uff08]\s*\d+\s*%\s*[)\uff09]\s*$")
_BACK_LINK = re.compile(r"^\[[^\w\]]*\]\s*")
_SHORTCODE = re.compile(r"^(?:\s*:[a-z0-9_+-]+:)+|(?::[a-z0-9_+-]+:\s*)+$")
_SENTENCE_ENDS = tuple(".!?:;,\u3002\uff01\uff1f\uff1a\uff1b\u2026")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A document's title ('' when it has none), and each entry's section path."""

    title: str
    sections: tuple[tuple[str, ...], ...]


def outline(left: Iterable[Block], entries: Sequence[Entry]) -> Outline:
    """Read the headings that are not questions.

    A heading that stands alone above all entries is the document's title; the others make up
    the path of the entries below them.
    """
    row = tuple(left)
    headings = [block for block in row if isinstance(block, Heading)]
    paths = list(_paths(headings, entries, _topics(row, entries)))
    tops = {path[0].span.first for path in paths if path}
    if len(tops) == 1 and all(paths):
        title = clean(plain(paths[0][0].children), counts=True)
        paths = [path[1:] for path in paths]
    else:
        title = _lone_title(headings, paths)
    names = (tuple(clean(plain(heading.children)) for heading in path) for path in paths)
    return Outline(title=title, sections=tuple(tuple(n for n in path if n) for path in names))


def _topics(left: Blocks, entries: Sequence[Entry]) -> set[int]:
    """The lines of headings that are the topic of questions of their own level.

    Such a heading has no text, and a question of the same level is what follows it.
    """
    lines = [entry.span.first for entry in entries]
    found = set()
    for block, following in zip_longest(left, left[1:]):
        place = bisect_right(lines, block.span.first)
        if isinstance(block, Heading) and place < len(lines):
            textless = following is None or following.span.first > lines[place]
            if textless and entries[place].level == block.level:
                found.add(block.span.first)
    return found


def _paths(
    headings: Sequence[Heading], entries: Iterable[Entry], topics: set[int]
) -> Iterator[list[Heading]]:
    """The headings above each entry, highest first.

    A heading that asks ends the sections of its level and below, but for its own topic.
    """
    path: list[Heading] = []
    coming = iter(headings)
    heading = next(coming, None)
    for entry in entries:
        while heading and heading.span.first <= entry.span.first:
            while path and path[-1].level >= heading.level:
                path.pop()
            path.append(heading)
            heading = next(coming, None)
        while entry.level and path and _ends(path[-1], entry.level, topics):
            path.pop()
        yield list(path)


def _ends(heading: Heading, level: int, topics: set[int]) -> bool:
    topic = heading.level == level and heading.span.first in topics
    return heading.level >= level and not topic


def _lone_title(headings: Sequence[Heading], paths: Iterable[list[Heading]]) -> str:
    """The document's first heading, when it is level 1 and no entry lies beneath it."""
    beneath = {heading.span.first for path in paths for heading in path}
    match headings:
        case [Heading(level=1) as first, *_] if first.span.first not in beneath:
            return clean(plain(first.children), counts=True)
        case _:
            return ""


def clean(title: str, *, counts: bool = False) -> str:
    """A title without what only decorates it: emoji, `:shortcodes:`, and counts in brackets.

    `counts` keeps those: two documents may differ by nothing else, as “Algebra (2)” does.
    """
    before = ""
    while title != before:
        before = title
        title = _SHORTCODE.sub("", (_SHARE if counts else _COUNT).sub("", title)).strip()
        title = _strip_pictures(_BACK_LINK.sub("", title)).rstrip(" :")
    return title or before


def _strip_pictures(title: str) -> str:
    start, end = 0, len(title)
    while start < end and _is_picture(title[start]):
        start += 1
    while end > start and _is_picture(title[end - 1]):
        end -= 1
    return title[start:end].strip() or title


def _is_picture(char: str) -> bool:
    """Emoji and what joins and varies them; letters, marks and mathematics are not pictures."""
    return char in "\ufe0f\ufe0e\u200d\u20e3" or unicodedata.category(char) in ("So", "Sk")


# --- titles without markup ------------------------------------------------------------


def with_titles(blocks: Blocks, entries: Sequence[Entry]) -> Blocks:
    """The unclaimed blocks with short lines as headings, in a document that has no headings.

    Before questions, the last short line of a run of prose is the title of what follows; the
    first one of the document, when another follows it, is the title of the whole. Short
    lines after the last question are no titles: nothing follows them.
    """
    has_headings = any(isinstance(block, Heading) for block in blocks)
    if not entries or has_headings or any(entry.level for entry in entries):
        return blocks
    starts = sorted(entry.span.first for entry in entries)
    titles: dict[int, int] = {}
    for group in _groups(blocks, starts):
        lines = [block.span.first for block in group if _is_title(block)]
        if not lines:
            continue
        titles[lines[-1]] = 2
        if not titles.keys() - {lines[-1]} and len(lines) > 1:
            titles[lines[0]] = 1
    return tuple(_titled(block, titles) for block in blocks)


def _groups(blocks: Blocks, starts: Sequence[int]) -> list[list[Block]]:
    """Unclaimed blocks by the question they stand before; those after the last one left out."""
    groups: dict[int, list[Block]] = {}
    for block in blocks:
        if isinstance(block, CommentBlock | Rule):
            continue
        following = bisect_right(starts, block.span.first)
        if following < len(starts):
            groups.setdefault(following, []).append(block)
    return list(groups.values())


def _is_title(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.span.first != block.span.last:
        return False
    words = plain((block,))
    return 0 < len(words) <= _MAX_TITLE and not words.endswith(_SENTENCE_ENDS)


def _titled(block: Block, titles: dict[int, int]) -> Block:
    level = titles.get(block.span.first)
    if level is None or not isinstance(block, Paragraph):
        return block
    return Heading(level=level, children=block.children, span=block.span)
