"""Typesetting: a card's face as marks on the front and back of one card, or of several.

All lengths are in points from a card's top left corner.
"""

from dataclasses import dataclass, replace
from math import sqrt

from deckpress.content import Blocks, plain
from deckpress.model import Face
from deckpress.sheets import breaking, fonts, lines
from deckpress.sheets.fit import Fitted, fitted
from deckpress.sheets.footers import HEIGHT as FOOTER_HEIGHT
from deckpress.sheets.footers import SIZE as FOOTER_SIZE
from deckpress.sheets.footers import Footer, footer_marks
from deckpress.sheets.inks import QUIET
from deckpress.sheets.marks import Mark, Placed, Strips, depth, stack
from deckpress.sheets.measures import Flush, Kit, Measure
from deckpress.sheets.stock import Size

POINTS = 72 / 25.4
"""Points in a millimetre."""
REFERENCE = Size(width=105, height=74.25)
"""The card (A7) that sizes of type are stated for; other cards get other sizes."""
REMINDER = 80
"""How many characters of a question are repeated where its answer goes on."""
LEAST_SCALE, MOST_SCALE = 0.8, 1.1
"""How far type follows the size of the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A card's size and margin in mm, and sizes of type in points for an A7 card."""

    card: Size
    margin: float
    front: float
    back: float
    smallest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One card of paper: what is on its front and on its back."""

    front: tuple[Placed, ...]
    back: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A face as it came out: its cards (more than one where it was continued) and sizes."""

    printed: tuple[Printed, ...]
    front: float
    back: float
    at_floor: bool


def preferred(size: float, card: Size) -> float:
    """The size of type for a card, in half points: stated for A7, it follows the card."""
    ratio = sqrt(card.width * card.height / (REFERENCE.width * REFERENCE.height))
    return round(2 * size * min(MOST_SCALE, max(LEAST_SCALE, ratio))) / 2


def typeset(face: Face, footer: Footer, form: Format, kit: Kit) -> Setting:
    """Set a face on one card, or on as many as it needs."""
    front_measure, back_measure = _measure(form.front, form), _measure(form.back, form)
    front = fitted(face.front, (), front_measure, kit)
    back = fitted(face.back, face.extra, back_measure, kit)
    fronts, backs = _aligned(face, front, back, (front_measure, back_measure), kit)
    count = len(fronts)
    printed = []
    for part, (upper, lower) in enumerate(zip(fronts, backs, strict=True), start=1):
        foot = footer
        if count > 1:
            foot = replace(footer, number=f"{footer.number} · part {part}/{count}")
        centred = back.centred or lower not in back.parts
        printed.append(
            Printed(
                front=_side(upper, foot, form, middle=True),
                back=_side(lower, foot, form, middle=centred),
            )
        )
    floor = [
        fit.size <= form.smallest < measure.size
        for fit, measure in ((front, front_measure), (back, back_measure))
    ]
    return Setting(printed=tuple(printed), front=front.size, back=back.size, at_floor=any(floor))


def _measure(size: float, form: Format) -> Measure:
    """The text area of a card, at the preferred size."""
    margin = form.margin * POINTS
    size = max(preferred(size, form.card), form.smallest)
    return Measure(
        left=margin,
        width=form.card.width * POINTS - 2 * margin,
        room=form.card.height * POINTS - 2 * margin - FOOTER_HEIGHT,
        size=size,
        smallest=form.smallest,
    )


def _aligned(
    face: Face, front: Fitted, back: Fitted, measures: tuple[Measure, Measure], kit: Kit
) -> tuple[list[Strips], list[Strips]]:
    """Fronts and backs in pairs.

    A longer answer goes on behind a reminder of the question; behind a question that goes
    on, the answer waits for the last card.
    """
    fronts, backs = list(front.parts), list(back.parts)
    count = max(len(fronts), len(backs))
    for part in range(len(fronts) + 1, count + 1):
        text = f"continued {part}/{count}"
        fronts.append(_reminder(face.front, text, measures[0], kit))
    missing = count - len(backs)
    notes = [_note(f"the answer is on part {missing + 1}/{count}", measures[1], kit)] * missing
    return fronts, notes + backs


def _reminder(prompt: Blocks, text: str, measure: Measure, kit: Kit) -> Strips:
    """The first words of a question in grey, and that its answer goes on."""
    asked_words = fonts.printable(plain(prompt)).split("\n")[0].split()
    shown, length = [], 0
    for word in asked_words:
        length += len(word) + 1
        if length > REMINDER:
            shown.append("…")
            break
        shown.append(word)
    asked = _note(" ".join(shown), measure, kit)
    first, *others = _note(text, replace(measure, size=measure.smallest + 1), kit)
    return (*asked, replace(first, before=0.5 * measure.size), *others)


def _note(text: str, measure: Measure, kit: Kit) -> Strips:
    """A centred line of our own, in grey."""
    tokens = kit.case.tokens(QUIET)
    set_words = tuple(word for token in text.split() for word in tokens[token])
    broken = breaking.balanced(set_words, measure.width / measure.size)
    return lines.strips(broken, replace(measure, flush=Flush.center))


def _side(strips: Strips, footer: Footer, form: Format, *, middle: bool) -> tuple[Placed, ...]:
    """A side: its strips from the top or in the middle, and its footer."""
    margin, height = form.margin * POINTS, form.card.height * POINTS
    room = height - 2 * margin - FOOTER_HEIGHT
    spare = max(0.0, room - depth(strips))
    # The footer is lighter than text: half of its room goes to the middle of the card.
    shift = spare / 2 + min(FOOTER_HEIGHT / 2, spare / 2) if middle else 0.0
    baseline = height - margin - 0.22 * FOOTER_SIZE
    foot: list[Mark] = footer_marks(footer, margin, form.card.width * POINTS - 2 * margin, baseline)
    return (*stack(strips, margin + shift), Placed(y=0.0, marks=tuple(foot)))
