"""Media: found beside the source, named by content, and never from elsewhere."""

import os
from pathlib import Path

import pytest

from deckpress.media import collect
from deckpress.model import Deck
from deckpress.source import Source
from reading import codes, deck_of


def collected(text: str, root: Path, folder: str = ".") -> Deck:
    place = root / folder
    source = Source(path="deck.md", name="deck.md", data=b"", folder=place, root=root)
    return collect(deck_of(text), source)


def test_names_come_from_the_content_and_are_safe_anywhere(tmp_path: Path) -> None:
    (tmp_path / "Ein Bild [1].PNG").write_bytes(b"same")
    (tmp_path / "other.png").write_bytes(b"other")
    sub = tmp_path / "sub"
    sub.mkdir()
    (sub / "other.png").write_bytes(b"different")
    deck = collected(
        "## What?\n\n![a](<Ein Bild [1].PNG>) ![b](other.png)\n"
        "![c](sub/other.png) ![b](other.png)\n",
        tmp_path,
    )
    assert codes(deck) == []
    names = [media.name for media in deck.media]
    assert len(set(names)) == 3
    assert names[0].startswith("ein-bild-1-")
    assert names[0].endswith(".png")
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") for name in names)


def test_changed_content_changes_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"1")
    (first,) = collected("## What?\n\n![](a.png)\n", tmp_path).media
    (tmp_path / "a.png").write_bytes(b"2")
    (second,) = collected("## What?\n\n![](a.png)\n", tmp_path).media
    assert first.name != second.name


@pytest.mark.parametrize(
    ("src", "code"),
    [
        ("gone.png", "E301"),
        ("../secret.png", "E303"),
        ("%2e%2e/secret.png", "E303"),
        ("%252e%252e/secret.png", "E301"),
        ("link.png", "E303"),
        ("folder.png", "E303"),
        ("pipe.png", "E303"),
        ("https://example.org/a.png", "W302"),
        ("//example.org/a.png", "W302"),
        ("data:image/png;base64,AAAA", "W302"),
        ("notes.txt", "E304"),
        ("/etc/passwd.png", "E303"),
        ("a%00.png", "E303"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, src: str, code: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "secret.png").write_bytes(b"s")
    (root / "link.png").symlink_to(tmp_path / "secret.png")
    (root / "folder.png").mkdir()
    os.mkfifo(root / "pipe.png")
    deck = collected(f"intro\n\n## What?\n\nText.\n\n![x](<{src}>)\n", root)
    (problem,) = [d for d in deck.diagnostics if d.code != "I114"]
    assert (problem.code, deck.media) == (code, ())
    assert problem.span is not None
    assert problem.span.first == 7


def test_a_picture_in_the_parent_folder_of_the_project_is_fine(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "decks").mkdir()
    (tmp_path / "img" / "a.png").write_bytes(b"1")
    deck = collected("## What?\n\n![](../img/a.png?raw=true)\n", tmp_path, "decks")
    assert [media.data for media in deck.media] == [b"1"]
