"""Reports: every format says the same, and nothing reaches the terminal that is not text."""

import json

from hypothesis import given
from hypothesis import strategies as st

from deckpress.diagnostic import Diagnostic, in_order
from deckpress.report import Format, count, many, printable, show
from deckpress.source import Span

SPAN = Span(path="a, b.md", first=3, last=5)
ERROR = Diagnostic(code="E103", message="100% bad\x1b[2J", span=SPAN, help="mend it")
REMARK = Diagnostic(code="I114", message="odd")


def test_formats() -> None:
    assert (
        show([ERROR], Format.full) == "a, b.md:3: error[E103] 100% bad\\u001b[2J\n  help: mend it"
    )
    assert show([REMARK], Format.concise) == "info[I114] odd"
    assert show([], Format.concise) == ""
    github = show([ERROR], Format.github)
    assert github == (
        "::error file=a%2C b.md,line=3,endLine=5,title=E103::100%25 bad\x1b[2J (mend it)"
    )
    values = json.loads(show([ERROR, REMARK], Format.json))
    assert values[0]["line"] == 3
    assert values[1]["path"] is None


def test_colour_is_only_given_when_asked_for() -> None:
    assert "\x1b[31" in show([ERROR], Format.concise, colour=True)
    assert "\x1b" not in show([ERROR], Format.concise)


@given(st.text())
def test_no_control_or_direction_character_is_printed(text: str) -> None:
    shown = printable(text)
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f")
    shown.encode()


def test_counting() -> None:
    assert count([ERROR, REMARK, REMARK]) == "1 error, 2 remarks"
    assert (count([]), many(1, "card"), many(2000, "card")) == ("", "1 card", "2,000 cards")


def test_order_is_by_place_and_each_problem_stands_once() -> None:
    later = Diagnostic(code="W401", message="x", span=Span(path="a, b.md", first=9, last=9))
    assert in_order([REMARK, later, ERROR, later]) == (ERROR, later, REMARK)
