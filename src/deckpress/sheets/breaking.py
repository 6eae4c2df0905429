"""Breaking: words into lines that are no wider than the measure.

Lines are broken greedily; short text can be balanced. A word wider than the line is parted,
without a hyphen, so that nothing sticks out and what is copied from the page is what was written.
All widths are in em.
"""

import re
from dataclasses import dataclass, replace
from typing import assert_never

from deckpress.sheets import fonts
from deckpress.sheets.words import Glyphs, Hole, Piece, Sign, Word

ROUNDING = 1e-6
"""What adding up widths may cost, in em."""
MOST_BALANCED = 6
"""Text of more lines than this is not balanced: it is not short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The words of one line and their width in em."""

    words: tuple[Word, ...]
    width: float


def broken(words: tuple[Word, ...], limit: float) -> tuple[Line, ...]:
    """The words in as few lines as a greedy breaker needs; `limit` is in em."""
    lines: list[Line] = []
    line: list[Word] = []
    reach = 0.0
    for word in words:
        longer = reach + word.gap + word.width if line else word.width
        if longer <= limit + ROUNDING and not word.forced:
            line.append(word)
            reach = longer
            continue
        if line or word.forced:
            lines.append(Line(words=tuple(line), width=reach))
        if word.forced:
            line, reach = [], 0.0
            continue
        *full, last = parted(word, limit) if word.width > limit + ROUNDING else (word,)
        lines += [Line(words=(part,), width=part.width) for part in full]
        line, reach = [last], last.width
    if line:
        lines.append(Line(words=tuple(line), width=reach))
    return tuple(lines)


def balanced(words: tuple[Word, ...], limit: float) -> tuple[Line, ...]:
    """As few lines as `broken` makes, and about equally long: for centred text."""
    best = broken(words, limit)
    if not 1 < len(best) <= 6 or any(word.forced for word in words):  # noqa: PLR2004
        return best
    even = sum(line.width for line in best) / len(best)
    low, high = max(even, narrowest(words)), limit
    if low >= high:
        return best
    for _ in range(4):  # halving four times comes within a word's width of the best
        middle = (low + high) / 2
        tried = broken(words, middle)
        if len(tried) == len(best):
            best, high = tried, middle
        else:
            low = middle
    return best


def parted(word: Word, limit: float) -> tuple[Word, ...]:
    """A word that is too wide, in parts that are not."""
    parts: list[Word] = []
    held: tuple[Piece, ...] = ()
    for piece in word.pieces:
        for atom in _atoms(piece, limit):
            if held and sum(p.width for p in held) + atom.width > limit + ROUNDING:
                parts.append(_word(held))
                held = ()
            held = (*held, atom)
    parts.append(_word(held))
    return (replace(parts[0], gap=word.gap), *parts[1:])


def _word(pieces: tuple[Piece, ...]) -> Word:
    return Word(pieces=pieces, width=sum(piece.width for piece in pieces))


def _atoms(piece: Piece, limit: float) -> list[Piece]:
    """A piece cut where it reaches the limit: letters between letters, the rest made smaller."""
    if piece.width <= limit:
        return [piece]
    match piece:
        case Glyphs():
            return [*_cut(piece, limit)]
        case Sign():
            ink = replace(piece.ink, scale=piece.ink.scale * limit / piece.width)
            return [replace(piece, ink=ink, width=limit)]
        case Hole():
            first = [*_cut(hint, limit)][:1] if (hint := next(iter(piece.hint), None)) else []
            return [replace(piece, hint=tuple(first), width=limit), *piece.hint[1:]]
        case _:
            assert_never(piece)


_SOFT = re.compile(r"[^\w\s](?=\w)|_(?=[^\W_])")
"""Where to part names and addresses rather than anywhere: after a mark, before a letter."""


def _cut(piece: Glyphs, limit: float) -> list[Glyphs]:
    """Letters in runs no wider than the limit, parted after a mark in the second half if any."""
    runs: list[Glyphs] = []
    text = piece.text
    while text:
        count, reach = 0, 0.0
        for character in text:
            step = fonts.width(piece.face, character) * piece.ink.scale
            if count and reach + step > limit:
                break
            count, reach = count + 1, reach + step
        if count < len(text):
            soft = [m.end() for m in _SOFT.finditer(text[: count + 1]) if m.end() <= count]
            count = soft[-1] if soft and soft[-1] > count / 2 else count
        run, text = text[:count], text[count:]
        width = fonts.width(piece.face, run) * piece.ink.scale
        runs.append(replace(piece, text=run, width=width))
    return runs


def natural(words: tuple[Word, ...]) -> float:
    """The width in em of words on one line (the longest, where the author broke lines)."""
    return max((line.width for line in broken(words, float("inf"))), default=0.0)


def narrowest(words: tuple[Word, ...]) -> float:
    """The width in em of the widest word: what the words need at least."""
    return max((word.width for word in words), default=0.0)
