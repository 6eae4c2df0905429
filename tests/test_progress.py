"""The progress line: nothing for short work or logs, a tidy line on a terminal."""

import io
import time

import pytest

from deckpress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let two seconds pass at each look at the clock."""
    seconds = iter(range(0, 1000, 2))
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))


@pytest.mark.usefixtures("slow")
def test_a_log_stays_clean() -> None:
    stream = io.StringIO()
    line = progress.Progress(stream)
    line("a")
    line.close()
    assert stream.getvalue() == ""


def test_short_work_shows_nothing() -> None:
    stream = Terminal()
    line = progress.Progress(stream)
    line("a")
    line.close()
    assert stream.getvalue() == ""


@pytest.mark.usefixtures("slow")
def test_long_work_shows_one_line_and_wipes_it() -> None:
    stream = Terminal()
    line = progress.Progress(stream)
    line("one.md")
    line("\x1b[2Jtwo" + "o" * 100)
    shown = stream.getvalue()
    assert shown.startswith("\r[1] one.md")
    assert "\r[2] ?[2Jtwo" in shown
    assert "\x1b" not in shown
    assert all(len(part) <= 60 for part in shown.split("\r"))
    line.close()
    assert stream.getvalue().endswith("\r" + " " * 60 + "\r")
