"""How long each step takes beside a plain way of doing it: `make bench`, ARGS="--notes 5000".

The baseline of each step is the same library used as simply as possible, in the same run and
on the same words, so that the ratio says what deckpress adds on any machine. Each number is
the best of some rounds: what disturbs a round only makes it longer.
"""

import argparse
import csv
import io
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import genanki
from markdown_it import MarkdownIt
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from deckpress import exporters, ledger, readers
from deckpress.exporters import Setting
from deckpress.model import Deck
from deckpress.source import Source
from deckpress.templates import Templates

NOW = 1_700_000_000
SUBJECTS = ("a pipeline", "a feature store", "the model registry", "an experiment", "a drift alarm")
VERBS = ("schedule", "cache", "version", "observe", "roll back")
Step = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What deckpress does, and a plain way of doing it."""

    name: str
    ours: Step
    plain: Step


def question(number: int) -> str:
    """One question in Markdown with prose, code, a list or a table."""
    subject, verb = SUBJECTS[number % 5], VERBS[number // 5 % 5]
    kinds = (
        f"Because **{subject}** must be safe to `{verb}`, see [the manual](https://example.org).",
        f"```python\ndef step_{number}(run: Run) -> None:\n    run.{verb.replace(' ', '_')}()\n```",
        f"1. Look at {subject}.\n2. Then {verb} it.\n   - Not on *Friday*.",
        f"| what | how |\n|---|---|\n| {subject} | {verb} |\n| the rest | leave it |",
    )
    return f"## {number}. How would you {verb} {subject}?\n\n{kinds[number % 4]}\n"


def document(notes: int) -> str:
    return "# Bench\n\n" + "\n".join(question(number) for number in range(notes))


# --- what deckpress does --------------------------------------------------------------


def read(text: str) -> tuple[Deck, ...]:
    folder = Path(tempfile.gettempdir())
    source = Source(
        path="bench.md", name="bench.md", data=text.encode(), folder=folder, root=folder
    )
    return ledger.assign([readers.read(source, deck="bench")], NOW)


def export(name: str, decks: Sequence[Deck]) -> bytes:
    exporter = exporters.find(name)
    setting = Setting(templates=Templates(), now=NOW, name="bench")
    made = exporter.export(decks, exporter.options(), setting)
    return b"".join(artifact.data for artifact in made.artifacts)


# --- plain ways of doing it -----------------------------------------------------------


def parts(text: str) -> list[tuple[str, str]]:
    """Prompts and answers, found by nothing but the two number signs."""
    sections = (section.partition("\n\n") for section in text.split("\n## ")[1:])
    return [(prompt, answer) for prompt, _, answer in sections]


def plain_package(pairs: Sequence[tuple[str, str]]) -> bytes:
    fields = [{"name": "Front"}, {"name": "Back"}]
    sides = {"name": "Card", "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}"}
    model = genanki.Model(1_700_000_001, "Bench", fields=fields, templates=[sides])
    deck = genanki.Deck(1_700_000_002, "Bench")
    for prompt, answer in pairs:
        deck.add_note(genanki.Note(model=model, fields=[prompt, answer]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.apkg")
        genanki.Package(deck).write_to_file(path)
        return path.read_bytes()


def plain_sheets(pairs: Sequence[tuple[str, str]]) -> bytes:
    """Fronts and backs, eight to a page, lines where they fall."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for first in range(0, len(pairs), 8):
        for side in (0, 1):
            for at, pair in enumerate(pairs[first : first + 8]):
                text = canvas.beginText(30 + at % 2 * 280, 800 - at // 2 * 200)
                text.textLines(pair[side])
                canvas.drawText(text)
            canvas.showPage()
    canvas.save()
    return stream.getvalue()


def plain_table(pairs: Sequence[tuple[str, str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(pairs)
    return stream.getvalue().encode()


# --- measuring ------------------------------------------------------------------------


def seconds(step: Step, rounds: int) -> float:
    """The shortest of some rounds, in seconds of the processor."""
    found = []
    for _ in range(rounds):
        begin = time.process_time()
        step()
        found.append(time.process_time() - begin)
    return min(found)


def pairs_to_measure(text: str) -> list[Pair]:
    decks = read(text)
    plain = parts(text)
    html = [(prompt, MarkdownIt().render(answer)) for prompt, answer in plain]
    return [
        Pair(
            name="read",
            ours=lambda: read(text),
            plain=lambda: MarkdownIt("commonmark").enable("table").parse(text),
        ),
        Pair(name="apkg", ours=lambda: export("apkg", decks), plain=lambda: plain_package(html)),
        Pair(name="pdf", ours=lambda: export("pdf", decks), plain=lambda: plain_sheets(plain)),
        Pair(name="csv", ours=lambda: export("csv", decks), plain=lambda: plain_table(plain)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=1000, help="how long the document is")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best one counts")
    chosen = parser.parse_args()
    pairs = pairs_to_measure(document(chosen.notes))
    sys.stdout.write(f"{chosen.notes} notes, best of {chosen.rounds}, ms of the processor\n")
    sys.stdout.write(f"{'step':6}{'deckpress':>10}{'plain':>8}{'ratio':>8}\n")
    for pair in pairs:
        ours, plain = (seconds(step, chosen.rounds) for step in (pair.ours, pair.plain))
        row = f"{pair.name:6}{ours * 1000:10.0f}{plain * 1000:8.1f}{ours / plain:8.1f}\n"
        sys.stdout.write(row)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
