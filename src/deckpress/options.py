"""Options: a frozen dataclass filled from configuration or from flags, every value checked.

The types a field may have are those that a TOML file and a command line can both write:
bool, int, float, str, a StrEnum, and a tuple of str.
"""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from enum import StrEnum
from typing import Any, TypeVar, cast, get_type_hints

T = TypeVar("T")


class BadOption(ValueError):
    """An option that does not exist, or a value it cannot take; the message says what it can."""


class OptionField:
    """One field of an options dataclass, as flags and configuration see it."""

    __slots__ = ("default", "help", "kind", "name")

    def __init__(self, name: str, kind: type, default: object, help_: str) -> None:
        self.name = name
        self.kind = kind
        self.default = default
        self.help = help_

    @property
    def flag(self) -> str:
        """The name as flags and configuration write it: `min-size` for `min_size`."""
        return self.name.replace("_", "-")


def list_fields(options: type) -> Iterator[OptionField]:
    """The fields of an options dataclass, in order; each must have a default."""
    hints = get_type_hints(options)
    for field in fields(options):
        if field.default is MISSING:
            raise TypeError(f"{options.__qualname__}.{field.name} has no default")
        help_ = str(field.metadata.get("help", ""))
        kind = hints[field.name]
        yield OptionField(field.name, tuple if _is_texts(kind) else kind, field.default, help_)


def make(options: type[T], values: Mapping[str, object], where: str) -> T:
    """An options value from names (with `-` or `_`) and values; BadOption names `where`."""
    known = {field.flag: field for field in list_fields(options)}
    given: dict[str, object] = {}
    for name, value in values.items():
        field = known.get(name.replace("_", "-"))
        if field is None:
            choices = ", ".join(sorted(known)) or "none"
            raise BadOption(f"{where} has no option {name!r}; it has: {choices}")
        given[field.name] = _convert(field, value, where)
    return options(**cast("dict[str, Any]", given))


def _convert(field: OptionField, value: object, where: str) -> object:
    kind = field.kind
    if kind is bool or isinstance(value, bool):
        if kind is bool and isinstance(value, bool):
            return value
    elif kind is float and isinstance(value, int | float):
        return float(value)
    elif kind is tuple:
        if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
            return tuple(value)
    elif issubclass(kind, StrEnum):
        if value in [member.value for member in kind]:
            return kind(value)
    elif isinstance(value, kind):
        return value
    raise BadOption(f"{where}: {field.flag} is {value!r}, but must be {_wanted(kind)}")


def _wanted(kind: type) -> str:
    if issubclass(kind, StrEnum):
        return "one of " + ", ".join(repr(member.value) for member in kind)
    words = {bool: "true or false", int: "a whole number", float: "a number", str: "text"}
    return words.get(kind, "a list of texts")


def _is_texts(kind: object) -> bool:
    return getattr(kind, "__origin__", None) is tuple
