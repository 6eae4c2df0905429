"""Text pasted from a web page or a word processor, made into Markdown that means the same.

Such text has no-break spaces where Markdown wants spaces, and typographic bullets (`•`) at
the indentation the page happened to have, which Markdown takes for prose or for code. Lines
are neither added nor removed, so line numbers stay true. A document without such bullets and
spaces is left exactly as it is, and so is everything in a fence.
"""

import re
from collections.abc import Iterable

_BULLETS = "•◦▪‣●○∙■□\u2043"
_SPACES = "\u00a0\u202f\u2007\u2009"
_LEADING = re.compile(rf"^[ \t{_SPACES}]+")
_BULLET = re.compile(rf"^([ \t]*)[{_BULLETS}]([ \t\u00a0]+|$)")
_MARKER = re.compile(r"^([ \t]*)([-+*]|\d{1,9}[.)])([ \t]+)\S")
_FENCE = re.compile(r"^[ \t]*(`{3,}(?=[^`]*$)|~{3,})")


def to_markdown(text: str) -> str:
    """The same document, bullets as `-` nested under the list item they stand beneath."""
    if not any(sign in text for sign in _BULLETS + _SPACES):
        return text
    return "\n".join(_lines(text.split("\n")))


def _lines(lines: Iterable[str]) -> Iterable[str]:
    fence = ""
    # Each open list item as (column of its marker as written, column where we put its text).
    items: list[tuple[int, int]] = []
    for line in lines:
        opening = _FENCE.match(line)
        if fence:
            fence = "" if _closes(line, fence) else fence
            yield line
        elif opening:
            fence = opening[1]
            yield line
        else:
            yield _line(_LEADING.sub(_to_spaces, line), items)


def _closes(line: str, fence: str) -> bool:
    bare = line.strip()
    return len(bare) >= len(fence) and set(bare) == {fence[0]}


def _to_spaces(match: re.Match[str]) -> str:
    return re.sub(f"[{_SPACES}]", " ", match[0])


def _line(line: str, items: list[tuple[int, int]]) -> str:
    if not line.strip():
        return line.strip()
    bullet = _BULLET.match(line)
    if bullet:
        column = _width(bullet[1])
        _close(items, column)
        indent = items[-1][1] if items else min(column, 3)
        items.append((column, indent + 2))
        return f"{' ' * indent}- {line[bullet.end() :]}"
    marker = _MARKER.match(line)
    if marker:
        column = _width(marker[1])
        _close(items, column)
        items.append((column, _width(marker[1] + marker[2] + marker[3])))
    elif not line[0].isspace():
        items.clear()
    return line


def _close(items: list[tuple[int, int]], column: int) -> None:
    """Forget the items that a marker at this column is not beneath."""
    while items and items[-1][0] >= column:
        items.pop()


def _width(indent: str) -> int:
    return len(indent.expandtabs(4))
