"""Typesetting, judged by its marks: nothing lost, nothing outside, nothing too small."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pygments.lexers import get_all_lexers

from deckpress.content import (
    Blank,
    Block,
    Blocks,
    Definition,
    DefinitionList,
    Footnote,
    FootnoteMark,
    Heading,
    Inline,
    Item,
    LineBreak,
    ListBlock,
    Math,
    MathBlock,
    Quote,
    Rule,
    Style,
    Styled,
    Text,
)
from deckpress.model import Face, Media
from deckpress.sheets import breaking, fonts, formulas, inks, marks, words
from deckpress.sheets.blocks import lay
from deckpress.sheets.breaking import Line
from deckpress.sheets.fit import divided, fitted
from deckpress.sheets.footers import Footer, footer_marks
from deckpress.sheets.marks import Letters, Mark, Placed, Strip, Strips, depth
from deckpress.sheets.measures import Flush, Kit, Measure
from deckpress.sheets.pictures import gallery
from deckpress.sheets.stock import Size
from deckpress.sheets.typeset import Format, Setting, preferred, typeset
from deckpress.sheets.words import Case, Glyphs, Word
from pdf_cards import (
    SPAN,
    bullets,
    code,
    image,
    inlines,
    link,
    listing,
    paragraph,
    picture,
    styled,
    table,
)

POINT = 72 / 25.4
A7 = Size(width=105, height=74.25)
FORM = Format(card=A7, margin=5, front=13, back=11, smallest=7)
FOOT = Footer(number="7/9", path=("deck", "part"), hue=0)
MEASURE = Measure(left=0, width=250, room=170, size=11, smallest=7)


def kit(*media: Media) -> Kit:
    return Kit(case=Case(), gallery=gallery(media))


def set_face(
    front: Blocks,
    back: Blocks = (),
    extra: Blocks = (),
    form: Format = FORM,
    media: tuple[Media, ...] = (),
) -> Setting:
    return typeset(Face(front=front, back=back, extra=extra), FOOT, form, kit(*media))


Side = tuple[Placed, ...]


def all_marks(side: Side) -> list[tuple[float, Mark]]:
    return [(placed.y, mark) for placed in side for mark in placed.marks]


def letters(side: Side) -> list[tuple[float, Letters]]:
    """A side's runs of letters, without the footer's."""
    return [(y, m) for y, m in all_marks(side) if isinstance(m, Letters) and m.size != 6.5]


def text(side: Side) -> str:
    """A side's words in reading order, for strips come from the top to the bottom."""
    lines: dict[float, list[Letters]] = {}
    for y, mark in letters(side):
        lines.setdefault(round(y + mark.y, 1), []).append(mark)
    rows = (" ".join(m.text for m in sorted(row, key=lambda m: m.x)) for row in lines.values())
    return " ".join(" ".join(rows).split())


def set_text(*blocks: Block) -> str:
    return text(set_face(blocks).printed[0].front)


# --- words and lines ------------------------------------------------------------------


def set_words(*parts: str | Inline) -> tuple[Word, ...]:
    return words.words(inlines(*parts), inks.PLAIN, 0.6, Case())


def said_by(line: Line) -> str:
    return "".join(p.text for w in line.words for p in w.pieces if isinstance(p, Glyphs))


plain_text = st.text(alphabet="abc dé-/. →ж\n", max_size=120)


@given(plain_text, st.floats(3, 40))
def test_broken_lines_hold_every_word_and_none_is_too_long(source: str, limit: float) -> None:
    lines = breaking.broken(set_words(source), limit)
    assert all(line.width <= limit + 1e-5 for line in lines)
    letters_out = "".join(said_by(line) for line in lines)
    assert letters_out == "".join(unicodedata.normalize("NFC", source).split())


@given(plain_text, st.floats(5, 40))
def test_balanced_lines_are_as_few_and_no_longer(source: str, limit: float) -> None:
    found = set_words(source)
    greedy, even = breaking.broken(found, limit), breaking.balanced(found, limit)
    assert len(even) == len(greedy)
    assert max((line.width for line in even), default=0) <= limit + 1e-5
    assert [w for line in even for w in line.words] == [w for line in greedy for w in line.words]


def test_a_balanced_line_is_not_left_alone() -> None:
    found = set_words("one two three four five six seven eight nine ten eleven twelve end")
    limit = breaking.natural(found) - 1
    greedy, even = breaking.broken(found, limit), breaking.balanced(found, limit)
    assert greedy[1].width < 0.3 * greedy[0].width
    assert even[1].width > 0.7 * even[0].width


