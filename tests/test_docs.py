"""The documentation says what is true: its commands run, its tables are whole, its links lead on.

A page is run from top to bottom in an empty folder. A fenced block with `file=NAME` behind its
language is written to NAME; `pictures=A,B` beside it makes pictures. In a `sh` block each line
that begins with `deckpress` must end with exit code 0. A `console` block holds `$ deckpress …`
lines, each followed by what it prints (standard output, then standard error) to the letter;
`make golden` writes what was printed into the page. A page that writes a pyproject.toml with
entry points has its package installed.
"""

import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import click
import pytest

from deckpress import anki, cli, configuration, exporters, media, options, rules, scaffold
from deckpress.cli import exports
from deckpress.dialects import DIALECTS, load, marks, words
from deckpress.exporters import Exporter, Setting, csv_profile
from deckpress.exporters.csv_profile_reader import names as profile_names
from deckpress.inspection import to_json
from deckpress.model import Deck
from deckpress.project import Single, export_file, find_targets
from deckpress.project import check as check_decks
from deckpress.project import read as read_target
from deckpress.readers import READERS
from deckpress.readers.front_matter import KEYS as FRONT_MATTERKEYS
from deckpress.report import Format
from deckpress.report import to_json as diagnostic_to_json
from deckpress.sheets import stock
from deckpress.templates import Templates, packaged

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
ALL_PAGES = [ROOT / "README.md", *PAGES]
FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL
)
CODE = re.compile(r"[\"']([EWI]\d{3})[\"']")
SECTION = re.compile(r"^## ([EWI]\d{3}): .+$", re.MULTILINE)
PROFILE_WORDS: tuple[type[StrEnum], ...] = (
    csv_profile.Column,
    csv_profile.Rows,
    csv_profile.Form,
    csv_profile.Header,
    csv_profile.Separator,
    csv_profile.Newline,
    csv_profile.Encoding,
)
# A grey square, 8 by 8 pixels, made for these tests.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000008000000080800000000e164e157"
    "0000000e49444154789c6368800206ca1800808420010d8024610000000049454e44ae426082"
)


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def section(page: str, title: str) -> str:
    """The text of a page below the heading `title`, down to the next of its level or above."""
    found = re.search(rf"^(#+) {re.escape(title)}\n", page, re.MULTILINE)
    assert found, f"there is no heading {title!r}"
    rest = page[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", FENCE.sub(blanked, rest), re.MULTILINE)
    return rest[: end.start()] if end else rest


def blanked(block: re.Match[str]) -> str:
    """A fenced block's lines emptied, so that nothing in it is taken for a heading or a link."""
    return re.sub(r"[^\n]", " ", block[0])


def row_of(text: str, first: str) -> str:
    """The row of a table whose first cell begins with a word in code."""
    found = re.search(rf"^\| `{re.escape(first)}[ `].*$", text, re.MULTILINE)
    assert found, f"there is no table row for {first}"
    return found[0]


# --- commands and examples ------------------------------------------------------------


def run(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str]:
    """The exit code of a command, and what it prints, run in this process."""
    monkeypatch.setattr(sys, "argv", shlex.split(command, comments=True))
    code = 0
    try:
        cli.main()
    except SystemExit as done:
        code = int(done.code or 0)
    captured = capsys.readouterr()
    printed = (captured.out + captured.err).replace("\r\n", "\n")
    return code, printed if not printed or printed.endswith("\n") else printed + "\n"


def write_file(block: re.Match[str], folder: Path) -> None:
    """Write the file that a block's info string names, and the pictures beside it."""
    words = dict(word.split("=", 1) for word in block["info"].split() if "=" in word)
    for picture in filter(None, words.get("pictures", "").split(",")):
        (folder / picture).parent.mkdir(parents=True, exist_ok=True)
        (folder / picture).write_bytes(PICTURE)
    if "file" in words:
        (folder / words["file"]).parent.mkdir(parents=True, exist_ok=True)
        (folder / words["file"]).write_bytes(block["text"].encode())


def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `pip install` makes of a pyproject.toml: metadata on the path, with entry points."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    facts = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n",
        encoding="utf-8",
    )
    groups = project["entry-points"].items()
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in points.items())
        for group, points in groups
    ]
    (facts / "entry_points.txt").write_text("".join(lines), encoding="utf-8")
    for _, points in groups:
        for place in points.values():
            monkeypatch.delitem(sys.modules, place.partition(":")[0], raising=False)
    monkeypatch.syspath_prepend(folder)


