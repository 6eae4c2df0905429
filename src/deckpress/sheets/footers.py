"""Footers: which card this is and where it belongs, small, on every side.

A dropped box of cards can be sorted by them. The bar's colour helps the eye find a section's
cards; the words beside it say the same without colour.
"""

from dataclasses import dataclass

from deckpress.sheets import fonts, words
from deckpress.sheets.inks import QUIET
from deckpress.sheets.marks import GREY, Bar, Colour, Letters, Mark

SIZE = 6.5
"""The size of a footer, in points."""
HEIGHT = 14.5
"""How much of a side a footer takes, the space above it included, in points."""
SEPARATOR = " › "
_COLOURS: tuple[Colour, ...] = (
    (0.16, 0.38, 0.62),
    (0.80, 0.42, 0.12),
    (0.20, 0.52, 0.34),
    (0.62, 0.20, 0.38),
    (0.45, 0.38, 0.66),
    (0.66, 0.56, 0.10),
    (0.20, 0.55, 0.60),
    (0.45, 0.45, 0.48),
)
"""Muted hues, told apart by most colour-blind eyes; after eight they come again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """What a side says at its foot: the place in the deck, the number, and a section's colour.

    `path` is the deck's name and the section's headings, from the largest to the smallest;
    `hue` counts sections.
    """

    number: str
    path: tuple[str, ...]
    hue: int


def colour(hue: int) -> Colour:
    """The colour of a section."""
    return _COLOURS[hue % len(_COLOURS)]


def footer_marks(footer: Footer, left: float, width: float, baseline: float) -> list[Mark]:
    """A footer's marks: bar and path from the left, number at the right; lengths in points."""
    number = words.glyphs(fonts.printable(footer.number), QUIET)
    long = _width(number)
    bar = Bar(x=left, y=baseline - 0.78 * SIZE, width=2.2, height=SIZE, colour=colour(footer.hue))
    indent = 5.5
    room = width - indent - long - 1.5 * SIZE
    path = _fitted(footer.path, room)
    return [
        bar,
        *_set(path, left + indent, baseline),
        *_set(number, left + width - long, baseline),
    ]


def _fitted(path: tuple[str, ...], room: float) -> tuple[words.Glyphs, ...]:
    """As much of a path as there is room for; the smallest heading says most, so it stays."""
    for start in range(len(path)):
        shown = ("…",) * (start > 0) + path[start:]
        found = _glyphs(SEPARATOR.join(shown))
        if _width(found) <= room:
            return found
    text = path[-1] if path else ""
    while text and _width(_glyphs(f"{text}…")) > room:
        text = text[:-1].rstrip()
    return _glyphs(f"{text}…") if text else ()


def _glyphs(text: str) -> tuple[words.Glyphs, ...]:
    return words.glyphs(" ".join(fonts.printable(text).split()), QUIET)


def _width(glyphs: tuple[words.Glyphs, ...]) -> float:
    return sum(piece.width for piece in glyphs) * SIZE


def _set(glyphs: tuple[words.Glyphs, ...], x: float, baseline: float) -> list[Mark]:
    found: list[Mark] = []
    for piece in glyphs:
        found.append(
            Letters(x=x, y=baseline, text=piece.text, face=piece.face, size=SIZE, colour=GREY)
        )
        x += piece.width * SIZE
    return found
