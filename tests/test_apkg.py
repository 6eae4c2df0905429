"""Anki packages, as the real Anki takes them: `anki_driver.py` asks it in a process of its own."""

import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from deckpress.content import (
    Blocks,
    Code,
    CodeBlock,
    CommentBlock,
    Gap,
    Image,
    Inline,
    Math,
    Paragraph,
    Text,
)
from deckpress.exporters import Export, Setting
from deckpress.exporters.apkg import EXPORTER, Options, deck_id, spell_once
from deckpress.model import Basic, Body, Choice, Cloze, Deck, Media, Note, Option, cards
from deckpress.source import Span
from deckpress.templates import Templates

DRIVER = Path(__file__).with_name("anki_driver.py")
NOW = 1_700_000_000
HERE = Span(path="deck.md", first=7, last=9)
# The smallest picture there is: one grey pixel as GIF.
PIXEL = bytes.fromhex("474946383961010001008000008080800000002c00000000010001000002024401003b")


def says(*inlines: Inline | str) -> Blocks:
    """One paragraph."""
    found = (Text(text=i) if isinstance(i, str) else i for i in inlines)
    return (Paragraph(children=tuple(found), span=HERE),)


def gap(number: int, text: str, hint: str = "") -> Gap:
    return Gap(number=number, children=(Text(text=text),), hint=hint)


def note(key: str, body: Body, **more: Any) -> Note:
    return Note(**{"body": body, "span": HERE, "key": key, "modified": NOW, **more})


def basic(key: str, prompt: Blocks | str, answer: Blocks | str = "yes", **more: Any) -> Note:
    sides = [says(side) if isinstance(side, str) else side for side in (prompt, answer)]
    return note(key, Basic(prompt=sides[0], answer=sides[1]), **more)


def deck(*notes: Note, name: str = "Deck", **more: Any) -> Deck:
    return Deck(**{"name": name, "path": "deck.md", "notes": notes, **more})


def export(*decks: Deck, now: int = NOW, **options: bool) -> Export:
    setting = Setting(templates=Templates(), now=now, name="deck")
    return EXPORTER.export(decks, Options(**options), setting)


def package(*decks: Deck, now: int = NOW, **options: bool) -> bytes:
    """The bytes of a package from which nothing had to be left out."""
    made = export(*decks, now=now, **options)
    assert made.diagnostics == ()
    (artifact,) = made.artifacts
    return artifact.data


@cache
def ask(*packages: bytes) -> Any:
    """Import packages in order into a fresh collection, and hear what the real Anki says."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.apkg") for number, _ in enumerate(packages)]
        for path, data in zip(paths, packages, strict=True):
            path.write_bytes(data)
        done = subprocess.run(
            [sys.executable, "-W", "ignore", DRIVER, "report", *paths],
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["integrity"] == {"problems": "Database rebuilt and optimized.", "fine": True}
    assert report["empty"] == []
    assert report["missing"] == []
    assert report["unused"] == []
    return report


class Reader(HTMLParser):
    """The text of each element with a class, by that class, as a browser would show it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "hr", "img", "input"}:
            self.open.append(dict(attrs).get("class") or "")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own interface
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for name in {name for names in self.open for name in names.split()}:
            self.texts[name] = self.texts.get(name, "") + data


def part(side: str, name: str) -> str:
    """The text in the elements of one class on a side of a card."""
    reader = Reader()
    reader.feed(side)
    reader.close()
    return reader.texts.get(name, "").strip()


def by_guid(report: Any) -> dict[str, Any]:
    return {found["guid"]: found for found in report["notes"]}


# --- one of each kind -----------------------------------------------------------------

CHOICE = Choice(
    prompt=says("Which are right?"),
    options=(
        Option(children=says("first"), right=True),
        Option(children=says("second"), right=False),
        Option(children=says("third"), right=True),
    ),
    answer=says("Because."),
)
EACH_KIND = deck(
    basic("basic", "When?", "Now.", extra=says("More."), section=("Part one", "Detail")),
    note("both", Basic(prompt=says("la mariposa"), answer=says("the butterfly"), reverse=True)),
    note("typed", Basic(prompt=says("Who?"), answer=says("git ", Code(text="blame")), typed=True)),
    note(
        "cloze", Cloze(text=says("A ", gap(1, "DAG"), " has no ", gap(3, "cycles", "loops"), "."))
    ),
    note("choice", CHOICE, tags=("own tag",)),
    name="Root::Deck",
    source="https://example.org/deck",
    description="All *kinds*.",
    author="A. Author",
    licence="CC BY 4.0",
    lang="en",
)


