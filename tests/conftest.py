"""What tests share: hypothesis profiles, golden files, the command line in a clean place."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

# Time is never judged: machines are shared. A robot tries more, and the same each time.
settings.register_profile("dev", max_examples=60, deadline=None)
settings.register_profile(
    "ci", max_examples=200, deadline=None, derandomize=True, print_blob=True, database=None
)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write what tests get into the golden files"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares text with the file tests/golden/NAME; with --accept it writes the file."""

    def check(name: str, actual: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual.encode())
        assert path.exists(), (
            f"there is no golden file {name}: look at the text, then `make golden`"
        )
        assert actual == path.read_bytes().decode()

    return check


class Run(Protocol):
    """Runs `deckpress` with some arguments, and gives what it printed and its exit code."""

    def __call__(
        self, *arguments: str | Path, cwd: Path | None = None, stdin: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]: ...


def clean_environment(home: Path, **variables: str) -> dict[str, str]:
    """Environment variables that do not depend on who runs the tests; a file opened without
    an encoding is a warning."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    fixed = {
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "COLUMNS": "100",
        "PYTHONWARNDEFAULTENCODING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {**kept, **fixed, **variables}


@pytest.fixture
def deckpress(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The command line in a process of its own, in the test's folder, with a clean environment."""
    home = tmp_path_factory.mktemp("home")

    def run(
        *arguments: str | Path, cwd: Path | None = None, stdin: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).with_name("deckpress"), *arguments],
            cwd=cwd or tmp_path,
            env=clean_environment(home, **variables),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return run