def test_a_no_break_space_does_not_break() -> None:
    assert len(set_words("10\u00a0ms of")) == 2


def test_styles_within_a_word_do_not_part_it() -> None:
    assert len(set_words("un", styled(Style.strong, "break"), "able")) == 1


def test_a_hyphen_between_long_parts_may_end_a_line() -> None:
    assert len(set_words("train-test")) == 2
    assert len(set_words("e-mail")) == 1


def test_a_name_is_parted_after_a_mark_rather_than_anywhere() -> None:
    found = set_words("alpha.bravo.gamma.delta")
    assert len(found) == 1
    lines = breaking.broken(found, found[0].width * 0.6)
    assert len(lines) == 2
    assert all(said_by(line).endswith(".") for line in lines[:-1])


def test_inks() -> None:
    bold = inks.styled(inks.PLAIN, Style.strong, 0.5)
    assert (bold.bold, inks.styled(bold, Style.emphasis, 0.5).italic) == (True, True)
    twice = inks.styled(inks.styled(inks.PLAIN, Style.emphasis, 0.5), Style.emphasis, 0.5)
    assert not twice.italic
    gap = inks.styled(inks.PLAIN, Style.gap, 0.5)
    assert (gap.bold, gap.underline, gap.colour) == (True, True, inks.PLAIN.colour)
    assert inks.styled(inks.PLAIN, Style.small, 0.95).scale == 0.95


# --- what inlines and blocks say ------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("plain ", styled(Style.strong, "bold"), "!"), "plain bold !"),
        (("see ", link("https://a.example/x", "here")), "see here (a.example/x)"),
        ((link("https://a.example/", "a.example"),), "a.example"),
        ((link("https://a.example", "https://a.example"),), "https://a.example"),
        ((link("mailto:me@a.example", "me@a.example"),), "me@a.example"),
        ((link("#below", "below"),), "below"),
        (("A ", Blank(hint="a hint"), " here"), "A a hint here"),
        (("mark", FootnoteMark(number=3)), "mark 3"),
        (("one", LineBreak(hard=True), "two"), "one two"),
        (("one", LineBreak(hard=False), "two"), "one two"),
    ],
)
def test_inlines(parts: tuple[str | Inline, ...], said: str) -> None:
    assert sorted(set_text(paragraph(*parts)).split()) == sorted(said.split())


def test_a_hard_break_starts_a_line() -> None:
    side = set_face((paragraph("one", LineBreak(hard=True), "two"),)).printed[0].front
    assert len({y + m.y for y, m in letters(side)}) == 2


def test_blocks_say_all_they_hold() -> None:
    blocks = (
        Heading(level=2, children=inlines("heading"), span=SPAN),
        Quote(children=(paragraph("quoted"),), span=SPAN),
        DefinitionList(
            items=(Definition(term=inlines("term"), children=(paragraph("meaning"),), span=SPAN),),
            span=SPAN,
        ),
        table(("head", "er"), ("cell", "text")),
        Rule(span=SPAN),
        listing("code = 1"),
        bullets("first", "second", ordered=True),
        Footnote(number=4, children=(paragraph("note"),), span=SPAN),
    )
    said = set_text(*blocks).split()
    expected = "heading quoted term meaning head er cell text code = 1 1. 2. first second 4 note"
    assert sorted(said) == sorted(expected.split())


def faces_of(*blocks: Block) -> dict[str, str | None]:
    side = set_face(blocks).printed[0].front
    return {m.text: m.face.name if m.face else None for _, m in letters(side)}


def test_styles_use_real_faces() -> None:
    found = faces_of(
        paragraph(
            "plain ",
            styled(Style.strong, "bold ", styled(Style.emphasis, "both")),
            styled(Style.emphasis, " italic "),
            code("code"),
        )
    )
    assert found == {
        "plain": "notos",
        "bold": "notosbo",
        "both": "notosbi",
        "italic": "notosit",
        "code": "cascadia",
    }


def test_a_heading_is_bold() -> None:
    assert faces_of(Heading(level=1, children=inlines("Big"), span=SPAN)) == {"Big": "notosbo"}


def test_subscripts_are_lower_and_superscripts_higher() -> None:
    parts = ("x", styled(Style.subscript, "low"), styled(Style.superscript, "high"))
    side = set_face((paragraph(*parts),)).printed[0].front
    heights = {m.text: m.y for _, m in letters(side)}
    assert heights["high"] < heights["x"] < heights["low"]


