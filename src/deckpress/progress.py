"""A progress line on a terminal, which appears only when work takes longer than a moment."""

import time
from typing import TextIO

PATIENCE = 1.0
"""Seconds after which the line appears: shorter work needs no news."""
_WIDTH = 60


class Progress:
    """Called with the name of each step before it begins; `close` wipes the line.

    Where the stream is no terminal nothing is ever written, so logs stay clean.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._visible = stream.isatty()
        self._start = time.monotonic()
        self._steps = 0
        self._shown = False

    def __call__(self, step: str) -> None:
        """Show that this step begins."""
        self._steps += 1
        if self._visible and time.monotonic() - self._start > PATIENCE:
            safe = "".join(char if char.isprintable() else "?" for char in step)
            line = f"[{self._steps}] {safe}"[:_WIDTH]
            self._stream.write(f"\r{line:<{_WIDTH}}")
            self._stream.flush()
            self._shown = True

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._shown:
            self._stream.write("\r" + " " * _WIDTH + "\r")
            self._stream.flush()
