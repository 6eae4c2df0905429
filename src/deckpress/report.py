"""How problems are shown: for people in full or on one line each, for programs as JSON or GitHub's.

Text from documents may hold anything, so control characters never reach a terminal.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import StrEnum

from deckpress.diagnostic import Diagnostic, Severity


class Format(StrEnum):
    """The ways of showing diagnostics."""

    full = "full"
    concise = "concise"
    json = "json"
    github = "github"


_COLOURS = {Severity.error: "31", Severity.warning: "33", Severity.info: "36"}
_GITHUB = {Severity.error: "error", Severity.warning: "warning", Severity.info: "notice"}
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def show(diagnostics: Iterable[Diagnostic], how: Format, *, colour: bool = False) -> str:
    """The diagnostics as text; '' when there are none, except in JSON."""
    if how is Format.json:
        return json.dumps([to_json(d) for d in diagnostics], ensure_ascii=False, indent=2)
    line: Callable[[Diagnostic], str]
    match how:
        case Format.full:
            line = lambda d: _full(d, colour=colour)  # noqa: E731
        case Format.concise:
            line = lambda d: _concise(d, colour=colour)  # noqa: E731
        case Format.github:
            line = _github
    return "\n".join(line(diagnostic) for diagnostic in diagnostics)


def to_json(diagnostic: Diagnostic) -> dict[str, str | int | None]:
    """One diagnostic as the values of a JSON object."""
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "path": span.path if span else None,
        "line": span.first if span else None,
        "end_line": span.last if span else None,
    }


def count(diagnostics: Iterable[Diagnostic]) -> str:
    """How many of each severity there are, in words: `1 error, 2 warnings`; '' for none."""
    found = [d.severity for d in diagnostics]
    words = {Severity.error: "error", Severity.warning: "warning", Severity.info: "remark"}
    parts = [many(found.count(each), word) for each, word in words.items() if each in found]
    return ", ".join(parts)


def many(number: int, word: str) -> str:
    """A number of things in words: `1 note`, `2,000 notes`."""
    return f"{number:,} {word if number == 1 else word + 's'}"


def printable(text: str) -> str:
    """The text with control and direction characters made visible, so that it stays text."""
    return "".join(_visible(char) if _is_control(char) else char for char in text)


def _is_control(char: str) -> bool:
    return char in _BIDI or unicodedata.category(char) in ("Cc", "Cs")


def _visible(char: str) -> str:
    return f"\\u{ord(char):04x}"


def _concise(diagnostic: Diagnostic, *, colour: bool) -> str:
    severity = f"{diagnostic.severity}[{diagnostic.code}]"
    if colour:
        severity = f"\x1b[{_COLOURS[diagnostic.severity]};1m{severity}\x1b[0m"
    place = f"{printable(str(diagnostic.span))}: " if diagnostic.span else ""
    return f"{place}{severity} {printable(diagnostic.message)}"


def _full(diagnostic: Diagnostic, *, colour: bool) -> str:
    line = _concise(diagnostic, colour=colour)
    return f"{line}\n  help: {printable(diagnostic.help)}" if diagnostic.help else line


def _github(diagnostic: Diagnostic) -> str:
    """A workflow command of GitHub Actions, with its own escapes."""
    place = ""
    if span := diagnostic.span:
        file = re.sub(r"[:,]", lambda m: f"%{ord(m[0]):02X}", _escape(span.path))
        place = f"file={file},line={span.first},endLine={span.last},"
    kind = _GITHUB[diagnostic.severity]
    help_ = f" ({diagnostic.help})" if diagnostic.help else ""
    return f"::{kind} {place}title={diagnostic.code}::{_escape(diagnostic.message + help_)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
