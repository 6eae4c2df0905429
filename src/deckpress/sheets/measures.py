"""Measures: the room that blocks are set in, and what the setter has at hand."""

from dataclasses import dataclass, replace
from enum import Enum

from deckpress.sheets.inks import PLAIN, SMALL, Ink
from deckpress.sheets.pictures import Gallery
from deckpress.sheets.words import Case

LEADING, TIGHT_LEADING = 1.36, 1.22
"""From baseline to baseline, in em: comfortable, and when there is no other way to fit."""
NARROWEST = 6.0
"""No measure becomes narrower than this by indentation, in em, however deep things nest."""
TIGHT_GAP = 0.6
"""How much of the space between blocks remains when set tightly."""


class Flush(Enum):
    """Which side of the measure a line keeps to."""

    left = "left"
    center = "center"
    right = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How wide, how large and in which ink to set; lengths in points.

    `room` is the height of a whole side: nothing unbreakable may be higher. `smallest` is
    the least size of type for anything but raised and lowered characters. `zoom` shrinks
    pictures; `tight` is how much of the air between lines and blocks is taken out, from 0 to 1.
    """

    left: float
    width: float
    room: float
    size: float
    smallest: float
    flush: Flush = Flush.left
    ink: Ink = PLAIN
    zoom: float = 1.0
    level: int = 0
    tight: float = 0.0

    @property
    def least(self) -> float:
        """The smallest scale that keeps type at or above the smallest size."""
        return min(1.0, self.smallest / self.size)

    @property
    def leading(self) -> float:
        """From baseline to baseline, in em."""
        return LEADING - (LEADING - TIGHT_LEADING) * self.tight

    def gap(self, em: float) -> float:
        """Space between blocks, in points."""
        return em * self.size * (1 - (1 - TIGHT_GAP) * self.tight)

    def indented(self, by: float) -> "Measure":
        """The same measure set in from the left, but never so far that nothing fits."""
        by = min(by, max(0.0, self.width - NARROWEST * self.size))
        return replace(self, left=self.left + by, width=self.width - by)

    @property
    def small(self) -> "Measure":
        """The measure of small print: footnotes and extra material."""
        return replace(self, size=max(self.size * SMALL, min(self.size, self.smallest)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What the setter takes words and pictures from."""

    case: Case
    gallery: Gallery
