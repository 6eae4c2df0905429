"""Bold lines as questions: a line that is bold as a whole asks, what follows it answers.

    **What is recall?**

    The share of true cases that are found.

Emphasis in running text is no question: the bold run must reach to the end of the line, but for
a mark of difficulty, and most such lines of the document must ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from deckpress.content import (
    Block,
    Blocks,
    Heading,
    Inlines,
    LineBreak,
    Paragraph,
    Style,
    Styled,
    Text,
    plain,
)
from deckpress.dialects import Dialect, Entry, Found, Page
from deckpress.dialects.items import divide
from deckpress.dialects.words import asks, ends_in_question

_LEAST = 3
"""So many bold questions make a habit; fewer may be emphasis."""
_ASKING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class _Asked:
    """A bold line's words, and what stands below them in the same paragraph."""

    words: Inlines
    below: Inlines


def find(page: Page) -> Found:
    """Entries for all bold lines, when the document's questions are bold rather than headings."""
    asked = {id(b): a for b in page.blocks if isinstance(b, Paragraph) and (a := _asked(b))}
    questions = [plain(a.words) for a in asked.values()]
    if page.choices.dialect != DIALECT.name and not _is_habit(questions, page.blocks):
        return Found(entries=(), left=page.blocks)
    entries: list[Entry] = []
    left: list[Block] = []
    row: list[Block] = []
    current: tuple[Paragraph, _Asked] | None = None
    for block in page.blocks:
        found = asked.get(id(block))
        if isinstance(block, Heading) or (found and isinstance(block, Paragraph)):
            entries += _entry(current, row) if current else ()
            row, current = [], None
        if found and isinstance(block, Paragraph):
            current = (block, found)
        elif current:
            row.append(block)
        else:
            left.append(block)
    entries += _entry(current, row) if current else ()
    return Found(entries=tuple(entries), left=tuple(left))


def _is_habit(questions: Sequence[str], blocks: Blocks) -> bool:
    asking = sum(map(asks, questions))
    headings = sum(
        isinstance(block, Heading) and ends_in_question(plain(block.children)) for block in blocks
    )
    mostly = len(questions) >= _LEAST and asking >= _ASKING_SHARE * len(questions)
    plainly = len(questions) > 1 and all(map(ends_in_question, questions))
    return (mostly or plainly) and asking > headings


def _asked(paragraph: Paragraph) -> _Asked | None:
    match paragraph.children:
        case (Styled(style=Style.strong, children=words), *rest):
            line, below = _first_line(tuple(rest))
            decoration = not any(char.isalnum() for char in plain(line))
            if decoration and plain(words):
                mark = (Text(text=f" {plain(line)}"),) if plain(line) else ()
                return _Asked((*words, *mark), below)
            return None
        case _:
            return None


def _first_line(inlines: Inlines) -> tuple[Inlines, Inlines]:
    for place, inline in enumerate(inlines):
        if isinstance(inline, LineBreak):
            return inlines[:place], inlines[place + 1 :]
    return inlines, ()


def _entry(current: tuple[Paragraph, _Asked], row: Sequence[Block]) -> tuple[Entry]:
    paragraph, asked = current
    below = (replace(paragraph, children=asked.below),) if asked.below else ()
    before, answer = divide((*below, *row))
    last = max([paragraph.span.last, *(block.span.last for block in row)])
    entry = Entry(
        prompt=(replace(paragraph, children=asked.words), *before),
        body=answer,
        span=replace(paragraph.span, last=last),
        dialect=DIALECT.name,
    )
    return (entry,)


DIALECT = Dialect(
    name="bold",
    summary="a line that is bold as a whole asks; what follows it answers",
    example="""\
**What is recall?**

The share of true cases that are found.

**What is precision?**

The share of found cases that are true.

**Why not accuracy alone?**

Because rare cases hardly count in it.
""",
    find=find,
)
