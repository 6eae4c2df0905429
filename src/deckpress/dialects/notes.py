"""An entry to a note: its kind, tags, key and extra text, which mean the same in every dialect.

Directives are HTML comments, invisible wherever else the document is read:
`<!-- id: key -->`, `<!-- tags: a b -->`, `<!-- reverse -->`, `<!-- typed -->`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from deckpress.content import (
    Block,
    Blocks,
    Comment,
    CommentBlock,
    Footnote,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    Paragraph,
    Quote,
    Rewrite,
    Style,
    Styled,
    Text,
    plain,
    rewrite,
    walk,
)
from deckpress.diagnostic import Diagnostic
from deckpress.dialects import Choices, Entry
from deckpress.dialects.choices import find_choice
from deckpress.dialects.gaps import MAX_NUMBER, Marker, has_marks, looks_like_gap
from deckpress.dialects.marks import trim_end
from deckpress.dialects.words import TAGS, is_placeholder
from deckpress.model import Basic, Body, Choice, Cloze, Note, blocks, gaps, kind

_HASH = re.compile(r"(?:^|\s)#[^\W\d_]")
_ANCHOR = re.compile(r"\s*\{#([^\s{}#]+)\}\s*$")
_EXTRA = re.compile(r"(Why|Note|Source)\s*:\s*", re.IGNORECASE)
_KEY = re.compile(r"[^\s\x00-\x1f<>\"'`]{1,100}")
_LIST_SEPARATORS = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Directives:
    """What the comments inside an entry ask for."""

    key: str = ""
    tags: tuple[str, ...] = ()
    reverse: bool = False
    typed: bool = False
    bad_key: str = ""


def to_note(
    entry: Entry, choices: Choices, footnotes: tuple[Footnote, ...]
) -> tuple[Note, tuple[Diagnostic, ...]]:
    """The note of an entry, its section and deck tags not yet known, and what was wrong with it."""
    directives = _directives(entry)
    prompt, anchor = _take_anchor(_without_comments(entry.prompt))
    prompt, tags = _take_tags(prompt)
    key = directives.key or entry.anchor or anchor
    marker = Marker(highlights=choices.highlights)
    prompt, body = (
        _mark(marker, side, highlights=choices.highlights)
        for side in (prompt, _without_comments(entry.body))
    )
    # Text that stands alone for its gaps is no extra text, even in a quote that looks like it.
    answer, extra = _take_extra(body) if entry.prompt else (body, ())
    if is_placeholder(plain(answer)):
        answer = ()
    note = Note(
        body=_body(prompt, answer, directives, alone=not entry.prompt),
        span=entry.span,
        tags=tuple(dict.fromkeys((*tags, *directives.tags))),
        extra=extra,
        key=key,
        written=bool(key),
        dialect=entry.dialect,
    )
    return _with_footnotes(_gaps_in_prompt(note), footnotes), _problems(note, marker, directives)


def split_words(text: str) -> tuple[str, ...]:
    """Words parted by spaces or commas, a leading `#` taken off: how tags are written."""
    words = (word.lstrip("#") for word in _LIST_SEPARATORS.split(text))
    return tuple(word for word in words if word)


def _mark(marker: Marker, side: Blocks, *, highlights: bool) -> Blocks:
    return marker.mark(side) if has_marks(side, highlights=highlights) else side


# --- directives and tags --------------------------------------------------------------


def _directives(entry: Entry) -> _Directives:
    found = _Directives()
    for node in walk((*entry.prompt, *entry.body)):
        if isinstance(node, Comment | CommentBlock):
            name, _, value = (part.strip() for part in node.text.partition(":"))
            found = _direct(found, name.casefold(), value)
    return found


def _direct(found: _Directives, name: str, value: str) -> _Directives:
    match name:
        case "id" | "key" if _KEY.fullmatch(value):
            return replace(found, key=value)
        case "id" | "key":
            return replace(found, bad_key=value)
        case "tags" | "tag":
            return replace(found, tags=(*found.tags, *split_words(value)))
        case "reverse" | "reversed" | "both":
            return replace(found, reverse=True)
        case "typed" | "type":
            return replace(found, typed=True)
        case _:
            return found


def _without_comments(side: Blocks) -> Blocks:
    """The blocks without comments, and without paragraphs that held nothing else."""
    kept = tuple(block for block in side if not isinstance(block, CommentBlock))
    if not any(isinstance(node, Comment) for node in walk(kept)):
        return kept
    bare = rewrite(kept, _drop_comments)
    return tuple(b for b in bare if not (isinstance(b, Paragraph) and not b.children))


def _drop_comments(run: Inlines) -> Inlines:
    left = [inline for inline in run if not isinstance(inline, Comment)]
    blank = all(isinstance(inline, Text) and not inline.text.strip() for inline in left)
    return () if blank else trim_end(tuple(left))


def _take_anchor(prompt: Blocks) -> tuple[Blocks, str]:
    """The prompt without a `{#key}` at the end of its first paragraph, and that key or ''."""
    match prompt:
        case (Paragraph(children=(*before, Text(text=text))) as first, *rest) if (
            found := _ANCHOR.search(text)
        ):
            left = text[: found.start()]
            children = (*before, Text(text=left)) if left else tuple(before)
            return (replace(first, children=children), *rest), found[1]
        case _:
            return prompt, ""


def _take_tags(prompt: Blocks) -> tuple[Blocks, tuple[str, ...]]:
    """The prompt without `#tag` words at the end of its first paragraph, and those words."""
    match prompt:
        case (Paragraph(children=(*before, Text(text=text))) as first, *rest) if (
            found := TAGS.search(text)
        ):
            left = text[: found.start()].rstrip()
            # A prompt that is a tag, or speaks of such words (`#include and #define`), keeps them.
            if _HASH.search(left) or not (left or before):
                return prompt, ()
            children = (*before, Text(text=left)) if left else tuple(before)
            return (replace(first, children=children), *rest), split_words(found[0])
        case _:
            return prompt, ()


# --- the body -------------------------------------------------------------------------


def _body(prompt: Blocks, answer: Blocks, directives: _Directives, *, alone: bool) -> Body:
    """The body of a note; `alone` tells that it is text without a question above it."""
    if gaps(answer) or gaps(prompt):
        return Cloze(text=answer, prompt=prompt)
    if alone:
        # Text that was taken for its gaps, none of which is whole: show it rather than lose it.
        return Basic(prompt=answer, answer=())
    choice = find_choice(prompt, answer)
    if choice:
        return choice
    return Basic(prompt=prompt, answer=answer, reverse=directives.reverse, typed=directives.typed)


def _gaps_in_prompt(note: Note) -> Note:
    """A cloze whose gaps are in its prompt: the prompt is the text, what followed is extra."""
    match note.body:
        case Cloze(prompt=prompt, text=text) if gaps(prompt) and gaps(text):
            return replace(note, body=Cloze(text=prompt + text))
        case Cloze(prompt=prompt, text=text) if gaps(prompt):
            return replace(note, body=Cloze(text=prompt), extra=text + note.extra)
        case _:
            return note


def _take_extra(body: Blocks) -> tuple[Blocks, Blocks]:
    """The answer, and what the quotes hold that begin with `Why:`, `Note:` or `Source:`."""
    answer: list[Block] = []
    extra: list[Block] = []
    for block in body:
        match block:
            case Quote(
                children=(Paragraph(children=(Text(text=text), *rest)) as first, *others)
            ) if label := _EXTRA.match(text):
                strong = Styled(style=Style.strong, children=(Text(text=f"{label[1]}:"),))
                left = (Text(text=" " + text[label.end() :]), *rest)
                extra += (replace(first, children=(strong, *left)), *others)
            case Quote(
                children=(
                    Paragraph(children=(Styled(style=Style.strong, children=words), *_)),
                    *_,
                ) as quoted
            ) if _EXTRA.match(f"{plain(words).rstrip(': ')}:"):
                extra += quoted
            case _:
                answer.append(block)
    return tuple(answer), tuple(extra)


# --- footnotes ------------------------------------------------------------------------


def _with_footnotes(note: Note, footnotes: tuple[Footnote, ...]) -> Note:
    """The note with the footnotes it refers to at the end of its extra text, numbered from 1."""
    if not footnotes:
        return note
    marks = [node.number for node in walk(blocks(note)) if isinstance(node, FootnoteMark)]
    numbers = {old: new for new, old in enumerate(dict.fromkeys(marks), start=1)}
    if not numbers:
        return note

    def renumber(run: Inlines) -> Inlines:
        return tuple(_renumbered(inline, numbers) for inline in run)

    texts = {footnote.number: footnote for footnote in footnotes}
    found = tuple(replace(texts[old], number=new) for old, new in numbers.items() if old in texts)
    extra = rewrite((*note.extra, *found), renumber)
    return replace(note, body=_rewritten(note.body, renumber), extra=extra)


def _renumbered(inline: Inline, numbers: dict[int, int]) -> Inline:
    if isinstance(inline, FootnoteMark):
        return FootnoteMark(number=numbers.get(inline.number, inline.number))
    return inline


def _rewritten(body: Body, change: Rewrite) -> Body:
    match body:
        case Basic():
            prompt, answer = rewrite(body.prompt, change), rewrite(body.answer, change)
            return replace(body, prompt=prompt, answer=answer)
        case Cloze():
            prompt, text = rewrite(body.prompt, change), rewrite(body.text, change)
            return replace(body, prompt=prompt, text=text)
        case Choice():
            prompt, answer = rewrite(body.prompt, change), rewrite(body.answer, change)
            options = (replace(o, children=rewrite(o.children, change)) for o in body.options)
            return replace(body, prompt=prompt, answer=answer, options=tuple(options))


# --- problems -------------------------------------------------------------------------


def _problems(note: Note, marker: Marker, directives: _Directives) -> tuple[Diagnostic, ...]:
    found: list[tuple[str, str, str]] = []
    if marker.unclosed:
        found.append(("W111", "a gap is opened and never closed", "close it with }}"))
    if marker.bad_numbers:
        message = f"a gap's number is not between 1 and {MAX_NUMBER}"
        found.append(("W112", message, "number gaps c1, c2, c3 and so on"))
    if not (marker.unclosed or marker.bad_numbers) and looks_like_gap(blocks(note)):
        message = "something here looks like a gap, and is none"
        found.append(("W119", message, "write {{c1::text}}, outside of formulas"))
    if isinstance(note.body, Choice) and not any(option.right for option in note.body.options):
        found.append(("W113", "no option is marked right", "mark each right option with [x]"))
    if (directives.reverse or directives.typed) and not isinstance(note.body, Basic):
        message = f"a {kind(note)} cannot be asked both ways or typed"
        found.append(("W116", message, "take the comment out"))
    if directives.bad_key:
        message = f"{directives.bad_key!r} cannot be a key, so it is ignored"
        found.append(("W203", message, "write a key without spaces, quotes and angle brackets"))
    if isinstance(note.body, Basic | Choice) and not _says_something(note.body.prompt):
        found.append(("E107", "this question is empty", "write the question, or delete the note"))
    return tuple(_problem(note, *each) for each in found)


def _says_something(prompt: Blocks) -> bool:
    return bool(plain(prompt)) or any(isinstance(node, Image) for node in walk(prompt))


def _problem(note: Note, code: str, message: str, help_: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=note.span, help=help_)


def with_section(note: Note, section: Iterable[str], tags: Iterable[str]) -> Note:
    """The note in its section, with the tags of its file before its own."""
    return replace(note, section=tuple(section), tags=tuple(dict.fromkeys((*tags, *note.tags))))
