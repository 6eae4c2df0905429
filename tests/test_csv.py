"""CSV files: what another CSV reader, and the real Anki, find in them."""

import contextlib
import csv
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckpress.content import (
    Blocks,
    CodeBlock,
    Gap,
    Image,
    Inline,
    Math,
    Paragraph,
    Style,
    Styled,
    Text,
)
from deckpress.exporters import Export, Setting, find
from deckpress.exporters.csv import Options, export
from deckpress.exporters.csv_profile import Profile, Separator
from deckpress.exporters.csv_profile_reader import names, read
from deckpress.model import Basic, Body, Choice, Cloze, Deck, Note, Option
from deckpress.source import Span
from deckpress.templates import Templates, packaged

HERE = Span(path="deck.md", first=1, last=1)


def text(*parts: str | Inline) -> Blocks:
    found = tuple(Text(text=part) if isinstance(part, str) else part for part in parts)
    return (Paragraph(children=found, span=HERE),)


def gap(number: int, words: str, hint: str = "") -> Gap:
    return Gap(number=number, children=(Text(text=words),), hint=hint)


def note(body: Body, line: int = 1, **changes: Any) -> Note:
    key = changes.pop("key", f"key-{line}")
    return Note(body=body, span=Span(path="deck.md", first=line, last=line), key=key, **changes)


def basic(prompt: str = "Q?", answer: str = "A.", line: int = 1, **changes: Any) -> Note:
    return note(Basic(prompt=text(prompt), answer=text(answer)), line, **changes)


def deck(*notes: Note, name: str = "MLOps") -> Deck:
    return Deck(name=name, path="deck.md", notes=notes)


def setting(*folders: Path) -> Setting:
    return Setting(templates=Templates(folders), now=1_700_000_000, name="mlops")


def press(*decks: Deck, profile: str = "plain", folder: Path | None = None) -> Export:
    return export(decks, Options(profile=profile), setting(*([folder] if folder else [])))


def data(made: Export) -> bytes:
    (artifact,) = made.artifacts
    assert artifact.suffix == ".csv"
    return artifact.data


def table(made: Export, separator: str = ",") -> list[list[str]]:
    """The rows, as Python's own reader finds them."""
    return list(csv.reader(io.StringIO(data(made).decode(), newline=""), delimiter=separator))


def codes(made: Export) -> list[str]:
    return [diagnostic.code for diagnostic in made.diagnostics]


CHOICE = Choice(
    prompt=text("Which one runs on Kubernetes?"),
    options=(Option(children=text("KFP"), right=True), Option(children=text("cron"), right=False)),
    answer=text("Each step is a pod."),
)
CLOZE = Cloze(text=text(gap(1, "Kubeflow"), " runs ", gap(2, "pods", "what?"), "."))


# --- the profile `plain` --------------------------------------------------------------


def test_the_default_profile_is_plain() -> None:
    assert Options() == Options(profile="plain")
    assert find("csv").options is Options


def test_plain_has_a_header_and_a_row_a_card() -> None:
    made = press(
        deck(
            basic("What is KFP?", "Pipelines on Kubernetes.", tags=("mlops", "big data")),
            note(CLOZE, 2),
            note(CHOICE, 3),
            note(Basic(prompt=text("front"), answer=text("back"), reverse=True), 4),
        )
    )
    assert table(made) == [
        ["prompt", "answer", "tags", "deck", "kind"],
        ["What is KFP?", "Pipelines on Kubernetes.", "mlops big-data", "MLOps", "basic"],
        ["[…] runs pods.", "Kubeflow runs pods.", "", "MLOps", "cloze"],
        ["Kubeflow runs [what?].", "Kubeflow runs pods.", "", "MLOps", "cloze"],
        [
            "Which one runs on Kubernetes?\n\n[ ] KFP\n[ ] cron",
            "[x] KFP\n[ ] cron\n\nEach step is a pod.",
            "",
            "MLOps",
            "choice",
        ],
        ["front", "back", "", "MLOps", "basic"],
        ["back", "front", "", "MLOps", "basic"],
    ]
    assert made.cards == 6
    assert made.diagnostics == ()


