"""Headings as questions: what follows a heading, down to the next of its level, is its answer.

    ## What is a DAG?

    A graph whose edges have a direction and form no cycle.

Which level holds the questions is decided for the whole document: the one whose headings most
often have text of their own, headings that ask counting more. Higher headings are sections,
deeper ones belong to the answer.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from deckpress.content import (
    Block,
    Blocks,
    CommentBlock,
    Heading,
    Inlines,
    Item,
    Link,
    ListBlock,
    Paragraph,
    Rule,
    Text,
    plain,
    walk,
)
from deckpress.dialects import Dialect, Entry, Found, Page, cloze
from deckpress.dialects.labels import split_answer

_NUMBER = re.compile(
    r"\s*(?:(?:q|question)\s*[.:#]?\s*)?\d{1,4}\s*[.):\u3001\uff0e\uff1a]+\s+|\s*q(?:uestion)?\s*[.:]\s+",
    re.IGNORECASE,
)
_TAGS = re.compile(r"(?:\s+#[^\W\d_][\w/:-]*)+$")
_QUESTION_ENDS = ("?", "\uff1f", "\u061f", "\u037e", "\u0964")
_ASKING = re.compile(
    r"(?:what|why|how|when|which|who|whose|where|name|explain|describe|define|list|compare|is|are|"
    r"can|does|do|should|give|write|show|state|contrast)\b",
    re.IGNORECASE,
)
_APPENDIX_WORDS = """
    acknowledgements acknowledgments appendix authors bibliography changelog comments contact
    contents contributing contributors credits disclaimer glossary index introduction intro
    licence license links overview preface readme references related resources sources summary toc
    inhaltsverzeichnis quellen lizenz 目录 参考 参考资料 许可证 оглавление содержание источники
"""
APPENDICES = {
    *_APPENDIX_WORDS.split(),
    *("table of contents", "further reading", "see also", "external links", "about the author"),
}
"""Titles that never ask: the furniture of documents, in the languages we have met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A heading with the blocks down to the next heading of any level.

    `holds_entry` tells that another dialect found a question between this heading and the
    next one of its level or above: then this one is a section, not a question.
    """

    heading: Heading
    own: Blocks
    holds_entry: bool

    @property
    def asks(self) -> bool:
        """Whether it reads like a question."""
        words = _words(self.heading)
        return words.rstrip(" *#").endswith(_QUESTION_ENDS) or bool(_ASKING.match(words))

    @property
    def is_appendix(self) -> bool:
        """Whether it is furniture: a known title, or nothing but links within the document."""
        name = _words(self.heading).strip(" :.").casefold()
        return name in APPENDICES or _is_contents(self.own)


def find(page: Page) -> Found:
    """Entries for the headings of the question level; all else is left."""
    before, parts = _parts(page)
    level = page.choices.level or _question_level(parts)
    here = [part for part in parts if part.heading.level == level]
    labelled = not page.choices.dialect and _is_labelled(here, len(page.entries))
    asked = {part.heading.span.first for part in here if _is_question(part, labelled=labelled)}
    if not asked:
        return _gaps_only(page)
    entries: list[Entry] = []
    left = list(before)
    open_: list[_Part] = []
    for part in parts:
        if part.heading.level <= level:
            entries += _entry(open_)
            open_ = []
        if part.heading.span.first in asked:
            open_ = [part]
        elif open_:
            open_.append(part)
        else:
            left += (part.heading, *part.own)
    entries += _entry(open_)
    return Found(entries=tuple(entries), left=tuple(left))


def _gaps_only(page: Page) -> Found:
    """A document whose headings ask nothing may still hold paragraphs with gaps."""
    if page.choices.dialect == DIALECT.name:
        return Found(entries=(), left=page.blocks)
    return cloze.claim(page.blocks, highlights=page.choices.highlights)


def _parts(page: Page) -> tuple[Blocks, tuple[_Part, ...]]:
    """The blocks before the first heading, and the document cut at its headings."""
    before: list[Block] = []
    cut: list[tuple[Heading, list[Block]]] = []
    for block in page.blocks:
        if isinstance(block, Heading):
            cut.append((block, []))
        else:
            (cut[-1][1] if cut else before).append(block)
    holds = _holds_entry([heading for heading, _ in cut], page.entries)
    parts = (
        _Part(heading=heading, own=tuple(own), holds_entry=held)
        for (heading, own), held in zip(cut, holds, strict=True)
    )
    return tuple(before), tuple(parts)


def _holds_entry(headings: Sequence[Heading], entries: Sequence[Entry]) -> list[bool]:
    """For each heading, whether an entry lies before the next heading of its level or above."""
    lines = sorted(entry.span.first for entry in entries)
    ends: dict[int, float] = {}
    open_: list[Heading] = []
    for heading in headings:
        while open_ and open_[-1].level >= heading.level:
            ends[open_.pop().span.first] = heading.span.first
        open_.append(heading)
    starts = (heading.span.first for heading in headings)
    spans = ((start, ends.get(start, float("inf"))) for start in starts)
    return [bisect_left(lines, end) > bisect_left(lines, start) for start, end in spans]


def _question_level(parts: Sequence[_Part]) -> int:
    """The level to which most headings with text of their own belong; 0 when none does."""
    weights: dict[int, float] = {}
    for level in sorted({part.heading.level for part in parts}):
        here = [p for p in parts if p.heading.level == level and not p.is_appendix]
        asking = sum(part.asks for part in here)
        filled = sum(_has_text(part.own) and not part.holds_entry for part in here)
        # A level that asks beats a deeper one that only divides answers ("Example", "Details").
        share = asking / len(here) if here else 0
        weights[level] = max(filled * (0.25 + share), asking * 0.5)
    if not weights or max(weights.values()) == 0:
        return 0
    return max(weights, key=lambda level: (weights[level], level))


def _is_labelled(parts: Sequence[_Part], entries: int) -> bool:
    """Whether the document's questions are mostly those that another dialect found."""
    free = [p for p in parts if _has_text(p.own) and not p.is_appendix and not p.holds_entry]
    return entries > len(free)


