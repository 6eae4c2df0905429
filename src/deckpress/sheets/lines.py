"""Lines: words side by side as a strip of marks: letters, and what lies under or through them."""

from dataclasses import dataclass
from typing import assert_never

from deckpress.sheets import fonts
from deckpress.sheets.breaking import ROUNDING, Line
from deckpress.sheets.inks import Ink
from deckpress.sheets.marks import GREY, Bar, Drawing, Frame, Letters, Mark, Strip, Strips
from deckpress.sheets.measures import Flush, Measure
from deckpress.sheets.words import CODE_PAD, KEY_PAD, Glyphs, Hole, Sign, first_face, space

SPACE = 0.3
"""No space between words of running text is wider, in em; that of code is."""
HIGH, LOW = 0.8, 0.24
"""What ordinary letters take above and below the baseline, in em; formulas can take more."""


def strips(lines: tuple[Line, ...], measure: Measure) -> Strips:
    """Lines as strips under each other; no first or last line is left alone on a card."""
    last = len(lines) - 1
    return tuple(
        _strip(line, measure, keep=number < last and number in (0, last - 1))
        for number, line in enumerate(lines)
    )


def _strip(line: Line, measure: Measure, *, keep: bool) -> Strip:
    """One line as a strip; it is higher than others when a formula needs the room."""
    size, leading = measure.size, measure.leading
    rise, drop = _reach(line)
    above = max(0.0, rise - HIGH) * size
    below = max(0.0, drop - LOW) * size
    # Letters stand in the middle of their line: half of the leading above them, half below.
    baseline = above + (leading + HIGH - LOW) / 2 * size
    return Strip(
        height=above + leading * size + below,
        marks=_marks(line, measure.left + _indent(line, measure), baseline, size),
        baseline=baseline,
        keep=keep,
    )


def _indent(line: Line, measure: Measure) -> float:
    spare = measure.width - line.width * measure.size
    match measure.flush:
        case Flush.left:
            return 0.0
        case Flush.center:
            return spare / 2
        case Flush.right:
            return spare
        case _:
            assert_never(measure.flush)


def _reach(line: Line) -> tuple[float, float]:
    """How far the line's formulas and raised letters go above and below the baseline, in em."""
    rise = drop = 0.0
    for word in line.words:
        for piece in word.pieces:
            if isinstance(piece, Sign):
                rise = max(rise, piece.formula.rise * piece.ink.scale + piece.ink.rise)
                drop = max(drop, piece.formula.drop * piece.ink.scale - piece.ink.rise)
    return rise, drop


@dataclass(slots=True, kw_only=True)
class _Run:
    """Letters that can be painted in one go, and where they start and end."""

    text: str
    face: fonts.Face | None
    ink: Ink
    start: float
    end: float


def _marks(line: Line, x: float, baseline: float, size: float) -> tuple[Mark, ...]:
    runs: list[_Run] = []
    others: list[Mark] = []
    at = x
    for number, word in enumerate(line.words):
        gap = word.gap * size if number else 0.0
        start = at + gap
        for piece in word.pieces:
            end = start + piece.width * size
            match piece:
                case Glyphs():
                    _append(runs, piece, (at, start, end), size)
                case Sign():
                    scale = size * piece.ink.scale
                    y = baseline - piece.ink.rise * size
                    others.append(Drawing(x=start, y=y, size=scale, contour=piece.formula.contour))
                case Hole():
                    others += _hole(piece, start, baseline, size)
                case _:
                    assert_never(piece)
            at = start = end
    return (*_grounds(runs, baseline, size), *_letters(runs, baseline, size), *others)


def _is_space(gap: float, ink: Ink, size: float) -> bool:
    """Whether a gap is a space of this ink (and not that of the text around it)."""
    return abs(gap - space(ink) * size) < ROUNDING * size


def _append(
    runs: list[_Run], piece: Glyphs, places: tuple[float, float, float], size: float
) -> None:
    """Add letters to the last run when they continue it, else begin a new one.

    The places are the end of what came before, the start and the end of the letters.
    """
    last, start, end = places
    if not piece.text:  # only room, for the edge of a tint
        return
    run = runs[-1] if runs else None
    if run and run.end == last and run.ink is piece.ink and run.face is piece.face and run.face:
        gap = start - last
        if gap == 0:
            run.text, run.end = run.text + piece.text, end
            return
        if _is_space(gap, piece.ink, size) and piece.face is first_face(piece.ink):
            run.text, run.end = f"{run.text} {piece.text}", end
            return
    runs.append(_Run(text=piece.text, face=piece.face, ink=piece.ink, start=start, end=end))


def _letters(runs: list[_Run], baseline: float, size: float) -> list[Mark]:
    return [
        Letters(
            x=run.start,
            y=baseline - run.ink.rise * size,
            text=run.text,
            face=run.face,
            size=size * run.ink.scale,
            colour=run.ink.colour,
        )
        for run in runs
    ]


def _grounds(runs: list[_Run], baseline: float, size: float) -> list[Mark]:
    """Tints, frames, underlines and strikes: what lies under or through letters."""
    found: list[Mark] = []
    before: _Run | None = None
    for run in runs:
        if run.ink.ground or run.ink.box or run.ink.underline or run.ink.strike:
            # Two runs with the same dress are dressed together, the space between them too.
            start = run.start
            if before and _joined(before, run, size):
                start = before.end
            found += _dress(run.ink, start, run.end - start, baseline, size)
        before = run
    return found


def _joined(before: _Run, run: _Run, size: float) -> bool:
    """Whether what goes with two runs goes with the space between them as well."""
    one, other = before.ink, run.ink
    same = (one.ground, one.box, one.underline, one.strike, one.scale) == (
        other.ground,
        other.box,
        other.underline,
        other.strike,
        other.scale,
    )
    return same and run.start - before.end < SPACE * size * other.scale


def _dress(ink: Ink, x: float, width: float, baseline: float, size: float) -> list[Mark]:
    """What goes with letters of one ink, from `x` on."""
    em, y = size * ink.scale, baseline - ink.rise * size
    thick = max(0.4, 0.05 * em)
    found: list[Mark] = []
    if ink.ground:
        pad = CODE_PAD * size
        found.append(
            Bar(
                x=x - pad,
                y=y - 0.86 * em,
                width=width + 2 * pad,
                height=1.14 * em,
                colour=ink.ground,
            )
        )
    if ink.box:
        pad = 0.7 * KEY_PAD * size
        found.append(
            Frame(
                x=x - pad,
                y=y - 0.86 * em,
                width=width + 2 * pad,
                height=1.14 * em,
                thickness=0.4,
                colour=GREY,
            )
        )
    if ink.underline:
        found.append(Bar(x=x, y=y + 0.12 * em, width=width, height=thick, colour=ink.colour))
    if ink.strike:
        found.append(Bar(x=x, y=y - 0.29 * em, width=width, height=thick, colour=ink.colour))
    return found


def _hole(hole: Hole, x: float, baseline: float, size: float) -> list[Mark]:
    """A rule just below the baseline, and the hint in the middle above it."""
    width = hole.width * size
    found: list[Mark] = [
        Bar(x=x, y=baseline + 0.1 * size, width=width, height=0.7, colour=hole.ink.colour)
    ]
    at = x + (width - sum(g.width for g in hole.hint) * size) / 2
    for piece in hole.hint:
        found.append(
            Letters(
                x=at,
                y=baseline,
                text=piece.text,
                face=piece.face,
                size=size * piece.ink.scale,
                colour=piece.ink.colour,
            )
        )
        at += piece.width * size
    return found