def test_plain_is_the_csv_of_rfc_4180() -> None:
    """CRLF after each row, quotes only where they are needed and doubled inside; no mark."""
    made = press(deck(basic('Say "hi", please', "one\ntwo")))
    assert data(made) == (
        b"prompt,answer,tags,deck,kind\r\n"
        b'"Say ""hi"", please","one\ntwo",,MLOps,basic\r\n'
    )  # fmt: skip


def test_a_section_is_a_deck_and_a_tag() -> None:
    sections = ("Tools", "KFP v2")
    made = press(deck(basic(section=sections, tags=("x",))), deck(basic(line=2), name=""))
    assert [row[2:4] for row in table(made)[1:]] == [
        ["x Tools::KFP-v2", "MLOps::Tools"],
        ["", "mlops"],
    ]


def test_decks_and_tags_are_those_of_the_package(tmp_path: Path) -> None:
    """A learner may go from one to the other and finds everything in its place."""
    notes = (
        basic(line=1, section=("Tools: a survey", "KFP v2"), tags=("big data", "a::b", "big data")),
        basic(line=2, section=("1 :: Start",), tags=("x, y", "::")),
        note(CLOZE, 3),
    )
    decks = (deck(*notes[:2], name=" ML ::Ops: "), deck(notes[2], name=""))
    apkg = find("apkg")
    (package,) = apkg.export(decks, apkg.options(), setting()).artifacts
    found = {
        row["key"]: (row["deck"], row["tags"])
        for row in csv.DictReader(
            io.StringIO(
                data(with_profile('columns = ["key", "deck", "tags"]', *decks)).decode(), newline=""
            )
        )
    }
    assert found == decks_and_tags(package.data, tmp_path)


def decks_and_tags(package: bytes, folder: Path) -> dict[str, tuple[str, str]]:
    """The deck and the tags of each note of a package, from its database."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        database = sqlite3.connect(archive.extract("collection.anki2", folder))
    with contextlib.closing(database):
        (decks,) = database.execute("select decks from col").fetchone()
        rows = database.execute(
            "select distinct guid, did, tags from notes join cards on nid = notes.id"
        ).fetchall()
    names = {int(ident): found["name"] for ident, found in json.loads(decks).items()}
    return {guid: (names[did], " ".join(tags.split())) for guid, did, tags in rows}


def test_extra_stands_below_a_line() -> None:
    made = press(deck(basic(extra=text("See the manual."))))
    assert table(made)[1][1] == "A.\n\n* * *\n\nSee the manual."
    alone = press(deck(note(CLOZE, extra=text("Why so?"))))
    assert table(alone)[1][1].endswith("pods.\n\n* * *\n\nWhy so?")


nasty = st.text(st.sampled_from("\"',;\t|\n\r #=+-@\\ab é\u2028\x0b\ufeff\x00{}"), max_size=12)
code = st.builds(lambda words: (CodeBlock(text=words, language="", span=HERE),), nasty)


@given(st.lists(st.tuples(code, code, nasty), max_size=4))
def test_another_reader_finds_the_same_values(pairs: list[tuple[Blocks, Blocks, str]]) -> None:
    """Code is written as it is, so its text can be foreseen: but for white space at line ends."""
    notes = [note(Basic(prompt=p, answer=a), n) for n, (p, a, _) in enumerate(pairs)]
    made = press(deck(*notes))
    expected = [[plain_code(p), plain_code(a)] for p, a, _ in pairs if plain_code(p).strip()]
    assert [row[:2] for row in table(made)[1:]] == expected
    assert all(len(row) == 5 for row in table(made))
    assert made.cards == len(expected)


def plain_code(blocks: Blocks) -> str:
    (block,) = blocks
    assert isinstance(block, CodeBlock)
    lines = [line.rstrip() for line in block.text.split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return "\n".join(lines)


@given(st.lists(nasty, min_size=1, max_size=3), st.sampled_from(Separator))
def test_any_separator_and_number_of_columns(keys: list[str], separator: Separator) -> None:
    """Keys are written untouched; one column alone may be empty in a row."""
    profile = f'columns = ["key"]\nheader = "none"\nseparator = "{separator}"\n'
    notes = [basic(line=n, key=key) for n, key in enumerate(keys)]
    made = with_profile(profile, deck(*notes))
    mark = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}[separator]
    assert table(made, mark) == [[key] for key in keys]


def with_profile(profile: str, *decks: Deck) -> Export:
    """Export by a profile of the project's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "csv", "own.toml")
        path.parent.mkdir()
        path.write_text(profile, encoding="utf-8")
        return press(*decks, profile="own", folder=Path(folder))