def test_each_kind_of_note_becomes_cards() -> None:
    data = package(EACH_KIND)
    report = ask(data)
    assert report["imports"] == [{"new": 5, "updated": 0, "duplicate": 0, "conflicting": 0}]
    assert report["cards"] == export(EACH_KIND).cards == 7
    found = by_guid(report)
    assert {guid: n["type"].removeprefix("deckpress ") for guid, n in found.items()} == {
        "basic": "Basic",
        "both": "Basic",
        "typed": "Basic",
        "cloze": "Cloze",
        "choice": "Choice",
    }
    ordinals = {guid: [card["ordinal"] for card in n["cards"]] for guid, n in found.items()}
    assert ordinals == {"basic": [0], "both": [0, 1], "typed": [0], "cloze": [0, 2], "choice": [0]}
    assert all(n["mod"] == NOW for n in found.values())
    assert all(n["fields"]["Key"] == guid for guid, n in found.items())


def test_cards_are_studied_in_the_order_of_the_source() -> None:
    # The times go the other way, and must not matter.
    notes = [basic(f"k{i}", f"Q{i}", modified=NOW - i * 100) for i in range(12)]
    report = ask(package(deck(*notes)))
    due = {guid: [card["due"] for card in n["cards"]] for guid, n in by_guid(report).items()}
    assert due == {f"k{i}": [i + 1] for i in range(12)}


def test_decks_nest_by_name_and_section() -> None:
    report = ask(package(EACH_KIND))
    assert set(report["decks"]) == {"Default", "Root", "Root::Deck", "Root::Deck::Part one"}
    found = {g: {c["deck"] for c in n["cards"]} for g, n in by_guid(report).items()}
    assert found["basic"] == {"Root::Deck::Part one"}
    assert found["cloze"] == {"Root::Deck"}


def test_a_deck_says_what_it_is_and_its_parts_do_not() -> None:
    decks = ask(package(EACH_KIND))["decks"]
    assert decks["Root::Deck"] == {
        "description": "All *kinds*.\n\nBy A. Author  \nLicence: CC BY 4.0  \n"
        "Source: https://example.org/deck",
        "markdown": True,
    }
    assert decks["Root"]["description"] == ""
    assert decks["Root::Deck::Part one"]["description"] == ""


def test_tags_are_the_notes_own_and_its_section() -> None:
    found = by_guid(ask(package(EACH_KIND)))
    assert found["basic"]["tags"] == ["Part-one::Detail"]
    assert found["choice"]["tags"] == ["own-tag"]
    assert by_guid(ask(package(EACH_KIND, tags=False)))["basic"]["tags"] == []


def test_sections_need_no_decks_of_their_own() -> None:
    assert set(ask(package(EACH_KIND, subdecks=False))["decks"]) == {
        "Default",
        "Root",
        "Root::Deck",
    }


def test_a_basic_card_shows_where_it_belongs_and_more_on_the_back() -> None:
    found = by_guid(ask(package(EACH_KIND)))["basic"]
    (card,) = found["cards"]
    assert part(card["question"], "context") == "Root › Deck › Part one › Detail"
    assert part(card["question"], "prompt") == "When?"
    assert part(card["question"], "extra") == part(card["question"], "source") == ""
    assert part(card["answer"], "prompt") == "When?"
    assert part(card["answer"], "answer") == "Now."
    assert part(card["answer"], "extra") == "More."
    assert part(card["answer"], "source") == "https://example.org/deck"
    assert '<a href="https://example.org/deck" rel="noopener">' in card["answer"]
    assert 'lang="en"' in card["question"]
    assert found["fields"]["Link"] == found["fields"]["Source"] == "https://example.org/deck"


def test_without_a_source_the_path_is_shown_and_no_line_number() -> None:
    ((found,),) = (ask(package(deck(basic("k", "Q"))))["notes"],)
    assert found["fields"]["Source"] == "deck.md"
    assert found["fields"]["Link"] == ""
    assert part(found["cards"][0]["answer"], "source") == "deck.md"


def test_the_second_card_asks_backwards() -> None:
    forward, backward = by_guid(ask(package(EACH_KIND)))["both"]["cards"]
    assert (
        part(forward["question"], "prompt") == part(backward["answer"], "answer") == "la mariposa"
    )
    assert part(backward["question"], "prompt") == part(forward["answer"], "answer")
    assert part(backward["question"], "prompt") == "the butterfly"