def _is_question(part: _Part, *, labelled: bool) -> bool:
    if part.is_appendix or part.holds_entry:
        return False
    if labelled or not _has_text(part.own):
        # Among labelled questions, or with nothing of its own, a heading must ask to be one;
        # otherwise it is the topic of what follows.
        return part.asks and (not labelled or _has_text(part.own))
    return True


def _has_text(blocks: Blocks) -> bool:
    return any(not isinstance(block, CommentBlock | Rule) for block in blocks)


def _is_contents(blocks: Blocks) -> bool:
    """Whether it is a table of contents: a list whose items are links within the document."""
    lists = [block for block in blocks if isinstance(block, ListBlock)]
    others = [b for b in blocks if not isinstance(b, ListBlock | CommentBlock | Rule)]
    items = [node for node in walk(lists) if isinstance(node, Item)]
    return bool(items) and not others and all(_is_local_link(item) for item in items)


def _is_local_link(item: Item) -> bool:
    match item.children:
        case (Paragraph(children=children), *_):
            links = [inline for inline in children if isinstance(inline, Link)]
            words = "".join(plain((link,)) for link in links)
            local = all(link.url.startswith("#") for link in links)
            return bool(links) and local and len(words) >= len(plain(children)) - 4
        case _:
            return False


def _words(heading: Heading) -> str:
    """A heading's words without its number and without `#tag` words at its end."""
    return _TAGS.sub("", plain(_without_number(heading.children)))


def _without_number(inlines: Inlines) -> Inlines:
    """A heading's words without `12.`, `Q7:` or `8、` before them."""
    match inlines:
        case (Text(text=text), *rest) if (number := _NUMBER.match(text)) and (
            text[number.end() :] or rest
        ):
            left = text[number.end() :]
            return (*((Text(text=left),) if left else ()), *rest)
        case _:
            return inlines


def _entry(parts: Sequence[_Part]) -> Iterator[Entry]:
    """The entry of a question heading and the deeper ones below it, without rules at its end."""
    if not parts:
        return
    heading = parts[0].heading
    body = [*parts[0].own, *(b for part in parts[1:] for b in (part.heading, *part.own))]
    while body and isinstance(body[-1], Rule):
        body.pop()
    title = Paragraph(children=_without_number(heading.children), span=heading.span)
    # What stands between the question and the mark of its answer belongs to the question.
    asked, answer = split_answer(tuple(body))
    last = max([heading.span.last, *(block.span.last for block in body)])
    yield Entry(
        prompt=(title, *asked),
        body=answer,
        span=replace(heading.span, last=last),
        dialect=DIALECT.name,
        anchor=heading.anchor,
    )


DIALECT = Dialect(
    name="headings",
    summary="a heading asks, and what follows it answers; higher headings are sections",
    example="""\
# Networking

## Which port does HTTPS use?

443, over TCP; HTTP/3 uses the same number over UDP.

## 2. What does a router do?

It forwards packets between networks.
""",
    find=find,
)
