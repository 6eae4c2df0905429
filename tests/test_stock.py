"""Paper stocks: the packaged table is right, and a wrong table is refused with its reason."""

import pytest

from deckpress.sheets.stock import TABLE, BadStock, Stock, UnknownStock, find, read
from deckpress.templates import Templates

PACKAGED = Templates().read(TABLE)
INCH = 25.4
Pair = tuple[float, float]


@pytest.mark.parametrize("stock", read(PACKAGED), ids=lambda stock: stock.name)
def test_every_packaged_stock_fits_its_page(stock: Stock) -> None:
    right = stock.left + (stock.columns - 1) * stock.across + stock.card.width
    bottom = stock.top + (stock.rows - 1) * stock.down + stock.card.height
    assert right <= stock.page.width + 0.01
    assert bottom <= stock.page.height + 0.01
    assert stock.source
    assert stock.seen


@pytest.mark.parametrize(
    ("name", "page", "card", "grid", "corner"),
    [
        # Avery's own figures, in inches.
        ("avery-5388", (8.5, 11), (5, 3), (1, 3), (1.75, 1)),
        ("avery-5371", (8.5, 11), (3.5, 2), (2, 5), (0.75, 0.5)),
        ("letter-3x3", (8.5, 11), (2.5, 3.5), (3, 3), (0.5, 0.25)),
        ("3x5in", (5, 3), (5, 3), (1, 1), (0, 0)),
    ],
)
def test_stocks_measured_in_inches(
    name: str,
    page: tuple[float, float],
    card: tuple[float, float],
    grid: tuple[int, int],
    corner: tuple[float, float],
) -> None:
    stock = find(PACKAGED, name)
    assert (stock.page.width, stock.page.height) == pytest.approx([n * INCH for n in page])
    assert (stock.card.width, stock.card.height) == pytest.approx([n * INCH for n in card])
    assert (stock.columns, stock.rows) == grid
    assert (stock.left, stock.top) == pytest.approx([n * INCH for n in corner])


def test_a4_halved_three_times_is_a7() -> None:
    stock = find(PACKAGED, "a4-2x4")
    assert (stock.card.width * 2, stock.card.height * 4) == (210, 297)
    assert stock.slots == 8


def test_hama_is_not_symmetric() -> None:
    stock = find(PACKAGED, "hama-50400")
    right = stock.page.width - stock.left - stock.across - stock.card.width
    assert (stock.left, right) == (13.5, 16.5)


@pytest.mark.parametrize("name", ["avery-8388", "letter-3x5in", "AVERY-5388"])
def test_other_names(name: str) -> None:
    assert find(PACKAGED, name).name == "avery-5388"


def test_an_unknown_name_tells_the_choices() -> None:
    with pytest.raises(UnknownStock) as caught:
        find(PACKAGED, "papyrus")
    assert "a4-2x4" in str(caught.value)
    assert "hama-50400" in str(caught.value)


GOOD = {
    "page": "[100, 100]",
    "card": "[40, 40]",
    "grid": "[2, 2]",
    "origin": "[5, 5]",
    "pitch": "[45, 45]",
}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"pitch": "[60, 45]"}, "larger than its page"),
        ({"origin": "[-1, 5]"}, "larger than its page"),
        ({"origin": "[nan, 5]"}, "larger than its page"),
        ({"pitch": "[30, 45]"}, "overlap"),
        ({"grid": "[0, 2]"}, "no cards"),
        ({"card": "[0, 40]"}, "no size"),
        ({"card": "[40]"}, "pairs"),
        ({"card": '"wide"'}, "pairs"),
        ({"card": "40"}, "pairs"),
        ({"grid": None}, "has no grid"),
    ],
)
def test_a_stock_that_cannot_be_is_refused(changes: dict[str, str | None], reason: str) -> None:
    entry = {**GOOD, **changes}
    lines = [f"{key} = {value}" for key, value in entry.items() if value is not None]
    with pytest.raises(BadStock, match=reason):
        read("\n".join(["[mine]", *lines]))


def test_a_pitch_does_not_matter_where_there_is_one_card() -> None:
    entry = {**GOOD, "grid": "[1, 1]", "pitch": "[0, 0]"}
    lines = [f"{key} = {value}" for key, value in entry.items()]
    assert read("\n".join(["[mine]", *lines]))[0].slots == 1


@pytest.mark.parametrize("table", ["mine = 3", "[mine", "[[mine]]"])
def test_a_table_that_is_none_is_refused(table: str) -> None:
    with pytest.raises(BadStock):
        read(table)
