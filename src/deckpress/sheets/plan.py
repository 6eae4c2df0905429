"""The plan of printed sheets: which card lies where on which side, and where to cut.

Imposition as pure arithmetic, in millimetres from each page's top left corner. Painters only
draw what stands here, so paper, proof and test never disagree.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import assert_never

from deckpress.sheets.stock import Stock

TICK = 4.0
"""The longest crop tick, in mm."""
CLEAR = 1.0
"""How far a tick keeps away from the card it registers, in mm, where there is room."""
NARROW = 0.5
"""A margin or gutter narrower than this, in mm, has no room for ticks."""


class Flip(StrEnum):
    """The edge of the paper that it is turned over between its two sides."""

    long = "long"
    short = "short"


class Turn(StrEnum):
    """How the reader turns a card: about its side edge, or about its top edge."""

    book = "book"
    calendar = "calendar"


class Order(StrEnum):
    """How cards follow each other: along rows, down columns, or through the stack of sheets."""

    rows = "rows"
    columns = "columns"
    stack = "stack"


class Guides(StrEnum):
    """Where to cut: marks outside the cards, lines along their edges, or nothing."""

    ticks = "ticks"
    lines = "lines"
    none = "none"


class Side(StrEnum):
    """One face of a sheet."""

    front = "front"
    back = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle by its top left corner and size."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A card's face in its slot; `turned` by 180 degrees if it would read upside down."""

    card: int
    box: Box
    turned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A straight line from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One side of one sheet, counted from 0."""

    sheet: int
    side: Side
    placements: tuple[Placement, ...]
    guides: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How sheets are turned, read and ordered, and how cuts are marked."""

    flip: Flip = Flip.long
    turn: Turn = Turn.book
    order: Order = Order.rows
    guides: Guides = Guides.ticks


def plan(count: int, stock: Stock, way: Way) -> tuple[Page, ...]:
    """The pages for `count` cards: the front and the back of each sheet, one after the other."""
    guides = _guides(stock, way.guides)
    pages = []
    for sheet, slots in enumerate(_sheets(count, stock, way.order)):
        fronts = tuple(Placement(card=card, box=slot_box(stock, slot)) for slot, card in slots)
        backs = tuple(_behind(front, stock, way) for front in fronts)
        pages.append(Page(sheet=sheet, side=Side.front, placements=fronts, guides=guides))
        pages.append(Page(sheet=sheet, side=Side.back, placements=backs))
    return tuple(pages)


def slot_box(stock: Stock, slot: int) -> Box:
    """The place of a slot on a front page; slots count from 0 along the rows."""
    row, column = divmod(slot, stock.columns)
    return Box(
        x=stock.left + column * stock.across,
        y=stock.top + row * stock.down,
        width=stock.card.width,
        height=stock.card.height,
    )


def _sheets(count: int, stock: Stock, order: Order) -> list[list[tuple[int, int]]]:
    """For each sheet its (slot, card) pairs.

    In a stack, slot 0 of all sheets holds the first cards, slot 1 the next ones: the whole
    stack is cut at once, and the piles laid on each other are in order.
    """
    sheets = -(-count // stock.slots)
    found: list[list[tuple[int, int]]] = [[] for _ in range(sheets)]
    for card in range(count):
        sheet, slot = _place(card, sheets, stock, order)
        found[sheet].append((slot, card))
    return found


def _place(card: int, sheets: int, stock: Stock, order: Order) -> tuple[int, int]:
    """The sheet and the slot of a card."""
    match order:
        case Order.rows:
            return divmod(card, stock.slots)
        case Order.columns:
            sheet, place = divmod(card, stock.slots)
            column, row = divmod(place, stock.rows)
            return sheet, row * stock.columns + column
        case Order.stack:
            slot, sheet = divmod(card, sheets)
            return sheet, slot
        case _:
            assert_never(order)


def turns_sideways(stock: Stock, flip: Flip) -> bool:
    """Whether turning the sheet swaps left and right (else it swaps top and bottom).

    The long edge of a portrait page is upright, that of a landscape page lies flat.
    """
    portrait = stock.page.height >= stock.page.width
    return portrait == (flip is Flip.long)


def _behind(front: Placement, stock: Stock, way: Way) -> Placement:
    """The back that comes to lie behind a front when the sheet is turned over."""
    box, sideways = front.box, turns_sideways(stock, way.flip)
    return Placement(
        card=front.card,
        box=Box(
            x=stock.page.width - box.x - box.width if sideways else box.x,
            y=box.y if sideways else stock.page.height - box.y - box.height,
            width=box.width,
            height=box.height,
        ),
        # A back reads upright when the reader turns the card about the axis the sheet turned about.
        turned=sideways != (way.turn is Turn.book),
    )


# --- guides ---------------------------------------------------------------------------


def _guides(stock: Stock, guides: Guides) -> tuple[Segment, ...]:
    if guides is Guides.none:
        return ()
    columns = _edges(stock.left, stock.across, stock.card.width, stock.columns)
    rows = _edges(stock.top, stock.down, stock.card.height, stock.rows)
    upright = _cuts(columns, rows, stock.page.width, stock.page.height, guides)
    flat = _cuts(rows, columns, stock.page.height, stock.page.width, guides)
    lines = [Segment(x1=at, y1=a, x2=at, y2=b) for at, a, b in upright]
    lines += [Segment(x1=a, y1=at, x2=b, y2=at) for at, a, b in flat]
    return tuple(lines)


def _edges(start: float, pitch: float, length: float, number: int) -> list[tuple[float, float]]:
    """From where to where each column (or row) of cards reaches."""
    return [(start + i * pitch, start + i * pitch + length) for i in range(number)]


def _cuts(
    across: list[tuple[float, float]],
    along: list[tuple[float, float]],
    width: float,
    length: float,
    guides: Guides,
) -> list[tuple[float, float, float]]:
    """Guides in one direction: the place of each cut, and from where to where it is marked.

    Where cards fill the paper from edge to edge there is no room for ticks; a hairline along
    the cut, which the knife removes, is the only mark that touches no card.
    """
    places = sorted({round(edge, 6) for edges in across for edge in edges})
    places = [place for place in places if NARROW < place < width - NARROW]
    bands = _bands(along, length)
    if guides is Guides.lines or not bands:
        return [(place, 0.0, length) for place in places]
    ticks = [tick for band in bands for tick in _ticks(*band, length)]
    return [(place, *tick) for place, tick in product(places, ticks)]


def _bands(along: list[tuple[float, float]], length: float) -> list[tuple[float, float]]:
    """The stretches without cards: margins and gutters that have room for a tick."""
    ends = [0.0, *(edge for edges in along for edge in edges), length]
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return [(start, end) for start, end in pairs if end - start >= NARROW]


def _ticks(start: float, end: float, length: float) -> list[tuple[float, float]]:
    """The ticks in a band: at each end that has a card, and clear of it."""
    if end - start < 2 * (CLEAR + NARROW):
        return [(start, end)]
    reach = TICK if start == 0 or end == length else min(TICK, (end - start) / 2)
    ticks = []
    if start > 0:
        ticks.append((start + CLEAR, min(start + CLEAR + reach, end)))
    if end < length:
        ticks.append((max(end - CLEAR - reach, start), end - CLEAR))
    return ticks
