"""A diagnostic: one problem, as a value that travels with what was read.

Readers, rules and exporters append diagnostics; only the command line prints them.
A code is a letter for the severity (`E` error, `W` warning, `I` information), and a number
whose hundreds tell the part: 1 reading, 2 identity, 3 media, 4 learning, 5 exporting.
Codes are never reused; each has a section in `docs/reference/diagnostics.md`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from deckpress.source import Span


class Severity(StrEnum):
    """How bad a problem is: an error makes the exit code 1."""

    error = "error"
    warning = "warning"
    info = "info"


_SEVERITIES = {"E": Severity.error, "W": Severity.warning, "I": Severity.info}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem: its stable code, one plain sentence, where it is, and what to do about it."""

    code: str
    message: str
    span: Span | None = None
    help: str = ""

    @property
    def severity(self) -> Severity:
        """The severity, which the code's first letter tells."""
        return _SEVERITIES[self.code[0]]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(d.severity is Severity.error for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, sorted by file and line; those without a place come last."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=_place))


def _place(diagnostic: Diagnostic) -> tuple[bool, str, int]:
    span = diagnostic.span
    return (span is None, span.path if span else "", span.first if span else 0)
