"""HTML blocks and the Markdown between them as one tree of elements.

CommonMark ends an HTML block at a blank line, so `<details>`, the Markdown inside it and
`</details>` arrive one after another. Here they become an element with children again. What
is never closed is closed where its neighbours end; what is closed but was never opened is left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deckpress.content import Block, Heading

_VOID = frozenset({"hr", "source"})
_ELEMENTS = """
    article blockquote center details div figcaption figure font nav p picture section span summary
    h1 h2 h3 h4 h5 h6 hr source pre ul ol li dl dt dd table thead tbody tfoot caption tr th td
"""
ELEMENTS = frozenset(_ELEMENTS.split())
"""Tags that make an element; all others belong to the text they stand in."""
_CLOSED_BY = {
    "p": ELEMENTS - {"span", "font", "picture", "source"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "thead", "tbody", "tfoot"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
}
"""Elements that end where certain others begin (HTML, "optional tags")."""
_HOLDS_LISTS = frozenset({"ul", "ol", "dl", "table"})

_PIECE = re.compile(r"<!--.*?-->|<[^<>]*>|[^<]+|<", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Html:
    """An HTML block as written, which begins on `line`."""

    text: str
    line: int


@dataclass(slots=True)
class Run:
    """Text with the tags inside it, in pieces as written; it begins on `line`."""

    line: int
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Element:
    """An element; `last` is the line of its end."""

    name: str
    line: int
    last: int
    children: "list[Node]" = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment's text."""

    text: str
    line: int


Node = Element | Run | Remark | Block


def build(parts: Iterable[Html | Block]) -> list[Node]:
    """The tree of a row of HTML blocks and Markdown blocks."""
    root = Element("", 1, 1)
    open_ = [root]
    for part in parts:
        if isinstance(part, Html):
            for piece, line in _pieces(part):
                _take(open_, piece, line)
                if piece.strip():
                    _reach(open_, line + piece.rstrip().count("\n"))
        else:
            _leave_paragraph(open_)
            open_[-1].children.append(part)
            _reach(open_, part.span.last)
    for element in reversed(open_[1:]):
        if element.name == "details":
            _end_early(element, open_[open_.index(element) - 1])
    return root.children


def _reach(open_: list[Element], line: int) -> None:
    """What is still open goes down to this line at least."""
    for element in open_:
        element.last = max(element.last, line)


def _end_early(element: Element, parent: Element) -> None:
    """Details that were never closed end where the next heading or details begin."""
    for place, child in enumerate(element.children):
        match child:
            case Heading():
                first = child.span.first
            case Element(name="details"):
                first = child.line
            case _:
                continue
        where = parent.children.index(element) + 1
        parent.children[where:where] = element.children[place:]
        del element.children[place:]
        element.last = max(element.line, first - 1)
        return


def _pieces(html: Html) -> Iterator[tuple[str, int]]:
    line = html.line
    for piece in _PIECE.findall(html.text):
        yield piece, line
        line += piece.count("\n")


def _take(open_: list[Element], piece: str, line: int) -> None:
    if piece.startswith("<!--"):
        open_[-1].children.append(Remark(piece[4:-3].strip(), line))
        return
    tag = _TAG.fullmatch(piece)
    name = tag[2].lower() if tag else ""
    if tag is None or name not in ELEMENTS:
        _add_text(open_[-1], piece, line)
    elif tag[1]:
        _close(open_, name, line)
    else:
        _open(open_, name, line)
        if name in _VOID or tag[3].rstrip().endswith("/"):
            open_.pop()


def _add_text(element: Element, piece: str, line: int) -> None:
    last = element.children[-1] if element.children else None
    if not isinstance(last, Run):
        if not piece.strip():
            return
        last = Run(line + piece[: len(piece) - len(piece.lstrip())].count("\n"))
        element.children.append(last)
    last.pieces.append(piece)


def _open(open_: list[Element], name: str, line: int) -> None:
    while len(open_) > 1 and name in _CLOSED_BY.get(open_[-1].name, ()):
        open_.pop()
    if name == "li" and "li" in (names := [e.name for e in open_]):
        # An item whose inside was left open ends where the next item of its list begins.
        inner = len(names) - 1 - names[::-1].index("li")
        if not _HOLDS_LISTS & set(names[inner + 1 :]):
            del open_[inner:]
    element = Element(name, line, line)
    open_[-1].children.append(element)
    open_.append(element)


def _close(open_: list[Element], name: str, line: int) -> None:
    for place in range(len(open_) - 1, 0, -1):
        if open_[place].name == name:
            for element in open_[place:]:
                element.last = max(element.last, line)
            del open_[place:]
            return


def _leave_paragraph(open_: list[Element]) -> None:
    """Markdown between tags is never inside a `<p>` or a `<summary>` that was left open."""
    while open_[-1].name in ("p", "summary"):
        open_.pop()