def test_a_task_box_is_drawn_and_checked() -> None:
    done, open_ = (Item(children=(paragraph("x"),), span=SPAN, checked=c) for c in (True, False))
    side = set_face((ListBlock(items=(done, open_), span=SPAN),)).printed[0].front
    kinds = Counter(type(mark) for _, mark in all_marks(side))
    assert kinds[marks.Frame] == 2
    assert kinds[marks.Stroke] == 1


def test_long_code_lines_wrap_with_a_mark_and_lose_nothing() -> None:
    source = "call(" + ", ".join(f"argument_{i}=value_{i}" for i in range(12)) + ")"
    side = set_face((listing(source, "python"),)).printed[0].front
    assert "".join(text(side).split()) == "".join(source.split())
    rows = {y for y, m in letters(side)}
    hooks = [mark for _, mark in all_marks(side) if isinstance(mark, marks.Stroke)]
    assert len(hooks) == len(rows) - 1 > 0


def test_code_is_indented_as_written() -> None:
    side = set_face((listing("if x:\n    y()\n\tz()"),)).printed[0].front
    first, second, third = (m.x for _, m in letters(side))
    step = fonts.face("cascadia").widths["0"] * letters(side)[0][1].size
    assert second - first == pytest.approx(4 * step)
    assert third == second


def test_code_has_colours_where_the_language_is_known() -> None:
    known, unknown = (
        letters(set_face((listing("def f(): 1", language),)).printed[0].front)
        for language in ("python", "klingon")
    )
    assert len({mark.colour for _, mark in known}) > 2
    assert len({mark.colour for _, mark in unknown}) == 1


def test_extra_stands_below_the_answer_and_is_smaller() -> None:
    face = set_face((paragraph("Q"),), (paragraph("answer"),), (paragraph("apart"),))
    found = {m.text: (y + m.y, m.size) for y, m in letters(face.printed[0].back)}
    assert found["apart"][0] > found["answer"][0]
    assert found["apart"][1] < found["answer"][1]


def test_a_short_prompt_is_in_the_middle_and_a_long_one_on_the_left() -> None:
    middle = A7.width * POINT / 2
    short = letters(set_face((paragraph("Why?"),)).printed[0].front)
    ((_, mark),) = short
    width = fonts.width(mark.face, mark.text) * mark.size
    assert mark.x + width / 2 == pytest.approx(middle)
    long = letters(set_face((paragraph("word " * 120),)).printed[0].front)
    assert {round(m.x, 3) for _, m in long} == {round(5 * POINT, 3)}


# --- formulas -------------------------------------------------------------------------


def drawings(*blocks: Block) -> list[marks.Drawing]:
    side = set_face(blocks).printed[0].front
    return [mark for _, mark in all_marks(side) if isinstance(mark, marks.Drawing)]


def test_formulas_are_drawn() -> None:
    found = drawings(paragraph("so ", Math(tex=r"\frac{a}{b}")), MathBlock(tex="x^2", span=SPAN))
    assert len(found) == 2


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        (r"\frac{a", "braces"),
        ("}{", "braces"),
        ("x" * 3000, "longer"),
        ("{" * 40 + "}" * 40, "deeper"),
        (r"\nonsense{x}", "not known"),
        (r"\begin{foo}", "not understand"),
        ("", ""),
    ],
)
def test_a_formula_that_cannot_be_drawn_shows_its_source(tex: str, reason: str) -> None:
    assert reason in formulas.trouble(tex, display=False)
    assert formulas.trouble(tex, display=False)
    shown = "".join(set_text(paragraph(Math(tex=tex), " end")).split())
    assert shown.startswith(tex[:20])
    assert not drawings(paragraph(Math(tex=tex), " end"))


def test_without_ziamath_formulas_are_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "available", lambda: False)
    monkeypatch.setattr(formulas, "_known", {})
    assert "not installed" in formulas.trouble("x", display=False)
    assert set_text(paragraph(Math(tex="x^2"))) == "x^2"


def test_a_wide_formula_is_made_to_fit() -> None:
    wide = "+".join(f"x_{{{i}}}" for i in range(60))
    for block in (MathBlock(tex=wide, span=SPAN), paragraph(Math(tex=wide))):
        (drawing,) = drawings(block)
        found = formulas.formula(wide, display=isinstance(block, MathBlock))
        assert found
        assert found.width * drawing.size <= (A7.width - 10) * POINT + 0.01


# --- pictures -------------------------------------------------------------------------


