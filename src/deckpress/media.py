"""Pictures and sound that notes show: found, checked and named by their content.

Names inside a source are relative to it and may not leave the project. Nothing is ever
fetched from the net.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from deckpress import files
from deckpress.content import Image, walk
from deckpress.diagnostic import Diagnostic
from deckpress.model import Deck, Media, Note, blocks
from deckpress.source import Source, Span

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"})
SOUNDS = frozenset({".mp3", ".m4a", ".ogg", ".oga", ".opus", ".wav", ".flac"})

_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]+:|//)", re.IGNORECASE)
_UNSAFE = re.compile(r"[^a-z0-9]+")


def is_remote(src: str) -> bool:
    """Whether a source's image is an address rather than a file."""
    return bool(_REMOTE.match(src))


def is_sound(src: str) -> bool:
    """Whether an image's name is that of a sound."""
    return PurePosixPath(_path(src)).suffix.lower() in SOUNDS


def collect(deck: Deck, source: Source) -> Deck:
    """The deck with the files its notes show; each one that is missing is a diagnostic."""
    found: dict[str, Media] = {}
    problems: list[Diagnostic] = []
    for note in deck.notes:
        for image, span in _images(note):
            if image.src in found:
                continue
            result = _load(image.src, span, source)
            if isinstance(result, Media):
                found[image.src] = result
            else:
                problems.append(result)
    diagnostics = (*deck.diagnostics, *dict.fromkeys(problems))
    return replace(deck, media=tuple(found.values()), diagnostics=diagnostics)


def _images(note: Note) -> Iterator[tuple[Image, Span]]:
    """The images of a note, each with the span of the block it stands in."""
    span = note.span
    for node in walk(blocks(note)):
        span = getattr(node, "span", span)
        if isinstance(node, Image):
            yield node, span


def _load(src: str, span: Span, source: Source) -> Media | Diagnostic:
    if is_remote(src):
        help_ = "save it beside the source and name that file; nothing is fetched from the net"
        return Diagnostic(code="W302", message=f"{src} is not a file here", span=span, help=help_)
    path = PurePosixPath(_path(src))
    if path.suffix.lower() not in PICTURES | SOUNDS:
        known = " ".join(sorted(PICTURES | SOUNDS))
        message = f"{src} is no picture or sound that cards can show"
        return Diagnostic(code="E304", message=message, span=span, help=f"use one of: {known}")
    try:
        place = source.folder / path
        data = files.read_inside(source.root, place, limit=files.MAX_MEDIA)
    except FileNotFoundError:
        message = f"the file {src} is missing"
        help_ = f"put it at {path} beside {source.path}, or correct the name"
        return Diagnostic(code="E301", message=message, span=span, help=help_)
    except (OSError, ValueError, files.Refused) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        message = f"the file {src} cannot be used: {reason}"
        help_ = "give a readable picture or sound inside the project"
        return Diagnostic(code="E303", message=message, span=span, help=help_)
    return Media(src=src, name=_name(path, data), data=data)


def _path(src: str) -> str:
    """A file's name as the disk knows it: decoded once, without a query or an anchor."""
    return unquote(re.split(r"[?#]", src, maxsplit=1)[0])


def _name(path: PurePosixPath, data: bytes) -> str:
    """A name that changes with the content, because Anki never replaces a file it has."""
    stem = _UNSAFE.sub("-", path.stem.lower()).strip("-")[:40]
    digest = hashlib.sha256(data).hexdigest()[:12]
    return f"{stem or 'file'}-{digest}{path.suffix.lower()}"
