"""The document tree: what a card says, without any output format's markup.

Two closed unions, `Block` and `Inline`. Every block knows the lines it came from; inlines
do not, because the Markdown parser gives none. HTML, plain text, Markdown and typeset
sheets are renderings of this tree, so nothing here is escaped for anyone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from deckpress.source import Span


class Style(StrEnum):
    """What a run of text is marked as."""

    emphasis = "emphasis"
    strong = "strong"
    strike = "strike"
    underline = "underline"
    highlight = "highlight"
    small = "small"
    subscript = "subscript"
    superscript = "superscript"
    keyboard = "keyboard"
    gap = "gap"
    """The text of a gap, shown on the back of a cloze card."""


class Align(Enum):
    """How a table's column is aligned; `none` where the source does not say."""

    none = "none"
    left = "left"
    center = "center"
    right = "right"


# --- inlines --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Literal characters."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Styled:
    """Inlines with one style; styles nest."""

    style: Style
    children: "Inlines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Literal code within a line."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Math:
    """A TeX formula without its delimiters, within a line (`display` false) or on its own."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A hyperlink; `url` as written in the source."""

    url: str
    children: "Inlines"
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture or, by its suffix, a sound; `src` as written; sizes in CSS px, 0 if not given."""

    src: str
    alt: str
    title: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBreak:
    """A line break: `hard` when the author asked for one, else only a line's end in the source."""

    hard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One cloze deletion: what is hidden on card `number` (counted from 1), and a hint or ''."""

    number: int
    children: "Inlines"
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What stands in a gap's place on the front of its card."""

    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FootnoteMark:
    """A reference to the footnote with this number."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """An HTML comment's text; it is never shown, but may direct the reader."""

    text: str


Inline = (
    Text | Styled | Code | Math | Link | Image | LineBreak | Gap | Blank | FootnoteMark | Comment
)
Inlines = tuple[Inline, ...]


# --- blocks ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    children: Inlines
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of `level` 1 to 6; `anchor` is the author's `{#name}`, or ''."""

    level: int
    children: Inlines
    span: Span
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """Lines of code without the last line end; `language` as written after the fence, or ''."""

    text: str
    language: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class MathBlock:
    """A displayed TeX formula without its delimiters."""

    tex: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A list's item; `checked` tells the state of its task box, None where it has none."""

    children: "Blocks"
    span: Span
    checked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock:
    """A list; numbered from `start` when `ordered`, tight when no blank line parts its items."""

    items: tuple[Item, ...]
    span: Span
    ordered: bool = False
    start: int = 1
    tight: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A block quote."""

    children: "Blocks"
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: as many `aligns` as columns; every row has one cell a column; a cell is inlines."""

    aligns: tuple[Align, ...]
    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A term and what it means."""

    term: Inlines
    children: "Blocks"
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionList:
    """Terms with their definitions."""

    items: tuple[Definition, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """The text of the footnote with this number."""

    number: int
    children: "Blocks"
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Text that opens below its summary; a dialect may read it as a question or an answer."""

    summary: Inlines
    children: "Blocks"
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A thematic break."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentBlock:
    """An HTML comment on lines of its own."""

    text: str
    span: Span


Block = (
    Paragraph
    | Heading
    | CodeBlock
    | MathBlock
    | ListBlock
    | Quote
    | Table
    | DefinitionList
    | Footnote
    | Details
    | Rule
    | CommentBlock
)
Blocks = tuple[Block, ...]
Node = Block | Inline | Item | Definition


# --- going through a tree -------------------------------------------------------------


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Every node of the trees, parents before children, in reading order."""
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(_below(node))))


def _below(node: Node) -> Iterator[Node]:
    match node:
        case Table():
            for row in (node.header, *node.rows):
                for cell in row:
                    yield from cell
        case Definition():
            yield from node.term
            yield from node.children
        case Details():
            yield from node.summary
            yield from node.children
        case ListBlock() | DefinitionList():
            yield from node.items
        case Styled() | Link() | Gap() | Paragraph() | Heading() | Item() | Quote() | Footnote():
            yield from node.children
        case _:
            return


Rewrite = Callable[[Inlines], Inlines]


def rewrite(blocks: Blocks, change: Rewrite) -> Blocks:
    """The same tree with `change` applied to each run of inlines, innermost runs first."""
    return tuple(_rewrite_block(block, change) for block in blocks)


def rewrite_inlines(inlines: Inlines, change: Rewrite) -> Inlines:
    """The same inlines with `change` applied to each run of them, innermost runs first."""
    return change(tuple(_rewrite_inline(inline, change) for inline in inlines))


def _rewrite_inline(inline: Inline, change: Rewrite) -> Inline:
    match inline:
        case Styled() | Link() | Gap():
            return replace(inline, children=rewrite_inlines(inline.children, change))
        case _:
            return inline


def _rewrite_block(block: Block, change: Rewrite) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, children=rewrite_inlines(block.children, change))
        case Quote() | Footnote():
            return replace(block, children=rewrite(block.children, change))
        case Details():
            summary = rewrite_inlines(block.summary, change)
            return replace(block, summary=summary, children=rewrite(block.children, change))
        case ListBlock():
            items = (replace(i, children=rewrite(i.children, change)) for i in block.items)
            return replace(block, items=tuple(items))
        case DefinitionList():
            return replace(block, items=tuple(_rewrite_definition(i, change) for i in block.items))
        case Table():
            header, *rows = (
                tuple(rewrite_inlines(cell, change) for cell in row)
                for row in (block.header, *block.rows)
            )
            return replace(block, header=header, rows=tuple(rows))
        case _:
            return block


def _rewrite_definition(item: Definition, change: Rewrite) -> Definition:
    term = rewrite_inlines(item.term, change)
    return replace(item, term=term, children=rewrite(item.children, change))


def unfold(details: Details) -> Blocks:
    """Details as they look when open: the summary as a bold line, and what it hid."""
    if not plain(details.summary):
        return details.children
    strong = Styled(style=Style.strong, children=details.summary)
    return (Paragraph(children=(strong,), span=details.span), *details.children)


# --- plain text -----------------------------------------------------------------------


def plain(nodes: Iterable[Node]) -> str:
    """All the words on one line: for identity, for comparing and for messages.

    Markup is left out; code, formulas and the alternative text of pictures are kept; a gap
    gives its text. White space is folded to single spaces.
    """
    return " ".join("".join(_words(node) for node in nodes).split())


def _words(node: Node) -> str:
    match node:
        case Text() | Code():
            return node.text
        case CodeBlock():
            return f" {node.text} "
        case Math():
            return node.tex
        case MathBlock():
            return f" {node.tex} "
        case Image():
            return node.alt or node.src
        case LineBreak():
            return " "
        case Blank():
            return f"[{node.hint or '…'}]"
        case Comment() | CommentBlock() | Rule() | FootnoteMark():
            return ""
        case Styled() | Link() | Gap():
            return "".join(_words(child) for child in node.children)
        case _:
            return f" {_words_below(node)} "


def _words_below(node: Node) -> str:
    apart = " " if isinstance(node, Table) else ""
    return apart.join(_words(child) for child in _below(node))