def test_a_typed_card_has_a_box_for_plain_text() -> None:
    found = by_guid(ask(package(EACH_KIND)))["typed"]
    assert found["fields"]["Expected"] == "git blame"
    assert found["fields"]["Answer"] == "<p>git <code>blame</code></p>"
    (card,) = found["cards"]
    assert card["question"].count("[[type:Expected]]") == 1
    assert card["answer"].count("[[type:Expected]]") == 1


def test_a_card_asked_both_ways_may_be_typed_too() -> None:
    body = Basic(prompt=says("uno"), answer=says("one"), reverse=True, typed=True)
    (found,) = ask(package(deck(note("k", body))))["notes"]
    forward, backward = found["cards"]
    assert "[[type:Expected]]" in forward["question"]
    assert "[[type:" not in backward["question"]


def test_a_cloze_card_hides_one_number() -> None:
    first, third = by_guid(ask(package(EACH_KIND)))["cloze"]["cards"]
    assert part(first["question"], "text") == "A [...] has no cycles."
    assert part(third["question"], "text") == "A DAG has no [loops]."
    assert part(third["answer"], "text") == "A DAG has no cycles."
    assert part(third["answer"], "cloze") == "cycles"


def test_a_choice_card_marks_what_is_right_on_the_back_only() -> None:
    found = by_guid(ask(package(EACH_KIND)))["choice"]
    assert found["fields"]["Right"] == "1,3"
    (card,) = found["cards"]
    assert part(card["question"], "options").split() == ["first", "second", "third"]
    assert part(card["question"], "sign") == part(card["question"], "right") == ""
    assert part(card["answer"], "right").replace("\n", "") == "first✓third✓"
    assert part(card["answer"], "wrong") == "second"
    assert part(card["answer"], "answer") == "Because."


# --- text is text ---------------------------------------------------------------------

LITERAL = (
    "[sound:x.mp3]",
    "[latex]x[/latex]",
    "[$]x[/$]",
    "[$$]x[/$$]",
    "[anki:tts lang=en_US]x[/anki:tts]",
    "[anki:play:q:0]",
    "[[type:Prompt]]",
    r"write \(x\) or \[x\], \\(x\\)",
    "{{Prompt}} {{#Answer}} {{FrontSide}} {% x %}",
    "{{c1::not a gap::hint}}",
    "{{c2::",
    "}} :: {{{c9::x}}}",
    "a < b && c > \"d\" 'e' &amp; &lt; <script>alert(1)</script>",
    "<!-- {{Prompt}} -->",
)


@pytest.mark.parametrize("make", ["text", "code", "block"])
def test_literal_text_reaches_the_card(make: str) -> None:
    def prompt(text: str) -> Blocks:
        match make:
            case "text":
                return says(text)
            case "code":
                return says("x", Code(text=text), "x")
            case _:
                return (CodeBlock(text=text, language="", span=HERE),)

    more: Callable[[str], str] = lambda text: f"x{text}x" if make == "code" else text  # noqa: E731
    notes = [basic(f"b{i}", prompt(text)) for i, text in enumerate(LITERAL)]
    notes += [
        note(f"c{i}", Cloze(text=says(gap(1, "gap")) + prompt(text), prompt=prompt(text)))
        for i, text in enumerate(LITERAL)
    ]
    found = by_guid(ask(package(deck(*notes))))
    for i, text in enumerate(LITERAL):
        (card,) = found[f"b{i}"]["cards"]
        assert part(card["question"], "prompt") == more(text)
        (card,) = found[f"c{i}"]["cards"]
        assert part(card["question"], "prompt") == more(text)
        assert part(card["question"], "text") == f"[...]\n{more(text)}"
        assert part(card["answer"], "text") == f"gap\n{more(text)}"
        if make == "text":
            assert not re.search(r"\\[(\[]", card["answer"])


@pytest.mark.parametrize("text", [*LITERAL, "f({a:{b:1}})", "std::vector<std::pair>", "a:", "{x}"])
def test_literal_text_may_be_hidden_and_be_a_hint(text: str) -> None:
    code = Gap(number=2, children=(Code(text=text),), hint=text)
    (found,) = ask(package(deck(note("k", Cloze(text=says(gap(1, text, text), " ", code))))))[
        "notes"
    ]
    first, second = found["cards"]
    assert part(first["question"], "text") == f"[{text}] {text}"
    assert part(second["question"], "text") == f"{text} [{text}]"
    assert part(second["answer"], "text") == f"{text} {text}"
    assert part(first["answer"], "cloze") == part(second["answer"], "cloze") == text


