"""Headings as questions: what follows a heading, down to the next of its level, is its answer.

    ## What is a DAG?

    A graph whose edges have a direction and form no cycle.

Which level holds the questions is decided for the whole document: the one whose headings most
often have text of their own, headings that ask counting more. Higher headings are sections,
deeper ones belong to the answer.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from deckpress.content import (
    Block,
    Blocks,
    Comment,
    CommentBlock,
    Details,
    Heading,
    Inlines,
    Link,
    Paragraph,
    Rule,
    Text,
    plain,
    walk,
)
from deckpress.dialects import Dialect, Entry, Found, Page, cloze
from deckpress.dialects.furniture import is_contents
from deckpress.dialects.items import divide
from deckpress.dialects.marks import has_answer_label
from deckpress.dialects.words import (
    TAGS,
    asks,
    ends_in_question,
    hides_answer,
    is_appendix,
    marks_answer,
)

_NUMBER = re.compile(
    r"\s*\d{1,4}\s*(?:[.)]+\s+|[\u3001\uff0e]\s*)"
    r"|\s*(?:q|question)\s*[.:#]?\s*\d{1,4}\s*(?:[.):]+\s+|[\u3001\uff0e\uff1a]\s*)"
    r"|\s*q(?:uestion)?\s*[.:]\s+",
    re.IGNORECASE,
)


_DIRECTIVE = re.compile(r"(?:id|key|tags?)\s*:|(?:reversed?|both|typed?)\s*$", re.IGNORECASE)
_TERMS_SHARE = 0.75
_SHORT = 240
"""The longest text, in characters, that can explain a term: about four lines."""
_LEAST_EVIDENCE = 0.45
"""The share of headings that must ask, be numbered or have a marked answer; measured on documents
of prose, of which up to 43 % of the headings ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A heading with the blocks down to the next heading of any level.

    `holds_entry` tells that another dialect found a question between this heading and the
    next one of its level or above: then this one is a section, not a question. `deep` tells
    that a deeper heading follows, `asks_below` that this one asks; `marked` that the mark of an
    answer follows.
    """

    heading: Heading
    own: Blocks
    holds_entry: bool
    deep: bool
    asks_below: bool
    marked: bool

    @property
    def asks(self) -> bool:
        """Whether it reads like a question."""
        return asks(_words(self.heading))

    @property
    def numbered(self) -> bool:
        """Whether a number or a sign such as `▶` stands before it."""
        words = plain(self.heading.children).lstrip()
        return bool(_NUMBER.match(words)) or unicodedata.category(words[:1] or "a") == "So"

    @property
    def marks(self) -> bool:
        """Whether it only marks an answer, whatever its level."""
        return marks_answer(plain(self.heading.children)) or has_answer_label(self.heading)

    @property
    def filled(self) -> bool:
        """Whether it has text of its own, or is numbered and has some below deeper headings."""
        return _has_text(self.own) or (self.numbered and self.deep)

    @property
    def is_appendix(self) -> bool:
        """Whether it is furniture: a known title, or nothing but links within the document."""
        return is_appendix(_words(self.heading)) or is_contents(self.own)


def find(page: Page) -> Found:
    """Entries for the headings of the question level; all else is left."""
    before, parts = _parts(page)
    level = page.choices.level or _question_level(parts)
    here = [part for part in parts if part.heading.level == level]
    if not (page.choices.meant or _has_directive(page.blocks) or _are_questions(here)):
        return _gaps_only(page)
    labelled = not page.choices.dialect and _is_labelled(here, len(page.entries))
    asked = {part.heading.span.first for part in here if _is_question(part, labelled=labelled)}
    if not asked:
        return _gaps_only(page)
    entries: list[Entry] = []
    left = list(before)
    open_: list[_Part] = []
    for place, part in enumerate(parts):
        lowest = max(level, open_[0].heading.level) if open_ else level
        if part.heading.level <= lowest and not (open_ and part.marks):
            entries += _entry(open_)
            open_ = []
        strays = not (open_ or labelled or page.choices.level) and _strays(place, parts)
        if part.heading.span.first in asked or strays:
            open_ = [part]
        elif open_:
            open_.append(part)
        else:
            left += (part.heading, *part.own)
    entries += _entry(open_)
    return Found(entries=tuple(entries), left=tuple(left))


def _strays(place: int, parts: Sequence[_Part]) -> bool:
    """Whether a heading outside of the question level asks all the same, and has a text.

    The document's title is no question.
    """
    part = parts[place]
    if not place and part.deep and _is_alone(part, parts):
        return False
    plainly = ends_in_question(_words(part.heading)) and _has_text(part.own)
    return plainly and not (part.is_appendix or part.holds_entry or part.marks)


def _has_directive(blocks: Iterable[Block]) -> bool:
    """Whether a comment speaks to deckpress: then the document was written for it."""
    comments = (n for n in walk(blocks) if isinstance(n, Comment | CommentBlock))
    return any(_DIRECTIVE.match(comment.text) for comment in comments)


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
    headings = [heading for heading, _ in cut]
    lines = sorted(entry.span.first for entry in page.entries)
    marks = sorted(_answer_lines(page.blocks))
    parts = (
        _Part(
            heading=heading,
            own=tuple(own),
            holds_entry=bisect_left(lines, end) > bisect_left(lines, heading.span.first),
            deep=(deep := place + 1 < len(cut) and cut[place + 1][0].level > heading.level),
            asks_below=deep and ends_in_question(_words(cut[place + 1][0])),
            marked=bisect_left(marks, end) > bisect_left(marks, heading.span.first + 1),
        )
        for place, ((heading, own), end) in enumerate(zip(cut, _ends(headings), strict=True))
    )
    return tuple(before), tuple(parts)


def _answer_lines(blocks: Iterable[Block]) -> Iterator[int]:
    """The lines on which something says that the answer follows."""
    for block in blocks:
        match block:
            case Details() if hides_answer(plain(block.summary)):
                yield block.span.first
            case Heading() if marks_answer(plain(block.children)) or has_answer_label(block):
                yield block.span.first
            case Paragraph() if has_answer_label(block):
                yield block.span.first
            case _:
                continue


def _ends(headings: Sequence[Heading]) -> list[float]:
    """For each heading, the line of the next one of its level or above."""
    ends: dict[int, float] = {}
    open_: list[Heading] = []
    for heading in headings:
        while open_ and open_[-1].level >= heading.level:
            ends[open_.pop().span.first] = heading.span.first
        open_.append(heading)
    return [ends.get(heading.span.first, float("inf")) for heading in headings]


def _question_level(parts: Sequence[_Part]) -> int:
    """The level to which most headings with text of their own belong; 0 when none does."""
    weights: dict[int, float] = {}
    levels = {part.heading.level for part in parts}
    if len(parts) > 1 and parts[0].deep and _is_alone(parts[0], parts):
        # The one heading above all others is the title, even if it asks.
        levels.discard(parts[0].heading.level)
    for level in sorted(levels):
        here = [p for p in parts if p.heading.level == level and not (p.is_appendix or p.marks)]
        filled = sum(part.filled and not part.holds_entry for part in here)
        # A level that asks beats a deeper one that only divides answers ("Example", "Details").
        asking = sum(part.asks for part in here)
        weights[level] = max(filled * (0.25 + _evidence(here)), asking * 0.5)
    if not weights or max(weights.values()) == 0:
        return 0
    return max(weights, key=lambda level: (weights[level], level))


def _is_alone(first: _Part, parts: Sequence[_Part]) -> bool:
    return all(part.heading.level > first.heading.level for part in parts[1:])


def _evidence(parts: Sequence[_Part]) -> float:
    """The share of headings that ask, are numbered, or have a marked answer, whichever is most."""
    if not parts:
        return 0
    kinds = ([p.asks for p in parts], [p.numbered for p in parts], [p.marked for p in parts])
    return max(sum(kind) for kind in kinds) / len(parts)


def _are_terms(parts: Sequence[_Part]) -> bool:
    """Whether the headings are terms with a short text each, as in a vocabulary."""
    short = [part for part in parts if _is_short(part.own) and not part.deep]
    return len(parts) > 1 and len(short) >= _TERMS_SHARE * len(parts)


def _is_short(blocks: Blocks) -> bool:
    """Whether some blocks are a text of a few lines without links, which prose has."""
    words = plain(blocks)
    linked = any(isinstance(node, Link) for node in walk(blocks))
    return 0 < len(words) <= _SHORT and not linked


def _are_questions(parts: Sequence[_Part]) -> bool:
    """Whether the headings of the question level are questions, or only divide prose."""
    here = [part for part in parts if not (part.is_appendix or part.marks)]
    return _evidence(here) >= _LEAST_EVIDENCE or _are_terms(here)


def _is_labelled(parts: Sequence[_Part], entries: int) -> bool:
    """Whether the document's questions are mostly those that another dialect found."""
    free = [p for p in parts if _has_text(p.own) and not p.is_appendix and not p.holds_entry]
    return entries > len(free)


def _is_question(part: _Part, *, labelled: bool) -> bool:
    if part.is_appendix or part.holds_entry or part.marks:
        return False
    if labelled or not (part.filled or (part.deep and not part.asks_below)):
        # Among labelled questions, or with nothing below it, a heading must ask to be one;
        # otherwise it is the topic of what follows.
        return part.asks and (not labelled or _has_text(part.own))
    return True


def _has_text(blocks: Blocks) -> bool:
    return any(not isinstance(block, CommentBlock | Rule) for block in blocks)


def _words(heading: Heading) -> str:
    """A heading's words without its number and without `#tag` words at its end."""
    return TAGS.sub("", plain(_without_number(heading.children)))


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
    title = Paragraph(children=_without_number(heading.children), span=heading.span)
    # What stands between the question and the mark of its answer belongs to the question.
    asked, answer = divide(body)
    last = max([heading.span.last, *(block.span.last for block in body)])
    yield Entry(
        prompt=(title, *asked),
        body=answer,
        span=replace(heading.span, last=last),
        dialect=DIALECT.name,
        anchor=heading.anchor,
        level=heading.level,
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
