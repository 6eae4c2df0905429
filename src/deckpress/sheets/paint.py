"""Painting: planned pages and set cards as the bytes of a PDF; the only user of reportlab.

Nothing depends on the clock or on the order of sets, so equal cards make equal bytes.
"""

import io
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from reportlab import rl_config
from reportlab.lib.rl_accel import escapePDF
from reportlab.lib.utils import ImageReader, TimeStamp
from reportlab.pdfbase import pdfdoc, pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from deckpress.sheets import fonts
from deckpress.sheets.fonts import Face
from deckpress.sheets.marks import (
    BLACK,
    Colour,
    Letters,
    Mark,
    Picture,
    Placed,
)
from deckpress.sheets.operators import boxes, numbers, rgb, shape
from deckpress.sheets.plan import Flip, Page, Placement, Segment, Side
from deckpress.sheets.stock import Size
from deckpress.sheets.typeset import POINTS, Printed

GUIDE = 0.25
"""The thickness of cut marks in points: the least that office printers reliably print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the outline: `card` is the place, in print order, of the first card below it."""

    title: str
    level: int
    card: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a PDF says of itself."""

    title: str
    lang: str
    author: str
    flip: Flip
    outline: tuple[Entry, ...] = ()


def paint(pages: Sequence[Page], cards: Sequence[Printed], size: Size, document: Document) -> bytes:
    """The PDF of all pages; `size` is theirs in mm."""
    with _settled():
        canvas = _canvas(size, document)
        painter = _Painter(canvas=canvas, faces=_embedded(cards))
        outline = _by_page(pages, document.outline)
        for number, page in enumerate(pages):
            _paint_page(painter, page, cards, size)
            for key in outline.get(number, ()):
                canvas.bookmarkPage(key)
            canvas.showPage()
        for number, entry in enumerate(document.outline):
            canvas.addOutlineEntry(entry.title, f"entry{number}", entry.level)
        return bytes(canvas.getpdfdata())


def _canvas(size: Size, document: Document) -> Canvas:
    canvas = Canvas(
        io.BytesIO(),
        pagesize=(size.width * POINTS, size.height * POINTS),
        invariant=1,
        pageCompression=1,
        lang=document.lang or None,
        # Without this every page would name Helvetica, which is not embedded.
        initialFontName=_first_font(),
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setCreator("deckpress")
    canvas.setSubject("flashcards")
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.setViewerPreference("Duplex", f"DuplexFlip{document.flip.title()}Edge")
    return canvas


def _by_page(pages: Sequence[Page], outline: Sequence[Entry]) -> dict[int, list[str]]:
    """The bookmarks of each page that entries of the outline point to."""
    where = {
        placement.card: number
        for number, page in enumerate(pages)
        if page.side is Side.front
        for placement in page.placements
    }
    found: dict[int, list[str]] = {}
    for number, entry in enumerate(outline):
        found.setdefault(where[entry.card], []).append(f"entry{number}")
    return found


# --- reportlab's own habits -----------------------------------------------------------


@contextmanager
def _settled() -> Iterator[None]:
    """Reportlab's module-wide settings as this document needs them, put back afterwards."""
    old = (rl_config.useA85, ttfonts.makeToUnicodeCMap, pdfdoc.TimeStamp)
    rl_config.useA85 = 0  # plain binary streams are a fifth smaller
    ttfonts.makeToUnicodeCMap = _to_unicode
    pdfdoc.TimeStamp = _no_time
    try:
        yield
    finally:
        rl_config.useA85, ttfonts.makeToUnicodeCMap, pdfdoc.TimeStamp = old


def _no_time(invariant: object = None) -> TimeStamp:
    """A time that is the same in every document: the first second of 2000.

    Reportlab's own would follow the environment, and equal decks must make equal sheets.
    """
    del invariant
    stamp = TimeStamp(1)
    stamp.t = datetime(2000, 1, 1, tzinfo=UTC).timestamp()
    stamp.lt = time.gmtime(stamp.t)
    stamp.YMDhms = tuple(stamp.lt)[:6]
    return stamp


def _to_unicode(name: str, subset: Sequence[int]) -> str:
    """The table that text is copied out of a PDF by (PDF 32000-1, 9.10.3).

    Reportlab writes characters above U+FFFF as one number, where UTF-16 wants two.
    """
    pairs = [f"<{i:02X}> <{_utf16(code)}>" for i, code in enumerate(subset)]
    # A block of the table may have a hundred entries at most.
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *("\n".join([f"{len(block)} beginbfchar", *block, "endbfchar"]) for block in blocks),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be", "surrogatepass").hex().upper()


@cache
def _first_font() -> str:
    """The registered name of the text face, for a canvas to start with."""
    name = "deckpress-notos"
    pdfmetrics.registerFont(ttfonts.TTFont(name, io.BytesIO(fonts.face("notos").data)))
    return name


def _embedded(cards: Sequence[Printed]) -> dict[Face, ttfonts.TTFont]:
    """A font for each face in use, with at least the characters in use."""
    used: dict[Face, set[str]] = {}
    for card in cards:
        for placed in (*card.front, *card.back):
            for mark in placed.marks:
                if isinstance(mark, Letters) and mark.face:
                    used.setdefault(mark.face, set()).update(mark.text)
    return {
        face: ttfonts.TTFont(f"deckpress-{face.name}", io.BytesIO(fonts.embeddable(face, letters)))
        for face, letters in used.items()
    }


