"""Content as plain text: what other apps, terminals and spreadsheets can show.

Nothing is escaped. A mark stands only where its absence would change the meaning: struck
text, raised and lowered text, blanks, task boxes. Lines never end in white space, and
blocks are parted by one blank line.
"""

import re
from collections.abc import Iterable
from typing import assert_never
from urllib.parse import unquote

from deckpress.content import (
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

# A hyphen would do for a list, but a spreadsheet takes a cell that begins with one for a formula.
_BULLET = "•"
_RULE = "* * *"
_RAISED = dict(zip("0123456789+-=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁱⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def render(blocks: Blocks) -> str:
    """The blocks as text, lines parted by line feeds, without one at the end."""
    return "\n".join(line.rstrip() for line in _stack(blocks)).strip("\n")


def _stack(blocks: Iterable[Block], *, tight: bool = False) -> list[str]:
    """The lines of blocks below each other; a blank line parts them unless `tight`."""
    lines: list[str] = []
    for found in filter(None, map(_lines, blocks)):
        if lines and not tight:
            lines.append("")
        lines += found
    return lines


def _lines(block: Block) -> list[str]:
    """A block's lines; none at all when it shows nothing."""
    match block:
        case Paragraph() | Heading():
            return _paragraph(block.children)
        case CodeBlock():
            return _without_outer_blanks(block.text.split("\n"))
        case MathBlock():
            return _without_outer_blanks(block.tex.split("\n"))
        case ListBlock():
            return _list(block)
        case Quote():
            return [f"> {line}" for line in _stack(block.children)]
        case Table():
            return _table(block)
        case DefinitionList():
            return _definitions(block)
        case Details():
            return _stack(unfold(block))
        case Footnote():
            return _hang(f"[{block.number}] ", _stack(block.children))
        case Rule():
            return [_RULE]
        case CommentBlock():
            return []
        case _:
            assert_never(block)


def _paragraph(children: Inlines) -> list[str]:
    """Running text; breaks that follow each other leave one blank line at most."""
    lines: list[str] = []
    for line in _text(children).split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return _without_outer_blanks(lines)


def _list(block: ListBlock) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(block.items, block.start):
        if lines and not block.tight:
            lines.append("")
        marker = _marker(item, f"{number}." if block.ordered else "")
        lines += _hang(f"{marker} ", _stack(item.children, tight=block.tight))
    return lines


def _marker(item: Item, number: str) -> str:
    """What stands before an item: its number, its box, both, or a bullet."""
    box = {None: "", True: "[x]", False: "[ ]"}[item.checked]
    return " ".join(filter(None, (number, box))) or _BULLET


def _hang(marker: str, lines: list[str]) -> list[str]:
    """Put a marker before the first line, and all others below the first one's text."""
    first, *rest = lines or [""]
    indent = " " * len(marker)
    return [marker + first, *(indent + line if line else "" for line in rest)]


def _table(table: Table) -> list[str]:
    """Rows as lines, cells joined by bars: readable in any font, and a table in Markdown apps."""
    header, *rows = ([_cell(cell) for cell in row] for row in (table.header, *table.rows))
    lines = [" | ".join(row) for row in rows if any(row)]
    if any(header):
        lines[:0] = [" | ".join(header), " | ".join("---" for _ in header)]
    return lines


def _cell(inlines: Inlines) -> str:
    return " / ".join(_paragraph(inlines))


def _definitions(block: DefinitionList) -> list[str]:
    lines: list[str] = []
    for item in block.items:
        lines += _paragraph(item.term)
        meaning = _stack(item.children)
        lines += _hang("    ", meaning) if meaning else []
    return lines


def _without_outer_blanks(lines: list[str]) -> list[str]:
    """The same lines from the first to the last that shows something."""
    shown = [i for i, line in enumerate(lines) if line.strip()]
    return lines[shown[0] : shown[-1] + 1] if shown else []


def _text(inlines: Inlines) -> str:
    return "".join(map(_inline, inlines))


def _inline(inline: Inline) -> str:
    match inline:
        case Text() | Code():
            return inline.text
        case Styled():
            return _styled(inline)
        case Math():
            return inline.tex
        case Link():
            return _link(inline)
        case Image():
            return f"[{inline.alt.strip() or inline.src}]"
        case LineBreak():
            return "\n" if inline.hard else " "
        case Gap():
            return _text(inline.children)
        case Blank():
            return f"[{inline.hint or '…'}]"
        case FootnoteMark():
            return f"[{inline.number}]"
        case Comment():
            return ""
        case _:
            assert_never(inline)


def _styled(inline: Styled) -> str:
    text = _text(inline.children)
    match inline.style:
        case Style.strike:
            return f"~~{text}~~" if text.strip() else text
        case Style.superscript:
            return _shifted(text, "^", _RAISED)
        case Style.subscript:
            return _shifted(text, "_", _LOWERED)
        case _:
            return text


def _shifted(text: str, mark: str, small: dict[str, str]) -> str:
    """Raised or lowered text in small characters if there are any for it, else after a mark."""
    if all(character in small for character in text):
        return "".join(small[character] for character in text)
    return mark + text if len(text) == 1 else f"{mark}({text})"


def _link(link: Link) -> str:
    """The text, and the address where it says something that the text does not."""
    text = _text(link.children)
    if not text.strip():
        return link.url
    # `#name` leads to a place in the source, which has no meaning outside it.
    if link.url.startswith("#") or _bare(text) == _bare(link.url):
        return text
    return f"{text} ({link.url})" if link.url else text


def _bare(address: str) -> str:
    """An address without what autolinks add to it."""
    return unquote(re.sub(r"^(https?://|mailto:)", "", address.strip())).rstrip("/")
