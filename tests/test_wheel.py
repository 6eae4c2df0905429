"""What users install: the wheel, away from the checkout, presses a deck into all formats."""

import csv
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from conftest import clean_environment
from deckpress import __version__

ROOT = Path(__file__).parent.parent
TEMPLATES = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("templates/**/*.*")}

pytestmark = pytest.mark.slow


def call(*command: str | Path, cwd: Path) -> str:
    """What a command prints; it must go well."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=clean_environment(cwd),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(*options: str, out: Path) -> None:
    """Build with the backend that is installed, so that no network is needed."""
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, *options, ROOT, cwd=out)


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    build(out=folder)
    return folder


@pytest.fixture(scope="session")
def wheel(dist: Path) -> Path:
    (found,) = dist.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def venv(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and with the dependencies of the one that runs the tests.

    The path file shows it the libraries, but not the editable deckpress among them, whose own
    path file is read only in an environment's own folder.
    """
    folder = tmp_path_factory.mktemp("venv")
    call(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    install = ("install", "--quiet", "--no-deps", "--no-index", wheel)
    call(sys.executable, "-m", "pip", "--python", folder / "bin/python", *install, cwd=folder)
    paths = {name: sysconfig.get_path(name) for name in ("purelib", "platlib")}
    (site,) = folder.glob("lib/python*/site-packages")
    text = "".join(f"{path}\n" for path in sorted(set(paths.values())))
    (site / "dependencies.pth").write_text(text, encoding="utf-8")
    return folder


def test_the_source_distribution_holds_all_that_is_needed(dist: Path) -> None:
    (path,) = dist.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names >= TEMPLATES
    assert names >= {
        "pyproject.toml",
        "Makefile",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "src/deckpress/__init__.py",
        "src/deckpress/py.typed",
        "tests/conftest.py",
        "tests/requirements.lock",
    }
    assert {name.partition("/")[0] for name in names} <= {
        *("pyproject.toml", "Makefile", "README.md", "LICENSE", "CHANGELOG.md", "PKG-INFO"),
        *("src", "source", "templates", "tests", "docs", ".gitignore"),
    }


def test_the_wheel_holds_the_package_and_the_templates_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {f"deckpress/_{name}" for name in TEMPLATES} <= names
    assert "deckpress/py.typed" in names
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"deckpress"}
    assert not [name for name in names if "__pycache__" in name]


def test_the_wheel_is_the_same_from_checkout_and_source_distribution(
    wheel: Path, tmp_path: Path
) -> None:
    build("--wheel", out=tmp_path)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_wheel_runs_away_from_the_checkout(venv: Path, tmp_path: Path) -> None:
    where = "import deckpress, deckpress.templates as t; print(deckpress.__file__, t.packaged())"
    found = call(venv / "bin/python", "-c", where, cwd=tmp_path).split()
    assert all(Path(path).is_relative_to(venv) for path in found)
    version = call(venv / "bin/deckpress", "--version", cwd=tmp_path)
    assert version.strip() == f"deckpress, version {__version__}"


DECK = """\
# Pipelines

## What is a DAG?

A directed graph **without cycles**.

## What does KFP run on?

Kubernetes.
"""


def test_the_wheel_presses_a_deck_into_all_formats(venv: Path, tmp_path: Path) -> None:
    (tmp_path / "pipelines.md").write_text(DECK, encoding="utf-8")
    call(venv / "bin/deckpress", "build", "pipelines.md", "--out", "out", cwd=tmp_path)
    made = {path.suffix: path for path in (tmp_path / "out").iterdir()}
    assert {".apkg", ".pdf", ".csv"} <= made.keys()
    assert made[".pdf"].read_bytes().startswith(b"%PDF-")
    assert "collection.anki2" in zipfile.ZipFile(made[".apkg"]).namelist()
    with made[".csv"].open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["prompt"] for row in rows] == ["What is a DAG?", "What does KFP run on?"]
    assert rows[0]["answer"] == "A directed graph without cycles."
