"""Markdown text to a content tree with line spans; the only module that knows markdown-it.

CommonMark with tables, strikethrough, dollar math, definition lists, footnotes, task boxes,
front matter and `{width=…}` on pictures. HTML is read as tokens and understood tag by tag.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from deckpress.content import (
    Align,
    Block,
    Blocks,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
    Footnote,
    FootnoteMark,
    Heading,
    Image,
    Inlines,
    Item,
    LineBreak,
    Link,
    ListBlock,
    Math,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Style,
    Styled,
    Table,
    Text,
    plain,
)
from deckpress.readers import html_content, inline_html
from deckpress.readers.html_tree import Html, build
from deckpress.readers.inlines import Begin, End, Event, Written, join
from deckpress.source import Span

MAX_NESTING = 60
"""How deeply blocks may nest; far above any document, far below Python's recursion limit."""

# Two rules with text between them are no front matter: a key must stand behind the first, and
# it is not the label of a question.
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?:[ \t]*(?:#.*)?\n)*(?!(?:q|question|answer)\b)[\w\"'-][^\n:]*:(?:\s|$)"
    r"|---[ \t]*\n---",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"\s*\{#([^\s{}#]+)\}\s*$")
_TASK = re.compile(r"^\[([ xX])\](?:[ \t]+|$)")
_STYLES = {"em_open": Style.emphasis, "strong_open": Style.strong, "s_open": Style.strike}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A parsed document: its blocks, its footnotes by number, its front matter as written.

    `front_matter_line` is the line on which the front matter's text begins, 0 when there is none;
    `too_deep` is the place where blocks nest so deeply that what is inside was not read;
    `unclosed` are fences of code without an end.
    """

    blocks: Blocks
    footnotes: tuple[Footnote, ...] = ()
    front_matter: str = ""
    front_matter_line: int = 0
    too_deep: Span | None = None
    unclosed: tuple[Span, ...] = ()


def parse(text: str, path: str) -> Document:
    """Read Markdown text whose lines end in a newline; no text is an error to this function."""
    tokens = _parser(front_matter=bool(_FRONT_MATTER.match(text))).parse(text)
    reading = _Reading(path=path, lines=text.split("\n"))
    front = next((t for t in tokens if t.type == "front_matter"), None)
    blocks = tuple(reading.blocks(_tree(tokens)))
    return Document(
        blocks=blocks,
        footnotes=tuple(reading.footnotes),
        front_matter=front.content if front else "",
        front_matter_line=2 if front else 0,
        too_deep=reading.deepest(tokens),
        unclosed=tuple(reading.unclosed(tokens)),
    )


def _parser(*, front_matter: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    if front_matter:
        parser.use(front_matter_plugin)
    # As in Pandoc, so that prices stay prices: no space inside the dollars, no digit outside.
    closely = {"allow_space": False, "allow_digits": False}
    parser.use(dollarmath_plugin, allow_labels=False, double_inline=True, **closely)
    parser.inline.ruler.at("math_inline", _spare_variables(_rule_of(parser, "math_inline")))
    parser.use(deflist_plugin)
    parser.use(footnote_plugin, inline=False)
    return parser.use(attrs_plugin, after=("image",))


_Rule = Callable[[StateInline, bool], bool]


def _rule_of(parser: MarkdownIt, name: str) -> _Rule:
    return next(rule.fn for rule in parser.inline.ruler.__rules__ if rule.name == name)


def _spare_variables(formula: _Rule) -> _Rule:
    """A formula, unless its closing dollar begins a name, as in `$HOME/bin:$PATH`."""

    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        start = state.pos
        if not formula(state, silent):
            return False
        after = state.src[state.pos : state.pos + 1]
        if not (after.isalpha() or after in ("_", "{")) or state.src.startswith("$$", start):
            return True
        state.pos = start
        if not silent:
            state.tokens.pop()
        return False

    return rule


@dataclass(slots=True)
class _Branch:
    """A token, and what lies between it and its closing token."""

    token: Token
    children: "list[_Branch]" = field(default_factory=list)


def _tree(tokens: Sequence[Token]) -> list[_Branch]:
    """The flat stream of block tokens as the tree it stands for."""
    root: list[_Branch] = []
    open_: list[list[_Branch]] = [root]
    for token in tokens:
        if token.nesting < 0:
            open_.pop()
            continue
        branch = _Branch(token)
        open_[-1].append(branch)
        if token.nesting > 0:
            open_.append(branch.children)
    return root


@dataclass(slots=True)
class _Reading:
    """One document on its way from tokens to content."""

    path: str
    lines: list[str]
    footnotes: list[Footnote] = field(default_factory=list)

    def deepest(self, tokens: Iterable[Token]) -> Span | None:
        """Where the parser stopped going deeper, or None."""
        token = next((t for t in tokens if t.map and t.level >= MAX_NESTING - 1), None)
        return self._span(_Branch(token), None) if token else None

    def unclosed(self, tokens: Iterable[Token]) -> Iterator[Span]:
        """The fences that nothing ends, so that all the rest of their place is code."""
        for token in tokens:
            if token.type == "fence" and token.map:
                last = self.lines[token.map[1] - 1].strip(" \t>")
                alone = token.map[1] - token.map[0] == 1
                if alone or not last.startswith(token.markup) or last.strip(token.markup[0]):
                    yield self._span(_Branch(token), None)

    def blocks(self, branches: Iterable[_Branch], within: Span | None = None) -> Iterator[Block]:
        """The blocks of some neighbours, HTML among them put together with what it holds."""
        parts: list[Html | Block] = []
        for branch in branches:
            span = self._span(branch, within)
            if branch.token.type == "html_block":
                parts.append(Html(branch.token.content, span.first))
            else:
                parts += self._block(branch, span)
                closed = _closed_inside(branch)
                if closed:
                    parts.append(Html("</details>" * closed, span.last))
        if not any(isinstance(part, Html) for part in parts):
            return iter([part for part in parts if not isinstance(part, Html)])
        return html_content.read(build(parts), self.path)

    def _span(self, branch: _Branch, within: Span | None) -> Span:
        """A token's lines without trailing blank ones; markdown-it counts from 0, end excluded."""
        lines = branch.token.map
        if not lines:
            return within or Span(path=self.path, first=1, last=1)
        first, last = lines[0] + 1, max(lines[1], lines[0] + 1)
        while last > first and not self.lines[last - 1].strip():
            last -= 1
        return Span(path=self.path, first=first, last=last)

    def _block(self, branch: _Branch, span: Span) -> Iterator[Block]:
        token, children = branch.token, branch.children
        match token.type:
            case "paragraph_open":
                yield from self._paragraph(_inlines(children), span)
            case "heading_open":
                yield _heading(int(token.tag[1:]), _inlines(children), span)
            case "fence":
                language = unescape(token.info.strip()).split(maxsplit=1)
                yield _code(token.content, language[0] if language else "", span)
            case "code_block":
                yield _code(token.content, "", span)
            case "math_block" | "math_block_label":
                yield MathBlock(tex=token.content.strip(), span=span)
            case "bullet_list_open" | "ordered_list_open":
                yield self._list(token, children, span)
            case "blockquote_open":
                yield Quote(children=tuple(self.blocks(children, span)), span=span)
            case "table_open":
                yield _table(children, span)
            case "dl_open":
                yield self._definitions(children, span)
            case "hr":
                yield Rule(span=span)
            case "footnote_block_open":
                self.footnotes += [self._footnote(child) for child in children]
            case _:
                # Front matter and the anchors of footnotes hold nothing to show.
                return

    def _paragraph(self, inlines: Inlines, span: Span) -> Iterator[Block]:
        match inlines:
            case (Math(display=True) as math,):
                yield MathBlock(tex=math.tex, span=span)
            case ():
                return
            case _:
                yield Paragraph(children=inlines, span=span)

    def _list(self, token: Token, children: list[_Branch], span: Span) -> ListBlock:
        items = tuple(self._item(child, self._span(child, span)) for child in children)
        ordered = token.type == "ordered_list_open"
        return ListBlock(
            items=items,
            span=span,
            ordered=ordered,
            start=_start(token),
            tight=all(_is_tight(child) for child in children),
        )

    def _item(self, branch: _Branch, span: Span) -> Item:
        blocks = tuple(self.blocks(branch.children, span))
        match blocks:
            case (Paragraph(children=(Text(text=text), *rest)) as first, *others) if (
                task := _TASK.match(text)
            ):
                left = text[task.end() :]
                inlines = ((Text(text=left),) if left else ()) + tuple(rest)
                kept = (Paragraph(children=inlines, span=first.span),) if inlines else ()
                return Item(children=(*kept, *others), span=span, checked=task[1] != " ")
            case _:
                return Item(children=blocks, span=span)

    def _definitions(self, branches: list[_Branch], span: Span) -> DefinitionList:
        items: list[Definition] = []
        for branch in branches:
            here = self._span(branch, span)
            if branch.token.type == "dt_open":
                items.append(Definition(term=_inlines(branch.children), children=(), span=here))
                continue
            term = items.pop()
            means = term.children + tuple(self.blocks(branch.children, here))
            whole = Span(path=self.path, first=term.span.first, last=here.last)
            items.append(Definition(term=term.term, children=means, span=whole))
        return DefinitionList(items=tuple(items), span=span)

    def _footnote(self, branch: _Branch) -> Footnote:
        within = next((self._span(child, None) for child in branch.children), None)
        span = within or Span(path=self.path, first=1, last=1)
        number = int(branch.token.meta["id"]) + 1
        return Footnote(number=number, children=tuple(self.blocks(branch.children)), span=span)