def test_literal_text_may_describe_a_picture() -> None:
    media = (Media(src="a.gif", name="a-1.gif", data=PIXEL),)
    pictures = [Image(src="a.gif", alt=text, title=text) for text in LITERAL]
    shows = says(*pictures)
    notes = (basic("b", shows), note("c", Cloze(text=says(gap(1, "x")) + shows)))
    found = by_guid(ask(package(deck(*notes, media=media))))
    for key in ("b", "c"):
        seen = re.findall(r'<img src="a-1.gif" alt="([^"]*)" title="([^"]*)">', shown(found, key))
        assert [(unescape(a), unescape(b)) for a, b in seen] == [(t, t) for t in LITERAL]


def shown(found: dict[str, Any], key: str) -> str:
    return str(found[key]["cards"][0]["question"])


def test_no_field_of_a_cloze_note_makes_a_card_by_accident() -> None:
    literal = "{{c5::x}}"
    body = Cloze(text=says(gap(1, "a")), prompt=says(literal, gap(4, "open")))
    noted = note("{{c6::k}}", body, extra=says(literal, Code(text=literal)), section=(literal,))
    report = ask(package(deck(noted, name=literal, source="https://x/{{c7::y}}")))
    # The count is taken after Anki's own check, which makes the cards that it thinks are missing.
    assert report["cards"] == 1


def test_formulas_keep_their_delimiters_in_every_kind_of_note() -> None:
    tex = r"\frac{a_{b}}{c} < \text{[sound:x]}"
    math = Math(tex=tex)
    hidden = Gap(number=1, children=(math,))
    found = by_guid(
        ask(package(deck(basic("b", says(math)), note("c", Cloze(text=says(hidden, " ", math))))))
    )
    assert part(found["b"]["cards"][0]["question"], "prompt") == f"\\({tex}\\)"
    assert part(found["c"]["cards"][0]["question"], "text") == f"[...] \\({tex}\\)"
    assert part(found["c"]["cards"][0]["answer"], "cloze") == f"\\({tex}\\)"


def test_a_key_may_be_any_text() -> None:
    key = 'a "quoted" <key> & {{c1::x}} [sound:x]'
    (found,) = ask(package(deck(basic(key, "Q"), source='https://x/" onclick="y')))["notes"]
    assert found["guid"] == key
    assert '<a href="https://x/&quot; onclick=&quot;y" rel' in found["cards"][0]["answer"]


# --- media ----------------------------------------------------------------------------


def test_pictures_and_sound_come_along_once() -> None:
    media = (
        Media(src="pic/a b.gif", name="a-b-1234.gif", data=PIXEL),
        Media(src="./pic/a b.gif", name="a-b-1234.gif", data=PIXEL),
        Media(src="say.mp3", name="say-5678.mp3", data=b"ID3sound"),
    )
    shows = basic(
        "k",
        says("See ", Image(src="pic/a b.gif", alt="a dot"), Image(src="say.mp3", alt="")),
        says(Image(src="./pic/a b.gif", alt="again")),
    )
    report = ask(package(deck(shows, media=media), deck(name="Other", media=media)))
    assert report["media"] == ["a-b-1234.gif", "say-5678.mp3"]
    (found,) = report["notes"]
    assert "[sound:say-5678.mp3]" in found["fields"]["Prompt"]
    assert '<img src="a-b-1234.gif" alt="again">' in found["cards"][0]["answer"]


def test_a_prompt_may_be_a_picture_alone() -> None:
    media = (Media(src="a.gif", name="a-1.gif", data=PIXEL),)
    shows = basic("k", says(Image(src="a.gif", alt="")))
    assert ask(package(deck(shows, media=media)))["cards"] == 1


# --- again and again ------------------------------------------------------------------


def test_a_second_import_changes_nothing() -> None:
    report = ask(package(EACH_KIND), package(EACH_KIND, now=NOW + 1000))
    assert report["imports"][1] == {"new": 0, "updated": 0, "duplicate": 5, "conflicting": 0}
    assert report["cards"] == 7
    assert sum(kind["name"].startswith("deckpress") for kind in report["types"]) == 3