def pictures(
    *blocks: Block, media: tuple[Media, ...] = (), form: Format = FORM
) -> list[marks.Picture]:
    side = set_face(blocks, form=form, media=media).printed[0].front
    return [mark for _, mark in all_marks(side) if isinstance(mark, marks.Picture)]


def test_a_picture_keeps_its_shape_and_is_never_enlarged() -> None:
    media = (picture("small.png", 40, 20), picture("large.png", 3000, 1500))
    (small,) = pictures(paragraph(image("small.png")), media=media)
    assert (small.width, small.height) == pytest.approx((40 * 0.75, 20 * 0.75))
    (large,) = pictures(paragraph(image("large.png")), media=media)
    assert large.width <= (A7.width - 10) * POINT + 0.01
    assert large.width / large.height == pytest.approx(2)
    assert large.raster.columns == 3000


def test_the_author_can_make_it_smaller() -> None:
    media = (picture("a.png", 400, 200),)
    (mark,) = pictures(paragraph(image("a.png", width=100)), media=media)
    assert (mark.width, mark.height) == pytest.approx((75, 37.5))
    (mark,) = pictures(paragraph(image("a.png", width=4000)), media=media)
    assert mark.width <= 300


def test_a_picture_shrinks_before_the_text_does() -> None:
    media = (picture("tall.png", 200, 240),)
    done = set_face((paragraph("Look: ", image("tall.png")), paragraph("And then?")), media=media)
    assert len(done.printed) == 1
    assert done.front == 13


KINDS = """PNG RGBA, PNG P, PNG 1, PNG I;16, GIF P, WEBP RGB, JPEG L, JPEG CMYK, BMP RGB"""


@pytest.mark.parametrize(("kind", "mode"), [kind.split() for kind in KINDS.split(", ")])
def test_kinds_of_pictures(kind: str, mode: str) -> None:
    media = (picture(f"a.{kind}", 30, 20, kind, mode),)
    (mark,) = pictures(paragraph(image(f"a.{kind}")), media=media)
    assert mark.raster.data[:4] in (b"\x89PNG", b"\xff\xd8\xff\xe0")


@pytest.mark.parametrize(
    ("src", "data", "reason"),
    [
        ("a.svg", b"<svg/>", "SVG"),
        ("a.png", b"junk", "can be read"),
        ("a.mp3", b"", "sound"),
        ("b.png", None, "no file"),
    ],
)
def test_a_picture_that_cannot_be_drawn_says_what_it_was(
    src: str, data: bytes | None, reason: str
) -> None:
    media = () if data is None else (replace(picture(src, 2, 2), data=data),)
    shown = gallery(media)
    assert reason in shown.trouble(src)
    face = set_face((paragraph(image(src, "three boxes")),), media=media)
    assert text(face.printed[0].front) == "three boxes"
    assert marks.Frame in {type(mark) for _, mark in all_marks(face.printed[0].front)}


def test_a_bomb_is_not_unpacked() -> None:
    media = (picture("bomb.png", 10_000, 10_000, mode="1"),)
    assert "million pixels" in gallery(media).trouble("bomb.png")


# --- fitting --------------------------------------------------------------------------

SENTENCE = "every word of this must be on paper somewhere "
LONG = tuple(paragraph(SENTENCE * 6) for _ in range(8))


def test_type_shrinks_in_half_points_and_only_as_far_as_needed() -> None:
    seen = []
    for count in range(10, 190, 6):
        done = set_face((paragraph("Q"),), (paragraph("word " * count),))
        seen.append(done.back)
        assert len(done.printed) == 1
    assert seen == sorted(seen, reverse=True)
    assert all(size * 2 == int(size * 2) for size in seen)
    assert max(seen) == 11
    assert min(seen) < 9


def test_larger_type_than_the_chosen_one_would_not_fit() -> None:
    blocks = (paragraph("word " * 130),)
    measure = Measure(left=0, width=250, room=150, size=11, smallest=7)
    chosen = fitted(blocks, (), measure, kit()).size
    assert 7 <= chosen < 11
    assert depth(lay(blocks, replace(measure, size=chosen), kit())) <= 150
    assert depth(lay(blocks, replace(measure, size=chosen + 0.5), kit())) > 150


