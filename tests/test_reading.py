"""Reading: nothing is lost, nothing crashes, and lines are told rightly."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckpress.content import Heading, Styled, Text, plain
from deckpress.dialects import DIALECTS, load
from deckpress.model import Basic, Choice, Cloze, blocks, cards, is_answered
from deckpress.readers import commonmark, pasted
from reading import codes, deck_of, notes_of

# --- bytes ----------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_byte_order_marks_change_nothing(mark: bytes, end: bytes) -> None:
    text = mark + end.join([b"# T", b"", b"Q: a?", b"A: b", b"", b"Q: c?", b"A: d", b""])
    deck = deck_of(text)
    assert [(n.span.first, plain(blocks(n))) for n in deck.notes] == [(3, "a? b"), (6, "c? d")]


@pytest.mark.parametrize(
    ("data", "code", "line", "words"),
    [
        (b"Q: a\nA: \xff\n", "E101", 2, "0xFF at offset 8"),
        (b"\xef\xbb\xbfQ: a\r\nA: b\r\n\r\nQ: \xe4\r\n", "E101", 4, "0xE4 at offset 20"),
        (b"\xc0\xaf", "E101", 1, "0xC0 at offset 0"),
        ("Q: a".encode("utf-16"), "E101", 1, "UTF-16"),
        (b"Q: a\nA: b\0c\n", "E102", 2, "NUL byte at offset 9"),
    ],
)
def test_what_is_not_utf8_is_refused_with_line_and_byte(
    data: bytes, code: str, line: int, words: str
) -> None:
    deck = deck_of(data)
    (problem,) = deck.diagnostics
    assert (problem.code, deck.notes) == (code, ())
    assert problem.span is not None
    assert problem.span.first == line
    assert words in problem.message


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    deck = deck_of(data)
    assert deck.notes or any(code.startswith("E") for code in codes(deck))


SIGNS = st.text(alphabet="aQA:1.-*>#=`{}[]()|~$!<x/> \n\t•\u00a0'\"&;c^+_?", max_size=120)


@given(SIGNS)
def test_no_text_crashes_the_reader(text: str) -> None:
    for note in notes_of(text):
        assert 1 <= note.span.first <= note.span.last <= text.count("\n") + 1
        assert cards(note) or isinstance(note.body, Cloze)


def test_nesting_too_deep_is_an_error_and_not_a_crash() -> None:
    deck = deck_of("## What?\n\n" + "> " * 500 + "deep\n")
    assert "E105" in codes(deck)


# --- nothing is lost ------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [
        "# {} {}",
        "## What is {}?\n\n{}",
        "### {}\n\n{}",
        "Q: {}?\nA: {}",
        "**Q:** {}\n\n**A:** {}",
        "1. Q: {}\n   - A: {}\n2. {}",
        "- {}\n  - {}\n- {}",
        "> {}\n>\n> A: {}",
        "{}\n{}\n\n{}",
        "{{{{c1::{}}}}} and {}",
        "- [x] {}\n- [ ] {}",
        "    {} in code",
        "```\n{}\n```",
        "| {} | {} |\n|---|---|\n| {} | x |",
        "{}\n: {}",
        "• {}\n    • A: {}",
        "---\n\n{}",
        "<p>{}</p>",
        "A: {}",
        "<details><summary>{}?</summary>\n\n{}\n</details>",
        "<details><summary>Answer</summary>{}</details>",
        "<details>\n\n{}",
        "{} </b></details> {}",
        "**{}?**\n\n{}",
        "1. ### {}\n\n   {}",
        "* {}?\n* {}?\n* `{}`\n* {}?\n* {}?\n* {}?",
        "* **{}?** - [{}](https://example.org)",
        "<ul>\n<li>{}\n<li>{}?\n</ul>\n{}",
        "<table><tr><td>{}</td><td>{}</table>",
        "<pre>{}</pre>\n<h3>{}</h3>",
        "#### Answer: {}\n\n{}",
    ]
)


@given(st.lists(FRAGMENTS, min_size=1, max_size=12))
def test_every_word_is_in_a_note_or_a_heading_or_reported(fragments: list[str]) -> None:
    """Numbered words go into random documents; each must come out somewhere."""
    number = 0
    parts = []
    for fragment in fragments:
        count = fragment.replace("{{{{", "").count("{}")
        parts.append(fragment.format(*(f"w{number + i}w" for i in range(count))))
        number += count
    text = "\n\n".join(parts)
    deck = deck_of(text)
    lines = text.split("\n")
    seen = {word for note in deck.notes for word in words_of(plain(blocks(note)))}
    for problem in deck.diagnostics:
        if problem.code == "I114" and problem.span:
            for line in lines[problem.span.first - 1 : problem.span.last]:
                seen |= words_of(line)
    for section in (name for note in deck.notes for name in (*note.section, deck.name)):
        seen |= words_of(section)
    headings = {word for line in lines if line.startswith(("#", "<h")) for word in words_of(line)}
    missing = {f"w{i}w" for i in range(number)} - seen - headings
    assert not missing, text


def words_of(text: str) -> set[str]:
    return set(re.findall(r"w\d+w", text))


@given(st.lists(FRAGMENTS, max_size=8), st.sampled_from(DIALECTS))
def test_a_forced_dialect_is_the_only_one(fragments: list[str], dialect: str) -> None:
    text = "\n\n".join(fragment.format(*"abcdef") for fragment in fragments)
    deck = deck_of(f"---\ndialect: {dialect}\n---\n\n{text}")
    assert {note.dialect for note in deck.notes} <= {dialect}


# --- dialects -------------------------------------------------------------------------


@pytest.mark.parametrize("name", DIALECTS)
def test_the_example_of_a_dialect_is_read_by_it(name: str) -> None:
    notes = notes_of(load(name).example)
    assert notes
    assert {note.dialect for note in notes} == {name}
    assert all(is_answered(note) for note in notes)


def test_a_note_begins_where_its_label_stands() -> None:
    text = "intro\n\n1. Q: one?\n   - A: yes\n\n   Q: two?\n   A: no\n"
    assert [note.span.first for note in notes_of(text)] == [3, 6]


@pytest.mark.parametrize("label", ["Q:", "Q.1)", "Q3.", "Q 4:", "question:", "**Q:**", "**Q**:"])
def test_spellings_of_a_question_label(label: str) -> None:
    (note,) = notes_of(f"{label} what?\n\nA: that\n")
    assert isinstance(note.body, Basic)
    assert (plain(note.body.prompt), plain(note.body.answer)) == ("what?", "that")


@pytest.mark.parametrize("text", ["Quick: no", "QA: no", "Qualitäts: no", "a: b", "P.S.: no"])
def test_what_only_looks_like_a_label(text: str) -> None:
    assert not notes_of(f"{text}\n")


def test_pasted_text_keeps_its_lines() -> None:
    text = "a\n\u00a0\n  1. Q: x\n\n    • A: y\n\n      z\n```\n• code\n```\n"
    new = pasted.to_markdown(text)
    assert new.count("\n") == text.count("\n")
    assert "• code" in new
    (note,) = notes_of(text)
    assert isinstance(note.body, Basic)
    assert plain(note.body.answer).startswith("y z")


@given(st.text(alphabet="ab-*. 1\n`", max_size=80))
def test_text_without_typographic_signs_is_left_alone(text: str) -> None:
    assert pasted.to_markdown(text) == text


def test_a_choice_keeps_what_stands_around_its_options() -> None:
    (note,) = notes_of("## Which?\n\nBefore.\n\n- [x] a\n- [ ] b\n\nAfter.\n")
    assert isinstance(note.body, Choice)
    assert plain(note.body.prompt) == "Which? Before."
    assert [(plain(o.children), o.right) for o in note.body.options] == [("a", True), ("b", False)]
    assert plain(note.body.answer) == "After."


def test_tags_in_the_prompt_are_words_not_signs() -> None:
    (note,) = notes_of("## Is C# `#x` older than F#? #lang #a/b-c #2\n\nYes.\n")
    assert note.tags == ()
    (note,) = notes_of("## Is C# older? #lang #a/b-c\n\nYes.\n")
    assert note.tags == ("lang", "a/b-c")
    assert isinstance(note.body, Basic)
    assert plain(note.body.prompt) == "Is C# older?"


# --- the tree -------------------------------------------------------------------------


def test_spans_are_the_lines_of_each_block() -> None:
    text = "# One\n\ntwo\nlines\n\n- item\n\n  more\n\n\n> quote\n\n```\ncode\n```\n"
    document = commonmark.parse(text, "x")
    spans = [(block.span.first, block.span.last) for block in document.blocks]
    assert spans == [(1, 1), (3, 4), (6, 8), (11, 11), (13, 15)]


def test_tags_left_open_are_text() -> None:
    document = commonmark.parse("*a <sub>b* c</sub> <i>d", "x")
    assert plain(document.blocks) == "a <sub>b c</sub> <i>d"


def test_anchor_and_style_of_a_heading() -> None:
    (heading,) = commonmark.parse("## A *b* {#key}", "x").blocks
    assert isinstance(heading, Heading)
    assert heading.anchor == "key"
    assert [type(inline) for inline in heading.children] == [Text, Styled]


@given(SIGNS)
def test_what_a_comment_says_is_never_shown(text: str) -> None:
    comment = text.replace(">", "").replace("-", "").replace("\n", " ")
    document = commonmark.parse(f"a <!-- {comment} hidden --> b", "x")
    assert plain(document.blocks) == "a b"