# --- what is reported -----------------------------------------------------------------

CAT = Image(src="img/a%20cat.png", alt="a cat")
DOG = Image(src="dog.mp3", alt="")
FAR = Image(src="https://example.org/far.png", alt="far")


def test_what_a_text_file_cannot_carry_is_named_once_a_note() -> None:
    both = Basic(prompt=text("What is ", CAT, "?"), answer=text(CAT), reverse=True)
    made = press(deck(note(both, 3), basic(line=4), note(CLOZE, 5, extra=text(CAT, DOG))))
    assert [(d.code, d.span and d.span.first) for d in made.diagnostics] == [
        ("I525", 3),
        ("W526", 5),
    ]
    assert "img/a cat.png" in made.diagnostics[0].message
    assert "dog.mp3" in made.diagnostics[1].message
    assert table(made)[1][0] == "What is [a cat]?"


def test_of_many_files_some_are_named_and_all_counted() -> None:
    images = [Image(src=f"{n}.png", alt="x") for n in range(5)]
    (found,) = press(deck(note(Basic(prompt=text(*images), answer=())))).diagnostics
    assert "0.png, 1.png, 2.png and 2 more" in found.message


@pytest.mark.parametrize("words", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\uff1d1", "-", "-1-"])
def test_what_a_spreadsheet_would_compute_is_reported_and_kept(words: str) -> None:
    made = press(deck(basic("Q?", words, line=7)))
    assert table(made)[1][1] == words
    (found,) = made.diagnostics
    assert found.code == "W527"
    assert found.span is not None
    assert found.span.first == 7
    assert "answer" in found.message


@pytest.mark.parametrize("words", ["-5", "+3.14", "-1,000", "+20 %", "a=b", "1-2", "(=)"])
def test_numbers_and_other_words_are_no_formula(words: str) -> None:
    assert codes(press(deck(basic("Q?", words)))) == []


def test_a_formula_is_nothing_to_anki() -> None:
    assert codes(press(deck(basic("=1+1", "-x")), profile="anki")) == []


@pytest.mark.parametrize("profile", ["plain", "anki"])
def test_a_note_that_asks_nothing_is_left_out_and_reported(profile: str) -> None:
    made = press(deck(note(Basic(prompt=(), answer=text("A.")), 9), basic()), profile=profile)
    assert codes(made) == ["W528"]
    assert made.cards == 1
    no_gap = press(deck(note(Cloze(text=text("nothing hidden")), 9)), profile=profile)
    assert codes(no_gap) == ["W529"]
    assert no_gap.cards == 0


# --- profiles as data -----------------------------------------------------------------


def test_the_packaged_profiles_say_what_they_say() -> None:
    assert names(Templates()) == ("anki", "plain")
    for name in names(Templates()):
        found = read((packaged() / f"csv/{name}.toml").read_text(encoding="utf-8"), name)
        assert isinstance(found, Profile)
        assert found.summary


def test_a_project_has_profiles_of_its_own() -> None:
    profile = """
        columns = ["source", "section", "key", "kind", "extra", "answer", "notetype"]
        separator = "semicolon"
        text = "html"
        newline = "lf"
        encoding = "utf-8-sig"
    """
    one = basic("Q", "a < b", extra=text("more"), section=("Tools", "KFP"))
    assert data(with_profile(profile, deck(one))) == (
        b"\xef\xbb\xbfsource;section;key;kind;extra;answer;notetype\n"
        b'deck.md:1;Tools::KFP;key-1;basic;more;"a &lt; b";Basic\n'
    )  # fmt: skip


MINIMAL = 'columns = ["prompt"]\n'
WRONG = [
    ('colums = ["prompt"]\n', "E522", 1, "columns"),
    (MINIMAL + 'quote = "all"\n', "E522", 2, "separator"),
    (MINIMAL + '\n[text]\nform = "plain"\n', "E523", 3, "plain or html"),
    (MINIMAL + 'separator = ","\n', "E523", 2, "comma, semicolon, tab or pipe"),
    (MINIMAL + "header = true\n", "E523", 2, "none, names or anki"),
    (MINIMAL + 'encoding = "latin-1"\n', "E523", 2, "utf-8"),
    (MINIMAL + "summary = 1\n", "E523", 2, "quotes"),
    ('columns = ["prompt", "front"]\n', "E523", 1, "prompt, answer, extra, tags"),
    ('columns = ["prompt", "prompt"]\n', "E523", 1, "once"),
    ('columns = [["prompt"]]\n', "E523", 1, "prompt, answer"),
    ("columns = []\n", "E523", 1, "prompt, answer"),
    ('columns = "prompt"\n', "E523", 1, "prompt, answer"),
    ('rows = "notes"\n' + MINIMAL, "E524", 1, "html"),
    ('header = "anki"\n' + MINIMAL, "E524", 2, "prompt, then answer"),
    (
        'header = "anki"\ncolumns = ["prompt", "answer"]\nencoding = "utf-16"\n',
        "E524",
        3,
        "utf-8",
    ),
    ("columns = [\n", "E521", 1, ""),
]


@pytest.mark.parametrize(("profile", "code", "line", "words"), WRONG)
def test_a_slip_in_a_profile_is_an_error_that_lists_what_is_allowed(
    profile: str, code: str, line: int, words: str
) -> None:
    made = with_profile(profile, deck(basic()))
    assert made.artifacts == ()
    found = made.diagnostics[0]
    assert (found.code, found.span and (found.span.path, found.span.first)) == (
        code,
        ("csv/own.toml", line),
    )
    assert words in found.help


@pytest.mark.parametrize("name", ["quizlet", "", "../csv/plain", "/etc/passwd", "plain.toml"])
def test_a_profile_that_is_not_there_is_an_error_that_lists_those_that_are(name: str) -> None:
    made = press(deck(basic()), profile=name)
    assert made.artifacts == ()
    (found,) = made.diagnostics
    assert found.code == "E520"
    assert found.help == "choose anki or plain"


def test_a_profile_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv/own.toml").write_bytes(b"\xff\xfe\x00")
    assert codes(press(deck(), profile="own", folder=tmp_path)) == ["E521"]
    (tmp_path / "csv/dir.toml").mkdir()
    assert codes(press(deck(), profile="dir", folder=tmp_path)) == ["E521"]


@given(st.text(max_size=40))
def test_no_profile_is_a_traceback(profile: str) -> None:
    found = read(profile, "csv/own.toml")
    assert isinstance(found, Profile) or found


# --- the profile `anki`, as the real Anki takes it ------------------------------------

DRIVER = Path(__file__).with_name("anki_text_driver.py")


class Anki:
    """A user's collection, into which files are imported by the real Anki."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, *files: bytes) -> dict[str, Any]:
        paths = [self.folder / f"{number}.csv" for number in range(len(files))]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file)
        done = subprocess.run(
            [sys.executable, DRIVER, self.folder / "collection.anki2", *paths],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result


@pytest.fixture
def anki(tmp_path: Path) -> Anki:
    return Anki(tmp_path)


def by_guid(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {found["guid"]: found for found in result["notes"]}


def anki_file(*decks: Deck) -> bytes:
    return data(press(*decks, profile="anki"))


def test_anki_profile_begins_with_the_lines_that_anki_reads() -> None:
    assert anki_file(deck(basic("#1", "A.", tags=("x", "y")))).decode().split("\n") == [
        "#separator:Comma",
        "#html:true",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:4",
        "#guid column:1",
        "#if matches:update current",
        'key-1,Basic,MLOps,x y,"#1",A.',
        "",
    ]


def test_anki_takes_every_kind_of_note_without_our_package(anki: Anki) -> None:
    one = deck(
        basic("Which < is it?", 'He said "no", twice', 1, tags=("a::b", "big data")),
        note(Basic(prompt=text("front"), answer=text("back"), reverse=True), 2),
        note(Basic(prompt=text("2 + 2"), answer=text("4"), typed=True), 3),
        note(replace(CLOZE, prompt=text("What runs?")), 4, extra=text("Since 2018.")),
        note(CHOICE, 5),
        note(Basic(prompt=text(Math(tex="a<b")), answer=text(Styled(
            style=Style.strong, children=(Text(text="x"),)))), 6),
    )  # fmt: skip
    made = press(one, profile="anki")
    result = anki.take(data(made))
    assert result["logs"] == [{"new": 6}]
    assert made.diagnostics == ()
    found = by_guid(result)
    kinds = {guid: (n["notetype"], len(n["questions"])) for guid, n in found.items()}
    assert kinds == {
        "key-1": ("Basic", 1),
        "key-2": ("Basic (and reversed card)", 2),
        "key-3": ("Basic (type in the answer)", 1),
        "key-4": ("Cloze", 2),
        "key-5": ("Basic", 1),
        "key-6": ("Basic", 1),
    }
    assert made.cards == sum(count for _, count in kinds.values())
    assert found["key-1"]["fields"] == ["Which &lt; is it?", 'He said "no", twice']
    assert found["key-1"]["tags"] == ["a::b", "big-data"]
    assert found["key-4"]["fields"] == [
        "<p>What runs?</p>\n<p>{{c1::Kubeflow}} runs {{c2::pods::what?}}.</p>",
        "Since 2018.",
    ]
    assert "[what?]" in found["key-4"]["questions"][1]
    assert "KFP" in found["key-5"]["fields"][0]
    assert "Each step is a pod." in found["key-5"]["fields"][1]
    assert found["key-6"]["fields"] == [r"\(a&lt;b\)", "<strong>x</strong>"]
    assert all(set(n["decks"]) == {"MLOps"} for n in found.values())


def test_a_second_import_changes_nothing_and_an_edit_updates_in_place(anki: Anki) -> None:
    old = deck(basic("Q1?", "A1.", 1, tags=("old",)), basic("Q2?", "A2.", 2), note(CLOZE, 3))
    first = anki.take(anki_file(old))
    again = anki.take(anki_file(old))
    assert again["logs"] == [{"duplicate": 3}]
    assert again["notes"] == first["notes"]
    new = deck(basic("Q1, better?", "A1!", 1, tags=("new",)), *old.notes[1:], basic("Q4?", line=4))
    edited = anki.take(anki_file(new))
    assert edited["logs"] == [{"new": 1, "updated": 1, "duplicate": 2}]
    found = by_guid(edited)
    assert len(found) == 4
    assert found["key-1"]["fields"] == ["Q1, better?", "A1!"]
    assert found["key-1"]["tags"] == ["new"]
    assert found["key-1"]["id"] == by_guid(first)["key-1"]["id"]


def test_what_another_import_chose_before_does_not_matter(anki: Anki) -> None:
    """Anki remembers how the last file was to be matched, and uses it for one that is silent."""
    other = b"#separator:Comma\n#if matches:keep current\n#notetype:Basic\nx,y\n"
    edited = anki.take(anki_file(deck(basic())), other, anki_file(deck(basic("Better?"))))
    assert edited["logs"] == [{"new": 1}, {"new": 1}, {"updated": 1}]
    assert by_guid(edited)["key-1"]["fields"] == ["Better?", "A."]


def test_parents_come_before_children(anki: Anki) -> None:
    """Else Anki makes a second deck `MLOps+` for the parent's own notes."""
    decks = (
        deck(basic(line=1), name="MLOps::KFP::v2"),
        deck(basic(line=2), name="Other"),
        deck(basic(line=3), name="MLOps::KFP"),
        deck(basic(line=4), name="MLOps"),
    )
    found = by_guid(anki.take(anki_file(*decks)))
    assert {guid: n["decks"] for guid, n in found.items()} == {
        "key-1": ["MLOps::KFP::v2"],
        "key-2": ["Other"],
        "key-3": ["MLOps::KFP"],
        "key-4": ["MLOps"],
    }


NASTY_KEYS = ["#1", '"', "a,b", "é", "'x", "=1", "#separator:Tab", "x\\y"]


def test_anki_reads_nasty_cells_as_they_are(anki: Anki) -> None:
    """What quotes, commas and number signs do to a field; Anki drops control characters."""
    notes = [
        note(Basic(prompt=(CodeBlock(text=f"{key}\n#deck:X\n{n}", language="", span=HERE),),
                   answer=text(key)), n, key=key)
        for n, key in enumerate(NASTY_KEYS)
    ]  # fmt: skip
    result = anki.take(anki_file(deck(*notes)))
    assert result["logs"] == [{"new": len(notes)}]
    found = by_guid(result)
    assert list(found) == NASTY_KEYS
    assert [n["fields"][1] for n in found.values()] == NASTY_KEYS
    assert all("#deck:X" in n["fields"][0] for n in found.values())
    assert all(n["decks"] == ["MLOps"] for n in found.values())


def test_anki_shows_a_file_by_the_name_that_it_has_on_disk() -> None:
    made = press(deck(note(Basic(prompt=text(CAT, FAR), answer=text(DOG)), 2)), profile="anki")
    cells = next(csv.reader([data(made).decode().split("\n", 7)[7]]))
    assert '<img src="a cat.png" alt="a cat">' in cells[4]
    assert cells[5] == "[sound:dog.mp3]"
    (found,) = made.diagnostics
    assert found.code == "W526"
    assert "img/a cat.png, dog.mp3" in found.message
    assert "collection.media" in found.help


def test_what_is_more_than_prose_is_not_centred_by_the_stock_note_types() -> None:
    code = (CodeBlock(text="if x:\n    y()", language="", span=HERE),)
    made = press(deck(note(Basic(prompt=text("Q"), answer=code))), profile="anki")
    cells = list(csv.reader(io.StringIO(data(made).decode(), newline="")))[-1]
    assert cells[4] == "Q"
    assert cells[5].startswith('<div style="text-align: left">')


@pytest.mark.parametrize("changes", [{"reverse": True}, {"extra": text("more")}])
def test_typing_that_a_stock_note_type_cannot_ask_for_is_reported(changes: Any) -> None:
    reverse = changes.pop("reverse", False)
    body = Basic(prompt=text("Q"), answer=text("A"), typed=True, reverse=reverse)
    made = press(deck(note(body, **changes)), profile="anki")
    assert codes(made) == ["I540"]
    assert codes(press(deck(note(body, **changes)))) == []
