"""The command line: options in, one library call, print. It decides nothing.

Exit codes: 0 fine, 1 problems in the sources, 2 usage or configuration, 3 the environment.
Results go to standard output, talk to standard error. Heavy modules are imported inside the
commands, so that `--help` is quick.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckpress import __version__
from deckpress.progress import Progress
from deckpress.report import Format, many, printable

if TYPE_CHECKING:
    from deckpress.configuration import Configuration
    from deckpress.diagnostic import Diagnostic
    from deckpress.model import Deck
    from deckpress.options import OptionField
    from deckpress.project import Output

PROBLEMS, USAGE, ENVIRONMENT, INTERRUPTED = 1, 2, 3, 130

Sources = tuple[Path, ...]
_SOURCES = click.argument("sources", nargs=-1, type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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
def build(sources: Sources, to: str | None, out: Path | None) -> None:
    """Build SOURCES, files or folders, in every format; without any, the whole project.

    \b
    deckpress build                                 the project around this folder
    deckpress build notes/ --to apkg,pdf --out decks
    """
    from deckpress import project

    configuration = _configuration()
    formats = tuple(name.strip() for name in to.split(",")) if to else configuration.formats
    job = project.Job(formats=formats, out=out or configuration.out, now=_now())
    with _progress() as progress:
        targets = project.find_targets(sources, configuration)
        made = project.build(targets, configuration, job, progress)
    _list(made.outputs)
    _finish(made.diagnostics, nothing=not made.outputs)


class _Exports(click.Group):
    """One command for each exporter, made when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        from deckpress import exporters

        return list(exporters.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        from deckpress import exporters

        return _export_command(cmd_name) if cmd_name in exporters.names() else None


@cli.group(cls=_Exports)
def export() -> None:
    """Write one format, with that format's own options.

    \b
    deckpress export pdf questions.md -o cards.pdf --flip short
    deckpress export csv questions.md --profile anki
    """


def _export_command(name: str) -> click.Command:
    """The command of one exporter: its options are the fields of its dataclass."""
    from deckpress import exporters, options

    exporter = exporters.find(name)
    fields = list(options.list_fields(exporter.options))

    def run(sources: Sources, output: Path | None, **flags: object) -> None:
        given = {field.flag: flags[field.name] for field in fields}
        values = {flag: value for flag, value in given.items() if value not in (None, ())}
        _export(name, sources, output or Path(sources[0].stem + exporter.suffix), values)

    params: list[click.Parameter] = [
        click.Argument(["sources"], nargs=-1, required=True, type=click.Path(path_type=Path)),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path),
            help=f"File to write, - for the terminal; else the source's name, {exporter.suffix}.",
        ),
        *(_option(field) for field in fields),
    ]
    return click.Command(name, params=params, callback=run, help=exporter.summary)


def _option(field: "OptionField") -> click.Option:
    """An option of an exporter; unset it is None, so that the configuration can speak."""
    help_ = f"{field.help}  [default: {_written(field.default)}]"
    if field.kind is bool:
        flag = f"--{field.flag}/--no-{field.flag}"
        return click.Option([flag, field.name], default=None, help=help_)
    if field.kind is tuple:
        return click.Option([f"--{field.flag}", field.name], multiple=True, help=field.help)
    kind: Any = field.kind
    if issubclass(field.kind, StrEnum):
        kind = click.Choice([member.value for member in field.kind])
    return click.Option([f"--{field.flag}", field.name], type=kind, default=None, help=help_)


def _written(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return str(default) or "none"


def _export(name: str, sources: Sources, output: Path, values: Mapping[str, object]) -> None:
    from deckpress import project

    configuration = _configuration()
    place = None if str(output) == "-" else output
    title = output.stem if place else sources[0].stem
    wanted = project.Single(format=name, name=title, output=place, values=values, now=_now())
    with _progress() as progress:
        targets = project.find_targets(sources, configuration)
        made = project.export_file(targets, configuration, wanted, progress)
    if made.data:
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
    _list(made.outputs)
    _finish(made.diagnostics, nothing=not (made.outputs or made.data))


@cli.command()
@_SOURCES
@click.option("--format", "how", type=click.Choice([f.value for f in Format]), default="full")
@click.option("--strict", is_flag=True, help="Let warnings fail too.")
def check(sources: Sources, how: str, *, strict: bool) -> None:
    """Report every problem in SOURCES; without any, in the whole project."""
    from deckpress import project
    from deckpress.diagnostic import Severity
    from deckpress.report import count, show

    decks = _read(sources)
    found = project.check(decks)
    text = show(found, Format(how), colour=_colour(sys.stdout))
    if text:
        click.echo(text)
    notes = sum(len(deck.notes) for deck in decks)
    click.echo(f"{many(notes, 'note')}: {count(found) or 'nothing to report'}", err=True)
    severities = {diagnostic.severity for diagnostic in found}
    if Severity.error in severities or (strict and Severity.warning in severities):
        sys.exit(PROBLEMS)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def inspect(file: Path, *, as_json: bool) -> None:
    """Show what was read from FILE: each note with its line, kind, section and prompt."""
    from deckpress import inspection, project
    from deckpress.diagnostic import has_errors

    (deck,) = _read((file,))
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


# --- what the commands share ----------------------------------------------------------


def _configuration() -> "Configuration":
    from deckpress import configuration

    return configuration.find(Path()) or configuration.default(Path())


def _read(sources: Sequence[Path]) -> "tuple[Deck, ...]":
    from deckpress import project

    with _progress() as progress:
        targets = project.find_targets(sources, _configuration())
        return tuple(deck for target in targets for deck in project.read(target, _now(), progress))


def _now() -> int:
    """The time of this build in seconds since 1970: SOURCE_DATE_EPOCH, or the clock."""
    import time

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return int(time.time())
    if not (epoch.isascii() and epoch.isdigit()) or int(epoch) < 1:
        raise click.UsageError("SOURCE_DATE_EPOCH must be seconds since 1970, at least 1")
    return int(epoch)


@contextmanager
def _progress() -> Iterator[Progress]:
    progress = Progress(sys.stderr)
    try:
        yield progress
    finally:
        progress.close()


def _list(outputs: "Sequence[Output]") -> None:
    for output in outputs:
        path = printable(_near(output.path))
        click.echo(f"{path}  {many(output.notes, 'note')}, {many(output.cards, 'card')}")


def _near(path: Path) -> str:
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _finish(diagnostics: "Sequence[Diagnostic]", *, nothing: bool) -> None:
    """Say what went wrong while building, and end with the exit code that fits."""
    from deckpress.diagnostic import Severity, has_errors
    from deckpress.report import count, show

    told = [d for d in diagnostics if d.severity is Severity.error or d.code.startswith("W5")]
    if told:
        click.echo(show(told, Format.full, colour=_colour(sys.stderr)), err=True)
    rest = [d for d in diagnostics if d not in told]
    if rest:
        click.echo(f"{count(rest)}; see them with: deckpress check", err=True)
    if has_errors(diagnostics) or nothing:
        sys.exit(PROBLEMS)


def _colour(stream: Any) -> bool:
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


def main() -> None:
    """Run the command line; no traceback ever reaches a user."""
    from deckpress.failure import describe

    try:
        cli.main(standalone_mode=False)
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
