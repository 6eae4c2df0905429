"""Keys: the same wherever a deck is built, never the same for two notes, never from position."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from deckpress.ledger import assign
from deckpress.model import Deck
from reading import deck_of

PROMPTS = st.lists(st.sampled_from(["one", "two", "`three`", "four *five*", "six"]), max_size=8)


def keys(deck: Deck) -> list[str]:
    return [note.key for note in assign((deck,), 1)[0].notes]


def written(prompts: list[str], answer: str = "a") -> Deck:
    return deck_of("\n\n".join(f"Q: {prompt}?\nA: {answer}" for prompt in prompts))


@given(PROMPTS)
def test_no_two_notes_share_a_key(prompts: list[str]) -> None:
    found = keys(written(prompts))
    assert len(set(found)) == len(found) == len(prompts)


@given(PROMPTS)
def test_a_key_depends_neither_on_the_answer_nor_on_the_position(prompts: list[str]) -> None:
    unique = list(dict.fromkeys(prompts))
    there = dict(zip(unique, keys(written(unique)), strict=True))
    back = dict(zip(unique[::-1], keys(written(unique[::-1], answer="b")), strict=True))
    assert there == back


def test_a_key_depends_on_code_and_on_the_deck() -> None:
    first, second = (deck_of(f"## What?\n\n```\n{c}\n```\n\n- [x] a\n- [ ] {c}\n") for c in "xy")
    assert keys(first) != keys(second)
    deck = written(["one"])
    assert keys(deck) != keys(replace(deck, name="another"))


def test_a_written_key_wins_and_times_are_filled_in() -> None:
    (deck,) = assign((deck_of("## A? {#mine}\n\nb\n\n## C?\n\n<!-- id: k:1 -->\nd\n"),), 77)
    assert [(note.key, note.modified) for note in deck.notes] == [("mine", 77), ("k:1", 77)]


def test_equal_prompts_in_two_files_of_one_deck_get_two_keys() -> None:
    decks = assign((written(["one"]), written(["one"])), 1)
    assert len({note.key for deck in decks for note in deck.notes}) == 2
