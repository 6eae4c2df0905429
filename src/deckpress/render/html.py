"""Content as HTML, fit for the fields of Anki notes and for apps that take HTML.

Every character of the source is escaped; no markup of the source passes through. What Anki
would act on in plain text is written so that it is only shown; `anki_text` knows how.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import assert_never

from deckpress.anki_text import (
    escape_attribute,
    escape_code,
    escape_math,
    escape_prose,
)
from deckpress.content import (
    Align,
    Blank,
    Block,
    Blocks,
    Code,
    CodeBlock,
    Comment,
    CommentBlock,
    DefinitionList,
    Details,
    Footnote,
    FootnoteMark,
    Gap,
    Heading,
    Image,
    Inline,
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
    unfold,
)
from deckpress.media import is_sound
from deckpress.render.highlight import highlight

_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
_NOT_IN_URL = re.compile(r"[\x00-\x1f]")
_LANGUAGE = re.compile(r"[\w+#.-]+")

_ELEMENTS = {
    Style.emphasis: "em",
    Style.strong: "strong",
    Style.strike: "del",
    Style.underline: "u",
    Style.highlight: "mark",
    Style.small: "small",
    Style.subscript: "sub",
    Style.superscript: "sup",
    Style.keyboard: "kbd",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    """What is being written: a cloze note or not, in a gap or not, with which media."""

    media: Mapping[str, str] = field(default_factory=dict)
    cloze: bool = False
    gap: bool = False

    def prose(self, text: str) -> str:
        return escape_prose(text, cloze=self.cloze, gap=self.gap)

    def code(self, text: str) -> str:
        return escape_code(text, cloze=self.cloze, gap=self.gap)

    def math(self, tex: str) -> str:
        return escape_math(tex, cloze=self.cloze, gap=self.gap)

    def value(self, text: str) -> str:
        return escape_attribute(text, cloze=self.cloze)


def render(
    blocks: Blocks,
    media: Mapping[str, str] | None = None,
    *,
    cloze: bool = False,
    tight: bool = False,
) -> str:
    """The blocks as HTML, one block a line.

    `media` gives the file name of each local `src`; one that is missing is shown by its
    words. With `cloze` gaps become Anki's `{{c1::…}}`, else their text. With `tight`
    paragraphs stand without an element of their own, as in the items of a tight list.
    """
    return _blocks(_Pen(media=media or {}, cloze=cloze), blocks, tight=tight)


def is_web(url: str) -> bool:
    """Whether a link leads to a web page."""
    return _REMOTE.match(url) is not None


# --- blocks ---------------------------------------------------------------------------


def _blocks(pen: _Pen, blocks: Blocks, *, tight: bool = False) -> str:
    lines = (_block(pen, block, tight=tight) for block in blocks)
    return "\n".join(line for line in lines if line)


def _block(pen: _Pen, block: Block, *, tight: bool) -> str:
    match block:
        case Paragraph():
            text = _inlines(pen, block.children)
            return text if tight or not text else f"<p>{text}</p>"
        case Heading():
            return f"<h{block.level}>{_inlines(pen, block.children)}</h{block.level}>"
        case CodeBlock():
            return _code_block(pen, block)
        case MathBlock():
            return f'<p class="formula">\\[{pen.math(block.tex)}\\]</p>'
        case ListBlock():
            return _list(pen, block)
        case Quote():
            return f"<blockquote>\n{_blocks(pen, block.children)}\n</blockquote>"
        case Table():
            return _table(pen, block)
        case DefinitionList():
            return _definitions(pen, block)
        case Details():
            return _blocks(pen, unfold(block))
        case Footnote():
            text = _blocks(pen, block.children, tight=len(block.children) == 1)
            return f'<div class="footnote"><sup>{block.number}</sup> {text}</div>'
        case Rule():
            return "<hr>"
        case CommentBlock():
            return ""
        case _:
            assert_never(block)


def _code_block(pen: _Pen, block: CodeBlock) -> str:
    word = _LANGUAGE.search(block.language)
    language = word.group() if word else ""
    runs = (_run(pen, name, text) for name, text in highlight(block.text, language))
    named = f' class="language-{pen.value(language)}"' if language else ""
    return f'<div class="code"><pre><code{named}>{"".join(runs)}</code></pre></div>'


def _run(pen: _Pen, name: str, text: str) -> str:
    return f'<span class="{name}">{pen.code(text)}</span>' if name else pen.code(text)


def _list(pen: _Pen, block: ListBlock) -> str:
    items = "\n".join(_item(pen, item, tight=block.tight) for item in block.items)
    if block.ordered:
        start = f' start="{block.start}"' if block.start != 1 else ""
        return f"<ol{start}>\n{items}\n</ol>"
    tasks = any(item.checked is not None for item in block.items)
    named = ' class="tasks"' if tasks else ""
    return f"<ul{named}>\n{items}\n</ul>"


def _item(pen: _Pen, item: Item, *, tight: bool) -> str:
    text = _blocks(pen, item.children, tight=tight)
    if item.checked is None:
        return f"<li>{text}</li>"
    # U+FE0E keeps phones from drawing the box as an emoji.
    box = "\u2611\ufe0e" if item.checked else "\u2610\ufe0e"
    return f'<li class="task"><span class="box">{box}</span> {text}</li>'


def _table(pen: _Pen, table: Table) -> str:
    head = _row(pen, table.header, table.aligns, "th") if any(table.header) else ""
    rows = "\n".join(_row(pen, row, table.aligns, "td") for row in table.rows)
    top = f"<thead>\n{head}\n</thead>\n" if head else ""
    return f'<div class="table"><table>\n{top}<tbody>\n{rows}\n</tbody>\n</table></div>'


def _row(pen: _Pen, cells: Iterable[Inlines], aligns: Iterable[Align], element: str) -> str:
    pairs = zip(cells, aligns, strict=True)
    return f"<tr>{''.join(_cell(pen, cell, align, element) for cell, align in pairs)}</tr>"


def _cell(pen: _Pen, cell: Inlines, align: Align, element: str) -> str:
    style = "" if align is Align.none else f' style="text-align: {align.value}"'
    return f"<{element}{style}>{_inlines(pen, cell)}</{element}>"


def _definitions(pen: _Pen, block: DefinitionList) -> str:
    items = (
        f"<dt>{_inlines(pen, item.term)}</dt>\n"
        f"<dd>{_blocks(pen, item.children, tight=len(item.children) == 1)}</dd>"
        for item in block.items
    )
    return "<dl>\n" + "\n".join(items) + "\n</dl>"


# --- inlines --------------------------------------------------------------------------


def _inlines(pen: _Pen, inlines: Inlines) -> str:
    return "".join(_inline(pen, inline) for inline in _joined(inlines))


def _joined(inlines: Inlines) -> Iterator[Inline]:
    """The inlines that are shown, neighbouring texts made one, so that no escape is missed."""
    shown = (inline for inline in inlines if not isinstance(inline, Comment))
    for is_text, group in groupby(shown, key=lambda inline: isinstance(inline, Text)):
        if is_text:
            yield Text(text="".join(node.text for node in group if isinstance(node, Text)))
        else:
            yield from group


def _inline(pen: _Pen, inline: Inline) -> str:
    match inline:
        case Text():
            return pen.prose(inline.text)
        case Styled():
            return _styled(pen, inline)
        case Code():
            return f"<code>{pen.code(inline.text)}</code>"
        case Math(display=True):
            return f"\\[{pen.math(inline.tex)}\\]"
        case Math():
            return f"\\({pen.math(inline.tex)}\\)"
        case Link():
            return _link(pen, inline.url, _inlines(pen, inline.children), inline.title)
        case Image():
            return _image(pen, inline)
        case LineBreak():
            return "<br>\n" if inline.hard else "\n"
        case Gap():
            return _gap(pen, inline)
        case Blank():
            hint = pen.prose(inline.hint) if inline.hint else "\u2026"
            return f'<span class="blank">[{hint}]</span>'
        case FootnoteMark():
            return f'<sup class="mark">{inline.number}</sup>'
        case Comment():
            return ""
        case _:
            assert_never(inline)


def _styled(pen: _Pen, styled: Styled) -> str:
    text = _inlines(pen, styled.children)
    if styled.style is Style.gap:
        return f'<span class="gap">{text}</span>'
    element = _ELEMENTS[styled.style]
    return f"<{element}>{text}</{element}>"


def _gap(pen: _Pen, gap: Gap) -> str:
    if not pen.cloze:
        return _inlines(pen, gap.children)
    inside = replace(pen, gap=True)
    hint = f"::{inside.prose(gap.hint)}" if gap.hint else ""
    return f"{{{{c{gap.number}::{_inlines(inside, gap.children)}{hint}}}}}"


def _link(pen: _Pen, url: str, text: str, title: str = "") -> str:
    """A link, or its words and address where following it could do more than open a page."""
    # Browsers overlook control characters and outer space when they look for the scheme.
    address = _NOT_IN_URL.sub("", url).strip()
    scheme = _SCHEME.match(address)
    if scheme and scheme[1].lower() not in _SAFE_SCHEMES:
        return f"{text} ({pen.prose(url)})"
    shown = f' title="{pen.value(title)}"' if title else ""
    target = pen.value(address.replace(" ", "%20"))
    return f'<a href="{target}"{shown} rel="noopener">{text}</a>'


def _image(pen: _Pen, image: Image) -> str:
    words = pen.prose(image.alt or image.src)
    name = pen.media.get(image.src)
    if name is None:
        missing = f'<span class="missing">[{words}]</span>'
        return _link(pen, image.src, words, image.title) if is_web(image.src) else missing
    if is_sound(name):
        return f"[sound:{name}]"
    sizes = (("width", image.width), ("height", image.height))
    numbers = "".join(f' {side}="{size}"' for side, size in sizes if size)
    title = f' title="{pen.value(image.title)}"' if image.title else ""
    return f'<img src="{pen.value(name)}" alt="{pen.value(image.alt)}"{title}{numbers}>'
