"""The model: which cards a note makes, and what their sides show."""

from hypothesis import given
from hypothesis import strategies as st

from deckpress.content import Blank, Gap, Inlines, ListBlock, Style, Styled, Text, plain, walk
from deckpress.model import Cloze, asked, cards, face, gaps, kind, label
from reading import notes_of


def test_a_basic_note_is_one_card_and_both_ways_are_two() -> None:
    one, two = notes_of("Q: a\nA: b\n\n## T\n\nQ: c\nA: d <!-- reverse -->\n")
    assert [plain(face(card).front) for card in cards(one)] == ["a"]
    assert [(plain(face(c).front), plain(face(c).back)) for c in cards(two)] == [
        ("c", "d"),
        ("d", "c"),
    ]


def test_a_cloze_asks_each_number_once_and_opens_the_others() -> None:
    (note,) = notes_of("{{c2::two::hint}} and {{c1::one}} and {{c2::zwei}}\n")
    sides = [(plain(face(card).front), plain(face(card).back)) for card in cards(note)]
    assert sides == [
        ("two and […] and zwei", "two and one and zwei"),
        ("[hint] and one and […]", "two and one and zwei"),
    ]
    revealed = [n for n in walk(face(cards(note)[1]).back) if isinstance(n, Styled)]
    assert [plain((node,)) for node in revealed] == ["two", "zwei"]
    assert {node.style for node in revealed} == {Style.gap}


def test_a_choice_shows_its_options_open_and_then_marked() -> None:
    (note,) = notes_of("## Which?\n\n- [ ] a\n- [x] b\n\nBecause.\n")
    shown = face(cards(note)[0])
    front, back = (
        [item.checked for block in side if isinstance(block, ListBlock) for item in block.items]
        for side in (shown.front, shown.back)
    )
    assert (front, back) == ([False, False], [False, True])
    assert plain(shown.back).endswith("Because.")


def test_what_is_asked_includes_the_options() -> None:
    first, second = notes_of("## Which?\n\n- [x] a\n- [ ] b\n\n## Which?\n\n- [x] c\n- [ ] d\n")
    assert asked(first) != asked(second)
    assert kind(first) == "choice"


GAPS = st.recursive(
    st.text("abc ", min_size=1, max_size=4).map(lambda text: f"{text}x"),
    lambda inner: st.tuples(st.integers(1, 4), inner, st.sampled_from(["", "::tip"])).map(
        lambda gap: f"{{{{c{gap[0]}::{gap[1]}{gap[2]}}}}}"
    ),
    max_leaves=4,
)


@given(st.lists(GAPS, min_size=1, max_size=5))
def test_no_side_of_a_cloze_holds_a_gap_and_each_front_hides_its_own(parts: list[str]) -> None:
    notes = notes_of(" and ".join(parts) + "\n")
    for note in notes:
        if not isinstance(note.body, Cloze):
            continue
        whole = plain(note.body.text)
        made = cards(note)
        assert [card.gap for card in made] == list(gaps(note.body.text))
        for card in made:
            shown = face(card)
            sides = list(walk((*shown.front, *shown.back)))
            assert not any(isinstance(node, Gap) for node in sides)
            assert any(isinstance(node, Blank) for node in walk(shown.front))
            assert plain(shown.back) == whole


def test_a_long_prompt_is_cut_for_messages() -> None:
    (note,) = notes_of("Q: " + "long " * 40 + "\nA: a\n")
    assert label(note, 20) == "long long long long…"


def test_styles_of_a_revealed_gap_survive() -> None:
    (note,) = notes_of("a {{c1::*b* c}}\n")
    (revealed,) = [n for n in walk(face(cards(note)[0]).back) if isinstance(n, Styled)][:1]
    inside: Inlines = revealed.children
    assert [type(inline) for inline in inside] == [Styled, Text]
