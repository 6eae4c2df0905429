"""Faults: what of a note cannot be printed as it was written, each with its reason."""

import unicodedata
from collections.abc import Iterator

from deckpress.content import (
    Blank,
    Blocks,
    Code,
    CodeBlock,
    Image,
    Link,
    Math,
    MathBlock,
    Node,
    Text,
    walk,
)
from deckpress.diagnostic import Diagnostic
from deckpress.model import Note
from deckpress.sheets import fonts, formulas
from deckpress.sheets.pictures import Gallery

SHOWN = 8
"""How many missing characters one message names."""


def faults(note: Note, shown: Blocks, names: str, gallery: Gallery) -> Iterator[Diagnostic]:
    """What is wrong with the blocks a card shows, and with the names at its foot."""
    letters = set(names)
    for node in walk(shown):
        letters.update(_letters(node, gallery))
        match node:
            case Math():
                yield from _formula(note, node.tex, display=False)
            case MathBlock():
                yield from _formula(note, node.tex, display=True)
            case Image():
                yield from _picture(note, node, gallery)
            case _:
                pass
    yield from _missing(note, letters)
    yield from _unshaped(note, letters)


def _letters(node: Node, gallery: Gallery) -> str:
    """The characters that a node itself puts on paper."""
    match node:
        case Text() | Code() | CodeBlock():
            return node.text
        case Blank():
            return node.hint
        case Link():
            return node.url
        case Math() | MathBlock():
            display = isinstance(node, MathBlock)
            return node.tex if formulas.trouble(node.tex, display=display) else ""
        case Image():
            return (node.alt or node.title or node.src) if gallery.trouble(node.src) else ""
        case _:
            return ""


def _missing(note: Note, letters: set[str]) -> Iterator[Diagnostic]:
    # A letter and its accent may be missing apart and be there together.
    composed = unicodedata.normalize("NFC", "".join(sorted(letters)))
    missing = sorted(filter(fonts.is_missing, {*composed} & letters))
    if not missing:
        return
    named = ", ".join(f"{c} (U+{ord(c):04X} {_name(c)})" for c in missing[:SHOWN])
    if len(missing) > SHOWN:
        named += f" and {len(missing) - SHOWN} more"
    yield Diagnostic(
        code="W536",
        message=f"no font has {named}: a box stands for it in print",
        span=note.span,
        help="write a word or another symbol, or show it as a picture",
    )


def _name(character: str) -> str:
    return unicodedata.name(character, "a character without a name")


def _unshaped(note: Note, letters: set[str]) -> Iterator[Diagnostic]:
    odd = sorted(filter(fonts.needs_shaping, letters))
    if not odd:
        return
    scripts = sorted({_name(character).split()[0].title() for character in odd})
    yield Diagnostic(
        code="W537",
        message=f"{' and '.join(scripts)} text is set letter by letter, from left to right",
        span=note.span,
        help="do not print this card yet: right-to-left and joined writing are not supported",
    )


def _formula(note: Note, tex: str, *, display: bool) -> Iterator[Diagnostic]:
    reason = formulas.trouble(tex, display=display)
    if not reason:
        return
    short = " ".join(tex.split())
    short = short if len(short) <= 40 else f"{short[:39]}…"  # noqa: PLR2004
    install = "pip install 'deckpress[math]'"
    yield Diagnostic(
        code="W538",
        message=f"the formula “{short}” is printed as its source, because {reason}",
        span=note.span,
        help="correct the formula" if formulas.available() else f"install it with {install}",
    )


def _picture(note: Note, image: Image, gallery: Gallery) -> Iterator[Diagnostic]:
    reason = gallery.trouble(image.src)
    if not reason:
        return
    yield Diagnostic(
        code="W539",
        message=f"{image.src} is not printed, because {reason}; its description stands there",
        span=note.span,
        help="give a PNG or JPEG file, or a description that can stand for it",
    )
