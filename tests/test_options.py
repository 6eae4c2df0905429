"""Options: what configuration and flags may say, and what they are told when they may not."""

from dataclasses import dataclass, field
from enum import StrEnum

import pytest

from deckpress.options import BadOption, list_fields, make


class Edge(StrEnum):
    long = "long"
    short = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    on: bool = field(default=False, metadata={"help": "Whether."})
    least: int = 3
    size: float = 9.5
    name: str = "x"
    edge: Edge = Edge.long
    only_these: tuple[str, ...] = ()


def test_every_type_is_taken_from_what_toml_and_flags_can_write() -> None:
    values = {"on": True, "least": 4, "size": 9, "name": "y", "edge": "short", "only-these": ["a"]}
    made = make(Sample, values, "sample")
    assert made == Sample(on=True, least=4, size=9.0, name="y", edge=Edge.short, only_these=("a",))
    assert isinstance(made.size, float)
    assert made.edge is Edge.short
    assert make(Sample, {"only_these": ("b",)}, "sample").only_these == ("b",)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"on": "yes"}, "on is 'yes', but must be true or false"),
        ({"least": "4"}, "least is '4', but must be a whole number"),
        ({"least": True}, "least is True, but must be a whole number"),
        ({"least": 1.5}, "least is 1.5, but must be a whole number"),
        ({"size": "big"}, "size is 'big', but must be a number"),
        ({"name": 3}, "name is 3, but must be text"),
        ({"edge": "left"}, "edge is 'left', but must be one of 'long', 'short'"),
        ({"only-these": "a"}, "only-these is 'a', but must be a list of texts"),
        ({"only-these": [1]}, "only-these is [1], but must be a list of texts"),
        ({"colour": 1}, "sample has no option 'colour'; it has: edge, least, name, on"),
    ],
)
def test_a_wrong_value_is_answered_with_what_is_allowed(
    values: dict[str, object], words: str
) -> None:
    with pytest.raises(BadOption) as caught:
        make(Sample, values, "sample")
    assert words in str(caught.value)


def test_fields_are_listed_in_order_with_their_help() -> None:
    fields = list(list_fields(Sample))
    assert [f.flag for f in fields] == ["on", "least", "size", "name", "edge", "only-these"]
    assert (fields[0].help, fields[1].default, fields[5].kind) == ("Whether.", 3, tuple)


def test_a_field_without_a_default_is_a_mistake_of_the_exporter() -> None:
    @dataclass(frozen=True)
    class Broken:
        name: str

    with pytest.raises(TypeError, match="name has no default"):
        list(list_fields(Broken))
