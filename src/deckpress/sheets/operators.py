"""Operators: shapes as the drawing commands of a PDF page (PDF 32000-1, 8.5).

Shapes come with y growing downwards from a card's top left corner; PDF's y grows upwards, so
it turns over here. Lengths are in points.
"""

from typing import assert_never

from deckpress.sheets import fonts
from deckpress.sheets.marks import Bar, Colour, Disc, Drawing, Frame, Letters, Stroke

CIRCLE = 0.5523
"""The length of the handles that make four Bezier curves a circle, for a radius of 1."""


def shape(mark: Bar | Frame | Stroke | Disc | Drawing, top: float) -> str:
    """The commands that draw a shape `top` further down than it says."""
    match mark:
        case Bar():
            box = numbers(mark.x, -top - mark.y - mark.height, mark.width, mark.height)
            return f"{rgb(mark.colour)} rg {box} re f"
        case Frame():
            box = numbers(mark.x, -top - mark.y - mark.height, mark.width, mark.height)
            return f"{_pen(mark.colour, mark.thickness)} {box} re S"
        case Stroke():
            return _stroke(mark, top)
        case Disc():
            return _disc(mark, top)
        case Drawing():
            matrix = numbers(mark.size, 0, 0, mark.size, mark.x, -top - mark.y)
            return f"q 0 g 0 G {matrix} cm {mark.contour.operators} Q"
        case _:
            assert_never(mark)


def boxes(run: Letters, top: float) -> str:
    """A box for each of some characters that no font has."""
    width, height = fonts.MISSING_WIDTH * run.size, 0.7 * run.size
    pad = 0.06 * run.size
    places = (run.x + i * width + pad for i in range(len(run.text)))
    drawn = [f"{numbers(x, -top - run.y, width - 2 * pad, height)} re S" for x in places]
    return " ".join([_pen(run.colour, 0.05 * run.size), *drawn])


def _stroke(stroke: Stroke, top: float) -> str:
    first, *others = (numbers(x, -top - y) for x, y in stroke.points)
    path = [f"{first} m", *(f"{point} l" for point in others)]
    return f"{_pen(stroke.colour, stroke.thickness)} {' '.join(path)} S"


def _disc(disc: Disc, top: float) -> str:
    x, y, r = disc.x, -top - disc.y, disc.radius
    k = CIRCLE * r
    quarters = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    curves = " ".join(f"{numbers(*quarter)} c" for quarter in quarters)
    path = f"{numbers(x + r, y)} m {curves} h"
    if disc.filled:
        return f"{rgb(disc.colour)} rg {path} f"
    return f"{_pen(disc.colour, 0.45 * r)} {path} S"


def _pen(colour: Colour, thickness: float) -> str:
    return f"{rgb(colour)} RG {numbers(thickness)} w"


def rgb(colour: Colour) -> str:
    """A colour's three numbers."""
    return f"{colour[0]:g} {colour[1]:g} {colour[2]:g}"


def numbers(*values: float) -> str:
    """Numbers as PDF wants them: a thousandth of a point is finer than any printer."""
    return " ".join([f"{value:.3f}".rstrip("0").rstrip(".") or "0" for value in values])