def commands(block: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with the output that stands below it."""
    for part in re.split(r"^\$ ", block["text"], flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


@pytest.mark.parametrize("page", ALL_PAGES, ids=name_of)
def test_what_a_page_shows_happens(
    page: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    text = new = page.read_text(encoding="utf-8")
    accept = request.config.getoption("--accept")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for block in FENCE.finditer(text):
        write_file(block, tmp_path)
        if "file=pyproject.toml" in block["info"]:
            install(tmp_path, monkeypatch)
        language = block["info"].partition(" ")[0]
        if language == "sh":
            for line in block["text"].splitlines():
                if line.startswith("deckpress"):
                    code, printed = run(line, capsys, monkeypatch)
                    assert code == 0, f"{line}\n{printed}"
        if language == "console":
            made = ""
            for command, expected in commands(block):
                _, printed = run(command, capsys, monkeypatch)
                assert accept or printed == expected, command
                made += f"$ {command}\n{printed}"
            fence = block["fence"]
            new = new.replace(block[0], f"{fence}{block['info']}\n{made}{fence}")
    if new != text:
        page.write_text(new, encoding="utf-8")


# --- commands and options -------------------------------------------------------------


def documented(command: str) -> str:
    return section(text_of("reference/command-line.md"), f"`deckpress {command}`")


@pytest.mark.parametrize("name", sorted(cli.cli.commands))
def test_every_command_and_option_is_documented(name: str) -> None:
    text = documented(name)
    for parameter in cli.cli.commands[name].params:
        for word in parameter.opts if parameter.param_type_name == "option" else ():
            assert f"`{word}" in text, word
    if name == "check":
        assert all(f"`{each}`" in row_of(text, "--format") for each in Format)


@pytest.mark.parametrize("name", exporters.BUILT_IN)
def test_every_option_of_every_exporter_is_documented_with_its_default(name: str) -> None:
    text = section(text_of("reference/exporters.md"), f"`{name}`")
    for field in options.list_fields(exporters.find(name).options):
        row = row_of(text, f"--{field.flag}")
        default = {True: "yes", False: "no"}.get(field.default, field.default)  # type: ignore[call-overload]
        assert f"| `{default}" in row, field.flag
        for value in getattr(field.kind, "__members__", {}).values():
            assert f"`{value}`" in row, f"{field.flag} {value}"


def test_every_common_option_of_exporters_is_documented() -> None:
    text = documented("export")
    command = exports.Exports().get_command(click.Context(cli.cli), "csv")
    assert command
    own = {f"--{field.flag}" for field in options.list_fields(exporters.find("csv").options)}
    for parameter in command.params:
        for word in parameter.opts if parameter.param_type_name == "option" else ():
            assert word in own or f"`{word}" in text, word


def test_every_environment_variable_is_documented() -> None:
    found = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"environ(?:\.get\(|\[)[\"'](\w+)", path.read_text(encoding="utf-8"))
    }
    assert found
    text = text_of("reference/command-line.md")
    assert [name for name in sorted(found) if f"`{name}`" not in text] == []


# --- diagnostics ----------------------------------------------------------------------


def codes() -> set[str]:
    """All codes that the sources name."""
    files = (ROOT / "src").rglob("*.py")
    return {code for path in files for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_diagnostic_has_a_section_and_every_section_a_diagnostic() -> None:
    found = SECTION.findall(text_of("reference/diagnostics.md"))
    assert sorted(found, key=lambda code: code[1:]) == found, "sections stand in order"
    assert set(found) == codes()
    assert len(set(found)) == len(found)


def test_the_example_of_a_diagnostic_shows_it() -> None:
    page = text_of("reference/diagnostics.md")
    shown = 0
    for heading in SECTION.finditer(page):
        text = section(page, heading[0].removeprefix("## "))
        for block in FENCE.finditer(text):
            if block["info"] == "console":
                assert f"[{heading[1]}]" in block["text"], heading[1]
                shown += 1
    assert shown > len(codes()) / 2


@pytest.mark.parametrize("name", rules.RULES)
def test_every_rule_is_documented(name: str) -> None:
    page = text_of("reference/diagnostics.md")
    heading = re.search(rf"^## ({rules.load(name).code}: .+)$", page, re.MULTILINE)
    assert heading
    assert f"`{name}`" in section(page, heading[1])


# --- words ----------------------------------------------------------------------------


def assert_coded(page: str, words: object) -> None:
    """Each word stands on the page in code."""
    text = text_of(page)
    assert isinstance(words, list | tuple | set | frozenset)
    assert words
    assert [word for word in sorted(words) if f"`{word}`" not in text] == []


def test_every_dialect_is_documented_with_its_example() -> None:
    text = text_of("reference/dialects.md")
    for name in DIALECTS:
        own = section(text, f"`{name}`")
        assert load(name).example in own, name


def test_every_label_and_every_title_that_never_asks_is_documented() -> None:
    assert_coded("reference/dialects.md", [*marks.ASK, *marks.ANSWER])
    text = text_of("reference/dialects.md").casefold()
    assert [word for word in sorted(words.APPENDICES) if word not in text] == []


def test_every_key_of_the_front_matter_is_documented() -> None:
    text = section(text_of("reference/dialects.md"), "Front matter")
    for key in FRONT_MATTERKEYS:
        row_of(text, key)
    assert sorted(re.findall(r"^\| `([\w-]+)`", text, re.MULTILINE)) == sorted(FRONT_MATTERKEYS)


def test_every_suffix_is_documented() -> None:
    assert_coded("reference/dialects.md", set(READERS))
    assert_coded("how-to/write-questions.md", media.PICTURES | media.SOUNDS)


def test_every_key_of_the_configuration_is_documented(tmp_path: Path) -> None:
    (tmp_path / configuration.FILE).write_text("nothing = 1\n", encoding="utf-8")
    with pytest.raises(configuration.BadConfiguration) as error:
        configuration.find(tmp_path)
    keys = str(error.value).rpartition("there are: ")[2].split(", ")
    assert "source" in keys
    text = text_of("reference/configuration.md")
    for key in keys:
        row_of(text, key)


def test_every_stock_is_documented() -> None:
    text = section(text_of("reference/exporters.md"), "Stocks")
    for each in stock.read(Templates().read(stock.TABLE)):
        row = row_of(text, each.name)
        assert all(f"`{alias}`" in row for alias in each.aliases), each.name
        assert f"{each.columns} × {each.rows}" in row, each.name
        assert f"{each.card.width:g} × {each.card.height:g}" in row, each.name


def test_every_csv_profile_and_all_that_a_profile_can_say_is_documented() -> None:
    for name in profile_names(Templates()):
        row_of(section(text_of("reference/exporters.md"), "Profiles"), name)
    text = section(text_of("reference/templates.md"), "CSV profiles")
    for key in csv_profile.Profile.__dataclass_fields__:
        row_of(text, key)
    for choices in PROFILE_WORDS:
        assert [word for word in choices if f"`{word}`" not in text] == []


def test_every_template_is_documented() -> None:
    files = {p.relative_to(packaged()).as_posix() for p in packaged().rglob("*") if p.is_file()}
    assert_coded("reference/templates.md", files)


def test_every_note_type_field_and_template_is_documented() -> None:
    text = section(text_of("reference/exporters.md"), "Note types")
    for kind in anki.NOTE_TYPES:
        row = row_of(text, kind.name)
        assert [f.name for f in kind.fields if f"`{f.name}`" not in text] == []
        assert [t.name for t in kind.templates if f"`{t.name}`" not in row] == []


def test_every_name_in_the_json_is_documented(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## Why?\n", encoding="utf-8")
    (target,) = find_targets((tmp_path / "a.md",), configuration.default(tmp_path))
    (deck,) = read_target(target, 1, lambda _: None)
    found = check_decks((deck,))
    shown = to_json(deck, found)
    text = text_of("reference/inspect-json.md")
    notes = shown["notes"]
    assert isinstance(notes, list)
    tables = {
        "The whole": set(shown),
        "A note": set(notes[0]),
        "A diagnostic": set(diagnostic_to_json(found[0])),
    }
    for title, names in tables.items():
        assert set(re.findall(r"^\| `(\w+)`", section(text, title), re.MULTILINE)) == names


def test_the_tutorial_shows_the_first_deck_as_init_writes_it() -> None:
    assert f"```text\n{scaffold.DECK}```" in text_of("tutorial.md")


# --- the example exporter -------------------------------------------------------------


def test_the_example_exporter_is_an_exporter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = text_of("how-to/write-an-exporter.md")
    for block in FENCE.finditer(page):
        write_file(block, tmp_path)
    install(tmp_path, monkeypatch)
    name = exporters.names()[-1]
    exporter = exporters.find(name)
    assert isinstance(exporter, Exporter)
    assert name not in exporters.BUILT_IN
    chosen = options.make(exporter.options, {}, name)
    setting = Setting(templates=Templates(), now=1, name="nothing")
    made = exporter.export((Deck(name="empty", path="empty.md"),), chosen, setting)
    assert made.cards == 0
    (tmp_path / "two.md").write_text("## Hund <!-- reverse -->\n\ndog\n", encoding="utf-8")
    place = configuration.default(tmp_path)
    wanted = Single(format=name, name="two", output=None, values={}, now=1)
    targets = find_targets((tmp_path / "two.md",), place)
    assert export_file(targets, place, wanted, lambda _: None).data.count(b"dog") == 2


# --- the whole ------------------------------------------------------------------------


def slug(title: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", ALL_PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = FENCE.sub(blanked, page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)(?:\s[^)]*)?\)", re.sub(r"`[^`\n]*`", "", text)):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor and target.suffix == ".md":
            other = FENCE.sub(blanked, target.read_text(encoding="utf-8"))
            titles = re.findall(r"^#+ (.+)$", other, re.MULTILINE)
            assert anchor in {slug(title) for title in titles}, link


def test_every_page_is_on_the_map() -> None:
    links = set(re.findall(r"\]\(([^)#\s]+)", text_of("README.md")))
    pages = {page.relative_to(DOCS).as_posix() for page in PAGES} - {"README.md"}
    assert pages <= links
