"""Code in colours: its tokens, each with the short class name that style sheets know."""

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token, Whitespace, _TokenType
from pygments.util import ClassNotFound

LIMIT = 64 * 1024
"""Longer code, in characters, stays plain: some lexers need the square of its length."""

Run = tuple[str, str]
"""A class name, '' for none, and the characters it holds for."""


def highlight(text: str, language: str) -> tuple[Run, ...]:
    """The code cut into runs of one class each; joined, the runs are the code again.

    The language is never guessed: without a known one the code is a single plain run.
    """
    lexer = _lexer(language) if language and len(text) <= LIMIT else None
    if lexer is None:
        return (("", text),)
    runs = tuple(_runs(lexer, text))
    # Lexers may end the text with a line end of their own, or fold characters they dislike.
    joined = "".join(characters for _, characters in runs)
    if joined == text:
        return runs
    if joined == text + "\n":
        return _without_last_line_end(runs)
    return (("", text),)


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


def _runs(lexer: Lexer, text: str) -> Iterator[Run]:
    named = ((_class(kind), characters) for kind, characters in lexer.get_tokens(text))
    for name, group in groupby(named, key=itemgetter(0)):
        yield name, "".join(characters for _, characters in group)


def _class(kind: _TokenType) -> str:
    """The class of the nearest known kind of token; white space has none."""
    if tuple(kind)[: len(Whitespace)] == tuple(Whitespace):
        return ""
    while kind not in STANDARD_TYPES:
        kind = kind.parent or Token
    return STANDARD_TYPES[kind]


def _without_last_line_end(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    *first, (name, characters) = runs
    rest = characters.removesuffix("\n")
    return (*first, (name, rest)) if rest else tuple(first)
