"""Words: inlines as pieces that can be measured, and the places where a line may break.

Widths are in em, so a word is measured once for all sizes. The case keeps every word that
was set: the same word in the same ink is never split into faces or measured twice.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import assert_never

from deckpress.content import (
    Blank,
    Code,
    Comment,
    FootnoteMark,
    Gap,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    Style,
    Styled,
    Text,
    plain,
)
from deckpress.sheets import fonts, formulas
from deckpress.sheets.formulas import Formula
from deckpress.sheets.inks import Ink, coded, muted, styled

CODE_PAD, KEY_PAD = 0.1, 0.2
"""How far the tint of code and the frame of a key reach beyond their letters, in em."""
BLANK_WIDTH = 3.6
"""The shortest rule, in em, that stands for a gap: long enough to give nothing away."""
SPACES = " \t\n\r"
_TOKENS = re.compile(rf"[^{SPACES}]+")
_BREAKS = re.compile(r"(?<=\w\w[-\u2010\u2013\u2014/])(?=\w\w)")
"""A line may also break after a hyphen, a dash or a slash between two longer parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """Characters of one face in one ink."""

    text: str
    face: fonts.Face | None
    ink: Ink
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A formula within a line."""

    formula: Formula
    ink: Ink
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """The rule that stands for a gap, with its hint on it."""

    hint: tuple[Glyphs, ...]
    ink: Ink
    width: float


Piece = Glyphs | Sign | Hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Pieces that stay on one line; `gap` is the space before them, `forced` a new line."""

    pieces: tuple[Piece, ...]
    width: float
    gap: float = 0.0
    forced: bool = False


NEW_LINE = Word(pieces=(), width=0.0, forced=True)


class Tokens(dict[str, tuple["Word", ...]]):
    """The words that tokens make in one ink; a token is measured when it is first asked for."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink

    def __missing__(self, token: str) -> tuple[Word, ...]:
        """Set a run of characters without spaces."""
        found = self[token] = _token_words(token, self._ink)
        return found


@dataclass(frozen=True, slots=True)
class Case:
    """The words set so far, by ink: a compositor's case of type."""

    inks: dict[Ink, Tokens] = field(default_factory=dict)

    def tokens(self, ink: Ink) -> Tokens:
        """The words of one ink, each with the ink's space before it."""
        if ink not in self.inks:
            self.inks[ink] = Tokens(ink)
        return self.inks[ink]


@cache
def space(ink: Ink) -> float:
    """The width of a space in em."""
    return first_face(ink).widths[" "] * ink.scale


@cache
def first_face(ink: Ink) -> fonts.Face:
    """The face that an ink is set from unless it lacks a character."""
    return fonts.face(ink.faces[0])


def glyphs(text: str, ink: Ink) -> tuple[Glyphs, ...]:
    """Characters as pieces of one face each."""
    return tuple(
        Glyphs(text=run, face=face, ink=ink, width=fonts.width(face, run) * ink.scale)
        for face, run in fonts.split(text, ink.faces)
    )


def _token_words(text: str, ink: Ink) -> tuple[Word, ...]:
    found = []
    for number, part in enumerate(_BREAKS.split(text)):
        pieces = glyphs(part, ink)
        gap = 0.0 if number else space(ink)
        found.append(Word(pieces=pieces, width=sum(p.width for p in pieces), gap=gap))
    return tuple(found)


def words(inlines: Inlines, ink: Ink, least: float, case: Case) -> tuple[Word, ...]:
    """The words of inlines; pictures are left out (blocks set them on lines of their own).

    `least` is the smallest scale that is readable at the size in use.
    """
    composer = _Composer(case=case, least=least)
    composer.inlines(inlines, ink)
    return tuple(composer.words)