def test_an_edit_with_a_later_time_updates_one_note() -> None:
    first, *rest = EACH_KIND.notes
    edited = basic("basic", "When?", "Later.", modified=NOW + 60, section=first.section)
    report = ask(package(EACH_KIND), package(replace(EACH_KIND, notes=(edited, *rest))))
    assert report["imports"][1] == {"new": 0, "updated": 1, "duplicate": 4, "conflicting": 0}
    assert by_guid(report)["basic"]["fields"]["Answer"] == "<p>Later.</p>"


def test_asking_both_ways_or_typed_later_is_an_update_of_the_same_note() -> None:
    """A note type of its own for each would be a conflict, and the edit would never arrive."""
    plainly = deck(note("k", Basic(prompt=says("a"), answer=says("b"))))
    asked = Basic(prompt=says("a"), answer=says("b"), reverse=True, typed=True)
    both = deck(note("k", asked, modified=NOW + 60))
    report = ask(package(plainly), package(both))
    assert report["imports"][1] == {"new": 0, "updated": 1, "duplicate": 0, "conflicting": 0}
    (found,) = report["notes"]
    assert [card["ordinal"] for card in found["cards"]] == [0, 1]
    assert found["fields"]["Expected"] == "b"


def test_a_new_gap_adds_a_card() -> None:
    before = deck(note("k", Cloze(text=says(gap(1, "a"), " b"))))
    after = deck(note("k", Cloze(text=says(gap(1, "a"), " ", gap(2, "b"))), modified=NOW + 1))
    report = ask(package(before), package(after))
    assert [card["ordinal"] for card in report["notes"][0]["cards"]] == [0, 1]


def test_a_new_look_reaches_the_learner(tmp_path: Path) -> None:
    place = tmp_path / "templates/anki"
    place.mkdir(parents=True)
    (place / "style.css").write_text(".card { color: teal }", encoding="utf-8")
    setting = Setting(templates=Templates((place.parent,)), now=NOW + 60, name="deck")
    restyled = EXPORTER.export((EACH_KIND,), Options(), setting).artifacts[0].data
    report = ask(package(EACH_KIND), restyled)
    assert report["imports"][1]["duplicate"] == 5
    ours = [kind for kind in report["types"] if kind["name"].startswith("deckpress")]
    assert len(ours) == 3
    assert all(kind["style"].startswith(".card { color: teal }") for kind in ours)


def test_ids_of_fields_and_templates_arrive() -> None:
    kinds = {kind["name"]: kind for kind in ask(package(EACH_KIND))["types"]}
    assert kinds["deckpress Basic"]["fields"][0] == ["Prompt", 167686385959600]
    assert kinds["deckpress Basic"]["templates"] == [
        ["Forward", 167686385959650],
        ["Backward", 167686385959651],
    ]


# --- names ----------------------------------------------------------------------------


def test_decks_that_differ_in_case_or_accents_are_one() -> None:
    report = ask(
        package(
            deck(basic("a", "Q", section=("Café",)), name="Deck"),
            deck(basic("b", "Q", section=("CAFE\u0301",)), name="DECK"),
            deck(basic("c", "Q"), name="deck::café::More"),
        )
    )
    assert set(report["decks"]) == {"Default", "Deck", "Deck::Café", "Deck::Café::More"}
    assert {n["cards"][0]["deck"] for n in report["notes"]} == {"Deck::Café", "Deck::Café::More"}


def test_titles_cannot_nest_decks_by_accident() -> None:
    notes = [
        basic("a", "Q", section=("std::vector", "std::map")),
        basic("b", "Q", section=("  Which:  ",)),
        basic("c", "Q", section=("",)),
        basic("d", "Q", section=("a\nb\x1f",)),
    ]
    report = ask(package(deck(*notes, name=" A :: :: B ")))
    names = {"std:vector", "Which", "a b"}
    assert set(report["decks"]) == {"Default", "A", "A::B", *(f"A::B::{name}" for name in names)}
    assert by_guid(report)["a"]["tags"] == ["std:vector::std:map"]


def test_a_deck_may_be_called_default() -> None:
    report = ask(package(deck(basic("a", "Q"), name="Default")))
    assert set(report["decks"]) == {"Default"}


def test_tags_that_differ_in_case_are_one() -> None:
    report = ask(
        package(deck(basic("a", "Q", tags=("One", "ONE")), basic("b", "Q", tags=("one",))))
    )
    assert [n["tags"] for n in report["notes"]] == [["One"], ["One"]]


def test_names_are_spelled_as_they_were_first() -> None:
    assert spell_once(["A::b", "a::B::c", "d"]) == {"A::b": "A::b", "a::B::c": "A::b::c", "d": "d"}


