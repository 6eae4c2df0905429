"""Formulas: TeX to outlines, through ziamath, with what it cannot set reported.

ziamath is an optional part; it draws paths and rectangles only, which become PDF path
operators here. It accepts some nonsense silently, so length and nesting are bounded first.
"""

import re
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from xml.etree import ElementTree as ET

from deckpress.sheets.marks import Contour

MAX_LENGTH = 2048
"""The longest formula that is set, in bytes."""
MAX_DEPTH = 32
"""The deepest nesting of braces that is set."""
SIZE = 100.0
"""The size at which formulas are asked for: its numbers have three decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A set formula; lengths in em, `rise` above and `drop` below the baseline."""

    contour: Contour
    width: float
    rise: float
    drop: float


class NotSet(Exception):
    """A formula that cannot be drawn; the message is one clause that says why."""


def formula(tex: str, *, display: bool) -> Formula | None:
    """The outlines of a formula, or None where it must be shown as its source."""
    try:
        return _cached(tex, display)
    except NotSet:
        return None


def trouble(tex: str, *, display: bool) -> str:
    """Why a formula cannot be drawn, as a clause; '' when it can."""
    try:
        _cached(tex, display)
    except NotSet as reason:
        return str(reason)
    return ""


_known: dict[tuple[str, bool], Formula | str] = {}


def _cached(tex: str, display: bool) -> Formula:  # noqa: FBT001
    key = (tex, display)
    if key not in _known:
        try:
            _known[key] = _set(tex, display=display)
        except NotSet as reason:
            _known[key] = str(reason)
    found = _known[key]
    if isinstance(found, str):
        raise NotSet(found)
    return found


def _set(tex: str, *, display: bool) -> Formula:
    _check(tex)
    svg = _drawn(tex, display=display)
    try:
        root = ET.fromstring(svg)  # noqa: S314 - our own library made it, a moment ago
        left, top, width, height = (float(n) for n in root.attrib["viewBox"].split())
        operators = [_operators(shape, -left) for shape in root.iter()]
    except (ET.ParseError, KeyError, ValueError) as error:
        raise NotSet("its drawing has a shape that is not known") from error
    if not width > 0:
        raise NotSet("nothing is in it")
    contour = Contour(operators="\n".join(filter(None, operators)))
    return Formula(
        contour=contour, width=width / SIZE, rise=-top / SIZE, drop=(top + height) / SIZE
    )


def _check(tex: str) -> None:
    if len(tex.encode()) > MAX_LENGTH:
        raise NotSet(f"it is longer than {MAX_LENGTH} bytes")
    bare = re.sub(r"\\.", "", tex, flags=re.DOTALL)
    depths = list(accumulate((c == "{") - (c == "}") for c in bare if c in "{}"))
    if max(depths, default=0) > MAX_DEPTH:
        raise NotSet(f"its braces nest deeper than {MAX_DEPTH}")
    if min(depths, default=0) < 0 or (depths and depths[-1]):
        raise NotSet("its braces do not match")


@cache
def available() -> bool:
    """Whether ziamath is installed."""
    return find_spec("ziamath") is not None


def _drawn(tex: str, *, display: bool) -> str:
    """The formula as SVG."""
    if not available():
        raise NotSet("ziamath is not installed")
    with warnings.catch_warnings(action="ignore"):  # it finds its font in a deprecated way
        import latex2mathml.converter  # noqa: PLC0415 - slow to import, and seldom needed
        from ziamath import zmath  # noqa: PLC0415
        from ziamath.config import config  # noqa: PLC0415

    old = config.svg2
    config.svg2 = False  # plain shapes, each with its outline, instead of references
    try:
        tree = latex2mathml.converter.convert(tex)
        svg = str(zmath.Latex(tex, size=SIZE, inline=not display).svg())
    except Exception as error:  # it raises whatever its parser trips over
        raise NotSet("ziamath does not understand it") from error
    finally:
        config.svg2 = old
    # An unknown command is not an error there: its name is set as if it were a variable.
    if unknown := re.search(r"<mi>(\\[A-Za-z]+)</mi>", tree):
        raise NotSet(f"{unknown[1]} is not known")
    return svg


# --- SVG shapes to PDF operators ------------------------------------------------------

_OPERANDS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


def _operators(shape: ET.Element, shift: float) -> str:
    """The PDF operators of one shape, in em, y upwards; '' for elements that hold shapes."""
    kind = shape.tag.rpartition("}")[2]
    match kind:
        case "svg" | "g":
            return ""
        case "rect":
            x, y, w, h = (float(shape.get(name, "0")) for name in ("x", "y", "width", "height"))
            corner = f"{_n((x + shift) / SIZE)} {_n(-(y + h) / SIZE)}"
            return _painted(f"{corner} {_n(w / SIZE)} {_n(h / SIZE)} re", shape)
        case "path":
            return _painted(_path(shape.get("d", ""), shift), shape)
        case _:
            raise NotSet(f"its drawing has a {kind}, which is not known")


def _painted(outline: str, shape: ET.Element) -> str:
    """An outline, stroked if it has a stroke, else filled."""
    if shape.get("stroke", "none") == "none":
        return f"{outline} f"
    return f"{_n(float(shape.get('stroke-width', '1')) / SIZE)} w {outline} S"


def _path(data: str, shift: float) -> str:
    tokens = re.findall(r"[A-Za-z]|-?[\d.]+(?:e-?\d+)?", data)
    found: list[str] = []
    x = y = 0.0
    at = 0
    while at < len(tokens):
        command = tokens[at]
        count = _OPERANDS[command]
        numbers = [float(n) / SIZE for n in tokens[at + 1 : at + 1 + count]]
        points = [(a + shift / SIZE, -b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
        found.append(_segment(command, points, (x, y)))
        x, y = points[-1] if points else (x, y)
        at += 1 + count
    return " ".join(found)


def _segment(command: str, points: list[tuple[float, float]], here: tuple[float, float]) -> str:
    """One path operator; PDF has no quadratic curves, so those become cubic."""
    if command == "Q":
        (bx, by), (cx, cy) = points
        first = (here[0] + (bx - here[0]) * 2 / 3, here[1] + (by - here[1]) * 2 / 3)
        second = (cx + (bx - cx) * 2 / 3, cy + (by - cy) * 2 / 3)
        command, points = "C", [first, second, (cx, cy)]
    numbers = " ".join(f"{_n(a)} {_n(b)}" for a, b in points)
    return f"{numbers} {({'M': 'm', 'L': 'l', 'C': 'c', 'Z': 'h'})[command]}".strip()


def _n(number: float) -> str:
    """A number as PDF wants it: plain, and no longer than needed."""
    return f"{number:.4f}".rstrip("0").rstrip(".") or "0"
