"""The real Anki takes text files: `python anki_text_driver.py COLLECTION FILE...`

Each file is imported into the collection (made when it is missing, as Anki makes one for a new
user) with nothing but what the file itself says. What happened is printed as JSON: for each
file the number of notes by Anki's word for it, then all notes as they are at the end.
It runs in a process of its own, because the `anki` library keeps global state.
"""

import json
import sys

from anki.collection import Collection, ImportCsvRequest, ImportLogWithChanges
from anki.notes import NoteId

WORDS = (
    "new",
    "updated",
    "duplicate",
    "conflicting",
    "first_field_match",
    "missing_notetype",
    "missing_deck",
    "empty_first_field",
)


def take(collection: Collection, path: str) -> dict[str, int]:
    """Import a file as `File > Import` does, without touching any choice of its dialog."""
    metadata = collection.get_csv_metadata(path=path, delimiter=None)
    log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata))
    return count(log.log)


def count(log: ImportLogWithChanges.Log) -> dict[str, int]:
    found = {word: len(getattr(log, word)) for word in WORDS}
    return {word: number for word, number in found.items() if number}


def show(collection: Collection, nid: NoteId) -> dict[str, object]:
    note = collection.get_note(nid)
    cards = note.cards()
    kind = note.note_type()
    assert kind is not None
    return {
        "guid": note.guid,
        "notetype": kind["name"],
        "fields": note.fields,
        "tags": note.tags,
        "decks": [collection.decks.name(card.did) for card in cards],
        "questions": [card.question() for card in cards],
        "id": nid,
    }


def main() -> None:
    place, *paths = sys.argv[1:]
    collection = Collection(place)
    try:
        logs = [take(collection, path) for path in paths]
        notes = [show(collection, nid) for nid in sorted(collection.find_notes(""))]
    finally:
        collection.close()
    json.dump({"logs": logs, "notes": notes}, sys.stdout)


if __name__ == "__main__":
    main()
