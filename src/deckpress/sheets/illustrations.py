"""Illustrations: pictures among text, each on lines of its own, or their description in a frame."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from deckpress.content import Image, Inline, Inlines, Link, Styled
from deckpress.sheets import breaking, fonts, lines
from deckpress.sheets.inks import ASIDE
from deckpress.sheets.marks import PALE, Frame, Letters, Mark, Picture, Strip, Strips, depth, stack
from deckpress.sheets.measures import Flush, Kit, Measure

PIXEL = 0.75
"""A CSS pixel in points: 96 of them make an inch."""


def parts(inlines: Inlines) -> Iterator[Inlines | Image]:
    """Runs of inlines, and the pictures between them."""
    if not any(_has_picture(inline) for inline in inlines):
        yield inlines
        return
    run: list[Inline] = []
    for inline in inlines:
        match inline:
            case Image():
                if run:
                    yield tuple(run)
                yield inline
                run = []
            case Styled() | Link() if _has_picture(inline):
                if run:
                    yield tuple(run)
                run = []
                yield from _opened(inline)
            case _:
                run.append(inline)
    if run:
        yield tuple(run)


def _opened(inline: Styled | Link) -> Iterator[Inlines | Image]:
    """A styled run or link with pictures, in parts; a link of nothing but one keeps its address."""
    found = list(parts(inline.children))
    texts = 0
    for part in found:
        if isinstance(part, Image):
            yield part
        else:
            texts += 1
            yield (replace(inline, children=part),)
    if isinstance(inline, Link) and not texts:
        yield (replace(inline, children=()),)


def _has_picture(inline: Inline) -> bool:
    match inline:
        case Image():
            return True
        case Styled() | Link():
            return any(_has_picture(child) for child in inline.children)
        case _:
            return False


def picture(image: Image, measure: Measure, kit: Kit) -> Strips:
    """A picture at its own size or smaller, never so large that its pixels show."""
    raster = kit.gallery.raster(image.src)
    if raster is None:
        return _described(image, measure, kit)
    width, height = _wanted(image, raster.columns, raster.rows)
    own = min(1.0, raster.columns / width, raster.rows / height)
    fits = min(measure.width / (width * PIXEL), measure.room / (height * PIXEL))
    scale = min(own, fits) * measure.zoom * PIXEL
    width, height = width * scale, height * scale
    x = measure.left
    if measure.flush is Flush.center:
        x += (measure.width - width) / 2
    mark = Picture(x=x, y=0, width=width, height=height, raster=raster)
    return (Strip(height=height, marks=(mark,), baseline=height, picture=height),)


def _wanted(image: Image, columns: int, rows: int) -> tuple[float, float]:
    """The size the author asked for, in pixels; one side alone keeps the picture's shape."""
    if image.width > 0 and image.height > 0:
        return image.width, image.height
    if image.width > 0:
        return image.width, image.width * rows / columns
    if image.height > 0:
        return image.height * columns / rows, image.height
    return columns, rows


def _described(image: Image, measure: Measure, kit: Kit) -> Strips:
    """A picture's description in a frame, where the picture cannot be drawn."""
    pad = 0.5 * measure.size
    width = measure.width - 2 * pad
    inner = replace(measure.small, left=measure.left + pad, width=width, flush=Flush.center)
    text = fonts.printable(image.alt or image.title or image.src)
    set_words = tuple(chain.from_iterable(kit.case.tokens(ASIDE)[token] for token in text.split()))
    strips = lines.strips(breaking.balanced(set_words, width / inner.size), inner)
    height = depth(strips) + 2 * pad
    if height > measure.room:
        return strips
    frame = Frame(
        x=measure.left, y=0, width=measure.width, height=height, thickness=0.5, colour=PALE
    )
    marks = [_lowered(mark, placed.y) for placed in stack(strips, pad) for mark in placed.marks]
    return (Strip(height=height, marks=(frame, *marks), baseline=height),)


def _lowered(mark: Mark, by: float) -> Mark:
    """A line's mark, further down: a description's letters are its only marks."""
    return replace(mark, y=mark.y + by) if isinstance(mark, Letters) else mark
