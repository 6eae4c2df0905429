"""Lists: items behind bullets, numbers or task boxes, nested as deep as there is room."""

from collections.abc import Callable
from dataclasses import replace

from deckpress.content import Block, Item, ListBlock
from deckpress.sheets import words
from deckpress.sheets.marks import (
    INK,
    Bar,
    Colour,
    Disc,
    Frame,
    Letters,
    Mark,
    Strip,
    Strips,
    Stroke,
)
from deckpress.sheets.measures import Kit, Measure

TIGHT_GAP = 0.14
LOOSE_GAP = 0.45
"""Space above an item of a list without and with blank lines, in em."""
INDENT = 1.25
"""How far items are set in at least, in em."""
TASK_INDENT = 1.45
"""How far items with a box are set in at least, in em."""

Set = Callable[[Block, Measure, Kit], Strips]


def listed(block: ListBlock, measure: Measure, kit: Kit, set_block: Set) -> Strips:
    """A list as strips; the setter of a block is handed in, because items hold any block."""
    labels = _labels(block, measure)
    size = measure.size
    widest = max((sum(g.width for g in label) for label in labels), default=0.0)
    indent = max(INDENT, widest + 0.45) * size
    if any(item.checked is not None for item in block.items):
        indent = max(indent, TASK_INDENT * size)
    inner = replace(measure.indented(indent), level=measure.level + 1)
    gap = measure.gap(TIGHT_GAP if block.tight else LOOSE_GAP)
    found: list[Strip] = []
    for item, label in zip(block.items, labels, strict=True):
        first, *others = _item(item, inner, kit, (gap, set_block))
        marker = _marker(item, label, first.baseline, inner)
        found += (replace(first, before=gap, marks=(*first.marks, *marker)), *others)
    return tuple(found)


def _item(item: Item, measure: Measure, kit: Kit, how: tuple[float, Set]) -> Strips:
    """An item's strips; what follows its first block keeps the list's own spacing."""
    gap, set_block = how
    found: list[Strip] = []
    for block in item.children:
        strips = set_block(block, measure, kit)
        found += (replace(strips[0], before=gap), *strips[1:]) if strips else ()
    empty = Strip(height=measure.leading * measure.size, marks=(), baseline=measure.size)
    return tuple(found) or (empty,)


def _labels(block: ListBlock, measure: Measure) -> list[tuple[words.Glyphs, ...]]:
    """The numbers of an ordered list, as letters; other lists have none."""
    if not block.ordered:
        return [()] * len(block.items)
    numbers = range(block.start, block.start + len(block.items))
    return [words.glyphs(f"{number}.", measure.ink) for number in numbers]


def _marker(
    item: Item, label: tuple[words.Glyphs, ...], baseline: float, measure: Measure
) -> tuple[Mark, ...]:
    """What stands before an item: a box, a number or a bullet, by the left of `measure`."""
    size, colour = measure.size, measure.ink.colour
    if item.checked is not None:
        return _task_box(measure.left - 1.2 * size, baseline, size, checked=item.checked)
    if label:
        x = measure.left - 0.45 * size - sum(g.width for g in label) * size
        return _label_marks(label, x, baseline, size, colour)
    x, y = measure.left - 0.72 * size, baseline - 0.31 * size
    match (measure.level - 1) % 3:
        case 0:
            return (Disc(x=x, y=y, radius=0.13 * size, colour=colour),)
        case 1:
            return (Disc(x=x, y=y, radius=0.12 * size, colour=colour, filled=False),)
        case _:
            dash = Bar(
                x=x - 0.2 * size,
                y=y - 0.03 * size,
                width=0.4 * size,
                height=0.06 * size,
                colour=colour,
            )
            return (dash,)


def _label_marks(
    label: tuple[words.Glyphs, ...],
    x: float,
    baseline: float,
    size: float,
    colour: Colour,
) -> tuple[Mark, ...]:
    found = []
    for piece in label:
        found.append(
            Letters(x=x, y=baseline, text=piece.text, face=piece.face, size=size, colour=colour)
        )
        x += piece.width * size
    return tuple(found)


def _task_box(x: float, baseline: float, size: float, *, checked: bool) -> tuple[Mark, ...]:
    """A square with or without a check, drawn: no font's glyph is needed."""
    side, top = 0.72 * size, baseline - 0.7 * size
    thick = max(0.5, 0.055 * size)
    box = Frame(x=x, y=top, width=side, height=side, thickness=thick, colour=INK)
    if not checked:
        return (box,)
    points = ((0.18, 0.52), (0.42, 0.78), (0.86, 0.18))
    check = Stroke(
        points=tuple((x + a * side, top + b * side) for a, b in points),
        thickness=2.2 * thick,
        colour=INK,
    )
    return (box, check)
