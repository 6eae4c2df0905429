"""Gaps: `{{c1::text::hint}}`, and `==text==` where the document says so, in runs of inlines.

The marks are Anki's own, so that people find what they know: the first `}}` closes, `::`
begins the hint, gaps nest. Marks inside code and formulas are not marks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deckpress.content import (
    Blocks,
    Gap,
    Inline,
    Inlines,
    Math,
    MathBlock,
    Text,
    plain,
    rewrite,
    walk,
)

MAX_NUMBER = 500
"""The highest gap number; real Anki makes 500 of everything above (anki 26.9)."""

_MARKS = re.compile(
    r"(?P<open>\{\{c(?P<number>\d{1,4})::)|(?P<close>\}\})|(?P<hint>::)|(?P<high>==)"
)


# `{{C1::x}}`, `{{ c1::x }}`, `{{c1,2::x}}`, `{{c1:x}}`: what people write when they mean a gap.
_NEARLY = re.compile(r"\{\{\s*[cC]\s?\d{1,4}\s*[,:]")


@dataclass(slots=True)
class _Frame:
    """A gap that is not closed yet; `written` is its opening mark, `hint` None before `::`."""

    number: int
    written: str
    inside: list[Inline] = field(default_factory=list)
    hint: list[Inline] | None = None

    def add(self, inline: Inline) -> None:
        (self.inside if self.hint is None else self.hint).append(inline)

    def as_written(self) -> Iterator[Inline]:
        yield Text(text=self.written)
        yield from self.inside
        if self.hint is not None:
            yield Text(text="::")
            yield from self.hint


@dataclass(slots=True)
class Marker:
    """Turns marks into gaps for one note; `unclosed` counts opening marks that had no end."""

    highlights: bool = False
    unclosed: int = 0
    bad_numbers: int = 0
    _next: int = 1

    def mark(self, blocks: Blocks) -> Blocks:
        """The same blocks with gaps in place of their marks."""
        used = [int(n) for n in re.findall(r"\{\{c(\d{1,4})::", plain(blocks))]
        self._next = max([self._next - 1, *used]) + 1
        return rewrite(blocks, self._run)

    def _run(self, run: Inlines) -> Inlines:
        frames = [_Frame(0, "")]
        for inline in run:
            if isinstance(inline, Text):
                self._text(inline.text, frames)
            else:
                frames[-1].add(inline)
        while len(frames) > 1:
            self._give_up(frames)
        return _joined(frames[0].inside)

    def _text(self, text: str, frames: list[_Frame]) -> None:
        done = 0
        for mark in _MARKS.finditer(text):
            pending = text[done : mark.start()]
            if not self._is_meant(mark, frames, filled=bool(frames[-1].inside or pending)):
                continue
            if pending:
                frames[-1].add(Text(text=pending))
            done = mark.end()
            self._take(mark, frames)
        if done < len(text):
            frames[-1].add(Text(text=text[done:]))

    def _is_meant(self, mark: re.Match[str], frames: list[_Frame], *, filled: bool) -> bool:
        """Whether a mark is one here; `filled` tells that the innermost gap has text already."""
        match mark.lastgroup, mark["number"]:
            case _, str(number):
                good = 1 <= int(number) <= MAX_NUMBER
                self.bad_numbers += not good
                return good
            case "close", _:
                return frames[-1].written.startswith("{{")
            case "hint", _:
                top = frames[-1]
                return top.written.startswith("{{") and top.hint is None and filled
            case _:
                return self.highlights

    def _take(self, mark: re.Match[str], frames: list[_Frame]) -> None:
        if mark["number"]:
            frames.append(_Frame(int(mark["number"]), mark[0]))
        elif mark["hint"]:
            frames[-1].hint = []
        elif mark["close"] or frames[-1].written == "==":
            frame = frames.pop()
            hint = plain(frame.hint or ())
            frames[-1].add(Gap(number=frame.number, children=_joined(frame.inside), hint=hint))
        else:
            frames.append(_Frame(self._next, "=="))
            self._next += 1

    def _give_up(self, frames: list[_Frame]) -> None:
        """A mark that is never closed stays the text it is."""
        self.unclosed += 1
        frame = frames.pop()
        for inline in frame.as_written():
            frames[-1].add(inline)


def looks_like_gap(blocks: Blocks) -> bool:
    """Whether something is left that was meant as a gap: misspelt, or inside a formula."""
    for node in walk(blocks):
        match node:
            case Text() if _NEARLY.search(node.text):
                return True
            case Math() | MathBlock() if "{{c" in node.tex and _NEARLY.search(node.tex):
                return True
            case _:
                continue
    return False


def has_marks(blocks: Blocks, *, highlights: bool) -> bool:
    """Whether some text holds an opening mark; cheap, and never wrong about its absence."""
    texts = (node.text for node in walk(blocks) if isinstance(node, Text))
    return any("{{c" in text or (highlights and "==" in text) for text in texts)


def _joined(inlines: list[Inline]) -> Inlines:
    found: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(text=found[-1].text + inline.text)
        else:
            found.append(inline)
    return tuple(found)
