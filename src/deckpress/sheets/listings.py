"""Listings: code blocks in colour, their long lines wrapped with a mark that shows it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

from deckpress.render.highlight import LIMIT
from deckpress.sheets import fonts
from deckpress.sheets.inks import PLAIN, Ink
from deckpress.sheets.marks import GREY, TINT, Bar, Letters, Mark, Strip, Strips, Stroke
from deckpress.sheets.measures import Measure

SCALE = 0.88
"""Code blocks are a little smaller than text, so that more of a line fits."""
TIGHTEST = 0.76
"""How small a block may be set, next to its text, to save its longest line from wrapping."""
LEADING, TIGHT_LEADING = 1.32, 1.2
ASCENT = 0.98
PADDING = 0.5
"""Inside the tint, in em."""
HANGING = 2
"""How many characters a wrapped line is set in."""
TAB = 4

_CODE = replace(PLAIN, code=True)
# Dark enough to read when a black-and-white printer makes them grey.
_COLOURS: tuple[tuple[_TokenType, Ink], ...] = (
    (Token.Comment.Preproc, replace(_CODE, colour=(0.45, 0.25, 0.0))),
    (Token.Comment, replace(_CODE, italic=True, colour=(0.38, 0.42, 0.44))),
    (Token.Keyword, replace(_CODE, bold=True, colour=(0.13, 0.2, 0.5))),
    (Token.Operator.Word, replace(_CODE, bold=True, colour=(0.13, 0.2, 0.5))),
    (Token.Name.Tag, replace(_CODE, bold=True, colour=(0.13, 0.2, 0.5))),
    (Token.Name.Attribute, replace(_CODE, colour=(0.3, 0.2, 0.45))),
    (Token.Name.Decorator, replace(_CODE, colour=(0.38, 0.2, 0.45))),
    (Token.Name.Function, replace(_CODE, colour=(0.0, 0.3, 0.38))),
    (Token.Name.Class, replace(_CODE, bold=True, colour=(0.0, 0.3, 0.38))),
    (Token.Name.Builtin, replace(_CODE, colour=(0.0, 0.3, 0.38))),
    (Token.Literal.String, replace(_CODE, colour=(0.1, 0.36, 0.14))),
    (Token.Literal.Number, replace(_CODE, colour=(0.55, 0.2, 0.05))),
    (Token.Generic.Deleted, replace(_CODE, colour=(0.6, 0.1, 0.1))),
    (Token.Generic.Inserted, replace(_CODE, colour=(0.1, 0.36, 0.14))),
    (Token.Generic.Heading, replace(_CODE, bold=True)),
)

Character = tuple[str, Ink]
Part = tuple[int, list[Character]]
"""How many characters a line of code is set in because it continues another one, and itself."""


def listing(text: str, language: str, measure: Measure) -> Strips:
    """A code block as strips, one a line, on a tint."""
    rows = _rows(fonts.printable(text).expandtabs(TAB), language)
    longest = max(map(len, rows), default=0)
    size = _size(longest, measure)
    inside = measure.width - 2 * PADDING * size
    count = max(HANGING + 4, int(inside / (_advance() * size) + 1e-6))
    parts = [part for row in rows for part in _wrapped(row, count)]
    last = len(parts) - 1
    return tuple(
        _strip(part, size, measure, first=number == 0, last=number == last)
        for number, part in enumerate(parts)
    )


def _advance() -> float:
    """The width of every character, in em."""
    return fonts.face(_CODE.faces[0]).widths["0"]


def _size(longest: int, measure: Measure) -> float:
    """The size in points: the usual one, or as much smaller as saves wrapping."""
    usual = max(measure.size * SCALE, min(measure.size, measure.smallest))
    least = max(measure.size * TIGHTEST, min(measure.size, measure.smallest))
    needed = longest * _advance() + 2 * PADDING + 0.01
    if needed * usual <= measure.width or needed * least > measure.width:
        return usual
    return measure.width / needed


def _rows(text: str, language: str) -> list[list[Character]]:
    """The lines of the code, each character with its ink."""
    rows: list[list[Character]] = [[]]
    for ink, part in _tokens(text, language):
        first, *others = part.split("\n")
        rows[-1] += [(character, ink) for character in first]
        rows += [[(character, ink) for character in line] for line in others]
    # A lexer ends the last line, whether it was ended or not.
    return rows[: text.count("\n") + 1]


def _tokens(text: str, language: str) -> Iterator[tuple[Ink, str]]:
    names = re.findall(r"[\w+#.-]+", language.lower())
    lexer = _lexer(names[0].strip(".")) if names else None
    if lexer is None or len(text) > LIMIT:
        yield _CODE, text
        return
    tokens = [(_ink(kind), part) for kind, part in lexer.get_tokens(text)]
    # Some lexers drop or change what they dislike; colours are not worth a line of code.
    if "".join(part for _, part in tokens).removesuffix("\n") == text.removesuffix("\n"):
        yield from tokens
    else:
        yield _CODE, text


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@cache
def _ink(kind: _TokenType) -> Ink:
    # A kind's own parents are the shorter beginnings of it.
    return next((ink for parent, ink in _COLOURS if kind[: len(parent)] == parent), _CODE)


def _wrapped(row: list[Character], count: int) -> list[Part]:
    """A line in parts of at most `count` characters, each with how far it is set in.

    What continues a line is set in below its first word, but never so far that little fits.
    """
    text = "".join(character for character, _ in row)
    hang = min(len(text) - len(text.lstrip(" ")), count // 3) + HANGING
    parts: list[Part] = []
    rest, room = row, count
    while len(rest) > room:
        cut = _cut("".join(character for character, _ in rest), room)
        parts.append((hang if parts else 0, rest[:cut]))
        rest, room = rest[cut:], count - hang
        while rest and rest[0][0] == " ":  # the break stands for the space
            rest = rest[1:]
    return [*parts, (hang if parts else 0, rest)] if rest or not parts else parts


def _cut(text: str, room: int) -> int:
    """Where to break a line of code: after a space or a mark, if there is one late enough."""
    for end in range(room, room * 3 // 5, -1):
        if text[end - 1] in " ,;(){}[]|&/=+" or text[end : end + 1] == " ":
            return end
    return room


def _strip(part: Part, size: float, measure: Measure, *, first: bool, last: bool) -> Strip:
    hang, row = part
    top = PADDING * size if first else 0.0
    leading = LEADING - (LEADING - TIGHT_LEADING) * measure.tight
    height = top + leading * size + (PADDING * size if last else 0.0)
    baseline = top + ASCENT * size
    left = measure.left + PADDING * size
    marks: list[Mark] = [
        # A hair of overlap, so that no white line shows between two strips.
        Bar(
            x=measure.left,
            y=0,
            width=measure.width,
            height=height + (0 if last else 0.2),
            colour=TINT,
        )
    ]
    if hang:
        marks.append(_hook(left + (hang - HANGING) * _advance() * size, baseline, size))
        left += hang * _advance() * size
    marks += _letters(row, left, baseline, size)
    return Strip(height=height, marks=tuple(marks), baseline=baseline)


def _letters(row: list[Character], left: float, baseline: float, size: float) -> list[Mark]:
    """The letters of a line in runs of one ink and face; a run keeps its inner spaces."""
    found: list[Mark] = []
    x, start = left, 0
    while start < len(row):
        ink, end = row[start][1], start
        while end < len(row) and row[end][1] is ink:
            end += 1
        text = "".join(character for character, _ in row[start:end])
        for face, run in fonts.split(text, ink.faces):
            width = fonts.width(face, run) * size
            body = run.lstrip(" ")
            indent = fonts.width(face, run[: len(run) - len(body)]) * size if face else 0.0
            if body.rstrip(" "):
                found.append(
                    Letters(
                        x=x + indent,
                        y=baseline,
                        text=body.rstrip(" "),
                        face=face,
                        size=size,
                        colour=ink.colour,
                    )
                )
            x += width
        start = end
    return found


def _hook(left: float, baseline: float, size: float) -> Mark:
    """The mark of a wrapped line: an arrow down and to the right, without a font."""
    path = ((0.2, -0.62), (0.2, -0.28), (0.8, -0.28), (0.64, -0.42), (0.8, -0.28), (0.64, -0.14))
    points = tuple((left + x * size, baseline + y * size) for x, y in path)
    return Stroke(points=points, thickness=0.06 * size, colour=GREY)
