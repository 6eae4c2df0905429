"""Tables: columns fitted to the width, cells wrapped, rows that can part between their lines."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest

from deckpress.content import Align, Image, Inlines, Style, Table, walk
from deckpress.sheets import breaking, words
from deckpress.sheets.inks import styled
from deckpress.sheets.marks import GREY, PALE, Bar, Strip, Strips
from deckpress.sheets.measures import Flush, Kit, Measure

GUTTER = 1.1
"""Between two columns, in em."""
PADDING = 0.18
"""Above and below a row's text, in em."""

_FLUSH = {
    Align.none: Flush.left,
    Align.left: Flush.left,
    Align.center: Flush.center,
    Align.right: Flush.right,
}
LEAST_COLUMN = 2.2
"""Columns narrower than this on average, in em, are not set side by side."""
Need = tuple[float, float]
"""The least width a column can have, and its natural one."""
Row = tuple[tuple[Inlines, ...], Measure]
Set = Callable[[Inlines, Measure, Kit], Strips]


def table(block: Table, measure: Measure, kit: Kit, set_cell: Set) -> Strips:
    """A table as strips, one for each line of each row, under thin rules.

    The setter of a cell is handed in, because cells hold what paragraphs hold.
    """
    rows = _rows(block, measure)
    needs = [_need(cells, kit) for cells in _by_column(rows)]
    measure = _roomy(measure, needs)
    columns = _columns(needs, measure)
    found: list[Strip] = []
    for number, (cells, inner) in enumerate(_rows(block, measure)):
        header = number == 0 and any(block.header)
        thick = number == 0 or (number == 1 and any(block.header))
        places = zip(cells, columns, block.aligns, strict=True)
        strips = [
            set_cell(cell, replace(inner, left=left, width=width, flush=_FLUSH[align]), kit)
            for cell, (left, width), align in places
        ]
        if measure.width < LEAST_COLUMN * measure.size * len(columns):
            strips = [tuple(_under(cells, inner, kit, set_cell))]
        found += _row(strips, measure, columns, thick=thick, keep=header)
    if found:
        found[-1] = _closed(found[-1], measure, columns)
    return tuple(found)


def _rows(block: Table, measure: Measure) -> list[Row]:
    """The rows that say anything, the header's in bold."""
    bold = replace(measure, ink=styled(measure.ink, Style.strong, measure.least))
    header = [(block.header, bold)] if any(block.header) else []
    return header + [(row, measure) for row in block.rows]


def _under(
    cells: tuple[Inlines, ...], measure: Measure, kit: Kit, set_cell: Set
) -> Iterator[Strip]:
    """A row's cells under each other, where there are too many to stand side by side."""
    for cell in cells:
        yield from set_cell(cell, measure, kit)


def _row(
    cells: list[Strips],
    measure: Measure,
    columns: list[tuple[float, float]],
    *,
    thick: bool,
    keep: bool,
) -> Strips:
    """A row's cells side by side, line by line, below a rule."""
    pad = measure.gap(PADDING)
    found = []
    for number, group in enumerate(zip_longest(*cells)):
        strips = [strip for strip in group if strip]
        found.append(
            Strip(
                height=max(strip.height for strip in strips),
                marks=tuple(mark for strip in strips for mark in strip.marks),
                before=pad if number == 0 else max(strip.before for strip in strips),
                baseline=max(strip.baseline for strip in strips),
                picture=max(strip.picture for strip in strips),
                keep=keep,
            )
        )
    if not found:
        found = [Strip(height=measure.leading * measure.size, marks=(), before=pad, keep=keep)]
    return (_rule(measure, columns, pad, thick=thick), *found)


def _rule(
    measure: Measure, columns: list[tuple[float, float]], before: float, *, thick: bool
) -> Strip:
    bar = _bar(measure, columns, thick=thick)
    return Strip(height=bar.height, marks=(bar,), before=before, keep=True)


def _bar(measure: Measure, columns: list[tuple[float, float]], *, thick: bool) -> Bar:
    left, width = columns[-1] if columns else (measure.left, measure.width)
    return Bar(
        x=measure.left,
        y=0,
        width=left + width - measure.left,
        height=0.6 if thick else 0.4,
        colour=GREY if thick else PALE,
    )


def _closed(last: Strip, measure: Measure, columns: list[tuple[float, float]]) -> Strip:
    """The last line with the table's closing rule, which must not be parted from it."""
    pad = measure.gap(PADDING)
    bar = replace(_bar(measure, columns, thick=True), y=last.height + pad)
    return replace(last, height=last.height + pad + bar.height, marks=(*last.marks, bar))


# --- columns --------------------------------------------------------------------------


def _roomy(measure: Measure, needs: list[Need]) -> Measure:
    """The measure in smaller type, if that saves the longest words from being parted."""
    needed = sum(least for least, _ in needs) + GUTTER * (len(needs) - 1)
    size = max(min(measure.size, measure.smallest), 0.999 * measure.width / max(needed, 1))
    return replace(measure, size=size) if size < measure.size else measure


def _columns(needs: list[Need], measure: Measure) -> list[tuple[float, float]]:
    """Where each column starts and how wide it is, in points."""
    count = len(needs)
    gutter = min(GUTTER * measure.size, 0.25 * measure.width / max(count, 1))
    room = measure.width - gutter * (count - 1)
    widths = _shared([(low * measure.size, high * measure.size) for low, high in needs], room)
    found, left = [], measure.left
    for width in widths:
        found.append((left, width))
        left += width + gutter
    return found


def _by_column(rows: list[Row]) -> list[list[tuple[Inlines, Measure]]]:
    columns = zip(*([(cell, inner) for cell in cells] for cells, inner in rows), strict=True)
    return [list(column) for column in columns]


def _need(cells: list[tuple[Inlines, Measure]], kit: Kit) -> Need:
    """The least and the natural width of a column, in em."""
    least = natural = 1.0
    for cell, inner in cells:
        found = words.words(cell, inner.ink, inner.least, kit.case)
        least = max(least, breaking.narrowest(found))
        natural = max(natural, breaking.natural(found))
        if any(isinstance(node, Image) for node in walk(cell)):
            natural = max(natural, 12.0)
    return least, natural


def _shared(needs: list[Need], room: float) -> list[float]:
    """The room divided: all get their natural width, or their least and a share of the rest."""
    least, natural = sum(low for low, _ in needs), sum(high for _, high in needs)
    if natural <= room:
        return [high for _, high in needs]
    if least >= room:
        return _levelled([low for low, _ in needs], room)
    share = (room - least) / (natural - least)
    return [low + (high - low) * share for low, high in needs]


def _levelled(widths: list[float], room: float) -> list[float]:
    """Widths with the largest cut to one level, so that they fit and small ones keep theirs."""
    level, left = room, room
    for number, width in enumerate(sorted(widths)):
        level = left / (len(widths) - number)
        if width > level:
            break
        left -= width
    return [min(width, level) for width in widths]
