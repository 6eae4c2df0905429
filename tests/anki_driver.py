"""Asks the real Anki what a package does, and prints the answer as JSON.

Run in a process of its own, because the `anki` library is licensed under the AGPL:

    python tests/anki_driver.py report A.apkg [B.apkg …]   import in order, tell what is there
    python tests/anki_driver.py pages A.apkg FOLDER        write every card as web pages
"""

# ruff: noqa: T201 - printing is how it answers
import html
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

BODY_CLASSES = {"day": "card card{}", "night": "card card{} nightMode night_mode"}
FRAME = """<!doctype html>
<html><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ margin: 20px; overflow-wrap: break-word }}</style></head>
<body class="{classes}"><div id="qa">{card}</div></body></html>
"""
INPUT_BOX = '<center><input type="text" id="typeans"></center>'
TYPE_BOX = re.compile(r"\[\[type:(.+?)\]\]")


def main(arguments: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        match arguments:
            case ["report", *packages]:
                print(json.dumps(report(Path(folder), packages), ensure_ascii=False))
            case ["pages", package, target]:
                print(json.dumps(write_pages(Path(folder), package, Path(target))))
            case _:
                sys.exit(__doc__)


def report(folder: Path, packages: Sequence[str]) -> dict[str, Any]:
    """Import packages in order into a fresh collection, and describe what came of it."""
    path = str(folder / "collection.anki2")
    imports = []
    for package in packages:
        collection = Collection(path)
        imports.append(read_package(collection, package))
        collection.close()
    # A collection keeps its note types in memory across imports, so look with a new one.
    collection = Collection(path)
    media = collection.media.check()
    found = {
        "imports": imports,
        "notes": [describe_note(collection, note) for note in collection.find_notes("")],
        "decks": describe_decks(collection),
        "types": [describe_type(kind) for kind in collection.models.all()],
        "empty": [list(note.card_ids) for note in collection.get_empty_cards().notes],
        "media": sorted(p.name for p in Path(collection.media.dir()).iterdir()),
        "missing": list(media.missing),
        "unused": list(media.unused),
    }
    problems, fine = collection.fix_integrity()
    found["integrity"] = {"problems": problems, "fine": fine}
    found["cards"] = collection.card_count()
    collection.close()
    return found


def read_package(collection: Collection, package: str) -> dict[str, int]:
    """Import as the desktop does by default, and count what happened to the notes."""
    request = ImportAnkiPackageRequest(
        package_path=package, options=ImportAnkiPackageOptions(with_scheduling=False)
    )
    log = collection.import_anki_package(request).log
    return {
        "new": len(log.new),
        "updated": len(log.updated),
        "duplicate": len(log.duplicate),
        "conflicting": len(log.conflicting),
    }


def describe_note(collection: Collection, ident: Any) -> dict[str, Any]:
    note = collection.get_note(ident)
    kind = note.note_type()
    assert kind is not None
    return {
        "guid": note.guid,
        "type": kind["name"],
        "fields": dict(note.items()),
        "tags": note.tags,
        "mod": note.mod,
        "id": note.id,
        "cards": [describe_card(collection, card) for card in note.cards()],
    }


def describe_card(collection: Collection, card: Any) -> dict[str, Any]:
    return {
        "ordinal": card.ord,
        "deck": collection.decks.name(card.did),
        "due": card.due,
        "question": without_style(card.question()),
        "answer": without_style(card.answer()),
    }


def without_style(side: str) -> str:
    return side.split("</style>", 1)[1]


def describe_decks(collection: Collection) -> dict[str, Any]:
    decks = {}
    for entry in collection.decks.all_names_and_ids():
        deck = collection.decks.get(entry.id)  # type: ignore[arg-type]
        assert deck is not None
        decks[entry.name] = {"description": deck["desc"], "markdown": deck.get("md", False)}
    return decks


def describe_type(kind: Any) -> dict[str, Any]:
    return {
        "id": kind["id"],
        "name": kind["name"],
        "fields": [[field["name"], field["id"]] for field in kind["flds"]],
        "templates": [[template["name"], template["id"]] for template in kind["tmpls"]],
        "style": kind["css"],
    }


# --- pages ----------------------------------------------------------------------------


def write_pages(folder: Path, package: str, target: Path) -> list[str]:
    """Write the two sides of every card as pages, by day and by night; gives their names."""
    collection = Collection(str(folder / "collection.anki2"))
    read_package(collection, package)
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(collection.media.dir(), target, dirs_exist_ok=True)
    names = []
    for number, ident in enumerate(collection.find_cards("", order="c.due, c.ord"), start=1):
        card = collection.get_card(ident)
        typed = TYPE_BOX.search(card.answer())
        compared = comparison(collection, card, typed[1]) if typed else ""
        sides = {
            "front": TYPE_BOX.sub(INPUT_BOX, card.question()),
            "back": card.answer().replace(typed[0], compared) if typed else card.answer(),
        }
        for side, text in sides.items():
            for time, classes in BODY_CLASSES.items():
                name = f"{number:03}-{side}-{time}.html"
                page = FRAME.format(classes=classes.format(card.ord + 1), card=text)
                (target / name).write_text(page, encoding="utf-8")
                names.append(name)
    collection.close()
    return names


def comparison(collection: Collection, card: Any, field: str) -> str:
    """What Anki shows for an answer typed with a slip: its second letter is missing."""
    expected = html.unescape(re.sub(r"<[^>]*>", "", card.note()[field]))
    shown = collection.compare_answer(expected, expected[:1] + expected[2:])
    return f"<div>{shown}</div>"


if __name__ == "__main__":
    main(sys.argv[1:])
