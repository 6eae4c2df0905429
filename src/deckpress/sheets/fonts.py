"""Fonts: which face has a character, how wide it is, and the font file to embed.

The faces come from the package pymupdf-fonts (SIL Open Font License). Text is set in Noto
Sans, code in Cascadia Mono; a character they lack is taken from FiraGO, then from Noto's
mathematics and symbols. Widths are in em: multiples of the size of the type.
"""

import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pymupdf_fonts import fontbuffers

MISSING_WIDTH = 0.6
"""The width in em of the box that stands for a character no font has."""
CURVE_ERROR = 0.5
"""How far, in thousandths of an em, a converted outline may leave the designer's."""

TEXT = {
    (False, False): ("notos", "figo"),
    (True, False): ("notosbo", "figbo"),
    (False, True): ("notosit", "figit"),
    (True, True): ("notosbi", "figbi"),
}
CODE = {
    (False, False): "cascadia",
    (True, False): "cascadiab",
    (False, True): "cascadiai",
    (True, True): "cascadiabi",
}
SYMBOLS = ("math", "symbol2", "symbol1", "cascadia", "music")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Face:
    """One font: its package name, its file, and the width in em of each character it has."""

    name: str
    data: bytes = field(repr=False)
    widths: Mapping[str, float] = field(repr=False)
    curves: str
    """How outlines are drawn: `quadratic` (TrueType) or `cubic` (PostScript)."""


@cache
def face(name: str) -> Face:
    """The face of a name such as `notos`; each is unpacked once."""
    data = fontbuffers[name]()
    font = TTFont(io.BytesIO(data), lazy=True)
    em, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
    characters = font.getBestCmap()
    widths = {chr(code): metrics[glyph][0] / em for code, glyph in characters.items()}
    curves = "cubic" if "CFF " in font else "quadratic"
    return Face(name=name, data=data, widths=widths, curves=curves)


@cache
def chain(*, code: bool, bold: bool, italic: bool) -> tuple[str, ...]:
    """The names of the faces to ask for a character, the wanted one first."""
    style = (bold, italic)
    first = (CODE[style], *TEXT[style]) if code else TEXT[style]
    return (*first, *(name for name in SYMBOLS if name not in first))


def split(text: str, names: tuple[str, ...]) -> tuple[tuple[Face | None, str], ...]:
    """The text in runs of one face each; None where no face has the characters."""
    first = face(names[0])
    if all(map(first.widths.__contains__, text)):
        return ((first, text),)
    found: list[tuple[Face | None, str]] = []
    for character in text:
        last = found[-1][0] if found else None
        # An accent belongs to its letter: it stays with the letter's face if that can draw it.
        stays = last and unicodedata.combining(character) and character in last.widths
        found.append((last if stays else _first_with(character, names), character))
    runs = groupby(found, key=lambda pair: pair[0])
    return tuple((owner, "".join(letter for _, letter in pairs)) for owner, pairs in runs)


@cache
def _first_with(character: str, names: tuple[str, ...]) -> Face | None:
    return next((face(name) for name in names if character in face(name).widths), None)


def width(owner: Face | None, text: str) -> float:
    """The width of a run in em; `text` holds only characters that the face has."""
    if owner is None:
        return MISSING_WIDTH * len(text)
    return sum(map(owner.widths.__getitem__, text))


# --- what to set, and what is wrong with it -------------------------------------------


def printable(text: str) -> str:
    """The text in composed form (NFC), without characters that only steer a screen.

    Zero-width joiners, variation selectors, soft hyphens and the like have no picture; a
    space of an odd width that the fonts lack becomes a no-break space.
    """
    if text.isascii():
        return text if text.isprintable() else "".join(map(_shown, text))
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


@cache
def _shown(character: str) -> str:
    if character in "\t\n\r":
        return character
    kind = unicodedata.category(character)
    if kind in ("Cc", "Cf") or character in "\u034f\ufe0e\ufe0f":
        return ""
    if kind in ("Zs", "Zl", "Zp") and character not in face("notos").widths:
        return "\u00a0"
    return character


@cache
def is_missing(character: str) -> bool:
    """Whether no face at all has this character (spaces and steering ones never are missing)."""
    text = printable(character)
    if not text.strip():
        return False
    return any(
        owner is None for owner, _ in split(text, chain(code=False, bold=False, italic=False))
    )


@cache
def needs_shaping(character: str) -> bool:
    """Whether its script is written right to left, or its letters join or move when combined.

    Such text is set letter by letter from left to right, which no reader of it will like.
    The ranges are Unicode's blocks for Indic scripts, Myanmar, Khmer and Mongolian.
    """
    if unicodedata.bidirectional(character) in ("R", "AL"):
        return True
    code = ord(character)
    blocks = ((0x0900, 0x0DFF), (0x1000, 0x109F), (0x1780, 0x18AF))
    return any(first <= code <= last for first, last in blocks)


# --- the file to embed ----------------------------------------------------------------


def embeddable(owner: Face, characters: Iterable[str]) -> bytes:
    """A TrueType file that has at least these characters of a face.

    PDF writers that take only TrueType refuse PostScript outlines; for those the characters
    asked for are drawn anew with quadratic curves.
    """
    if owner.curves == "quadratic":
        return owner.data
    return _converted(owner, tuple(sorted(set(characters) | {" "})))


def _converted(owner: Face, characters: tuple[str, ...]) -> bytes:
    font = TTFont(io.BytesIO(owner.data), lazy=True)
    drawn, names = font.getGlyphSet(), font.getBestCmap()
    codes = {ord(c): names[ord(c)] for c in characters if ord(c) in names}
    order = list(dict.fromkeys([".notdef", *codes.values()]))
    glyphs, metrics = {}, {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
        metrics[name] = font["hmtx"][name]
    return _built(owner, font, codes, glyphs, metrics)


def _built(
    owner: Face,
    font: TTFont,
    codes: dict[int, str],
    glyphs: dict[str, object],
    metrics: dict[str, tuple[int, int]],
) -> bytes:
    """The file with these glyphs; everything else that a font needs follows the old one's."""
    name = f"{owner.name}-drawn"
    builder = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(codes)
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(metrics)
    lines = font["hhea"]
    builder.setupHorizontalHeader(ascent=lines.ascent, descent=lines.descent)
    builder.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=lines.ascent, sTypoDescender=lines.descent)
    builder.setupPost()
    # The day of the build must not show: equal cards make equal files.
    builder.font["head"].created = font["head"].created
    builder.font["head"].modified = font["head"].modified
    builder.font.recalcTimestamp = False
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()
