"""Reads CSV profiles from TOML: `templates/csv/NAME.toml`, in the project or packaged.

Every key but `columns` has a default. A key or a value that is not known is an error which
lists those that are, so a slip of the pen never passes for a choice.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import PurePosixPath

from deckpress.diagnostic import Diagnostic
from deckpress.exporters.csv_profile import (
    Column,
    Encoding,
    Form,
    Header,
    Newline,
    Profile,
    Rows,
    Separator,
)
from deckpress.files import Refused
from deckpress.source import Span
from deckpress.templates import Templates

FOLDER = "csv"
_KEYS = tuple(field.name for field in fields(Profile))
_WORDS: dict[str, type[StrEnum]] = {
    "rows": Rows,
    "text": Form,
    "header": Header,
    "separator": Separator,
    "newline": Newline,
    "encoding": Encoding,
}
_Table = dict[str, object]


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is wrong with the entry of one key."""

    code: str
    key: str
    message: str
    help: str


def names(templates: Templates) -> tuple[str, ...]:
    """The names of all profiles there are."""
    return tuple(PurePosixPath(name).stem for name in templates.names(FOLDER, ".toml"))


def find(name: str, templates: Templates) -> Profile | tuple[Diagnostic, ...]:
    """The profile with this name, or what is wrong with it."""
    if name not in (known := names(templates)):
        message = f"there is no CSV profile {name!r}"
        return (Diagnostic(code="E520", message=message, help=f"choose {_join(known, 'or')}"),)
    path = f"{FOLDER}/{name}.toml"
    try:
        text = templates.read(path)
    except (OSError, UnicodeDecodeError, Refused) as error:
        message = f"the CSV profile {path} cannot be read: {error}"
        return (Diagnostic(code="E521", message=message, help="save it as a UTF-8 text file"),)
    return read(text, path)


def read(text: str, path: str) -> Profile | tuple[Diagnostic, ...]:
    """The profile that a TOML document describes, or everything that is wrong with it."""
    try:
        table: _Table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"the CSV profile is not valid TOML: {error}"
        return (_diagnostic(_Problem("E521", "", message, "mend the line it names"), text, path),)
    problems = (*_unknown_keys(table), *_unknown_words(table), *_columns_problems(table))
    if problems:
        return tuple(_diagnostic(problem, text, path) for problem in problems)
    profile = _profile(table)
    problems = tuple(_contradictions(profile))
    return tuple(_diagnostic(problem, text, path) for problem in problems) or profile


def _profile(table: _Table) -> Profile:
    """The profile of a table in which nothing is wrong."""
    return Profile(
        columns=tuple(Column(str(name)) for name in _listed(table)),
        summary=str(table.get("summary", "")),
        rows=Rows(str(table.get("rows", Rows.cards))),
        text=Form(str(table.get("text", Form.plain))),
        header=Header(str(table.get("header", Header.names))),
        separator=Separator(str(table.get("separator", Separator.comma))),
        newline=Newline(str(table.get("newline", Newline.crlf))),
        encoding=Encoding(str(table.get("encoding", Encoding.utf_8))),
    )


def _unknown_keys(table: _Table) -> Iterator[_Problem]:
    for key in table:
        if key not in _KEYS:
            message = f"a CSV profile has no key {key!r}"
            yield _Problem("E522", key, message, f"the keys are {_join(_KEYS, 'and')}")


def _unknown_words(table: _Table) -> Iterator[_Problem]:
    """A problem for each value that is none of its key's words."""
    for key, words in _WORDS.items():
        value = table.get(key)
        if value is not None and value not in tuple(words):
            yield _Problem("E523", key, f"{key} is {value!r}", f"write {_join(words, 'or')}")
    if not isinstance(table.get("summary", ""), str):
        yield _Problem("E523", "summary", "summary is not text", "write a sentence in quotes")


def _columns_problems(table: _Table) -> Iterator[_Problem]:
    """At least one column, each of them known, none twice."""
    words = f"the columns are {_join(Column, 'and')}"
    columns = _listed(table)
    if not columns:
        yield _Problem("E523", "columns", "a CSV profile needs a list of columns", words)
    for at, name in enumerate(columns):
        if name not in tuple(Column):
            yield _Problem("E523", "columns", f"there is no column {name!r}", words)
        elif name in columns[:at]:
            yield _Problem("E523", "columns", f"the column {name} is named twice", "name it once")


def _listed(table: _Table) -> list[object]:
    value = table.get("columns")
    return value if isinstance(value, list) else []


def _contradictions(profile: Profile) -> Iterator[_Problem]:
    """What each entry allows and all of them together do not."""
    if profile.rows is Rows.notes and profile.text is not Form.html:
        message = "a row a note is Anki's form, in which fields are HTML"
        yield _Problem("E524", "rows", message, 'write text = "html", or rows = "cards"')
    if profile.header is not Header.anki:
        return
    if profile.encoding is Encoding.utf_16:
        message = "Anki reads UTF-8 only"
        yield _Problem("E524", "encoding", message, 'write encoding = "utf-8"')
    own = (Column.key, Column.notetype, Column.deck, Column.tags)
    left = tuple(column for column in profile.columns if column not in own) or ("nothing",)
    if left != (Column.prompt, Column.answer):
        message = f"Anki would fill a note's two fields from {_join(left, 'and')}"
        help_ = f"name prompt, then answer, and besides them only {_join(own, 'and')}"
        yield _Problem("E524", "columns", message, help_)


def _diagnostic(problem: _Problem, text: str, path: str) -> Diagnostic:
    """The problem as people see it, at the line on which its key stands."""
    place = re.search(rf"^[\s\[]*[\"']?{re.escape(problem.key)}[\"']?\s*[=.\]]", text, re.MULTILINE)
    line = text.count("\n", 0, place.end()) + 1 if place else 1
    span = Span(path=path, first=line, last=line)
    return Diagnostic(code=problem.code, message=problem.message, span=span, help=problem.help)


def _join(words: Iterable[object], last: str) -> str:
    """`a, b and c`."""
    *first, final = map(str, words)
    return f"{', '.join(first)} {last} {final}" if first else final
