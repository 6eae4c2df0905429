"""Marks: what a painter puts on paper, and strips of them that stack into a card's side.

Lengths are in points; a mark's place is given from the left edge of the card's text area and
from the top of its strip, y growing downwards.
"""

from dataclasses import dataclass

from deckpress.sheets.fonts import Face

Colour = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""

BLACK: Colour = (0.0, 0.0, 0.0)
INK: Colour = (0.07, 0.07, 0.09)
GREY: Colour = (0.42, 0.42, 0.45)
PALE: Colour = (0.72, 0.72, 0.75)
TINT: Colour = (0.945, 0.945, 0.955)
MARKER: Colour = (1.0, 0.93, 0.6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """A run of characters of one face, by the left end of its baseline; None draws boxes."""

    x: float
    y: float
    text: str
    face: Face | None
    size: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A filled rectangle, by its top left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The outline of a rectangle, by its top left corner."""

    x: float
    y: float
    width: float
    height: float
    thickness: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line through two or more points."""

    points: tuple[tuple[float, float], ...]
    thickness: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Disc:
    """A circle by its centre: filled, or an outline."""

    x: float
    y: float
    radius: float
    colour: Colour
    filled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Contour:
    """Filled outlines in PDF path operators, y growing upwards from the baseline, in em."""

    operators: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Outlines placed by the left end of their baseline; `size` is the length of one em."""

    x: float
    y: float
    size: float
    contour: Contour


@dataclass(frozen=True, slots=True, kw_only=True)
class Raster:
    """A picture as a PNG or JPEG file, and how large it is in pixels."""

    data: bytes
    columns: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A raster stretched over a rectangle, by its top left corner."""

    x: float
    y: float
    width: float
    height: float
    raster: Raster


Mark = Letters | Bar | Frame | Stroke | Disc | Drawing | Picture
Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What must not be parted: a line of text, a line of a table's row, a picture.

    `before` is the space above it, dropped at the top of a side; `bridge` is drawn in that
    space (a quote's bar), so it goes with it. `keep` forbids to part it from the next strip.
    `baseline` is where its first line of text stands; `picture` is how much of its height
    could shrink.
    """

    height: float
    marks: Marks
    before: float = 0.0
    bridge: Marks = ()
    baseline: float = 0.0
    keep: bool = False
    picture: float = 0.0


Strips = tuple[Strip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Marks and how far down the text area they lie."""

    y: float
    marks: Marks


def depth(strips: Strips) -> float:
    """How high strips are when stacked."""
    return sum(strip.height for strip in strips) + sum(strip.before for strip in strips[1:])


def stack(strips: Strips, top: float) -> tuple[Placed, ...]:
    """Strips laid under each other from `top` on."""
    placed = []
    y = top
    for number, strip in enumerate(strips):
        if number:
            if strip.bridge:
                placed.append(Placed(y=y, marks=strip.bridge))
            y += strip.before
        placed.append(Placed(y=y, marks=strip.marks))
        y += strip.height
    return tuple(placed)
