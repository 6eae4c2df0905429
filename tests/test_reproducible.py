"""Equal sources make equal bytes, whatever the clock, the zone, the hash seed and the folder."""

import shutil
from pathlib import Path

import pytest

from conftest import Run

SHOWCASE = Path(__file__).parent.parent / "source" / "showcase"


@pytest.mark.slow
def test_two_builds_in_different_places_are_the_same_bytes(deckpress: Run, tmp_path: Path) -> None:
    made: list[dict[str, bytes]] = []
    places = [
        ("one", {"PYTHONHASHSEED": "0", "TZ": "UTC"}),
        ("two/below", {"PYTHONHASHSEED": "12345", "TZ": "Asia/Kolkata", "LC_ALL": "C"}),
    ]
    for place, variables in places:
        folder = tmp_path / place
        shutil.copytree(SHOWCASE, folder / "showcase")
        done = deckpress(
            "build", "showcase", cwd=folder, SOURCE_DATE_EPOCH="1700000000", **variables
        )
        assert done.returncode == 0, done.stderr
        made.append({path.name: path.read_bytes() for path in (folder / "build").iterdir()})
    assert sorted(made[0]) == ["showcase.apkg", "showcase.csv", "showcase.pdf"]
    for name, data in made[0].items():
        assert data == made[1][name], name


@pytest.mark.slow
def test_paper_and_csv_do_not_know_the_time(deckpress: Run, tmp_path: Path) -> None:
    shutil.copytree(SHOWCASE, tmp_path / "showcase")
    for epoch in ("1000000000", "1900000000"):
        done = deckpress(
            "build", "showcase", "--out", epoch, "--to", "pdf,csv", SOURCE_DATE_EPOCH=epoch
        )
        assert done.returncode == 0, done.stderr
    for name in ("showcase.pdf", "showcase.csv"):
        first, second = ((tmp_path / e / name).read_bytes() for e in ("1000000000", "1900000000"))
        assert first == second, name
