"""Rules: each looks at all decks and reports one sort of problem.

A new rule is a module with a RULE, and its name in this table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from deckpress.diagnostic import Diagnostic
from deckpress.model import Deck

RULES = ("duplicate_key", "duplicate_prompt", "unanswered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One sort of problem: its code, what it is in a sentence, and how it is found."""

    code: str
    summary: str
    check: Callable[[Sequence[Deck]], Iterable[Diagnostic]]


def check(decks: Sequence[Deck]) -> tuple[Diagnostic, ...]:
    """What all rules say about these decks, which are looked at together."""
    return tuple(found for name in RULES for found in load(name).check(decks))


def load(name: str) -> Rule:
    """The rule in the module of this name."""
    rule: Rule = import_module(f"deckpress.rules.{name}").RULE
    return rule
