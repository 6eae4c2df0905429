"""One command for each exporter: its flags are the fields of the exporter's options."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckpress.cli.talk import Sources, find_configuration, finish, read_clock, show_progress

if TYPE_CHECKING:
    from deckpress.options import OptionField
    from deckpress.project import Build


class Exports(click.Group):
    """One command for each exporter, made when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all exporters, without importing them."""
        del ctx
        from deckpress import exporters

        return list(exporters.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one exporter, or None when there is none of this name."""
        del ctx
        from deckpress import exporters

        return _export_command(cmd_name) if cmd_name in exporters.names() else None


def _export_command(name: str) -> click.Command:
    """The command of one exporter: its options are the fields of its dataclass."""
    from deckpress import exporters, options

    exporter = exporters.find(name)
    fields = list(options.list_fields(exporter.options))

    def run(sources: Sources, output: Path | None, *, verbose: bool, **flags: object) -> None:
        given = {field.flag: flags[field.name] for field in fields}
        values = {flag: value for flag, value in given.items() if value not in (None, ())}
        place = output or Path(sources[0].resolve().stem + exporter.suffix)
        finish(_export(name, sources, place, values), verbose=verbose)

    params: list[click.Parameter] = [
        click.Argument(["sources"], nargs=-1, required=True, type=click.Path(path_type=Path)),
        click.Option(
            ["-o", "--output"],
            type=click.Path(path_type=Path),
            help=f"File to write, - for the terminal; else the source's name, {exporter.suffix}.",
        ),
        *(_option(field) for field in fields),
        click.Option(["-v", "--verbose"], is_flag=True, help="Show warnings and remarks too."),
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


def _export(name: str, sources: Sources, output: Path, values: Mapping[str, object]) -> "Build":
    from deckpress import project

    configuration = find_configuration()
    place = None if str(output) == "-" else output
    title = output.stem if place else sources[0].stem
    wanted = project.Single(format=name, name=title, output=place, values=values, now=read_clock())
    with show_progress() as progress:
        targets = project.find_targets(sources, configuration)
        return project.export_file(targets, configuration, wanted, progress)
