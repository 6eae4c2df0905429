"""Pictures: the files that decks show, made ready for print or reported.

PNG and JPEG go in as they are where a PDF can hold them; all else that Pillow reads becomes
PNG on white. Pictures of absurd size are refused rather than unpacked.
"""

import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from PIL import Image as Pillow
from PIL import ImageOps

from deckpress.model import Media
from deckpress.sheets.marks import Raster

MAX_PIXELS = 50_000_000
"""The largest picture that is unpacked: 50 megapixels, 150 MB in memory."""
PRINT_PIXELS = 2400
"""The longest side kept: 8 inches at 300 dots an inch, more than any card shows."""
SOUNDS = frozenset({".mp3", ".ogg", ".oga", ".wav", ".flac", ".m4a", ".opus", ".aac"})


class NotShown(Exception):
    """A picture that cannot be printed; the message is one clause that says why."""


@dataclass(slots=True)
class Gallery:
    """The pictures of one deck, each made ready when it is first asked for."""

    media: dict[str, Media]
    known: dict[str, Raster | str] = field(default_factory=dict)

    def raster(self, src: str) -> Raster | None:
        """The picture, or None where its description must stand for it."""
        found = self._find(src)
        return found if isinstance(found, Raster) else None

    def trouble(self, src: str) -> str:
        """Why a picture cannot be printed, as a clause; '' when it can."""
        found = self._find(src)
        return found if isinstance(found, str) else ""

    def _find(self, src: str) -> Raster | str:
        if src not in self.known:
            try:
                self.known[src] = _ready(src, self.media.get(src))
            except NotShown as reason:
                self.known[src] = str(reason)
        return self.known[src]


def gallery(media: Iterable[Media]) -> Gallery:
    """The pictures among a deck's media."""
    return Gallery({one.src: one for one in media})


def _ready(src: str, media: Media | None) -> Raster:
    suffix = PurePosixPath(urlsplit(src).path).suffix.lower()
    if suffix in SOUNDS:
        raise NotShown("it is a sound")
    if media is None:
        raise NotShown("there is no file for it")
    if suffix == ".svg":
        raise NotShown("SVG is not supported in print yet")
    return _unpacked(media.data)


def _unpacked(data: bytes) -> Raster:
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Pillow.open(io.BytesIO(data)) as picture,
        ):
            large = picture.width * picture.height > MAX_PIXELS
            found = None if large else _raster(picture, data)
    except Pillow.DecompressionBombError:
        found = None
    except Exception as error:  # a broken file makes Pillow raise anything
        raise NotShown("it is not a picture that can be read") from error
    if found is None:
        raise NotShown(f"it has more than {MAX_PIXELS // 1_000_000} million pixels")
    return found


def _raster(picture: Pillow.Image, data: bytes) -> Raster:
    picture.load()
    width, height = picture.size
    upright = picture.getexif().get(0x0112, 1) == 1
    small = max(width, height) <= PRINT_PIXELS
    if picture.format == "JPEG" and picture.mode in ("L", "RGB") and upright:
        return Raster(data=data, columns=width, rows=height)
    turned = ImageOps.exif_transpose(picture)
    flat = _on_white(turned)
    width, height = flat.size
    if not small:
        flat.thumbnail((PRINT_PIXELS, PRINT_PIXELS), Pillow.Resampling.LANCZOS)
    file = io.BytesIO()
    flat.save(file, "PNG")
    return Raster(data=file.getvalue(), columns=width, rows=height)


def _on_white(picture: Pillow.Image) -> Pillow.Image:
    """The picture as grey or RGB, its transparent parts showing the paper."""
    if picture.mode in ("L", "RGB") and "transparency" not in picture.info:
        return picture
    if picture.mode in ("1", "I;16", "I", "F"):
        return picture.convert("L")
    clear = picture.convert("RGBA")
    paper = Pillow.new("RGBA", clear.size, "white")
    return Pillow.alpha_composite(paper, clear).convert("RGB")
