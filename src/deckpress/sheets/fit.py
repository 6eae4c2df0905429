"""Fit: the largest type that lets a side's content stand on a card, or its parts on several."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from deckpress.content import Blocks, CommentBlock, Heading, MathBlock, Paragraph, plain
from deckpress.sheets.blocks import lay, lay_extra
from deckpress.sheets.marks import Strip, Strips, depth
from deckpress.sheets.measures import Flush, Kit, Measure

STEP = 0.5
"""From one size of type to the next smaller one, in points."""
SHORT = 5
"""Up to so many lines are centred; more read better from a straight left edge."""
SHORT_LETTERS = 240
"""No text longer than this is tried in the middle."""
TIGHTER = (0.4, 0.7, 1.0)
"""How much air is taken out, step by step, before a side goes on upon another card."""
FEWER_LINES = 0.8
"""Text takes room with the square of its size, or a little less, as lines fill better."""
LEAST_ZOOM = 0.55
"""How small pictures become before the type does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A side's strips: one part, or more where even the smallest size was too large."""

    parts: tuple[Strips, ...]
    size: float
    centred: bool


def fitted(blocks: Blocks, extra: Blocks, measure: Measure, kit: Kit) -> Fitted:
    """Set a side at the measure's size or, in half points, as much smaller as it needs."""
    least = 0.0
    for size in _sizes(measure):
        if least * size**2 > measure.room:
            continue
        found = _tried(blocks, extra, replace(measure, size=size), kit)
        if depth(found.parts[0]) <= measure.room:
            return found
        least = FEWER_LINES * _fixed(found.parts[0]) / size**2
    smallest = replace(measure, size=min(measure.size, measure.smallest))
    for tight in TIGHTER:
        found = _tried(blocks, extra, replace(smallest, tight=tight), kit)
        if depth(found.parts[0]) <= measure.room:
            return found
    strips, _ = _set(blocks, extra, smallest, kit)
    parts = tuple(divided(strips, measure.room))
    return Fitted(parts=parts, size=smallest.size, centred=False)


def _tried(blocks: Blocks, extra: Blocks, measure: Measure, kit: Kit) -> Fitted:
    """A side at the measure's size, with smaller pictures if that makes it fit."""
    strips, centred = _set(blocks, extra, measure, kit)
    high = depth(strips)
    zoom = _zoom(strips, high, measure.room)
    if high > measure.room and zoom >= LEAST_ZOOM:
        strips, centred = _set(blocks, extra, replace(measure, zoom=zoom), kit)
    return Fitted(parts=(strips,), size=measure.size, centred=centred)


def _fixed(strips: Strips) -> float:
    """How high strips are at least: with pictures as small as they may become."""
    return depth(strips) - (1 - LEAST_ZOOM) * sum(strip.picture for strip in strips)


def _sizes(measure: Measure) -> Iterator[float]:
    size = measure.size
    while size > measure.smallest:
        yield size
        size -= STEP
    yield min(measure.size, measure.smallest)


def _zoom(strips: Strips, high: float, room: float) -> float:
    """How much pictures would have to shrink to make strips fit; 0 if that cannot do it."""
    pictures = sum(strip.picture for strip in strips)
    if not pictures:
        return 0.0
    return max(0.0, 1 - (high - room) / pictures) * 0.999


def _set(blocks: Blocks, extra: Blocks, measure: Measure, kit: Kit) -> tuple[Strips, bool]:
    """The strips of a side, and whether they are centred."""
    if _is_short(blocks) and _is_short(extra):
        middle = replace(measure, flush=Flush.center)
        strips, apart = lay(blocks, middle, kit), lay_extra(extra, middle, kit)
        if max(len(strips), len(apart)) <= SHORT:
            return strips + apart, True
    return lay(blocks, measure, kit) + lay_extra(extra, measure, kit), False


def _is_short(blocks: Blocks) -> bool:
    """Whether blocks are so few and plain that they may stand in the middle of a card."""
    shown = [block for block in blocks if not isinstance(block, CommentBlock)]
    return (
        len(shown) <= SHORT - 2
        and all(isinstance(block, Paragraph | Heading | MathBlock) for block in shown)
        and len(plain(blocks)) <= SHORT_LETTERS
    )


def divided(strips: Strips, room: float) -> Iterator[Strips]:
    """Strips in parts that are each no higher than the room.

    What must keep together does, unless that alone is higher than a side.
    """
    part: list[Strip] = []
    for group in _groups(strips):
        if part and depth((*part, *group)) > room:
            yield tuple(part)
            part = []
        part += group
        while len(part) > 1 and depth(tuple(part)) > room:
            count = _most(part, room)
            yield tuple(part[:count])
            part = part[count:]
    if part:
        yield tuple(part)


def _groups(strips: Strips) -> Iterator[list[Strip]]:
    """Strips that keep together."""
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def _most(strips: list[Strip], room: float) -> int:
    """How many of the first strips fit; at least one, or nothing would ever be printed."""
    count = len(strips) - 1
    while count > 1 and depth(tuple(strips[:count])) > room:
        count -= 1
    return count
