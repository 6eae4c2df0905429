"""The command line as people and programs meet it: exit codes, streams, speed of the help."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Run, clean_environment

DECK = "## What is it?\n\nThat.\n\n## And this?\n\nThis.\n"


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "deck.md"
    path.write_text(DECK, encoding="utf-8")
    return path


def test_a_lone_file_is_built_in_all_formats(deckpress: Run, deck: Path, tmp_path: Path) -> None:
    done = deckpress("build", deck.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"build{os.sep}deck.{suffix}  2 cards from 2 notes" for suffix in ("apkg", "pdf", "csv")
    ]
    starts = {"apkg": b"PK", "pdf": b"%PDF", "csv": b"prompt,"}
    for suffix, start in starts.items():
        assert (tmp_path / "build" / f"deck.{suffix}").read_bytes().startswith(start)


def test_a_folder_is_one_output_and_its_files_are_decks_in_it(
    deckpress: Run, tmp_path: Path
) -> None:
    for name in ("notes/b.md", "notes/sub/a.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(DECK, encoding="utf-8")
    (tmp_path / "notes" / "README.md").write_text("No question here.\n", encoding="utf-8")
    done = deckpress("build", "notes", "--to", "csv", "--out", "made")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "made" / "notes.csv").read_text(encoding="utf-8")
    assert "notes::b" in text
    assert "notes::sub::a" in text
    assert "warning[W115]" in deckpress("check", "notes").stdout


def test_one_bad_file_of_many_does_not_stop_the_others(
    deckpress: Run, deck: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.md").write_bytes(b"Q: \xff\n")
    done = deckpress("build", "bad.md", deck.name, "--to", "csv")
    assert done.returncode == 1
    assert "bad.md:1: error[E101]" in done.stderr
    assert done.stdout.startswith(f"build{os.sep}deck.csv")
    assert not (tmp_path / "build" / "bad.csv").exists()


def test_two_sources_with_one_name_are_refused(deckpress: Run, deck: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "deck.md").write_text(DECK, encoding="utf-8")
    done = deckpress("build", deck.name, "sub/deck.md")
    assert done.returncode == 2
    assert "same output: deck" in done.stderr


def test_inspect_as_json_keeps_its_schema(deckpress: Run, deck: Path) -> None:
    done = deckpress("inspect", deck.name, "--json")
    shown = json.loads(done.stdout)
    assert list(shown) == ["schema", "deck", "notes", "diagnostics"]
    assert shown["schema"] == 1
    assert list(shown["notes"][0]) == [
        *("key", "kind", "dialect", "line", "end_line", "section", "tags"),
        *("prompt", "answered", "cards"),
    ]
    assert [note["line"] for note in shown["notes"]] == [1, 5]


def test_strict_lets_warnings_fail(deckpress: Run, tmp_path: Path) -> None:
    (tmp_path / "deck.md").write_text("Q: a?\n", encoding="utf-8")
    assert deckpress("check", "deck.md").returncode == 0
    assert deckpress("check", "deck.md", "--strict").returncode == 1


def test_init_makes_a_project_that_builds_and_does_not_touch_an_old_one(
    deckpress: Run, tmp_path: Path
) -> None:
    assert deckpress("init").returncode == 0
    again = deckpress("init")
    assert (again.returncode, "already here" in again.stderr) == (2, True)
    done = deckpress("build")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3
    assert deckpress("check", "--strict").returncode == 0
    (tmp_path / "below").mkdir()
    assert deckpress("check", cwd=tmp_path / "below").stderr.startswith("3 notes")


@pytest.mark.parametrize("epoch", ["0", "-1", "soon", "1.5", "٣"])
def test_a_wrong_build_time_is_a_usage_error(deckpress: Run, deck: Path, epoch: str) -> None:
    done = deckpress("build", deck.name, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("deckpress.toml", "sources = 'x'", "unknown key 'sources'; there are:"),
        ("deckpress.toml", "to = 'pdf'", "to must be a list"),
        ("deckpress.toml", "out = '../elsewhere'", "lies outside the project"),
        ("deckpress.toml", "out = ", "deckpress.toml: "),
        ("deckpress.toml", "[export.pdf]\nwrong = 1", "pdf has no option 'wrong'; it has:"),
        ("deckpress.toml", "[export.csv]\nprofile = 3", "profile is 3, but must be"),
        ("pyproject.toml", "[tool]\ndeckpress = 3", "deckpress is not a table"),
    ],
)
def test_a_wrong_configuration_is_one_clear_line(
    deckpress: Run, deck: Path, tmp_path: Path, file: str, text: str, words: str
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    done = deckpress("build", deck.name)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "build").exists()


def test_a_place_that_cannot_be_written_is_the_environments_fault(
    deckpress: Run, deck: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = deckpress("build", deck.name, "--out", "file/below")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_nobody_reading_on_is_not_an_accident(deck: Path, tmp_path: Path) -> None:
    deck.write_text(DECK * 2000, encoding="utf-8")
    program = Path(sys.executable).with_name("deckpress")
    with subprocess.Popen(
        [program, "inspect", deck, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=clean_environment(tmp_path),
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""


def test_names_that_would_steer_a_terminal_are_shown_as_text(
    deckpress: Run, tmp_path: Path
) -> None:
    (tmp_path / "\x1b]0;x\x07.md").write_text("Q: \x1b[2J?\n", encoding="utf-8")
    done = deckpress("check", ".")
    assert "\x1b" not in done.stdout + done.stderr
    assert "\\u001b" in done.stdout


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("build", "--help")])
def test_help_is_quick_because_it_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    program = (
        "import sys; from deckpress.cli import cli\n"
        f"try: cli.main({list(arguments)!r})\n"
        "except SystemExit: pass\n"
        "heavy = {'reportlab', 'genanki', 'markdown_it', 'pygments', 'yaml', 'fontTools', 'PIL'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_and_every_format_helps(deckpress: Run) -> None:
    for command in ("build", "check", "export", "init", "inspect"):
        assert deckpress(command, "--help").returncode == 0
    for format_ in ("apkg", "pdf", "csv"):
        done = deckpress("export", format_, "--help")
        assert done.returncode == 0
        assert "--output" in done.stdout
