"""Stock: a kind of paper with its grid of cards, read from a table and proved to fit.

All lengths are in millimetres, from the sheet's top left corner.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

TABLE = "sheets/stocks.toml"
"""The name of the table among the templates."""
SLACK = 0.01
"""How far, in mm, a grid may stick out of its page: what rounding inches to mm can cost."""


class BadStock(ValueError):
    """A stock that cannot be used; the message is one clause that says why."""


class UnknownStock(BadStock):
    """No stock has this name; the message names those there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A width and a height in mm."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A sheet of `columns` by `rows` cards.

    The first card's corner is `left` and `top` away from the page's; the next ones follow
    `across` and `down` further. `source` and `seen` say whose numbers these are.
    """

    name: str
    title: str
    page: Size
    card: Size
    columns: int
    rows: int
    left: float
    top: float
    across: float
    down: float
    aliases: tuple[str, ...] = ()
    source: str = ""
    seen: date | None = None

    @property
    def slots(self) -> int:
        """How many cards a side holds."""
        return self.columns * self.rows


def find(table: str, name: str) -> Stock:
    """The stock that a table calls `name`, by its name or an alias; raises BadStock."""
    stocks = read(table)
    for stock in stocks:
        if name.casefold() in (stock.name.casefold(), *stock.aliases):
            return stock
    raise UnknownStock(", ".join(stock.name for stock in stocks))


def read(table: str) -> tuple[Stock, ...]:
    """The stocks of a TOML table, in its order; raises BadStock where one is wrong."""
    try:
        entries = tomllib.loads(table)
    except tomllib.TOMLDecodeError as error:
        raise BadStock(f"the table of stocks is not TOML: {error}") from error
    return tuple(_stock(name, entry) for name, entry in entries.items())


def _stock(name: str, entry: object) -> Stock:
    if not isinstance(entry, Mapping):
        raise BadStock(f"the stock {name} is not a table")
    try:
        columns, rows = entry["grid"]
        stock = Stock(
            name=name,
            title=str(entry.get("title", name)),
            page=_size(entry["page"]),
            card=_size(entry["card"]),
            columns=int(columns),
            rows=int(rows),
            left=float(entry["origin"][0]),
            top=float(entry["origin"][1]),
            across=float(entry["pitch"][0]),
            down=float(entry["pitch"][1]),
            aliases=tuple(str(alias).casefold() for alias in entry.get("aliases", ())),
            source=str(entry.get("source", "")),
            seen=entry.get("date"),
        )
    except KeyError as error:
        raise BadStock(f"the stock {name} has no {error.args[0]}") from error
    except (TypeError, ValueError, IndexError) as error:
        raise BadStock(f"the stock {name} needs numbers in pairs") from error
    _check(stock)
    return stock


def _size(pair: object) -> Size:
    width, height = (float(number) for number in pair)  # type: ignore[attr-defined]
    return Size(width=width, height=height)


def _check(stock: Stock) -> None:
    """Raise BadStock unless the cards are cards, apart from each other, and on the page."""
    if min(stock.columns, stock.rows) < 1:
        raise BadStock(f"the stock {stock.name} has no cards")
    if min(stock.card.width, stock.card.height) <= 0:
        raise BadStock(f"a card of the stock {stock.name} has no size")
    across = stock.across if stock.columns > 1 else stock.card.width
    down = stock.down if stock.rows > 1 else stock.card.height
    if across < stock.card.width - SLACK or down < stock.card.height - SLACK:
        raise BadStock(f"the cards of the stock {stock.name} overlap")
    right = stock.left + (stock.columns - 1) * across + stock.card.width
    bottom = stock.top + (stock.rows - 1) * down + stock.card.height
    outside = min(stock.left, stock.top, stock.page.width - right, stock.page.height - bottom)
    if not outside >= -SLACK:  # written so that not-a-number is refused as well
        raise BadStock(f"the grid of the stock {stock.name} is larger than its page")
