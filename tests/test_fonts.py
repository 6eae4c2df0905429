"""Fonts: every character finds a face or is known to have none, and widths are the font's own."""

import io
from typing import Any

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pymupdf_fonts import fontbuffers

from deckpress.sheets import fonts

TEXT = fonts.chain(code=False, bold=False, italic=False)
CODE = fonts.chain(code=True, bold=False, italic=False)
COMMON = "→⇒⇐↔≤≥≠∞∑∏∫√∂∇∈∉⊂\u222a∩∀∃¬∧\u2228✓✗✔☐☑⚙🔒★●■▶\u2032₂²€αжאبहไ\U0001d538𝒳ℝ⟨⟩├│─█▪‣➜⏎"


def owner(character: str, names: tuple[str, ...] = TEXT) -> str | None:
    ((face, _),) = fonts.split(character, names)
    return face.name if face else None


@pytest.mark.parametrize("character", COMMON)
def test_these_characters_can_be_printed(character: str) -> None:
    assert owner(character)
    assert not fonts.is_missing(character)


@pytest.mark.parametrize("character", "💧😀日あ한")
def test_these_cannot(character: str) -> None:
    assert owner(character) is None
    assert fonts.is_missing(character)


@pytest.mark.parametrize("character", ["\u200b", "\u00ad", "\ufe0f", "\u200d", "\u202f", " ", "\n"])
def test_what_has_no_picture_is_not_missing(character: str) -> None:
    assert not fonts.is_missing(character)


def test_each_style_has_a_face_of_its_own() -> None:
    names = [
        fonts.chain(code=code, bold=bold, italic=italic)[0]
        for code in (False, True)
        for bold in (False, True)
        for italic in (False, True)
    ]
    assert len(set(names)) == 8
    styles = [TTFont(io.BytesIO(fontbuffers[name]()))["name"].getDebugName(4) for name in names]
    assert styles[:4] == [
        "Noto Sans Regular",
        "Noto Sans Italic",
        "Noto Sans Bold",
        "Noto Sans Bold Italic",
    ]
    assert all(style.startswith("Cascadia Mono") for style in styles[4:])


def test_text_splits_where_the_face_changes() -> None:
    runs = [(face.name if face else None, text) for face, text in fonts.split("a→b💧", TEXT)]
    assert runs == [("notos", "a"), ("figo", "→"), ("notos", "b"), (None, "💧")]


def test_an_accent_stays_with_its_letter() -> None:
    assert len(fonts.split("m\u0308", TEXT)) == 1


@given(st.text(max_size=30))
def test_no_character_is_lost_between_faces(text: str) -> None:
    assert "".join(run for _, run in fonts.split(text, TEXT)) == text


@given(st.text(alphabet="abcxyzABC019.,;→∞λж", min_size=1, max_size=20))
def test_widths_are_those_of_the_font_files(text: str) -> None:
    for face, run in fonts.split(text, CODE):
        assert face
        font = TTFont(io.BytesIO(fontbuffers[face.name]()), lazy=True)
        names, em = font.getBestCmap(), font["head"].unitsPerEm
        expected = sum(font["hmtx"][names[ord(c)]][0] for c in run) / em
        assert fonts.width(face, run) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("e\u0301", "é"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth", "zerowidth"),
        ("⚠\ufe0f", "⚠"),
        ("a\x00b\x1bc", "abc"),
        ("tab\tstays\n", "tab\tstays\n"),
        ("x\u3000y", "x\u00a0y"),
    ],
)
def test_printable_text(text: str, shown: str) -> None:
    assert fonts.printable(text) == shown


def test_scripts_that_need_shaping() -> None:
    assert all(map(fonts.needs_shaping, "אبहက"))
    assert not any(map(fonts.needs_shaping, "aжλไ→1 "))


@pytest.mark.parametrize(
    ("name", "characters"), [("symbol2", "✓✗☐"), ("math", "⇒∈\U0001d538"), ("symbol1", "⚙")]
)
def test_postscript_outlines_become_truetype_of_the_same_shape(name: str, characters: str) -> None:
    face = fonts.face(name)
    assert face.curves == "cubic"
    made = TTFont(io.BytesIO(fonts.embeddable(face, characters)))
    old = TTFont(io.BytesIO(face.data))
    assert "glyf" in made
    assert "CFF " not in made
    for character in characters:
        glyph, original = made.getBestCmap()[ord(character)], old.getBestCmap()[ord(character)]
        assert made["hmtx"][glyph][0] == old["hmtx"][original][0]
        assert area(made, glyph) == pytest.approx(area(old, original), rel=0.01, abs=50)


def area(font: Any, glyph: str) -> float:
    pen = AreaPen()
    font.getGlyphSet()[glyph].draw(pen)
    return abs(float(pen.value))


def test_a_converted_font_is_the_same_every_time() -> None:
    face = fonts.face("symbol2")
    assert fonts.embeddable(face, "✓✗") == fonts.embeddable(face, ["✗", "✓"])
    assert len(fonts.embeddable(face, "✓✗")) < 5000
    made, old = (
        TTFont(io.BytesIO(data))["head"] for data in (fonts.embeddable(face, "✓✗"), face.data)
    )
    assert (made.created, made.modified) == (old.created, old.modified)


def test_truetype_goes_in_as_it_is() -> None:
    face = fonts.face("notos")
    assert fonts.embeddable(face, "a") is face.data