def test_what_does_not_fit_goes_on_and_says_so() -> None:
    done = set_face((paragraph("The question"),), LONG)
    count = len(done.printed)
    assert count > 1
    said = " ".join(text(card.back) for card in done.printed)
    assert (
        said.split()
        == ["every", "word", "of", "this", "must", "be", "on", "paper", "somewhere"] * 48
    )
    assert text(done.printed[0].front) == "The question"
    assert text(done.printed[1].front) == f"The question continued 2/{count}"
    for part, card in enumerate(done.printed, start=1):
        for side in (card.front, card.back):
            foot = [m.text for _, m in all_marks(side) if isinstance(m, Letters) and m.size == 6.5]
            assert f"7/9 · part {part}/{count}" in foot


def test_the_answer_waits_for_the_end_of_a_long_question() -> None:
    done = set_face(LONG, (paragraph("Yes."),))
    count = len(done.printed)
    assert [text(card.back) for card in done.printed] == [
        *[f"the answer is on part {count}/{count}"] * (count - 1),
        "Yes.",
    ]


def test_no_line_of_a_paragraph_is_left_alone() -> None:
    done = set_face((paragraph("Q"),), LONG)
    for card in done.printed:
        tops = sorted({y + m.y for y, m in letters(card.back)})
        steps = [b - a for a, b in pairwise(tops)]
        assert steps[0] == pytest.approx(steps[1], abs=0.1) or steps[0] < 1.4 * 7
        assert steps[-1] < 1.4 * 7


heights = st.floats(1, 60)
strips = st.lists(
    st.builds(
        Strip,
        height=heights,
        marks=st.just(()),
        before=st.floats(0, 10),
        keep=st.booleans(),
    ),
    max_size=30,
).map(tuple)


@given(strips)
def test_divided_strips_fit_and_none_is_lost(found: Strips) -> None:
    parts = list(divided(found, 60))
    assert tuple(strip for part in parts for strip in part) == found
    assert all(depth(part) <= 60 + 1e-6 for part in parts)


def test_sizes_follow_the_card() -> None:
    assert preferred(11, A7) == 11
    assert preferred(11, Size(width=88.9, height=50.8)) == 9
    assert preferred(11, Size(width=127, height=76.2)) == 12
    assert preferred(11, Size(width=210, height=297)) == 12


# --- footers --------------------------------------------------------------------------


def foot(path: tuple[str, ...], width: float = 200.0) -> tuple[list[str], list[Mark]]:
    found = footer_marks(Footer(number="12/350", path=path, hue=1), 0, width, 10)
    return [mark.text for mark in found if isinstance(mark, Letters)], found


def test_a_footer_says_where_a_card_belongs() -> None:
    said, found = foot(("mlops", "pipelines", "Kubeflow"))
    assert said == ["mlops › pipelines › Kubeflow", "12/350"]
    assert isinstance(found[0], marks.Bar)


names = st.lists(st.text("abc d→", min_size=1, max_size=40), min_size=1, max_size=5)


@given(names, st.floats(60, 300))
def test_a_footer_never_runs_into_its_number(path: list[str], width: float) -> None:
    _, found = foot(tuple(path), width)
    *names, number = [mark for mark in found if isinstance(mark, Letters)]
    for mark in names:
        assert mark.x + fonts.width(mark.face, mark.text) * mark.size < number.x
    assert number.x + fonts.width(number.face, number.text) * 6.5 == pytest.approx(width)


def test_the_smallest_heading_stays_when_there_is_little_room() -> None:
    said, _ = foot(("a long name of a deck", "a long name of a part", "topic"), 100)
    assert said[0] == "… › topic"


# --- anything at all ------------------------------------------------------------------

ALPHABET = "abc XY.é-/жλ→✓日💧_(1\u00a0"
strings = st.text(ALPHABET, max_size=60)
some_inlines = st.recursive(
    st.one_of(
        st.builds(Text, text=strings),
        st.builds(code, strings),
        st.just(LineBreak(hard=True)),
        st.just(LineBreak(hard=False)),
    ),
    lambda below: st.builds(
        Styled, style=st.sampled_from(Style), children=st.lists(below, max_size=3).map(tuple)
    ),
    max_leaves=6,
)
runs = st.lists(some_inlines, max_size=5).map(tuple)


here = st.just(SPAN)
code_lines = strings.map(lambda text: text.replace(" ", "\n"))
rows = st.lists(st.tuples(strings, strings, strings), min_size=1, max_size=4)