# --- pages ----------------------------------------------------------------------------


class _Encoded(dict[str, tuple[tuple[str, str], ...]]):
    """The bytes of each word in one font, as (font's name in the file, escaped string)."""

    def __init__(self, font: ttfonts.TTFont, canvas: Canvas) -> None:
        super().__init__()
        self._font, self._document = font, canvas._doc  # noqa: SLF001 - nothing public has it

    def __missing__(self, word: str) -> tuple[tuple[str, str], ...]:
        """Encode a word; long texts need several fonts, of 256 characters each."""
        parts = self._font.splitString(word, self._document)
        found = self[word] = tuple(
            (self._font.getSubsetInternalName(subset, self._document), escapePDF(text))
            for subset, text in parts
        )
        return found


@dataclass(slots=True, kw_only=True)
class _Painter:
    """Writes marks as PDF operators; y turns over here, from downwards to upwards."""

    canvas: Canvas
    faces: Mapping[Face, ttfonts.TTFont]
    encoded: dict[Face, _Encoded] = field(default_factory=dict)
    readers: dict[bytes, ImageReader] = field(default_factory=dict)

    def write(self, operators: str) -> None:
        """Add operators to the page: reportlab's own list, because its methods are slow."""
        self.canvas._code.append(operators)  # noqa: SLF001

    def words(self, face: Face) -> _Encoded:
        """The words encoded so far in a face."""
        if face not in self.encoded:
            self.encoded[face] = _Encoded(self.faces[face], self.canvas)
        return self.encoded[face]


def _paint_page(painter: _Painter, page: Page, cards: Sequence[Printed], size: Size) -> None:
    high = size.height * POINTS
    if page.guides:
        painter.write(f"{GUIDE} w {rgb(BLACK)} RG")
        for segment in page.guides:
            painter.write(_guide(segment, high))
    for placement in page.placements:
        card = cards[placement.card]
        painter.write(f"q {_corner(placement, high)} cm")
        _paint_side(painter, card.front if page.side is Side.front else card.back)
        painter.write("Q")


def _guide(line: Segment, high: float) -> str:
    x1, y1, x2, y2 = (value * POINTS for value in (line.x1, line.y1, line.x2, line.y2))
    return f"{numbers(x1, high - y1)} m {numbers(x2, high - y2)} l S"


def _corner(placement: Placement, high: float) -> str:
    """The matrix that moves the origin to the card's top left corner, as the reader holds it."""
    box = placement.box
    if placement.turned:
        right, bottom = (box.x + box.width) * POINTS, high - (box.y + box.height) * POINTS
        return numbers(-1, 0, 0, -1, right, bottom)
    return numbers(1, 0, 0, 1, box.x * POINTS, high - box.y * POINTS)


def _paint_side(painter: _Painter, side: Sequence[Placed]) -> None:
    """All marks of a side: first what lies under letters, then the letters in one go."""
    texts: list[tuple[float, Letters]] = []
    for placed in side:
        for mark in placed.marks:
            if isinstance(mark, Letters) and mark.face:
                texts.append((placed.y, mark))
            else:
                _paint_mark(painter, mark, placed.y)
    if texts:
        painter.write(_text(painter, texts))


def _paint_mark(painter: _Painter, mark: Mark, top: float) -> None:
    match mark:
        case Letters():
            painter.write(boxes(mark, top))
        case Picture():
            _paint_picture(painter, mark, top)
        case _:
            painter.write(shape(mark, top))


def _text(painter: _Painter, texts: list[tuple[float, Letters]]) -> str:
    """Runs of letters as one text object; only what changes is written."""
    found = ["BT"]
    x = y = 0.0
    font: tuple[str, float] | None = None
    colour: Colour | None = None
    for top, run in texts:
        if run.colour != colour:
            colour = run.colour
            found.append(f"{rgb(colour)} rg")
        # Each step is from the last place as it was written, so that rounding never adds up.
        across, down = round(run.x, 3), round(-top - run.y, 3)
        found.append(f"{numbers(across - x, down - y)} Td")
        x, y = across, down
        for name, text in _shown(painter, run):
            if (name, run.size) != font:
                font = (name, run.size)
                found.append(f"{name} {numbers(run.size)} Tf")
            found.append(f"({text}) Tj")
    found.append("ET")
    return " ".join(found)


def _shown(painter: _Painter, run: Letters) -> list[tuple[str, str]]:
    """A run's characters in stretches of one font of the file each, encoded.

    The spaces need no font of their own: code 32 is a space in each of them.
    """
    if run.face is None:
        return []
    known = painter.words(run.face)
    found: list[tuple[str, list[str]]] = []
    for number, word in enumerate(run.text.split(" ")):
        if number:
            if not found:
                found.append((known[" "][0][0], []))
            found[-1][1].append(" ")
        for name, text in known[word]:
            if not found or found[-1][0] != name:
                found.append((name, []))
            found[-1][1].append(text)
    return [(name, "".join(texts)) for name, texts in found]


def _paint_picture(painter: _Painter, mark: Picture, top: float) -> None:
    data = mark.raster.data
    if data not in painter.readers:
        painter.readers[data] = ImageReader(io.BytesIO(data))
    painter.canvas.drawImage(
        painter.readers[data], mark.x, -top - mark.y - mark.height, mark.width, mark.height
    )