def _start(token: Token) -> int:
    start = token.attrGet("start")
    return 1 if start is None else int(start)


def _closed_inside(branch: _Branch) -> int:
    """How many `</details>` stand behind text in a block, where they end no HTML block."""
    texts = [t.content for t in branch.token.children or () if t.type == "html_inline"]
    opened = sum(text.lower().startswith("<details") for text in texts)
    closed = sum(text.lower().startswith("</details") for text in texts)
    return closed - opened + sum(_closed_inside(child) for child in branch.children)


def _is_tight(item: _Branch) -> bool:
    """Whether no blank line parts what an item holds; markdown-it then hides its paragraphs."""
    return all(b.token.hidden for b in item.children if b.token.type == "paragraph_open")


def _heading(level: int, inlines: Inlines, span: Span) -> Heading:
    match inlines:
        case (*before, Text(text=text)) if anchor := _ANCHOR.search(text):
            left = text[: anchor.start()]
            kept = (*before, Text(text=left)) if left else tuple(before)
            return Heading(level=level, children=kept, span=span, anchor=anchor[1])
        case _:
            return Heading(level=level, children=inlines, span=span)


def _code(text: str, language: str, span: Span) -> CodeBlock:
    return CodeBlock(text=text.rstrip("\n"), language=language, span=span)