def any_blocks(below: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(below, max_size=3).map(tuple)
    checks = st.sampled_from([None, True, False])
    items = st.builds(Item, children=several, span=here, checked=checks)
    definitions = st.builds(Definition, term=runs, children=several, span=here)
    return st.one_of(
        st.builds(Quote, children=several, span=here),
        st.builds(
            ListBlock,
            items=st.lists(items, min_size=1, max_size=3).map(tuple),
            span=here,
            tight=st.booleans(),
        ),
        st.builds(DefinitionList, items=st.lists(definitions, max_size=2).map(tuple), span=here),
    )


some_blocks = st.recursive(
    st.one_of(
        runs.map(lambda run: paragraph(*run)),
        runs.map(lambda run: Heading(level=2, children=run, span=SPAN)),
        st.builds(listing, code_lines, st.sampled_from(["", "python", "c"])),
        rows.map(lambda cells: table(*cells)),
    ),
    any_blocks,
    max_leaves=8,
)
forms = st.sampled_from(
    [
        FORM,
        Format(card=Size(width=63.5, height=88.9), margin=5, front=13, back=11, smallest=7),
        Format(card=Size(width=50, height=30), margin=4, front=13, back=11, smallest=7),
    ]
)


def written(node: object) -> str:
    """All characters below a node, found without the code under test."""
    found: list[str] = []
    for name in getattr(node, "__dataclass_fields__", ()):
        value = getattr(node, name)
        if name == "text":
            found.append(value)
        elif isinstance(value, tuple):
            found += [written(part) for part in _flat(value)]
    return "".join(found)


def _flat(value: Iterable[object]) -> Iterator[object]:
    for part in value:
        if isinstance(part, tuple):
            yield from _flat(part)
        else:
            yield part


@settings(max_examples=120)
@given(st.lists(some_blocks, max_size=4).map(tuple), forms)
def test_whatever_is_written_is_printed_once_within_the_margins(
    blocks: Blocks, form: Format
) -> None:
    done = set_face((paragraph("?"),), blocks, form=form)
    expected = Counter("".join("".join(written(block) for block in blocks).split()))
    found: Counter[str] = Counter()
    left, right = form.margin * POINT, (form.card.width - form.margin) * POINT
    top, bottom = form.margin * POINT, (form.card.height - form.margin) * POINT
    for card in done.printed:
        for y, mark in letters(card.back):
            found.update(c for c in mark.text if not c.isspace())
            assert mark.x >= left - 0.01
            assert mark.x + fonts.width(mark.face, mark.text) * mark.size <= right + 0.01
            assert top < y + mark.y < bottom - 6.5
            raised = mark.size < form.smallest - 0.01
            assert not raised or "script" in repr(blocks)
    assert found == expected


def test_flush_is_kept_in_tables() -> None:
    measure = replace(MEASURE, flush=Flush.center)
    found = lay((table(("a", "b"), ("c", "d")),), measure, kit())
    assert min(m.x for s in found for m in s.marks if isinstance(m, Letters)) == 0


def test_things_that_nest_too_deep_stay_on_the_card() -> None:
    form = Format(card=Size(width=50, height=60), margin=4, front=13, back=11, smallest=7)
    blocks: Blocks = (paragraph("innermost"),)
    for _ in range(30):
        blocks = (bullets("x", blocks, ordered=True), Quote(children=(), span=SPAN))
    done = set_face((paragraph("?"),), blocks, form=form)
    said = " ".join(text(card.back) for card in done.printed)
    assert "innermost" in said
    for card in done.printed:
        for _, mark in letters(card.back):
            assert 4 * POINT < mark.x < 46 * POINT - fonts.width(mark.face, mark.text) * mark.size


def test_a_table_becomes_smaller_before_its_words_are_parted() -> None:
    rows = ("authentication_service", "authorization_gateway", "inference_endpoint")
    done = set_face((paragraph("?"),), (table(("a", "b", "c"), rows),))
    assert all(row in text(done.printed[0].back) for row in rows)
    assert done.back == 11
    assert {m.size for _, m in letters(done.printed[0].back)} != {11}


def test_more_columns_than_fit_stand_under_each_other() -> None:
    cells = tuple(f"c{i}" for i in range(40))
    done = set_face((paragraph("?"),), (table(cells, cells),))
    said = " ".join(text(card.back) for card in done.printed).split()
    assert Counter(said) == Counter(dict.fromkeys(cells, 2))


def test_no_language_costs_a_line_of_code() -> None:
    """Lexers of terminal sessions drop a last line that nothing ends."""
    source = "$ echo hello\nhello\n>>> last"
    languages = [names[0] for _, names, _, _ in get_all_lexers() if names]
    wanted = "".join(source.split())
    assert [
        language
        for language in languages
        if "".join(set_text(listing(source, language)).split()) != wanted
    ] == []
