"""Inks: how a run of letters looks, and how styles change it.

An ink has no size of its own, only a scale, so that one set word serves every size of type.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import assert_never

from deckpress.content import Style
from deckpress.sheets import fonts
from deckpress.sheets.marks import GREY, INK, MARKER, TINT, Colour

SMALL = 0.85
"""The scale of small print: footnotes, extra material, hints."""
RAISED = 0.66
"""The scale of subscripts and superscripts."""
CODE = 0.92
"""Cascadia Mono looks as large as Noto Sans at this scale."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ink:
    """The look of letters; `rise` is in em of the surrounding size, `box` frames a key.

    Inks are compared by identity, which is quick: make them once, or by the functions below.
    """

    code: bool = False
    bold: bool = False
    italic: bool = False
    scale: float = 1.0
    rise: float = 0.0
    colour: Colour = INK
    underline: bool = False
    strike: bool = False
    ground: Colour | None = None
    box: bool = False

    @property
    def faces(self) -> tuple[str, ...]:
        """The names of the faces to set it from, the wanted one first."""
        return fonts.chain(code=self.code, bold=self.bold, italic=self.italic)


PLAIN = Ink()
QUIET = replace(PLAIN, colour=GREY)
ASIDE = replace(QUIET, italic=True)


@cache
def styled(ink: Ink, style: Style, least: float) -> Ink:
    """The ink of a styled run inside `ink`.

    `least` is the smallest scale that is still readable at the size in use; subscripts and
    superscripts alone may go below it.
    """
    match style:
        case Style.emphasis:
            return replace(ink, italic=not ink.italic)
        case Style.strong:
            return replace(ink, bold=True)
        case Style.strike:
            return replace(ink, strike=True)
        case Style.underline:
            return replace(ink, underline=True)
        case Style.highlight:
            return replace(ink, ground=MARKER)
        case Style.small:
            return replace(ink, scale=_smaller(ink, SMALL, least))
        case Style.subscript:
            return replace(ink, scale=ink.scale * RAISED, rise=ink.rise - 0.16 * ink.scale)
        case Style.superscript:
            return replace(ink, scale=ink.scale * RAISED, rise=ink.rise + 0.36 * ink.scale)
        case Style.keyboard:
            return replace(coded(ink, least), ground=None, box=True)
        case Style.gap:
            # Bold and underlined, so that it shows without colour.
            return replace(ink, bold=True, underline=True)
        case _:
            assert_never(style)


@cache
def coded(ink: Ink, least: float) -> Ink:
    """The ink of code inside a line: fixed width on a light tint."""
    scale = _smaller(ink, CODE, least)
    return replace(ink, code=True, scale=scale, ground=TINT)


@cache
def muted(ink: Ink, least: float) -> Ink:
    """The ink of an aside, such as a link's address: small and grey."""
    return replace(ink, scale=_smaller(ink, SMALL, least), colour=GREY, underline=False)


def _smaller(ink: Ink, factor: float, least: float) -> float:
    """A smaller scale, but none below the least, unless the ink is smaller already."""
    return max(ink.scale * factor, min(ink.scale, least))