@dataclass(slots=True, kw_only=True)
class _Composer:
    """Puts words one after the other; `gap` is the space since the last one, 0 when glued."""

    case: Case
    least: float
    words: list[Word] = field(default_factory=list)
    gap: float = 0.0

    def inlines(self, inlines: Inlines, ink: Ink) -> None:
        for inline in inlines:
            self.inline(inline, ink)

    def inline(self, inline: Inline, ink: Ink) -> None:
        match inline:
            case Text():
                self.text(inline.text, ink)
            case Styled(style=Style.keyboard):
                self.pad(KEY_PAD, ink)
                self.inlines(inline.children, styled(ink, Style.keyboard, self.least))
                self.pad(KEY_PAD, ink)
            case Styled():
                self.inlines(inline.children, styled(ink, inline.style, self.least))
            case Code():
                self.pad(CODE_PAD, ink)
                self.text(inline.text, coded(ink, self.least))
                self.pad(CODE_PAD, ink)
            case Math():
                self.math(inline, ink)
            case Link():
                self.link(inline, ink)
            case LineBreak(hard=True):
                self.words.append(NEW_LINE)
                self.gap = 0.0
            case LineBreak():
                self.gap = self.gap or space(ink)
            case Blank():
                self.blank(inline, ink)
            case Gap():
                self.inlines(inline.children, ink)
            case FootnoteMark():
                self.text(str(inline.number), styled(ink, Style.superscript, self.least))
            case Image() | Comment():
                return
            case _:
                assert_never(inline)

    def text(self, text: str, ink: Ink) -> None:
        """Running text: the hot path, so words between two spaces are taken as they are."""
        text = fonts.printable(text)
        tokens = _TOKENS.findall(text)
        if not tokens:
            self.gap = self.gap or (space(ink) if text else 0.0)
            return
        if text[0] in SPACES:
            self.gap = self.gap or space(ink)
        known = self.case.tokens(ink)
        self.add(known[tokens[0]])
        self.words.extend(chain.from_iterable(map(known.__getitem__, tokens[1:])))
        self.gap = space(ink) if text[-1] in SPACES else 0.0

    def add(self, new: tuple[Word, ...]) -> None:
        """Append words, the first one glued to the last word when no space was between."""
        first, *rest = new
        if self.gap or not self.words or self.words[-1].forced:
            self.words.append(first if first.gap == self.gap else replace(first, gap=self.gap))
        else:
            last = self.words.pop()
            joined = last.pieces + first.pieces
            self.words.append(replace(last, pieces=joined, width=last.width + first.width))
        self.words.extend(rest)
        self.gap = 0.0

    def piece(self, piece: Piece) -> None:
        self.add((Word(pieces=(piece,), width=piece.width),))

    def pad(self, width: float, ink: Ink) -> None:
        """Room for the edge of a tint or a frame, glued to what it goes around."""
        self.piece(Glyphs(text="", face=None, ink=ink, width=width * ink.scale))

    def math(self, math: Math, ink: Ink) -> None:
        found = formulas.formula(math.tex, display=False)
        if found is None:
            self.text(math.tex, coded(ink, self.least))
        else:
            self.piece(Sign(formula=found, ink=ink, width=found.width * ink.scale))

    def link(self, link: Link, ink: Ink) -> None:
        """A link's words, and its address unless they say it already."""
        self.inlines(link.children, ink)
        address = link.url.removeprefix("mailto:")
        short = re.sub(r"^https?://|/$", "", address)
        said = plain(link.children)
        if link.url.startswith("#") or re.sub(r"^https?://|/$", "", said) == short:
            return
        quiet = muted(ink, self.least)
        self.gap = space(quiet) if said else self.gap
        self.text(f"({short})", quiet)

    def blank(self, blank: Blank, ink: Ink) -> None:
        quiet = muted(ink, self.least)
        hint = glyphs(fonts.printable(blank.hint), quiet) if blank.hint else ()
        width = max(BLANK_WIDTH * ink.scale, sum(g.width for g in hint) + 0.8 * ink.scale)
        self.piece(Hole(hint=hint, ink=ink, width=width))
