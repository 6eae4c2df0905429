"""The note types that deckpress gives Anki: names, ids, fields and card templates.

Nothing in this table may change once a package has left the house. Anki takes a note type
for the same one while its id is the same and all its fields and templates are there in the
same order; else it makes a copy, and no note is ever updated again. So the fields are a
superset with spare ones, every field and template has an id of its own, and only what
`templates/anki` holds (HTML and CSS) changes from release to release.
"""

from dataclasses import dataclass
from typing import assert_never

from deckpress.model import Basic, Body, Choice, Cloze
from deckpress.templates import Templates


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One kind of card of a note type; its two sides lie in `anki/FOLDER/`."""

    name: str
    ident: int
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a note type; `ident` lets it be renamed in place."""

    name: str
    ident: int

    @property
    def for_people(self) -> bool:
        """Whether somebody who edits a note in Anki has a reason to look at it."""
        return self.name in _FOR_PEOPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteType:
    """A note type; `ident` is what Anki knows it by."""

    name: str
    ident: int
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    cloze: bool = False


_FOR_PEOPLE = frozenset({"Prompt", "Answer", "Text", "Options", "Marked", "Extra"})
_KNOWN = (
    "Extra",  # set apart, below the answer
    "Hint",  # spare: something to look at before the answer
    "Context",  # deck and section, on one line
    "Source",  # where the note was written, for people
    "Link",  # the same as a URL, or empty
    "Language",  # BCP 47 tag of the note's language, or empty
    "Media",  # spare: names of files that only a script or style uses; Anki keeps those named here
    "Key",  # the note's key, so that it can be searched for
    "Spare 1",
    "Spare 2",
    "Spare 3",
    "Spare 4",
)
_BASIC = (
    "Prompt",
    "Answer",
    "Expected",  # what is to be typed, as plain text; empty where nothing is
    "Backward",  # not empty when the answer also asks for the prompt
    *_KNOWN,
)
_CLOZE = ("Text", "Prompt", *_KNOWN)
_CHOICE = (
    "Prompt",
    "Options",
    "Marked",  # the options again, right ones marked
    "Right",  # the numbers of the right options, as in 1,3
    "Order",  # spare: how the options may be shuffled
    "Answer",
    *_KNOWN,
)
_PLACES = 100
"""Ids of fields and templates follow from the note type's and their place, which is final."""


def _note_type(
    ident: int, name: str, fields: tuple[str, ...], *folders: str, cloze: bool = False
) -> NoteType:
    """Number the fields from 0 and the templates from 50."""
    base = ident * _PLACES
    return NoteType(
        name=name,
        ident=ident,
        fields=tuple(Field(name=field, ident=base + i) for i, field in enumerate(fields)),
        templates=tuple(
            Template(name=folder.capitalize(), ident=base + 50 + i, folder=folder)
            for i, folder in enumerate(folders)
        ),
        cloze=cloze,
    )


# The ids were drawn at random, once.
BASIC = _note_type(1676863859596, "deckpress Basic", _BASIC, "forward", "backward")
CLOZE = _note_type(1609935210419, "deckpress Cloze", _CLOZE, "cloze", cloze=True)
CHOICE = _note_type(1676654348150, "deckpress Choice", _CHOICE, "choice")
NOTE_TYPES = (BASIC, CLOZE, CHOICE)


def note_type(body: Body) -> NoteType:
    """The note type that a note's body goes into.

    One type serves basic notes asked one way, both ways or typed: fields switch its cards on,
    because Anki never updates a note whose type has changed (measured with anki 26.9.3).
    """
    match body:
        case Basic():
            return BASIC
        case Cloze():
            return CLOZE
        case Choice():
            return CHOICE
        case _:
            assert_never(body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The HTML of a template's question and answer side."""

    front: str
    back: str


def read_sides(template: Template, templates: Templates) -> Sides:
    """How the cards of one kind look; raises MissingTemplate."""
    return Sides(
        front=templates.read(f"anki/{template.folder}/front.html"),
        back=templates.read(f"anki/{template.folder}/back.html"),
    )


def read_style(templates: Templates) -> str:
    """The style sheet that all note types share; raises MissingTemplate."""
    return templates.read("anki/style.css") + "\n" + templates.read("anki/code.css")
