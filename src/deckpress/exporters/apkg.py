"""The Anki exporter: decks in, one package out that updates what learners already have."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from deckpress import anki
from deckpress.anki_text import KEPT_TAGS, clean_deck, clean_level, clean_tag, fold, join_tag
from deckpress.diagnostic import Diagnostic
from deckpress.exporters import Artifact, Export, Exporter, Setting
from deckpress.exporters.apkg_note import AnkiNote, compose
from deckpress.exporters.apkg_package import Look, PackageDeck, Row, pack
from deckpress.model import Deck, Note, label, notes_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What may be chosen about a package."""

    tags: bool = field(
        default=True, metadata={"help": "Tag each note with the path of its section."}
    )
    subdecks: bool = field(
        default=True, metadata={"help": "Give each section of the first level a deck of its own."}
    )


def export(decks: Sequence[Deck], options: Options, setting: Setting) -> Export:
    """One package with every note that Anki can ask; the diagnostics name all others."""
    chosen, diagnostics = _choose(decks)
    homes = [_home(item, options, setting) for item in chosen]
    roots = [_root(deck, setting) for deck in decks]
    names = spell_once([*homes, *roots])
    labels = [_tags(item.note, options) for item in chosen]
    spelled = spell_once(tag for tags in labels for tag in tags)
    rows = tuple(
        Row(
            note=item.row,
            key=item.note.key,
            deck=deck_id(names[home]),
            tags=tuple(dict.fromkeys(spelled[tag] for tag in tags)),
            modified=max(1, item.note.modified or setting.now),
            due=due,
        )
        for due, (item, home, tags) in enumerate(zip(chosen, homes, labels, strict=True), start=1)
    )
    data = pack(
        rows,
        _package_decks(decks, roots, names),
        _looks(rows, setting),
        {media.name: media.data for deck in decks for media in deck.media},
    )
    return Export(
        artifacts=(Artifact(suffix=".apkg", data=data),),
        cards=sum(len(row.note.ordinals) for row in rows),
        diagnostics=diagnostics,
    )


# --- which notes ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """A note that goes into the package."""

    deck: Deck
    note: Note
    row: AnkiNote


def _choose(decks: Sequence[Deck]) -> tuple[tuple[_Chosen, ...], tuple[Diagnostic, ...]]:
    """The notes that Anki can ask and tell apart, in order, and what is wrong with the others."""
    chosen: dict[str, _Chosen] = {}
    problems: list[Diagnostic] = []
    media = {id(deck): {m.src: m.name for m in deck.media} for deck in decks}
    for deck, note in notes_of(decks):
        composed = compose(deck, note, media[id(deck)])
        problems += composed.diagnostics
        problems += _kept_tags(note)
        if composed.note is None:
            continue
        if not note.key:
            problems.append(_no_key(note))
        elif note.key in chosen:
            problems.append(_same_key(note, chosen[note.key].note))
        else:
            chosen[note.key] = _Chosen(deck=deck, note=note, row=composed.note)
    return tuple(chosen.values()), tuple(problems)


def _no_key(note: Note) -> Diagnostic:
    return Diagnostic(
        code="E513",
        message=f"“{label(note)}” has no key, so Anki could not recognise it after an edit",
        span=note.span,
        help="write one behind the question, as in {#a-name}",
    )


def _same_key(note: Note, first: Note) -> Diagnostic:
    return Diagnostic(
        code="E512",
        message=f"“{label(note)}” has the key {note.key}, which {first.span} has already",
        span=note.span,
        help="give one of the two another key; only the first is in the package",
    )


def _kept_tags(note: Note) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code="W516",
            message=f"Anki drops the tag {tag} from packages, because it sets it itself",
            span=note.span,
            help="choose another word for the tag",
        )
        for tag in note.tags
        if fold(clean_tag(tag)) in KEPT_TAGS
    )


# --- decks and tags -------------------------------------------------------------------


def spell_once(names: Iterable[str]) -> dict[str, str]:
    """Each name, every level of it spelled as it was first.

    Anki takes names for the same that differ only in case or in how an accent is encoded,
    and marks the second one of such a pair in a package with an underscore.
    """
    first: dict[str, str] = {}
    spelled = {}
    for name in names:
        path = ""
        for level in name.split("::"):
            path = f"{path}::{level}" if path else level
            path = first.setdefault(fold(path), path)
        spelled[name] = path
    return spelled


def deck_id(name: str) -> int:
    """A deck's id from its name: 52 bits of a hash, never 1, which is Anki's own Default."""
    digest = hashlib.sha256(fold(name).encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 12) | 1 << 32


def _root(deck: Deck, setting: Setting) -> str:
    return clean_deck(deck.name) or clean_deck(setting.name) or "deckpress"


def _home(item: _Chosen, options: Options, setting: Setting) -> str:
    """The name of the deck that a note's cards are studied in."""
    section = item.note.section[:1] if options.subdecks else ()
    return clean_deck("::".join((_root(item.deck, setting), *map(clean_level, section))))


def _tags(note: Note, options: Options) -> tuple[str, ...]:
    section = (join_tag(note.section),) if options.tags else ()
    return tuple(tag for tag in (*map(clean_tag, note.tags), *section) if tag)


def _package_decks(
    decks: Sequence[Deck], roots: Sequence[str], names: Mapping[str, str]
) -> tuple[PackageDeck, ...]:
    """Every deck of the package; those that come from a source carry its description."""
    texts: dict[str, list[str]] = {name: [] for name in names.values()}
    for deck, root in zip(decks, roots, strict=True):
        texts[names[root]].append(_description(deck))
    return tuple(
        PackageDeck(ident=deck_id(name), name=name, description=_join(dict.fromkeys(found)))
        for name, found in texts.items()
    )


def _description(deck: Deck) -> str:
    """What a deck's page in Anki says, in Markdown."""
    facts = (("By", deck.author), ("Licence:", deck.licence), ("Source:", deck.source))
    lines = (f"{word} {text}" for word, text in facts if text)
    # Two spaces at the end of a line break it.
    return _join((deck.description.strip(), "  \n".join(lines)))


def _join(paragraphs: Iterable[str]) -> str:
    return "\n\n".join(text for text in paragraphs if text)


def _looks(rows: Sequence[Row], setting: Setting) -> tuple[Look, ...]:
    """How the note types in use look; `now` is when, until a ledger knows better."""
    style = anki.read_style(setting.templates)
    used = {row.note.type.ident for row in rows}
    return tuple(
        Look(
            type=kind,
            sides=tuple(anki.read_sides(t, setting.templates) for t in kind.templates),
            style=style,
            modified=max(1, setting.now),
        )
        for kind in anki.NOTE_TYPES
        if kind.ident in used
    )


EXPORTER = Exporter(
    name="apkg",
    suffix=".apkg",
    summary="a package for Anki that updates what learners already have",
    options=Options,
    export=export,
)
