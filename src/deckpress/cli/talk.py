"""What the commands share: where they are, what time it is, and how they talk."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from deckpress.diagnostic import Diagnostic, Severity, has_errors
from deckpress.progress import Progress
from deckpress.report import Format, count, many, printable, show

if TYPE_CHECKING:
    from deckpress.configuration import Configuration
    from deckpress.model import Deck
    from deckpress.project import Build

PROBLEMS, INTERRUPTED = 1, 130
"""Exit codes: problems in the sources; Ctrl-C. `failure` has those for what could not be done."""

Sources = tuple[Path, ...]


def find_configuration() -> "Configuration":
    """The configuration of the project around this folder, or what holds without one."""
    from deckpress import configuration

    return configuration.find(Path()) or configuration.default(Path())


def read_decks(sources: Sources) -> "tuple[Deck, ...]":
    """The decks of some sources, or of the whole project."""
    from deckpress import project

    now = read_clock()
    with show_progress() as progress:
        targets = project.find_targets(sources, find_configuration())
        return tuple(deck for target in targets for deck in project.read(target, now, progress))


def read_clock() -> int:
    """The time of this build in seconds since 1970: SOURCE_DATE_EPOCH, or the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    if not (epoch.isascii() and epoch.isdigit()) or int(epoch) < 1:
        raise click.UsageError("SOURCE_DATE_EPOCH must be seconds since 1970, at least 1")
    return int(epoch)


@contextmanager
def show_progress() -> Iterator[Progress]:
    """A progress line on standard error while the block runs."""
    progress = Progress(sys.stderr)
    try:
        yield progress
    finally:
        progress.close()


def finish(made: "Build", *, verbose: bool) -> None:
    """List what was made and say what went wrong, then end with the exit code that fits.

    Warnings of an exporter are always shown, for no other command tells them.
    """
    if made.data:
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
    for output in made.outputs:
        path = printable(_near(output.path))
        click.echo(f"{path}  {many(output.cards, 'card')} from {many(output.notes, 'note')}")
    _tell(made.diagnostics, verbose=verbose)
    if has_errors(made.diagnostics) or not (made.outputs or made.data):
        sys.exit(PROBLEMS)


def _tell(diagnostics: Sequence[Diagnostic], *, verbose: bool) -> None:
    told = [
        each
        for each in diagnostics
        if verbose or each.severity is Severity.error or each.code.startswith("W5")
    ]
    if told:
        click.echo(show(told, Format.full, colour=has_colour(sys.stderr)), err=True)
    rest = [each for each in diagnostics if each not in told]
    if rest:
        click.echo(f"{count(rest)} not shown; --verbose shows all", err=True)


def _near(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def has_colour(stream: TextIO) -> bool:
    """Whether colours may be written: to a terminal, unless NO_COLOR is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR")
