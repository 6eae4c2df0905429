"""Printed cards, read back from the PDF and judged by the physics of paper."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pikepdf
import pytest

from deckpress.content import (
    Blocks,
    Code,
    CodeBlock,
    Gap,
    Inline,
    Link,
    ListBlock,
    Math,
    Style,
    Text,
    walk,
)
from deckpress.exporters import find as find_exporter
from deckpress.exporters.pdf import Options
from deckpress.model import Basic, Cloze, Note
from deckpress.sheets import plan as plan_module
from deckpress.sheets.stock import TABLE, find
from deckpress.templates import Templates
from pdf_cards import (
    bullets,
    code,
    codes,
    deck,
    export,
    image,
    link,
    note,
    numbered,
    paragraph,
    picture,
    printed,
    rich,
    styled,
)
from pdf_reading import FOOTER_SIZE, POINT, READS_UPRIGHT, Leaf, axis, leaves, through

STOCKS = Templates().read(TABLE)
SAME_SIZE = {"front_size": 11.0, "back_size": 11.0}
RichPages = tuple[str, list[Leaf]]


def boxes(
    leaf: Leaf, name: str, side: str, flip: str
) -> Iterator[tuple[float, float, float, float]]:
    """The cards' places on a page, in points, from the table and the physics alone."""
    stock = find(STOCKS, name)
    for row, column in product(range(stock.rows), range(stock.columns)):
        x, y = stock.left + column * stock.across, stock.top + row * stock.down
        x, y, w, h = (n * POINT for n in (x, y, stock.card.width, stock.card.height))
        if side == "back":
            x1, y1 = through(x, y, leaf, flip)
            x2, y2 = through(x + w, y + h, leaf, flip)
            x, y = min(x1, x2), min(y1, y2)
        yield x, y, x + w, y + h


# --- backs behind fronts --------------------------------------------------------------


def check_backs(data: bytes, count: int, flip: str, turn: str) -> None:
    """Every A lies behind its Q, and reads the right way up when the card is turned."""
    pages = leaves(data)
    assert len(pages) % 2 == 0
    seen: set[str] = set()
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        questions = {w.text[1:]: w for w in front.words if re.fullmatch(r"Q\d+", w.text)}
        answers = {w.text[1:]: w for w in back.words if re.fullmatch(r"A\d+", w.text)}
        assert questions.keys() == answers.keys()
        for number, question in questions.items():
            answer = answers[number]
            x, y = through(*answer.middle, front, flip)
            # Both are centred, so only the letters' own shapes may tell them apart.
            assert abs(x - question.middle[0]) < 1
            assert abs(y - question.middle[1]) < 6
            assert not question.turned
            upright = READS_UPRIGHT[axis(front.width, front.height, flip), turn]
            assert answer.turned != upright
        assert not seen & questions.keys()
        seen |= questions.keys()
    assert seen == {str(i) for i in range(1, count + 1)}


@pytest.mark.parametrize("flip", ["long", "short"])
@pytest.mark.parametrize(
    "stock", ["hama-50400", "a4-3x5in"], ids=["asymmetric portrait", "landscape"]
)
@pytest.mark.parametrize("turn", ["book", "calendar"])
def test_backs_lie_behind_their_fronts(stock: str, flip: str, turn: str) -> None:
    count = find(STOCKS, stock).slots + 3
    for order in ("rows", "columns", "stack"):
        data = printed(numbered(count), stock=stock, flip=flip, turn=turn, order=order, **SAME_SIZE)
        check_backs(data, count, flip, turn)


def test_the_test_sees_a_missing_mirror(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_module, "_behind", lambda front, _stock, _way: front)
    data = printed(numbered(13), stock="hama-50400", **SAME_SIZE)
    with pytest.raises(AssertionError):
        check_backs(data, 13, "long", "book")


def test_the_test_sees_the_wrong_edge() -> None:
    data = printed(numbered(13), stock="hama-50400", flip="short", **SAME_SIZE)
    with pytest.raises(AssertionError):
        check_backs(data, 13, "long", "book")


