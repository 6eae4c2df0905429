"""Labelled questions: `Q:` and `A:` in any mix of paragraphs, lists and quotes.

    1. Q: What is a DAG?
       - A: A graph whose edges have a direction and form no cycle.

    **Question:** One line? **Answer:** Yes.

A label opens a question or its answer. What follows belongs to it for as long as it lies in
the same item or quote as the label; for a label in plain running text, up to the next label,
heading or rule. Blocks between the question and its answer belong to the question.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from deckpress.content import (
    Block,
    Blocks,
    CommentBlock,
    DefinitionList,
    Heading,
    Inlines,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Text,
    plain,
)
from deckpress.dialects import Dialect, Entry, Found, Page, details
from deckpress.dialects.marks import (
    at_sentences,
    find_label,
    is_lettered,
    lines_of,
    may_open,
    rejoin,
    trim_end,
)
from deckpress.dialects.words import asks, ends_in_question
from deckpress.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A block with the containers it lies in (items and quotes), outermost first.

    `mark` is 'ask' or 'answer' when a label opened it, and was taken off; `list_of` is the
    list that a whole unlabelled item came from.
    """

    block: Block
    within: tuple[int, ...]
    mark: str = ""
    list_of: ListBlock | None = None


@dataclass(slots=True)
class _Stream:
    """The pieces of a document in reading order; `asked` tells that a question is open.

    Only then does an answer label mean anything: the options of a quiz are called A: too.
    """

    asked: bool = False

    def pieces(self, blocks: Iterable[Block], within: tuple[int, ...] = ()) -> Iterator[_Piece]:
        for block in blocks:
            match block:
                case Paragraph():
                    yield from self._paragraph(block, within)
                case ListBlock() if self._opens(block.items) and not is_lettered(block):
                    yield from self._list(block, within)
                case Quote() if self._opens((block,)):
                    yield from self.pieces(block.children, (*within, id(block)))
                case _:
                    if isinstance(block, Heading | Rule) and not within:
                        self.asked = False
                    yield _Piece(block=block, within=within)

    def _opens(self, holders: Iterable[Item | Quote]) -> bool:
        """Whether some item or quote has a label inside that means something here."""
        marks = {mark for holder in holders for mark in _marks(holder.children)}
        return "ask" in marks or (self.asked and "answer" in marks)

    def _list(self, block: ListBlock, within: tuple[int, ...]) -> Iterator[_Piece]:
        if self.asked and (answer := _answer_list(block)):
            yield _Piece(block=answer, within=within, mark="answer")
            return
        for place, item in enumerate(block.items):
            if self._opens((item,)):
                yield from self.pieces(item.children, (*within, id(item)))
            else:
                start = block.start + place if block.ordered else block.start
                alone = replace(block, items=(item,), start=start, span=item.span)
                yield _Piece(block=alone, within=within, list_of=block)

    def _paragraph(self, block: Paragraph, within: tuple[int, ...]) -> Iterator[_Piece]:
        """A paragraph cut before each line that has a label, and before an answer in mid-line."""
        runs: list[tuple[str, int, list[Inlines]]] = []
        for line, number in lines_of(block):
            for mark, part in self._parts(line):
                if mark or not runs:
                    runs.append((mark, number, [part]))
                else:
                    runs[-1][2].append(part)
        ends = [number - 1 for _, number, _ in runs[1:]] + [block.span.last]
        for (mark, first, lines), end in zip(runs, ends, strict=True):
            span = Span(path=block.span.path, first=first, last=max(first, end))
            paragraph = Paragraph(children=rejoin(lines), span=span)
            yield _Piece(block=paragraph, within=within, mark=mark)

    def _parts(self, line: Inlines) -> Iterator[tuple[str, Inlines]]:
        """A line as one part, or, where a question's line also holds its answer, as two."""
        mark, rest = find_label(line)
        if mark == "answer" and not self.asked:
            mark, rest = "", line
        self.asked = self.asked or mark == "ask"
        if mark == "ask":
            rest = tuple(at_sentences(rest))
        if self.asked and mark != "answer":
            for at in range(1, len(rest)):
                later, answer = find_label(rest[at:]) if may_open(rest[at - 1]) else ("", ())
                if later == "answer":
                    yield mark, trim_end(rest[:at])
                    yield later, answer
                    return
        yield mark, rest


def _answer_list(block: ListBlock) -> ListBlock | None:
    """A list that is an answer as a whole: only its first item has a label, which is taken off."""
    first, *others = block.items
    match first.children:
        case (Paragraph() as paragraph, *rest) if others:
            mark, line = find_label(paragraph.children)
            marks = [m for item in others for m in _marks(item.children)]
            if mark != "answer" or marks or not line:
                return None
            children = (replace(paragraph, children=line), *rest)
            return replace(block, items=(replace(first, children=children), *others))
        case _:
            return None