def _table(branches: list[_Branch], span: Span) -> Table:
    rows = [row for part in branches for row in part.children]
    cells = [tuple(_inlines(cell.children) for cell in row.children) for row in rows]
    aligns = tuple(_align(cell.token) for cell in rows[0].children)
    return Table(aligns=aligns, header=cells[0], rows=tuple(cells[1:]), span=span)


def _align(cell: Token) -> Align:
    style = str(cell.attrGet("style") or "")
    return Align(style.removeprefix("text-align:")) if style else Align.none


# --- inlines --------------------------------------------------------------------------


def _inlines(branches: Iterable[_Branch]) -> Inlines:
    tokens = [t for b in branches if b.token.type == "inline" for t in b.token.children or ()]
    # Where the end of details slipped into a line, other tags around it did so too.
    forgiving = any("</details" in t.content.lower() for t in tokens if t.type == "html_inline")
    return join(map(_event, tokens), forgiving=forgiving)


def _event(token: Token) -> Event:
    match token.type:
        case "em_open" | "strong_open" | "s_open":
            return Begin(partial(_styled, _STYLES[token.type]))
        case "link_open":
            return Begin(partial(_link, token))
        case _ if token.nesting:
            return Begin(_unchanged) if token.nesting > 0 else End()
        case "html_inline":
            return Written(token.content)
        case "code_inline":
            return Code(text=token.content)
        case "softbreak" | "hardbreak":
            return LineBreak(hard=token.type == "hardbreak")
        case "math_inline" | "math_inline_double":
            return Math(tex=token.content, display=token.type == "math_inline_double")
        case "image":
            return _image(token)
        case "footnote_ref":
            return FootnoteMark(number=int(token.meta["id"]) + 1)
        case _:
            return Text(text=token.content)


def _styled(style: Style, inside: Inlines) -> Inlines:
    return (Styled(style=style, children=inside),)


def _link(token: Token, inside: Inlines) -> Inlines:
    url, title = (str(token.attrGet(name) or "") for name in ("href", "title"))
    return (Link(url=url, title=title, children=inside),)


def _unchanged(inside: Inlines) -> Inlines:
    return inside


def _image(token: Token) -> Image:
    return Image(
        src=unescape(str(token.attrGet("src") or "")),
        alt=plain(join(map(_event, token.children or ()))),
        title=str(token.attrGet("title") or ""),
        width=inline_html.to_pixels(str(token.attrGet("width") or "")),
        height=inline_html.to_pixels(str(token.attrGet("height") or "")),
    )