def test_deck_ids_follow_from_names_and_fit_a_javascript_number() -> None:
    assert deck_id("A::é") == deck_id("a::e\u0301")
    assert deck_id("a") != deck_id("b")
    assert all(2**32 <= deck_id(str(i)) < 2**53 for i in range(1000))


# --- what cannot be asked -------------------------------------------------------------


@pytest.mark.parametrize(
    ("left_out", "code"),
    [
        (basic("k", ()), "E510"),
        (basic("k", says(" \n ")), "E510"),
        (basic("k", (CommentBlock(text="only", span=HERE),)), "E510"),
        (note("k", Choice(prompt=(), options=CHOICE.options)), "E510"),
        (note("k", Cloze(text=says("no gap"))), "E511"),
        (basic("fine", "Another question?"), "E512"),
        (basic("", "No key?"), "E513"),
        (note("k", Cloze(text=says(gap(0, "a")))), "E514"),
        (note("k", Cloze(text=says(gap(501, "a")))), "E514"),
    ],
)
def test_a_note_that_cannot_be_asked_is_left_out_aloud(left_out: Note, code: str) -> None:
    made = export(deck(basic("fine", "Q"), left_out))
    (problem,) = made.diagnostics
    assert problem.code == code
    assert problem.span == HERE
    assert problem.help
    assert made.cards == 1
    assert [n["guid"] for n in ask(made.artifacts[0].data)["notes"]] == ["fine"]


def test_the_last_gap_number_is_anki_s() -> None:
    report = ask(package(deck(note("k", Cloze(text=says(gap(500, "a")))))))
    assert [card["ordinal"] for card in report["notes"][0]["cards"]] == [499]


def test_an_empty_answer_cannot_be_asked_backwards() -> None:
    made = export(deck(note("k", Basic(prompt=says("Q"), answer=(), reverse=True))))
    assert [problem.code for problem in made.diagnostics] == ["E515"]
    assert made.cards == 1
    assert ask(made.artifacts[0].data)["cards"] == 1


def test_tags_that_anki_drops_are_named() -> None:
    made = export(deck(basic("k", "Q", tags=("Leech", "fine", "marked"))))
    assert [problem.code for problem in made.diagnostics] == ["W516", "W516"]


def test_no_notes_make_a_package_without_cards() -> None:
    assert export(deck()).cards == 0
    assert ask(package(deck()))["cards"] == 0


# --- bytes ----------------------------------------------------------------------------


def database(data: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        connection.deserialize(archive.read("collection.anki2"))
    return connection


def test_ids_are_times_unique_and_never_zero() -> None:
    notes = [basic(f"k{i}", "Q", modified=[0, 5, 5, 4][i % 4]) for i in range(4000)]
    connection = database(package(deck(*notes), now=1))
    ids = [row[0] for row in connection.execute("SELECT id FROM notes")]
    ids += [row[0] for row in connection.execute("SELECT id FROM cards")]
    assert len(set(ids)) == 8000
    assert min(ids) >= 1000
    assert min(row[0] for row in connection.execute("SELECT mod FROM notes")) == 1


def test_a_build_at_time_zero_is_not_at_time_zero() -> None:
    """SOURCE_DATE_EPOCH=0 is a habit; Anki's own check breaks on ids and times of 0."""
    assert ask(package(deck(basic("k", "Q", modified=0)), now=0))["notes"][0]["mod"] == 1


def test_the_zip_has_no_clock_and_the_database_no_version() -> None:
    with zipfile.ZipFile(BytesIO(package(EACH_KIND))) as archive:
        members = archive.infolist()
        header = archive.read("collection.anki2")[96:100]
    assert [member.filename for member in members] == ["collection.anki2", "media"]
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert int.from_bytes(header, "big") == 3_040_000


def test_a_package_depends_on_nothing_but_its_content() -> None:
    digests = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Kathmandu")):
        variables = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, __file__], env=variables, capture_output=True, check=True, timeout=60
        )
        digests.add(done.stdout)
    assert digests == {hashlib.sha256(package(EACH_KIND)).hexdigest().encode()}


def test_cards_are_those_of_the_model() -> None:
    assert export(EACH_KIND).cards == sum(len(cards(n)) for n in EACH_KIND.notes)


if __name__ == "__main__":
    sys.stdout.write(hashlib.sha256(package(EACH_KIND)).hexdigest())
