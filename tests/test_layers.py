"""Imports go one way, and each big library has one door: the contracts in pyproject.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OPEN_DOOR = "import click\nimport genanki\nimport markdown_it\nimport reportlab\nimport anki\n"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package that lies in a folder's `src`."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_all_contracts_are_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package that a test may spoil."""
    for path in (ROOT / "src/deckpress").rglob("*.py"):
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return tmp_path


def test_a_library_through_a_second_door_is_seen(copy: Path) -> None:
    with (copy / "src/deckpress/model.py").open("a", encoding="utf-8") as file:
        file.write(OPEN_DOOR)
    done = lint(copy)
    assert done.returncode == 1
    for name in OPEN_DOOR.split()[1::2]:
        assert f"deckpress.model -> {name}" in done.stdout


def test_an_import_that_goes_up_is_seen(copy: Path) -> None:
    with (copy / "src/deckpress/source.py").open("a", encoding="utf-8") as file:
        file.write("from deckpress import model\n")
    done = lint(copy)
    assert done.returncode == 1
    assert "deckpress.source -> deckpress.model" in done.stdout


def test_a_new_module_needs_a_layer(copy: Path) -> None:
    (copy / "src/deckpress/helpers.py").write_text('"""Nothing."""\n', encoding="utf-8")
    done = lint(copy)
    assert done.returncode == 1
    assert "helpers" in done.stdout


def test_every_dependency_of_the_tools_is_locked_with_a_hash() -> None:
    """What `make test` installs is what was tested: nothing floats, nothing names a place."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "tests/requirements.lock").read_text(encoding="utf-8")
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += project["project"]["optional-dependencies"]["math"]
    names = {line.partition("==")[0] for line in lock.splitlines() if "==" in line}
    assert {requirement.partition(">")[0].lower() for requirement in wanted} <= names
    entries = lock.replace("\\\n", " ").splitlines()
    pinned = [entry for entry in entries if entry and not entry.startswith("#")]
    assert all("==" in entry and "--hash=sha256:" in entry for entry in pinned)
    assert "://" not in lock
    assert "--index" not in lock
