"""HTML tags inside Markdown: the few that mean something on a card, understood one by one.

Nothing is ever passed through: a tag becomes content, or nothing where it only places things
on a page, or the very characters that were written (`List<int>`).
"""

import re
from dataclasses import dataclass
from html import unescape

from deckpress.content import Comment, Image, Inline, LineBreak, Style, Text
from deckpress.readers.html_tree import ELEMENTS

STYLES = {
    "b": Style.strong,
    "strong": Style.strong,
    "i": Style.emphasis,
    "em": Style.emphasis,
    "cite": Style.emphasis,
    "var": Style.emphasis,
    "u": Style.underline,
    "ins": Style.underline,
    "s": Style.strike,
    "del": Style.strike,
    "strike": Style.strike,
    "mark": Style.highlight,
    "small": Style.small,
    "sub": Style.subscript,
    "sup": Style.superscript,
    "kbd": Style.keyboard,
}
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s[^<>]*)?)/?>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_WHOLE_NUMBER = re.compile(r"^\d{1,5}")


CODE = frozenset({"code", "tt", "samp"})
_SLIPPED = frozenset({"p", "details", "summary", "source"})
"""Tags that belong to a block around the line, where Markdown let them slip into it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A tag that opens a run which ends at the closing tag of the same name."""

    name: str
    written: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """A tag that ends a run."""

    name: str
    written: str


Tag = Opening | Closing


def understand(written: str) -> Tag | Inline | None:
    """What one tag or comment, as written, means; None when it only lays out the page."""
    comment = _COMMENT.fullmatch(written.strip())
    if comment:
        return Comment(text=comment[1].strip())
    tag = _TAG.fullmatch(written.strip())
    if not tag:
        return Text(text=written)
    return _tag(written, tag[2].lower(), closing=bool(tag[1]), attributes=_attributes(tag[3]))


def _tag(
    written: str, name: str, *, closing: bool, attributes: dict[str, str]
) -> Tag | Inline | None:
    if name == "br":
        return LineBreak(hard=True)
    if name == "img" and attributes.get("src"):
        return _image(attributes)
    if name in STYLES or name in CODE or name == "a":
        if closing:
            return Closing(name, written)
        return Opening(name, written, attributes.get("href", ""))
    if name in _SLIPPED:
        return None
    if name in ELEMENTS:
        # In a line these are layout only as a pair; alone they are spoken of.
        return Closing(name, written) if closing else Opening(name, written)
    return Text(text=written)


def _image(attributes: dict[str, str]) -> Image:
    return Image(
        src=attributes["src"],
        alt=attributes.get("alt", ""),
        title=attributes.get("title", ""),
        width=to_pixels(attributes.get("width", "")),
        height=to_pixels(attributes.get("height", "")),
    )


def to_pixels(written: str) -> int:
    """A width or height in CSS pixels; 0 for a percentage or anything else."""
    number = _WHOLE_NUMBER.match(written)
    return int(number[0]) if number and not written.endswith("%") else 0


def _attributes(text: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(text)
    return {name.lower(): unescape(a or b or c) for name, a, b, c in found}
