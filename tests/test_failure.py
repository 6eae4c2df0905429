"""Exceptions as one line and an exit code."""

import pytest

from deckpress.configuration import BadConfiguration
from deckpress.failure import describe
from deckpress.files import Refused
from deckpress.scaffold import AlreadyThere
from deckpress.templates import MissingTemplate


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (BadConfiguration("a"), 2, "a"),
        (AlreadyThere("b"), 2, "b"),
        (MissingTemplate("c"), 2, "c"),
        (FileNotFoundError(2, "No such file", "d.md"), 2, "d.md: no such file or folder"),
        (OSError(28, "No space left on device", "e"), 3, "e: No space left on device"),
        (OSError("odd"), 3, "odd"),
        (Refused("f"), 3, "cannot write: f"),
        (MemoryError(), 3, "too large"),
        (RecursionError(), 3, "nested too deeply"),
        (KeyError("g"), 3, "internal error: KeyError: 'g'"),
    ],
)
def test_every_failure_is_one_line(error: Exception, code: int, words: str) -> None:
    told, message = describe(error)
    assert told == code
    assert words in message
    assert "\n" not in message
