"""The command line: options in, one library call, print. It decides nothing.

Exit codes: 0 fine, 1 problems in the sources, 2 usage or configuration, 3 the environment.
Results go to standard output, talk to standard error. Heavy modules are imported inside the
commands, so that `--help` is quick.
"""

import json
import os
import sys
from pathlib import Path

import click

from deckpress import __version__
from deckpress.cli.exports import Exports
from deckpress.cli.talk import (
    INTERRUPTED,
    PROBLEMS,
    Sources,
    find_configuration,
    finish,
    has_colour,
    read_clock,
    read_decks,
    show_progress,
)
from deckpress.diagnostic import Severity, has_errors
from deckpress.failure import USAGE, describe
from deckpress.report import Format, count, many, printable, show

_SOURCES = click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
_VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Show warnings and remarks too.")


@click.group(context_settings={"help_option_names": ["--help", "-h"]})
@click.version_option(__version__, prog_name="deckpress")
def cli() -> None:
    """Press Markdown questions into Anki decks, printable flashcards and CSV files.

    \b
    deckpress build questions.md                    every format, into build/
    deckpress export pdf questions.md -o cards.pdf  one format, with its options
    deckpress inspect questions.md                  what was read, line by line
    """


@cli.command()
@_SOURCES
@click.option("--to", metavar="FORMATS", help="Formats with commas between: apkg,pdf,csv.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write into.")
@_VERBOSE
def build(sources: Sources, to: str | None, out: Path | None, *, verbose: bool) -> None:
    """Build SOURCES, files or folders, in every format; without any, the whole project.

    \b
    deckpress build                                 the project around this folder
    deckpress build notes/ --to apkg,pdf --out decks
    """
    from deckpress import project

    configuration = find_configuration()
    formats = configuration.formats
    if to is not None:
        formats = tuple(dict.fromkeys(name.strip() for name in to.split(",")))
    job = project.Job(formats=formats, out=out or configuration.out, now=read_clock())
    with show_progress() as progress:
        targets = project.find_targets(sources, configuration)
        made = project.build(targets, configuration, job, progress)
    finish(made, verbose=verbose)


@cli.group(cls=Exports)
def export() -> None:
    """Write one format, with that format's own options.

    \b
    deckpress export pdf questions.md -o cards.pdf --flip short
    deckpress export csv questions.md --profile anki
    """


@cli.command()
@_SOURCES
@click.option("--format", "how", type=click.Choice([f.value for f in Format]), default="full")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
def check(sources: Sources, how: str, *, strict: bool) -> None:
    """Report every problem in SOURCES; without any, in the whole project."""
    from deckpress import project

    decks = read_decks(sources)
    found = project.check(decks)
    text = show(found, Format(how), colour=has_colour(sys.stdout))
    if text:
        click.echo(text)
    notes = sum(len(deck.notes) for deck in decks)
    click.echo(f"{many(notes, 'note')}: {count(found) or 'nothing to report'}", err=True)
    severities = {diagnostic.severity for diagnostic in found}
    if Severity.error in severities or (strict and Severity.warning in severities):
        sys.exit(PROBLEMS)


@cli.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def inspect(file: Path, *, as_json: bool) -> None:
    """Show what was read from FILE: each note with its line, kind, section and prompt."""
    from deckpress import inspection, project

    (deck,) = read_decks((file,))
    found = project.check((deck,))
    if as_json:
        shown = inspection.to_json(deck, found)
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        for line in inspection.to_text(deck, found):
            click.echo(printable(line))
    if has_errors(found):
        sys.exit(PROBLEMS)


@cli.command()
def init() -> None:
    """Make a project here: a configuration, and a first deck when there is none."""
    from deckpress import scaffold

    for path in scaffold.make(Path()):
        click.echo(f"wrote {path}")
    click.echo("Now run: deckpress build", err=True)


def main() -> None:
    """Run the command line; no traceback ever reaches a user."""
    try:
        cli.main(prog_name="deckpress", standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except BrokenPipeError:
        # Nobody reads on: a second failure at exit would print a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PROBLEMS)
    except Exception as error:
        code, message = describe(error)
        click.echo(f"deckpress: {printable(message)}", err=True)
        if os.environ.get("DECKPRESS_DEBUG"):
            raise
        sys.exit(code)
