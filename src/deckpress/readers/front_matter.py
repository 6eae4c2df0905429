"""Front matter: the few lines of YAML between `---` marks at the top of a document.

Values are taken as written (`NO` is not false, `3.10` is not 3.1), aliases are refused
because they can make a few bytes stand for millions, and so are keys given twice.
"""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

import yaml

from deckpress.diagnostic import Diagnostic
from deckpress.dialects import DIALECTS, Choices
from deckpress.dialects.notes import split_words
from deckpress.source import Span

_CHOICES = {
    "dialect": DIALECTS,
    "question-level": tuple("123456"),
    "cloze": ("highlights",),
}
MAX_SIZE = 64 * 1024
"""The longest front matter that is read, in characters."""

KEYS = (
    *("deck", "title", "tags", "lang", "description", "author", "source"),
    *("licence", "license", "dialect", "question-level", "cloze"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What a document says of itself; '' and empty where it says nothing."""

    deck: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    description: str = ""
    author: str = ""
    licence: str = ""
    source: str = ""
    choices: Choices = field(default_factory=Choices)


class _Loader(yaml.BaseLoader):
    """YAML whose scalars are strings, without aliases and without keys given twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="aliases are not allowed")
        return super().compose_node(parent, index)

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - so is the flag
    ) -> dict[Hashable, object]:
        names = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if names.count(key.value) > 1:
                problem = f"the key {key.value!r} is given twice"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
        return super().construct_mapping(node, deep)


def read(text: str, path: str, line: int) -> tuple[FrontMatter, tuple[Diagnostic, ...]]:
    """Front matter from its text, which begins on `line` of the file `path`."""
    if len(text) > MAX_SIZE:
        message = f"the front matter is longer than {MAX_SIZE // 1024} KiB"
        return FrontMatter(), (_broken(message, path, line),)
    try:
        # The loader is BaseLoader with less in it: strings, lists and mappings only.
        data = yaml.load(text, Loader=_Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        at = line + (error.problem_mark.line if error.problem_mark else 0)
        return FrontMatter(), (_broken(error.problem or "it is not YAML", path, at),)
    except (yaml.YAMLError, RecursionError, ValueError):
        return FrontMatter(), (_broken("it is not YAML that can be read", path, line),)
    if data is None or data == "":
        return FrontMatter(), ()
    if not isinstance(data, dict):
        return FrontMatter(), (_broken("it is not a list of keys and values", path, line),)
    values = {str(key).casefold(): value for key, value in data.items()}
    start = Span(path=path, first=line, last=line)
    found = (_in_vain(problem, text, start) for problem in _problems(values))
    return _front_matter(values), tuple(found)


def find_misplaced(text: str, path: str) -> tuple[Diagnostic, ...]:
    """A warning for what would be front matter, were it marked off rightly."""
    keys = "|".join(KEYS)
    found = re.match(rf"\s*---[ \t]*\n\s*(?:{keys})[ \t]*:", text, re.IGNORECASE)
    if not found:
        return ()
    line = len(text[: found.end()].split("\n"))
    message = "the front matter is not read: it does not begin on line 1, or has no end"
    span = Span(path=path, first=line, last=line)
    help_ = "write --- on the first line, and --- on the line behind the last key"
    return (Diagnostic(code="W110", message=message, span=span, help=help_),)


def _broken(message: str, path: str, line: int) -> Diagnostic:
    return Diagnostic(
        code="E104",
        message=f"the front matter cannot be read: {message}",
        span=Span(path=path, first=line, last=line),
        help="write one `key: value` a line, values with a colon in quotes",
    )


def _front_matter(values: dict[str, object]) -> FrontMatter:
    text = {key: " ".join(value.split()) for key, value in values.items() if isinstance(value, str)}
    level = text.get("question-level", "")
    choices = Choices(
        dialect=text.get("dialect", "") if text.get("dialect") in DIALECTS else "",
        level=int(level) if level in "123456" and level else 0,
        highlights=text.get("cloze") == "highlights",
        meant=bool({"deck", "dialect", "question-level", "cloze"} & text.keys()),
    )
    return FrontMatter(
        deck=text.get("deck", ""),
        title=text.get("title", ""),
        tags=_tags(values.get("tags")),
        lang=text.get("lang", ""),
        description=text.get("description", ""),
        author=text.get("author", ""),
        licence=text.get("licence", "") or text.get("license", ""),
        source=text.get("source", ""),
        choices=choices,
    )


def _tags(value: object) -> tuple[str, ...]:
    match value:
        case str():
            return split_words(value)
        case list():
            return tuple(word for each in value for word in split_words(str(each)))
        case _:
            return ()


def _problems(values: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """What is said in vain: the key, what is wrong with it, and what to do."""
    for key, value in values.items():
        if key not in KEYS:
            near = get_close_matches(key, KEYS, 1, 0.75)
            if near:
                yield key, f"has a key {key!r} that means nothing here", f"write {near[0]}"
        elif not isinstance(value, str) and not (key == "tags" and isinstance(value, list)):
            yield (
                key,
                f"gives {key} something that is not text",
                f"write {key}: and words behind it",
            )
        elif key in _CHOICES and value and value not in _CHOICES[key]:
            yield (
                key,
                f"gives {key} the value {value!r}",
                f"write one of: {', '.join(_CHOICES[key])}",
            )


def _in_vain(problem: tuple[str, str, str], text: str, start: Span) -> Diagnostic:
    key, message, help_ = problem
    rows = enumerate(text.casefold().split("\n"), start.first)
    line = next((number for number, row in rows if row.startswith(key)), start.first)
    span = Span(path=start.path, first=line, last=line)
    return Diagnostic(code="W110", message=f"the front matter {message}", span=span, help=help_)
