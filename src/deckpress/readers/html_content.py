"""A tree of HTML elements as content: details, lists, tables, headings, code, quotes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from deckpress.content import (
    Align,
    Block,
    CodeBlock,
    CommentBlock,
    Details,
    Heading,
    Image,
    Inline,
    Inlines,
    Item,
    LineBreak,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    Text,
    plain,
    walk,
)
from deckpress.readers.html_tree import Element, Node, Remark, Run
from deckpress.readers.inlines import Event, Written, join
from deckpress.source import Span

_HEADING = re.compile(r"h([1-6])")
_SPACE = re.compile(r"\s+")


def read(nodes: Iterable[Node], path: str) -> Iterator[Block]:
    """The content of a tree; elements that only lay out a page give what they hold."""
    return _Reading(path).blocks(nodes)


@dataclass(frozen=True, slots=True)
class _Reading:
    path: str

    def blocks(self, nodes: Iterable[Node]) -> Iterator[Block]:
        for node in nodes:
            match node:
                case Run():
                    yield from self._paragraph(node)
                case Remark():
                    yield CommentBlock(text=node.text, span=self._span(node.line, node.line))
                case Element():
                    yield from self._element(node)
                case _:
                    yield node

    def _element(self, element: Element) -> Iterator[Block]:
        span = self._span(element.line, element.last)
        match element.name:
            case "details":
                yield self._details(element, span)
            case "ul" | "ol":
                yield from self._list(element, span)
            case "pre":
                yield CodeBlock(text=_raw(element).strip("\n"), language="", span=span)
            case "blockquote":
                yield Quote(children=tuple(self.blocks(element.children)), span=span)
            case "table":
                yield from self._table(element, span)
            case "hr":
                yield Rule(span=span)
            case name if level := _HEADING.fullmatch(name):
                inlines = self._inlines(element.children)
                if inlines:
                    yield Heading(level=int(level[1]), children=inlines, span=span)
            case _:
                yield from self.blocks(element.children)

    def _span(self, first: int, last: int) -> Span:
        return Span(path=self.path, first=first, last=max(first, last))

    def _paragraph(self, run: Run) -> Iterator[Block]:
        inlines = _trimmed(join(_events(run), forgiving=True))
        if plain(inlines) or any(isinstance(node, Image) for node in walk(inlines)):
            last = run.line + "".join(run.pieces).strip().count("\n")
            yield Paragraph(children=inlines, span=self._span(run.line, last))

    def _details(self, element: Element, span: Span) -> Details:
        summary: Inlines = ()
        rest: list[Node] = []
        for child in element.children:
            if isinstance(child, Element) and child.name == "summary" and not summary:
                summary = self._inlines(child.children)
            else:
                rest.append(child)
        return Details(summary=summary, children=tuple(self.blocks(rest)), span=span)

    def _list(self, element: Element, span: Span) -> Iterator[Block]:
        items = []
        for child in element.children:
            if isinstance(child, Element) and child.name == "li":
                children = tuple(self.blocks(child.children))
                items.append(Item(children=children, span=self._span(child.line, child.last)))
            else:
                # What stands between the items belongs to none of them.
                yield from self.blocks((child,))
        if items:
            yield ListBlock(items=tuple(items), span=span, ordered=element.name == "ol")

    def _table(self, element: Element, span: Span) -> Iterator[Block]:
        rows = [
            tuple(self._inlines(cell.children) for cell in _named(row, ("td", "th")))
            for row in _named(element, ("tr",))
        ]
        width = max((len(row) for row in rows), default=0)
        if not width:
            yield from self.blocks(element.children)
            return
        header, *others = (row + ((),) * (width - len(row)) for row in rows)
        aligns = (Align.none,) * width
        yield Table(aligns=aligns, header=header, rows=tuple(others), span=span)

    def _inlines(self, nodes: Sequence[Node]) -> Inlines:
        """All that some nodes say as one run; the ends of blocks become line breaks."""
        found: list[Inline] = []
        for block in self.blocks(nodes):
            inlines = _flat(block)
            if inlines:
                found += (LineBreak(hard=True), *inlines) if found else inlines
        return _trimmed(tuple(found))


def _named(element: Element, names: Iterable[str]) -> Iterator[Element]:
    """The nearest descendants with one of these names."""
    for child in element.children:
        if isinstance(child, Element):
            if child.name in names:
                yield child
            else:
                yield from _named(child, names)


def _flat(block: Block) -> Inlines:
    match block:
        case Paragraph() | Heading():
            return block.children
        case CommentBlock() | Rule():
            return ()
        case _:
            words = plain((block,))
            return (Text(text=words),) if words else ()


def _raw(element: Element) -> str:
    """The text inside preformatted HTML, tags taken out and white space kept."""
    parts: list[str] = []
    for child in element.children:
        match child:
            case Run():
                pieces = (p for p in child.pieces if not re.fullmatch(r"<[/a-zA-Z][^<>]*>", p))
                parts.append(unescape("".join(pieces)))
            case Element():
                parts.append(_raw(child))
            case Remark():
                continue
            case _:
                parts.append(plain((child,)))
    return "".join(parts)


def _events(run: Run) -> Iterator[Event]:
    for piece in run.pieces:
        if piece.startswith("<") and len(piece) > 1:
            yield Written(piece)
        else:
            yield Text(text=_SPACE.sub(" ", unescape(piece)))


def _trimmed(inlines: Inlines) -> Inlines:
    """Without white space and line breaks at both ends."""
    match inlines:
        case (LineBreak(), *rest) | (*rest, LineBreak()):
            return _trimmed(tuple(rest))
        case (Text(text=text), *rest) if text != text.lstrip():
            left = text.lstrip()
            return _trimmed((*((Text(text=left),) if left else ()), *rest))
        case (*rest, Text(text=text)) if text != text.rstrip():
            left = text.rstrip()
            return _trimmed((*rest, *((Text(text=left),) if left else ())))
        case _:
            return inlines
