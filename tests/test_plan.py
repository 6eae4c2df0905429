"""The plan of sheets, judged by the physics of paper, which is stated here on its own."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckpress.sheets import plan as module
from deckpress.sheets.plan import (
    Box,
    Flip,
    Guides,
    Order,
    Page,
    Placement,
    Segment,
    Side,
    Turn,
    Way,
    plan,
)
from deckpress.sheets.stock import TABLE, Size, Stock, find, read
from deckpress.templates import Templates

PACKAGED = Templates().read(TABLE)
STOCKS = read(PACKAGED)
HAMA = find(PACKAGED, "hama-50400")

lengths = st.floats(0, 30).map(lambda n: round(n, 1))


@st.composite
def stocks(draw: st.DrawFn) -> Stock:
    """Any stock: odd margins on all four sides, with and without gutters."""
    card = Size(width=draw(st.floats(20, 120)), height=draw(st.floats(20, 120)))
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    left, top, right, bottom = (draw(lengths) for _ in range(4))
    across = card.width + draw(st.sampled_from([0, 0.2, 2, 10]))
    down = card.height + draw(st.sampled_from([0, 0.2, 2, 10]))
    page = Size(
        width=left + (columns - 1) * across + card.width + right,
        height=top + (rows - 1) * down + card.height + bottom,
    )
    return Stock(
        name="any",
        title="",
        page=page,
        card=card,
        columns=columns,
        rows=rows,
        left=left,
        top=top,
        across=across,
        down=down,
    )


ways = st.builds(
    Way,
    flip=st.sampled_from(Flip),
    turn=st.sampled_from(Turn),
    order=st.sampled_from(Order),
    guides=st.sampled_from(Guides),
)


def swaps_left_and_right(stock: Stock, flip: Flip) -> bool:
    """A sheet turned about an upright edge swaps left and right."""
    if stock.page.height >= stock.page.width:
        return flip == "long"
    return flip == "short"


def check_backs(pages: tuple[Page, ...], stock: Stock, way: Way) -> None:
    """Every back lies behind its front, the right way up for the reader."""
    assert [page.side for page in pages] == [Side.front, Side.back] * (len(pages) // 2)
    sideways = swaps_left_and_right(stock, way.flip)
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        assert front.sheet == back.sheet
        assert [p.card for p in front.placements] == [p.card for p in back.placements]
        for a, b in zip(front.placements, back.placements, strict=True):
            x = stock.page.width - b.box.x - b.box.width if sideways else b.box.x
            y = b.box.y if sideways else stock.page.height - b.box.y - b.box.height
            assert (x, y) == pytest.approx((a.box.x, a.box.y))
            assert not a.turned
            reads_as_the_sheet_turned = (way.turn == "book") == sideways
            assert b.turned != reads_as_the_sheet_turned


@given(st.integers(1, 70), stocks(), ways)
def test_backs_lie_behind_their_fronts(count: int, stock: Stock, way: Way) -> None:
    check_backs(plan(count, stock, way), stock, way)


@given(st.integers(1, 70), st.sampled_from(STOCKS), ways)
def test_every_card_is_printed_once_and_on_the_page(count: int, stock: Stock, way: Way) -> None:
    pages = plan(count, stock, way)
    fronts = [p for page in pages if page.side is Side.front for p in page.placements]
    assert sorted(p.card for p in fronts) == list(range(count))
    assert len(pages) == 2 * -(-count // stock.slots)
    for page in pages:
        corners = [(p.box.x, p.box.y) for p in page.placements]
        assert len({(round(x, 3), round(y, 3)) for x, y in corners}) == len(corners)
        for p in page.placements:
            assert p.box.x >= -0.02
            assert p.box.y >= -0.02
            assert p.box.x + p.box.width <= stock.page.width + 0.02
            assert p.box.y + p.box.height <= stock.page.height + 0.02


def corner_order(
    pages: tuple[Page, ...], key: Callable[[Placement], tuple[float, float]]
) -> list[list[int]]:
    """The cards in the order in which their corners come, sheet by sheet."""
    fronts = [page for page in pages if page.side is Side.front]
    return [[p.card for p in sorted(page.placements, key=key)] for page in fronts]


@given(st.integers(1, 70), stocks())
def test_rows_go_across_first(count: int, stock: Stock) -> None:
    pages = plan(count, stock, Way(order=Order.rows))
    piles = corner_order(pages, lambda p: (round(p.box.y, 3), p.box.x))
    assert [card for pile in piles for card in pile] == list(range(count))


@given(st.integers(1, 70), stocks())
def test_columns_go_down_first(count: int, stock: Stock) -> None:
    pages = plan(count, stock, Way(order=Order.columns))
    piles = corner_order(pages, lambda p: (round(p.box.x, 3), p.box.y))
    assert [card for pile in piles for card in pile] == list(range(count))


@given(st.integers(1, 70), stocks())
def test_a_cut_stack_laid_pile_on_pile_is_in_order(count: int, stock: Stock) -> None:
    pages = plan(count, stock, Way(order=Order.stack))
    piles: dict[tuple[float, float], list[int]] = {}
    for page in pages[::2]:
        for p in page.placements:
            piles.setdefault((round(p.box.y, 3), round(p.box.x, 3)), []).append(p.card)
    assert [card for place in sorted(piles) for card in piles[place]] == list(range(count))


@given(stocks(), st.sampled_from([Guides.ticks, Guides.lines]))
def test_guides_stand_on_card_edges_and_on_no_card(stock: Stock, guides: Guides) -> None:
    front, back = plan(stock.slots, stock, Way(guides=guides))
    upright = {round(p.box.x + n * p.box.width, 6) for p in front.placements for n in (0, 1)}
    flat = {round(p.box.y + n * p.box.height, 6) for p in front.placements for n in (0, 1)}
    assert back.guides == ()
    for line in front.guides:
        assert line.x1 == line.x2 or line.y1 == line.y2
        assert min(line.x1, line.y1, line.x2, line.y2) >= 0
        assert max(line.x1, line.x2) <= stock.page.width + 1e-6
        assert max(line.y1, line.y2) <= stock.page.height + 1e-6
        if line.x1 == line.x2:
            assert min(abs(line.x1 - x) for x in upright) < 0.01
        else:
            assert min(abs(line.y1 - y) for y in flat) < 0.01
        for p in front.placements:
            assert not crosses(line, p.box)


def crosses(line: Segment, box: Box) -> bool:
    """Whether a line goes through the inside of a box, more than a hundredth of a mm deep."""
    across = min(line.x2, box.x + box.width) - max(line.x1, box.x)
    down = min(line.y2, box.y + box.height) - max(line.y1, box.y)
    if line.x1 == line.x2:
        return box.x + 0.01 < line.x1 < box.x + box.width - 0.01 and down > 0.01
    return box.y + 0.01 < line.y1 < box.y + box.height - 0.01 and across > 0.01


def test_every_edge_of_a_card_has_its_ticks() -> None:
    front, _ = plan(10, HAMA, Way())
    upright = {line.x1 for line in front.guides if line.x1 == line.x2}
    flat = {line.y1 for line in front.guides if line.y1 == line.y2}
    assert upright == {13.5, 98.5, 108.5, 193.5}
    assert flat == {10.5, 65.5, 120.5, 175.5, 230.5, 285.5}


def test_ticks_keep_clear_of_cards() -> None:
    front, _ = plan(10, HAMA, Way())
    for line in front.guides:
        for p in front.placements:
            across = max(p.box.x - line.x2, line.x1 - p.box.x - p.box.width)
            down = max(p.box.y - line.y2, line.y1 - p.box.y - p.box.height)
            assert max(across, down) >= 0.99


def test_cards_that_fill_the_paper_get_hairlines_between_them() -> None:
    front, _ = plan(8, find(PACKAGED, "a4-2x4"), Way())
    assert {(g.x1, g.y1, g.x2, g.y2) for g in front.guides} == {
        (105, 0, 105, 297),
        (0, 74.25, 210, 74.25),
        (0, 148.5, 210, 148.5),
        (0, 222.75, 210, 222.75),
    }


def test_a_card_that_is_its_own_sheet_needs_no_cut() -> None:
    front, _ = plan(1, find(PACKAGED, "3x5in"), Way())
    assert front.guides == ()


def test_guides_can_be_left_out() -> None:
    assert all(page.guides == () for page in plan(10, HAMA, Way(guides=Guides.none)))


def test_a_part_filled_sheet_starts_at_the_first_slot() -> None:
    pages = plan(11, HAMA, Way())
    (last,) = pages[2].placements
    assert (last.box.x, last.box.y) == (13.5, 10.5)
    (behind,) = pages[3].placements
    assert (behind.box.x, behind.box.y) == (210 - 13.5 - 85, 10.5)


def test_no_cards_no_pages() -> None:
    assert plan(0, HAMA, Way()) == ()


# --- the tests can fail ---------------------------------------------------------------


def test_a_missing_mirror_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_behind", lambda front, _stock, _way: front)
    with pytest.raises(AssertionError):
        check_backs(plan(7, HAMA, Way()), HAMA, Way())


@pytest.mark.parametrize("flip", list(Flip))
def test_the_wrong_edge_is_caught(monkeypatch: pytest.MonkeyPatch, flip: Flip) -> None:
    right = module.turns_sideways
    monkeypatch.setattr(module, "turns_sideways", lambda stock, flip: not right(stock, flip))
    with pytest.raises(AssertionError):
        check_backs(plan(7, HAMA, Way(flip=flip)), HAMA, Way(flip=flip))
