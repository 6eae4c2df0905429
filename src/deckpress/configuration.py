"""The configuration of a project: `[tool.deckpress]` in pyproject.toml, or deckpress.toml.

source = "source"                  # each folder or file in it becomes one output
out = "build"
to = ["apkg", "pdf", "csv"]
templates = "templates"

[export.pdf]                       # options of one exporter
stock = "letter-3x5in"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deckpress import files

FILE = "deckpress.toml"
DEFAULT_FORMATS = ("apkg", "pdf", "csv")
_KEYS = frozenset({"source", "out", "to", "templates", "export"})


class BadConfiguration(ValueError):
    """A configuration that cannot be used; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What a project's configuration says; all places are below `root`, its folder."""

    root: Path
    source: Path
    out: Path
    formats: tuple[str, ...] = DEFAULT_FORMATS
    templates: Path
    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    file: str = FILE


def find(start: Path) -> Configuration | None:
    """The configuration of the project that a folder lies in: the nearest one going up, or None."""
    for folder in (start.resolve(), *start.resolve().parents):
        if files.exists(folder / FILE):
            return _make(folder, FILE, _load(folder / FILE))
        if files.exists(folder / "pyproject.toml"):
            tool = _load(folder / "pyproject.toml").get("tool")
            if isinstance(tool, dict) and "deckpress" in tool:
                return _make(folder, "pyproject.toml", tool["deckpress"])
    return None


def default(root: Path) -> Configuration:
    """What holds where there is no configuration."""
    return _make(root, FILE, {})


def _load(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(files.read(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, files.Refused) as error:
        raise BadConfiguration(f"{path.name}: {error}") from error


def _make(root: Path, file: str, table: object) -> Configuration:
    if not isinstance(table, dict):
        raise BadConfiguration(f"{file}: deckpress is not a table")
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS))
        raise BadConfiguration(f"{file}: unknown key {unknown[0]!r}; there are: {known}")
    return Configuration(
        root=root,
        source=_place(root, file, table, "source", "source"),
        out=_place(root, file, table, "out", "build"),
        formats=_formats(file, table.get("to", list(DEFAULT_FORMATS))),
        templates=_place(root, file, table, "templates", "templates"),
        options=_options(file, table.get("export", {})),
        file=file,
    )


def _place(root: Path, file: str, table: dict[str, object], key: str, otherwise: str) -> Path:
    value = table.get(key, otherwise)
    if not isinstance(value, str) or not value:
        raise BadConfiguration(f"{file}: {key} must be the name of a folder")
    place = root / value
    if not place.resolve().is_relative_to(root.resolve()):
        raise BadConfiguration(f"{file}: {key} is {value!r}, which lies outside the project")
    return place


def _formats(file: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return tuple(value)
    raise BadConfiguration(f'{file}: to must be a list of formats, such as ["apkg", "pdf"]')


def _options(file: str, value: object) -> dict[str, dict[str, object]]:
    if isinstance(value, dict) and all(isinstance(each, dict) for each in value.values()):
        return value
    raise BadConfiguration(f"{file}: export must hold one table for each format")