def test_the_test_sees_backs_on_their_head() -> None:
    data = printed(numbered(3), turn="calendar", **SAME_SIZE)
    with pytest.raises(AssertionError):
        check_backs(data, 3, "long", "book")


def test_a_cut_stack_is_in_order() -> None:
    pages = leaves(printed(numbered(23), stock="hama-50400", order="stack"))
    piles: dict[tuple[float, float], list[int]] = {}
    for page in pages[::2]:
        for word in page.words:
            if re.fullmatch(r"Q\d+", word.text):
                x, y = word.middle
                slot = (y // (55 * POINT), x // (105 * POINT))
                piles.setdefault(slot, []).append(int(word.text[1:]))
    assert [n for slot in sorted(piles) for n in piles[slot]] == list(range(1, 24))


# --- what is on the cards -------------------------------------------------------------


def characters_of(blocks: Blocks) -> str:
    """Everything that a reader of the cards must find, without spaces."""
    found = []
    for node in walk(blocks):
        if isinstance(node, Text | Code | CodeBlock):
            found.append(node.text)
        elif isinstance(node, ListBlock) and node.ordered:
            found += [f"{n}." for n in range(1, len(node.items) + 1)]
        elif isinstance(node, Link):
            found.append(f"({node.url.removeprefix('https://')})")
    return "".join("".join(found).split())


@pytest.fixture(scope="module", params=["a4-2x4", "a4-3x3", "avery-5371"])
def rich_pages(request: pytest.FixtureRequest) -> RichPages:
    return request.param, leaves(printed(rich(), stock=request.param))


def test_what_is_written_is_what_is_printed(rich_pages: RichPages) -> None:
    _, pages = rich_pages
    words = [w for page in pages for w in page.words]
    found = Counter("".join(w.text for w in words if w.size != FOOTER_SIZE))
    bodies = [n.body for n in rich().notes if isinstance(n.body, Basic)]
    expected = Counter("".join(characters_of(b.prompt + b.answer) for b in bodies) + "Fromabook.")
    if any(w.text == "part" for w in words):  # one question is repeated where its answer goes on
        expected += Counter("Whichcallsetsbase_image?a=f(1)continued2/2")
    assert found == expected


def test_words_stay_inside_their_card_and_apart_from_each_other(
    rich_pages: RichPages,
) -> None:
    name, pages = rich_pages
    for number, page in enumerate(pages):
        side = "back" if number % 2 else "front"
        slots = list(boxes(page, name, side, "long"))
        margin = 5 * POINT - 0.1
        for word in page.words:
            inside = [
                x0 + margin <= word.x0
                and word.x1 <= x1 - margin
                and y0 + margin <= word.top + 0.35 * word.size
                and word.bottom - 0.3 * word.size <= y1 - margin + 0.5
                for x0, y0, x1, y1 in slots
            ]
            assert sum(inside) == 1, word
        for i, a in enumerate(page.words):
            for b in page.words[i + 1 :]:
                across = min(a.x1, b.x1) - max(a.x0, b.x0)
                down = min(a.bottom, b.bottom) - max(a.top, b.top)
                # A glyph's box is higher than its ink: lines may touch by a quarter of it.
                assert across < 0.3 or down < 0.3 * max(a.size, b.size), (a, b)


def test_type_is_never_smaller_than_asked(rich_pages: RichPages) -> None:
    _, pages = rich_pages
    sizes = {w.size for page in pages for w in page.words if w.text != "2"} - {FOOTER_SIZE}
    assert min(sizes) >= 7 - 0.01


def test_every_side_says_which_card_it_is() -> None:
    notes = [note(f"Q{i}", f"A{i}", section=("Orchestration",)) for i in range(3)]
    pages = leaves(printed(deck(*notes, name="mlops::pipelines")))
    for page in pages:
        foot = [w.text for w in page.words if w.size == FOOTER_SIZE]
        assert {"1/3", "2/3", "3/3"} <= set(foot)
        assert foot.count("Orchestration") == foot.count("mlops") == 3


def test_cloze_cards_print_one_gap_each() -> None:
    gaps: tuple[Inline, ...] = (
        Text(text="A "),
        Gap(number=1, children=(Text(text="graph"),)),
        Text(text=" without "),
        Gap(number=2, children=(Text(text="cycles"),), hint="loops"),
    )
    body = Cloze(text=(paragraph(*gaps),))
    made = export(deck(Note(body=body, span=note("", "").span)))
    assert made.cards == 2
    front, back = leaves(made.artifacts[0].data)
    words = [w.text for w in front.words if w.size != FOOTER_SIZE]
    assert sorted(words) == sorted(["A", "without", "cycles", "A", "graph", "without", "loops"])
    bold = {name for name, _ in back.sizes if "Bold" in name}
    assert bold


def test_tints_and_underlines_lie_under_their_letters() -> None:
    shown = paragraph("see ", code("tinted"), " and ", styled(Style.underline, "marked"))
    (front, _) = leaves(printed(deck(note((shown,), "A"))))
    words = {w.text: w for w in front.words}
    tinted, marked = words["tinted"], words["marked"]
    tint, line = (
        [r for r in front.rects if r[0] <= w.middle[0] <= r[2] and abs(r[1] - w.top) < 30]
        for w in (tinted, marked)
    )
    ((x0, top, x1, bottom),) = tint
    assert x0 < tinted.x0 < tinted.x1 < x1
    assert top < tinted.middle[1] < bottom
    ((x0, top, x1, bottom),) = line
    assert (x0, x1) == pytest.approx((marked.x0, marked.x1), abs=0.1)
    assert marked.middle[1] < top < bottom < marked.bottom


# --- guides ---------------------------------------------------------------------------


def test_ticks_stand_on_card_edges() -> None:
    front, back = leaves(printed(numbered(10), stock="hama-50400"))
    upright = [n * POINT for n in (13.5, 98.5, 108.5, 193.5)]
    flat = [n * POINT for n in (10.5, 65.5, 120.5, 175.5, 230.5, 285.5)]
    assert front.lines
    assert not back.lines
    slots = list(boxes(front, "hama-50400", "front", "long"))
    for x0, top, x1, bottom in front.lines:
        if abs(x0 - x1) < 0.01:
            assert min(abs(x0 - edge) for edge in upright) < 0.05
        else:
            assert min(abs(top - edge) for edge in flat) < 0.05
        for left, above, right, below in slots:
            inside = left + 0.05 < (x0 + x1) / 2 < right - 0.05
            assert not (inside and above + 0.05 < (top + bottom) / 2 < below - 0.05)


# --- fit ------------------------------------------------------------------------------

LONG = "every word of this must be on paper somewhere " * 40


def test_the_report_lists_exactly_the_cards_that_go_on() -> None:
    notes = [
        note("short", "short", line=1),
        note("long", LONG * 2, line=2),
        note("short", "short", line=3),
        note(LONG * 3, "short", line=4),
    ]
    made = export(deck(*notes))
    assert made.cards == 4
    lines = [d.span.first for d in made.diagnostics if d.code == "W534" and d.span]
    assert lines == [2, 4]
    pages = leaves(made.artifacts[0].data)
    parts = [w.text for page in pages for w in page.words if w.text == "part"]
    assert len(parts) >= 2 * (2 + 2)


def test_a_card_at_the_smallest_size_is_named() -> None:
    made = export(deck(note("Q", "word " * 215, line=8)))
    assert codes(made) == ["I535"]
    assert len(leaves(made.artifacts[0].data)) == 2


def test_overflow_can_be_an_error() -> None:
    made = export(deck(note("Q", "A"), note("Q", LONG * 2, line=5)), overflow="error")
    assert codes(made) == ["E533"]
    assert made.artifacts == ()
    assert export(deck(note("Q", "A")), overflow="error").artifacts


# --- faults ---------------------------------------------------------------------------


def test_a_character_without_a_font_is_reported_and_boxed() -> None:
    made = export(deck(note("Water 💧 is 水", "wet", line=6)))
    (found,) = made.diagnostics
    assert (found.code, found.span and found.span.first) == ("W536", 6)
    assert "U+1F4A7 DROPLET" in found.message
    assert "U+6C34" in found.message


def test_writing_that_needs_shaping_is_reported_once() -> None:
    made = export(deck(note("שלום עולם", (paragraph("مرحبا"), bullets("שלום")))))
    assert codes(made) == ["W537"]
    assert "Arabic and Hebrew" in made.diagnostics[0].message


def test_a_bad_formula_is_reported() -> None:
    made = export(deck(note((paragraph(Math(tex=r"\frac{a")),), "A")))
    assert codes(made) == ["W538"]
    assert any("frac" in w.text for w in leaves(made.artifacts[0].data)[0].words)


def test_a_picture_that_cannot_be_printed_is_reported_once() -> None:
    shown = paragraph(image("plan.svg", "three boxes"))
    made = export(deck(note((shown,), (shown,)), media=(picture("a.png", 2, 2),)))
    assert codes(made) == ["W539"]
    assert "plan.svg" in made.diagnostics[0].message


def test_text_copies_out_as_it_was_written() -> None:
    text = "\U0001d538 → ⇒ ≤ ⚙ ✓ 🔒 λόγος слово tiếng Việt ½ €"
    (front, _) = leaves(printed(deck(note(text, "A"))))
    words = [w.text for w in front.words if w.size != FOOTER_SIZE]
    assert sorted("".join(words)) == sorted(text.replace(" ", ""))


def test_more_characters_than_one_font_can_hold() -> None:
    text = "".join(chr(c) for c in range(0x100, 0x250))
    parts = [f"{text[start : start + 20]} " for start in range(0, len(text), 20)]
    data = printed(deck(note("Q", "".join(parts))))
    words = [w.text for page in leaves(data) for w in page.words if w.size != FOOTER_SIZE]
    assert sorted("".join(words)) == sorted(f"Q{text}")


def test_pictures_lie_inside_their_cards() -> None:
    media = (picture("wide.jpg", 1600, 400, "JPEG"), picture("tall.png", 300, 900))
    notes = [note((paragraph(image(m.src)),), (paragraph("See ", image(m.src)),)) for m in media]
    pages = leaves(printed(deck(*notes, media=media)))
    for number, page in enumerate(pages):
        slots = list(boxes(page, "a4-2x4", "back" if number % 2 else "front", "long"))
        assert len(page.images) == 2
        margin = 5 * POINT - 0.1
        for x0, top, x1, bottom in page.images:
            assert any(
                a + margin <= x0 and x1 <= c - margin and b + margin <= top and bottom <= d - margin
                for a, b, c, d in slots
            )


# --- options --------------------------------------------------------------------------


def test_an_unknown_stock_tells_the_choices() -> None:
    made = export(numbered(1), stock="papyrus")
    assert codes(made) == ["E530"]
    assert "avery-5371" in made.diagnostics[0].help
    assert made.artifacts == ()


def test_a_wrong_table_of_stocks_is_reported(tmp_path: Path) -> None:
    (tmp_path / "sheets").mkdir()
    table = "[a4-2x4]\npage=[10,10]\ncard=[20,20]\ngrid=[1,1]\norigin=[0,0]\npitch=[0,0]\n"
    (tmp_path / TABLE).write_text(table)
    made = export(numbered(1), templates=Templates((tmp_path,)))
    assert codes(made) == ["E531"]
    assert "larger than its page" in made.diagnostics[0].message


@pytest.mark.parametrize(
    "options",
    [
        {"margin": 40.0},
        {"margin": -1.0},
        {"margin": float("nan")},
        {"front_size": 0.0},
        {"back_size": float("inf")},
        {"min_size": 1.0},
    ],
)
def test_sizes_that_cannot_be_are_refused(options: dict[str, float]) -> None:
    made = export(numbered(1), templates=None, **options)
    assert codes(made) == ["E532"]
    assert made.artifacts == ()


def test_the_exporter_is_found_by_its_name() -> None:
    record = find_exporter("pdf")
    assert (record.name, record.suffix, record.options) == ("pdf", ".pdf", Options)
    assert Options() == Options(stock="a4-2x4")


def test_no_cards_make_no_pages() -> None:
    made = export(deck())
    assert made.cards == 0


# --- the file -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rich_file() -> bytes:
    decks = [rich(), deck(note("Q", "A", section=("Two", "Deep")), name="other", lang="de")]
    return printed(*decks, flip="short")


def test_all_fonts_are_in_the_file(rich_file: bytes) -> None:
    with pikepdf.open(io.BytesIO(rich_file)) as file:
        fonts = [f for page in file.pages for f in page.Resources.Font.values()]
        assert {str(f.Subtype) for f in fonts} == {"/TrueType"}
        for font in fonts:
            assert len(font.FontDescriptor.FontFile2.read_bytes()) > 500
            assert "/ToUnicode" in font
        names = {str(f.BaseFont) for f in fonts}
    assert any("NotoSans-BoldItalic" in name for name in names)
    assert not any("Helvetica" in name for name in names)
    assert b"Helvetica" not in rich_file


def test_the_file_tells_the_printer_what_to_do(rich_file: bytes) -> None:
    with pikepdf.open(io.BytesIO(rich_file)) as file:
        wishes = file.Root.ViewerPreferences
        assert str(wishes.PrintScaling) == "/None"
        assert str(wishes.Duplex) == "/DuplexFlipShortEdge"
        assert str(file.docinfo["/Title"]) == "a title"
        sizes = {tuple(round(float(n), 2) for n in page.MediaBox) for page in file.pages}
    assert sizes == {(0, 0, 595.28, 841.89)}


def test_the_language_is_told_when_there_is_one() -> None:
    with pikepdf.open(io.BytesIO(printed(deck(note("Q", "A"), lang="de")))) as file:
        assert str(file.Root.Lang) == "de"


def test_the_outline_names_decks_and_sections(rich_file: bytes) -> None:
    with pikepdf.open(io.BytesIO(rich_file)) as file, file.open_outline() as outline:
        top = outline.root
        assert [entry.title for entry in top] == ["mlops", "other"]
        assert [entry.title for entry in top[0].children] == ["pipelines"]
        assert [entry.title for entry in top[1].children] == ["Two"]
        assert [entry.title for entry in top[1].children[0].children] == ["Deep"]


def test_nothing_of_this_machine_is_in_the_file(rich_file: bytes) -> None:
    with pikepdf.open(io.BytesIO(rich_file)) as file:
        streams = [o for o in file.objects if isinstance(o, pikepdf.Stream)]
        seen = b"".join(o.read_bytes() for o in streams if "/Subtype" not in o)
    secrets = [str(Path.cwd()), str(Path.home()), str(Path(sys.prefix))]
    assert [s for s in secrets if s.encode() in rich_file + seen] == []


def test_streams_are_plain_binary(rich_file: bytes) -> None:
    assert b"ASCII85" not in rich_file


PROGRAM = """
import hashlib, json
from pdf_cards import picture, deck, note, paragraph, image, printed, rich
from deckpress.content import Math
media = (picture("a.png", 40, 30), picture("b.jpg", 30, 40, "JPEG"))
shown = (paragraph(image("a.png"), Math(tex="x^2"), image("b.jpg")),)
extra = deck(note(shown, "💧 ⇒ ⚙", section=("s",)), media=media, name="b")
print(json.dumps(hashlib.sha256(printed(rich(), extra)).hexdigest()))
"""


def test_equal_cards_make_equal_bytes_in_every_process() -> None:
    digests = {_digest(seed) for seed in ("0", "1")}
    assert len(digests) == 1
    assert hashlib.sha256(printed(rich())).digest() == hashlib.sha256(printed(rich())).digest()


def _digest(seed: str) -> str:
    here = str(Path(__file__).parent)
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": here,
        "TZ": f"Etc/GMT+{seed}",
    }
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    return str(json.loads(done.stdout))


def test_a_link_is_followed_by_its_address() -> None:
    shown = paragraph("see ", link("https://a.example/x", "here"))
    (front, _) = leaves(printed(deck(note((shown,), "A"))))
    assert "(a.example/x)" in [w.text for w in front.words]
