"""Exporters: decks in, the bytes of one or more files out. Built-in ones are this table.

An exporter is a record, so it is checked where it is defined; the table holds module names,
so that nothing heavy is imported before it is wanted. Other packages add exporters through
the entry-point group `deckpress.exporters`; a name that is taken is an error.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Generic, TypeVar

from deckpress.diagnostic import Diagnostic
from deckpress.model import Deck
from deckpress.templates import Templates

BUILT_IN = {
    "apkg": "deckpress.exporters.apkg",
    "pdf": "deckpress.exporters.pdf",
    "csv": "deckpress.exporters.csv",
}
ENTRY_POINT_GROUP = "deckpress.exporters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file to be written: `suffix` follows the output's name, as in `.apkg` or `-backs.pdf`."""

    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What an exporter made, how many cards are in it, and what went less than perfectly."""

    artifacts: tuple[Artifact, ...]
    cards: int
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an exporter may know besides decks and options.

    `templates` finds how things look; `now` is the time of the build in seconds since 1970
    (the clock, or SOURCE_DATE_EPOCH); `name` is the output's name, for titles.
    """

    templates: Templates
    now: int
    name: str


Options = TypeVar("Options")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter(Generic[Options]):
    """A way to turn decks into bytes.

    `options` is a frozen dataclass whose fields, each with a default and a `help` in its
    metadata, become command-line flags and configuration keys. `export` is a pure function.
    """

    name: str
    suffix: str
    summary: str
    options: type[Options]
    export: Callable[[Sequence[Deck], Options, Setting], Export]


class UnknownExporter(LookupError):
    """No exporter has this name, or two packages claim it; the message says which."""


def names() -> tuple[str, ...]:
    """The names of all exporters: the built-in ones, then those of installed packages."""
    return (*BUILT_IN, *sorted(_installed()))


def find(name: str) -> Exporter[Any]:
    """The exporter with this name; raises UnknownExporter."""
    if name in BUILT_IN:
        record = import_module(BUILT_IN[name]).EXPORTER
    elif name in (installed := _installed()):
        record = installed[name]()
    else:
        message = f"there is no exporter {name!r}; there are {', '.join(names())}"
        raise UnknownExporter(message)
    if not isinstance(record, Exporter):
        message = f"the exporter {name!r} is not an Exporter record"
        raise UnknownExporter(message)
    return record


def _installed() -> dict[str, Callable[[], object]]:
    """Exporters of other packages by name, not yet imported."""
    found: dict[str, Callable[[], object]] = {}
    for point in entry_points(group=ENTRY_POINT_GROUP):
        if point.name in BUILT_IN or point.name in found:
            message = f"two exporters are called {point.name!r}; one is {point.value}"
            raise UnknownExporter(message)
        found[point.name] = point.load
    return found
