"""Printed pages read back with pdfplumber, and the physics of a sheet of paper.

Nothing here uses the code under test. Places are in points from a page's top left corner.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfplumber.utils.text import extract_words

POINT = 72 / 25.4
FOOTER_SIZE = 6.5


@dataclass(frozen=True, slots=True)
class Seen:
    """A word on a page; `turned` if it stands on its head."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    turned: bool

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Leaf:
    """One side of a sheet: its size in points, its words and its straight lines."""

    width: float
    height: float
    words: tuple[Seen, ...]
    lines: tuple[tuple[float, float, float, float], ...]
    sizes: tuple[tuple[str, float], ...]
    images: tuple[tuple[float, float, float, float], ...]
    rects: tuple[tuple[float, float, float, float], ...]


def leaves(data: bytes) -> list[Leaf]:
    with pdfplumber.open(io.BytesIO(data)) as file:
        return [_leaf(page) for page in file.pages]


def _leaf(page: Any) -> Leaf:
    width, height = float(page.width), float(page.height)
    words = [*_words(page.chars, turned=False, width=width, height=height)]
    words += _words(page.chars, turned=True, width=width, height=height)
    lines = tuple((x["x0"], x["top"], x["x1"], x["bottom"]) for x in page.lines)
    sizes = tuple((c["fontname"], round(c["size"], 2)) for c in page.chars)
    images = tuple((i["x0"], i["top"], i["x1"], i["bottom"]) for i in page.images)
    rects = tuple((r["x0"], r["top"], r["x1"], r["bottom"]) for r in page.rects)
    return Leaf(width, height, tuple(words), lines, sizes, images, rects)


def _words(
    chars: list[dict[str, Any]], *, turned: bool, width: float, height: float
) -> Iterator[Seen]:
    """The words that stand upright, or those on their head as if the page was turned."""
    chosen = [c for c in chars if (c["matrix"][0] < 0) == turned]
    if turned:
        chosen = [_half_turn(c, width, height) for c in chosen]
    found = extract_words(
        chosen, x_tolerance_ratio=0.12, x_tolerance=None, y_tolerance=1, extra_attrs=["size"]
    )
    for word in found:
        box = word["x0"], word["top"], word["x1"], word["bottom"]
        if turned:
            box = width - box[2], height - box[3], width - box[0], height - box[1]
        yield Seen(word["text"], *box, round(word["size"], 2), turned)


def _half_turn(char: dict[str, Any], width: float, height: float) -> dict[str, Any]:
    top, bottom = height - char["bottom"], height - char["top"]
    moved = {
        "x0": width - char["x1"],
        "x1": width - char["x0"],
        "top": top,
        "bottom": bottom,
        "doctop": top,
        "upright": True,
    }
    return {**char, **moved}


def axis(width: float, height: float, flip: str) -> str:
    """About which axis a sheet turns: its long edges are the upright ones of a portrait page."""
    long_edge_is_upright = height >= width
    about_long_edge = flip == "long"
    return "upright" if long_edge_is_upright == about_long_edge else "flat"


def through(x: float, y: float, leaf: Leaf, flip: str) -> tuple[float, float]:
    """Where a needle stuck through the back of a sheet at x, y comes out on its front."""
    if axis(leaf.width, leaf.height, flip) == "upright":
        return leaf.width - x, y
    return x, leaf.height - y


READS_UPRIGHT = {
    ("upright", "book"): True,
    ("upright", "calendar"): False,
    ("flat", "book"): False,
    ("flat", "calendar"): True,
}
"""Whether a back must stand upright on its page: if the reader turns as the sheet was turned."""