def _marks(blocks: Iterable[Block]) -> Iterator[str]:
    """The labels that stand in these blocks, outside tables and code."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from (mark for line, _ in lines_of(block) if (mark := find_label(line)[0]))
            case ListBlock():
                for item in block.items:
                    yield from _marks(item.children)
            case Quote():
                yield from _marks(block.children)
            case _:
                continue


# --- from pieces to entries -----------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """A question being read; `reach` holds the containers its parts may lie in."""

    prompt: list[_Piece]
    answer: list[_Piece]
    reach: list[tuple[int, ...]]
    answered: bool = False

    def takes(self, piece: _Piece) -> bool:
        """Whether an unlabelled piece belongs to this question."""
        if isinstance(piece.block, Heading | Rule) and not piece.within:
            return False
        return any(piece.within[: len(place)] == place for place in self.reach)

    @property
    def parts(self) -> list[_Piece]:
        """Where the next piece goes."""
        return self.answer if self.answered else self.prompt

    def add(self, piece: _Piece) -> None:
        self.parts.append(piece)


def find(page: Page) -> Found:
    """Entries for all labelled questions; an answer label without a question is left alone."""
    entries: list[Entry] = []
    left: list[_Piece] = []
    current: _Open | None = None
    for piece in _Stream().pieces(page.blocks):
        if piece.mark == "ask":
            before = _comments_before(piece, current.parts if current else left)
            entries += _entries(current)
            current = _Open([piece, *before], [], [piece.within])
        elif current and piece.mark == "answer":
            current.answered = True
            current.reach.append(piece.within)
            current.add(piece)
        elif current and current.takes(piece):
            current.add(piece)
        else:
            entries += _entries(current)
            current = None
            left.append(piece)
    entries += _entries(current)
    if not any(map(_is_sure, entries)):
        # `Q1: 5M` and `Q2: 6M` are quarters of a year.
        return Found(entries=(), left=page.blocks)
    return Found(entries=tuple(entries), left=_blocks(left))


def _is_sure(entry: Entry) -> bool:
    """Whether an entry shows that the document means its labels: it is answered, or it asks."""
    return (
        bool(entry.body)
        or len(entry.prompt) > 1
        or asks(plain(entry.prompt))
        or not plain(entry.prompt)
    )


def _comments_before(piece: _Piece, above: list[_Piece]) -> list[_Piece]:
    """Take away the comments that touch a question from above, and touch nothing else."""
    start, line = len(above), piece.block.span.first
    while start and isinstance(above[start - 1].block, CommentBlock):
        if above[start - 1].block.span.last != line - 1:
            break
        start -= 1
        line = above[start].block.span.first
    if start and above[start - 1].block.span.last == line - 1:
        return []
    taken = above[start:]
    del above[start:]
    return taken


def _entries(question: _Open | None) -> list[Entry]:
    if question is None:
        return []
    pieces = question.prompt + question.answer
    first, last = pieces[0].block.span, max(piece.block.span.last for piece in pieces)
    # An empty question stays a question: what was written as its answer must not become one.
    empty = Paragraph(children=(), span=first)
    prompt, body = _blocks(question.prompt) or (empty,), _blocks(question.answer)
    if not question.answered:
        prompt, body = _divide(prompt)
    entry = Entry(
        prompt=prompt,
        body=body,
        span=Span(path=first.path, first=first.first, last=last),
        dialect=DIALECT.name,
    )
    return [entry]


def _divide(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """A question without a labelled answer, and what follows it in so many words.

    Code, tables and options below a question belong to it; hidden details, text, quotes and
    other lists answer it.
    """
    hidden = details.split_answer(blocks)
    if hidden:
        return hidden
    first, *rest = blocks
    said: Blocks = ()
    if isinstance(first, Paragraph):
        first, below = _after_question(first)
        said = (below,) if below else ()
    place = next((at for at, block in enumerate(rest) if _answers(block)), len(rest))
    if said:
        return (first,), (*said, *rest)
    return (first, *rest[:place]), tuple(rest[place:])


def _after_question(paragraph: Paragraph) -> tuple[Paragraph, Paragraph | None]:
    """A paragraph cut behind the first line that ends in a question mark."""
    rows = list(lines_of(paragraph))
    for place, (line, number) in enumerate(rows[:-1], start=1):
        if ends_in_question(plain(line)):
            span = paragraph.span
            asked = rejoin([row for row, _ in rows[:place]])
            below = rejoin([row for row, _ in rows[place:]])
            return (
                replace(paragraph, children=asked, span=replace(span, last=number)),
                replace(paragraph, children=below, span=replace(span, first=number + 1)),
            )
    return paragraph, None


def _answers(block: Block) -> bool:
    """Whether a block below a question says something about it, rather than belongs to it."""
    match block:
        case ListBlock():
            boxes = any(item.checked is not None for item in block.items)
            return not (boxes or is_lettered(block))
        case Paragraph():
            return any(isinstance(i, Text) and i.text.strip() for i in block.children)
        case Quote() | DefinitionList():
            return True
        case _:
            return False


def _blocks(pieces: Iterable[_Piece]) -> Blocks:
    """Blocks of pieces: empty paragraphs dropped, items of one list put together again."""
    found: list[Block] = []
    last: ListBlock | None = None
    for piece in pieces:
        block = piece.block
        if isinstance(block, Paragraph) and not block.children:
            continue
        if piece.list_of is not None and piece.list_of is last and isinstance(block, ListBlock):
            found[-1] = _extend(found[-1], block.items)
        else:
            found.append(block)
        last = piece.list_of
    return tuple(found)


def _extend(block: Block, items: tuple[Item, ...]) -> Block:
    if not isinstance(block, ListBlock):
        return block
    span = replace(block.span, last=items[-1].span.last)
    return replace(block, items=(*block.items, *items), span=span)


DIALECT = Dialect(
    name="labels",
    summary="`Q:` and `A:` labels, in any mix of paragraphs, lists and quotes",
    example="""\
Q: What does idempotent mean?
A: That doing it twice changes no more than doing it once.

1. **Q:** Which HTTP methods are idempotent?
   - A: GET, HEAD, PUT, DELETE, OPTIONS and TRACE.
""",
    find=find,
)
