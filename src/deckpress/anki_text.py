r"""Anki's own rules for text: what it would act on in a field, and how it names decks and tags.

Anki reads meaning into plain characters: `[sound:` plays, `\(` starts a formula, `{{c1::` hides.
Here such characters are written so that they are shown and nothing else. All of it was
measured with Anki 26.9; `tests/test_apkg.py` asks the real renderer again.
"""

import html
import re
import unicodedata

LAST_GAP = 500
"""Anki takes a gap with a higher number for this one."""
KEPT_TAGS = frozenset({"marked", "leech"})
"""Tags that Anki sets itself and drops from a package."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BRACKET = re.compile(r"\[(?=\[?(?:sound:|latex\]|\$\$?\]|anki:|type:))", re.IGNORECASE)
_FORMULA = re.compile(r"\\(?=[(\[])")
_FORMULA_OR_END = re.compile(r"\\(?=[(\[]|\Z)")
_OPENING = re.compile(r"\{(?=\{|\Z)")
_CLOSING = re.compile(r"\}(?=\}|\Z)")
_BETWEEN_WORDS = re.compile(r"[,;:]?\s+(?:[-\u2013\u2014]\s+)?")
_COLONS = re.compile(r":(?=:|\Z)")


# --- characters that Anki would act on ------------------------------------------------


def escape_prose(text: str, *, cloze: bool = False, gap: bool = False) -> str:
    r"""HTML for running text; `cloze` in a cloze note, `gap` inside one of its gaps.

    An entity does not stop MathJax from seeing `\(`; an empty element between the two does.
    """
    plain = _escape(text, cloze=cloze, gap=gap)
    return _FORMULA_OR_END.sub(r"\\<span></span>", plain)


def escape_code(text: str, *, cloze: bool = False, gap: bool = False) -> str:
    """HTML for code, where MathJax never looks, but where Anki's cloze filter does."""
    plain = _escape(text, cloze=cloze, gap=gap)
    return _FORMULA.sub("&#92;", plain) if cloze else plain


def escape_math(tex: str, *, cloze: bool = False, gap: bool = False) -> str:
    """HTML for TeX between delimiters; MathJax reads what the browser made of the entities."""
    return _escape(tex, cloze=cloze, gap=gap)


def escape_attribute(text: str, *, cloze: bool = False) -> str:
    """HTML for an attribute's value between double quotes."""
    plain = _escape(text, cloze=cloze, gap=cloze).replace('"', "&quot;").replace("\n", " ")
    return _FORMULA.sub("&#92;", plain) if cloze else plain


def _escape(text: str, *, cloze: bool, gap: bool) -> str:
    """Escape what is active in every part of a field.

    Braces and colons are also escaped at the end of a text, because the next one may go on.
    """
    plain = html.escape(without_controls(text), quote=False)
    plain = _BRACKET.sub("&#91;", plain)
    if cloze:
        plain = _OPENING.sub("&#123;", plain)
    if gap:
        plain = _COLONS.sub("&#58;", _CLOSING.sub("&#125;", plain))
    return plain


def without_controls(text: str) -> str:
    r"""The text without control characters; \x1f would end a field, Anki removes the others."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


# --- names ----------------------------------------------------------------------------


def clean_deck(name: str) -> str:
    """A deck's name as Anki would keep it: levels trimmed, empty ones left out."""
    levels = (clean_level(level) for level in name.split("::"))
    return "::".join(level for level in levels if level)


def clean_level(title: str) -> str:
    """One level of a deck's name from any title: one line, and no `::` that would nest it."""
    line = " ".join(without_controls(title).split())
    single = re.sub(r"::+", ":", unicodedata.normalize("NFC", line))
    return single.strip(": ")


def clean_tag(tag: str) -> str:
    """A tag as Anki would keep it: no white space, as that parts tags; '' when nothing is left."""
    return join_tag(tag.split("::"))


def join_tag(levels: list[str] | tuple[str, ...]) -> str:
    """One nested tag from titles: a hyphen between words, in place of space and punctuation."""
    return "::".join(level for level in map(_tag_level, levels) if level)


def _tag_level(title: str) -> str:
    return _BETWEEN_WORDS.sub("-", clean_level(title))


def fold(name: str) -> str:
    """The form by which Anki takes two names of decks or tags for the same."""
    return unicodedata.normalize("NFC", name).casefold()
