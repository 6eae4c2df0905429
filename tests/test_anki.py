"""Note types that may never change, names as Anki keeps them, and colours one can read."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckpress import anki
from deckpress.anki import NOTE_TYPES
from deckpress.anki_text import clean_deck, clean_level, clean_tag, fold, join_tag
from deckpress.templates import Templates

TEMPLATES = Templates()


# --- note types -----------------------------------------------------------------------

KNOWN = (
    "Extra, Hint, Context, Source, Link, Language, Media, Key, Spare 1, Spare 2, Spare 3, Spare 4"
)
BASIC = f"Prompt, Answer, Expected, Backward, {KNOWN}"


@pytest.mark.parametrize(
    ("name", "ident", "fields", "templates"),
    [
        ("deckpress Basic", 1676863859596, BASIC, "Forward, Backward"),
        ("deckpress Cloze", 1609935210419, f"Text, Prompt, {KNOWN}", "Cloze"),
        (
            "deckpress Choice",
            1676654348150,
            f"Prompt, Options, Marked, Right, Order, Answer, {KNOWN}",
            "Choice",
        ),
    ],
)
def test_a_note_type_is_what_learners_have(
    name: str, ident: int, fields: str, templates: str
) -> None:
    """If this goes red, do not change the test: learners would get no more updates."""
    (kind,) = (kind for kind in NOTE_TYPES if kind.name == name)
    assert kind.ident == ident
    assert [field.name for field in kind.fields] == fields.split(", ")
    assert [template.name for template in kind.templates] == templates.split(", ")
    assert [field.ident for field in kind.fields] == [
        ident * 100 + place for place in range(len(kind.fields))
    ]
    assert [template.ident for template in kind.templates] == [
        ident * 100 + 50 + place for place in range(len(kind.templates))
    ]


def test_ids_are_unique_and_fit_a_javascript_number() -> None:
    parts = [field.ident for kind in NOTE_TYPES for field in kind.fields]
    parts += [template.ident for kind in NOTE_TYPES for template in kind.templates]
    assert len(set(parts)) == len(parts)
    assert max(parts) < 2**53
    assert all(len(kind.fields) <= 50 for kind in NOTE_TYPES)


def test_templates_name_only_fields_that_there_are() -> None:
    for kind in NOTE_TYPES:
        names = {field.name for field in kind.fields} | {"FrontSide"}
        for template in kind.templates:
            sides = anki.read_sides(template, TEMPLATES)
            for name in re.findall(r"\{\{[#^/]?(?:\w+:)?(.+?)\}\}", sides.front + sides.back):
                assert name in names


def test_templates_ask_the_net_for_nothing() -> None:
    style = anki.read_style(TEMPLATES)
    sides = [anki.read_sides(t, TEMPLATES) for kind in NOTE_TYPES for t in kind.templates]
    for text in (style, *(side.front + side.back for side in sides)):
        assert "//" not in re.sub(r"^// .*$", "", text, flags=re.MULTILINE)
        assert "@import" not in text
        assert "url(" not in text


# --- names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a::b", "a::b"),
        (" a :: b ", "a::b"),
        ("a::::b", "a::b"),
        ("::a::", "a"),
        ("a\nb\x1f::c", "a b::c"),
        ("what?:::b", "what?::b"),
        ("cafe\u0301", "caf\u00e9"),
        ("", ""),
        (":: ::", ""),
    ],
)
def test_a_deck_is_named_as_anki_would_keep_it(name: str, expected: str) -> None:
    assert clean_deck(name) == expected


def test_a_title_never_nests_a_deck() -> None:
    assert clean_level("std::vector: why?") == "std:vector: why?"
    assert clean_level("Which of these:") == "Which of these"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("a", "a"),
        ("a::b", "a::b"),
        ("machine learning", "machine-learning"),
        ("a\u3000b\tc", "a-b-c"),
        ("Docker - basics", "Docker-basics"),
        ("Models: what, and why", "Models-what-and-why"),
        ("::a::", "a"),
        ("a:: ::b", "a::b"),
        ("C++", "C++"),
        (" \x1f ", ""),
    ],
)
def test_a_tag_is_written_as_anki_would_keep_it(tag: str, expected: str) -> None:
    assert clean_tag(tag) == expected


def test_a_section_is_one_nested_tag() -> None:
    assert join_tag(("Part one", "std::vector", " ")) == "Part-one::std:vector"


@given(st.text())
def test_cleaning_again_changes_nothing(text: str) -> None:
    for clean in (clean_deck, clean_level, clean_tag):
        assert clean(clean(text)) == clean(text)
    assert not re.search(r"\s", clean_tag(text))


def test_case_and_accents_do_not_part_names() -> None:
    assert fold("CAFE\u0301") == fold("caf\u00e9")


# --- colours --------------------------------------------------------------------------

Colours = dict[str, str]
VARIABLE = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")


def colours(*, night: bool) -> Colours:
    """The named colours of the style sheet; the night's come on top of the day's."""
    found: Colours = {}
    style = re.sub(r"/\*.*?\*/", "", anki.read_style(TEMPLATES), flags=re.DOTALL)
    for block in re.finditer(r"([^{}]*)\{([^{}]*)\}", style):
        if night or "night" not in block[1]:
            found |= dict(VARIABLE.findall(block[2]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs() -> Iterator[tuple[str, str]]:
    """Every text colour with every ground it stands on."""
    for text in ("ink", "soft", "link", "gap", "right", "wrong"):
        yield text, "paper"
        yield text, "wash"
    for text in ("comment", "keyword", "string", "number", "name", "type", "tag"):
        yield f"code-{text}", "wash"
    yield from (("ink", "right-wash"), ("right", "right-wash"), ("wrong", "wrong-wash"))
    yield from (("ink", "wrong-wash"), ("soft", "wrong-wash"), ("ink", "marker"))
    yield from (("paper", "link"), ("paper", "right"), ("paper", "wrong"))


def test_contrast_is_measured_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_all_text_can_be_read(night: bool) -> None:  # noqa: FBT001
    named = colours(night=night)
    weak = {(a, b): contrast(named[a], named[b]) for a, b in pairs()}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


def test_the_night_has_a_colour_of_its_own_for_each_of_the_day() -> None:
    day, night = colours(night=False), colours(night=True)
    assert all(day[name] != night[name] for name in day)


def test_every_colour_in_use_has_a_name() -> None:
    """A colour outside the named ones would be the same by day and by night."""
    outside = re.sub(r"--[\w-]+:[^;]*;", "", anki.read_style(TEMPLATES))
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(", outside) == []


def test_braces_of_the_style_sheet_are_paired() -> None:
    depths = [0]
    for character in anki.read_style(TEMPLATES):
        depths.append(depths[-1] + (character == "{") - (character == "}"))
    assert depths[-1] == 0
    assert all(0 <= b <= 2 for _, b in pairwise(depths))
