"""Draws what people get as pictures, to look at: sheets, cards in day and night, a CSV file.

    python tests/proof.py                  the showcase into build/proof
    python tests/proof.py SOURCE …         other sources
    python tests/proof.py --readme         also renew the README's pictures in docs/pictures

Cards need the `anki` package (for rendering) and Chromium (for photographs); where one is
missing it says so and draws the rest.
"""

# ruff: noqa: T201 - it talks while it works
import argparse
import csv
import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageOps

HERE = Path(__file__).resolve().parent
PROGRAM = Path(sys.executable).with_name("deckpress")
CHROMIUM_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run"),
    *("--disable-quic", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--force-device-scale-factor=2"),
)
README_CARD, README_WIDTH = "Which of these are prime numbers?", 420


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("sources", nargs="*", default=[str(HERE.parent / "source" / "showcase")])
    ask.add_argument("--out", type=Path, default=HERE.parent / "build" / "proof")
    ask.add_argument("--readme", action="store_true")
    opt = ask.parse_args()
    for source in opt.sources:
        folder = opt.out / Path(source).stem
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run([PROGRAM, "build", source, "--out", folder], check=True)
        draw_sheets(next(folder.glob("*.pdf")), folder)
        draw_table(next(folder.glob("*.csv")), folder)
        draw_cards(next(folder.glob("*.apkg")), folder)
        print(f"pictures are in {folder}")
        if opt.readme:
            renew_readme(folder, HERE.parent / "docs" / "pictures")


def draw_sheets(pdf: Path, folder: Path) -> None:
    """Each page as a picture at 110 dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            picture = page.render(scale=110 / 72).to_pil()
            picture.save(folder / f"page-{number:02}.png")


def draw_table(path: Path, folder: Path) -> None:
    """The CSV file as a spreadsheet would show it."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    cells = ["".join(f"<th>{html.escape(name)}" for name in header)]
    cells += ["".join(f"<td>{html.escape(cell)}" for cell in row) for row in rows]
    style = (
        "body{margin:0;font:13px/1.35 sans-serif;color:#222}table{border-collapse:collapse}"
        "td,th{border:1px solid #ccc;padding:3px 8px;text-align:left;vertical-align:top;"
        "white-space:pre-line;max-width:26em}th{background:#f0f0f0}"
    )
    page = folder / "table.html"
    rows_ = "".join(f"<tr>{row}</tr>" for row in cells)
    page.write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style><table>{rows_}</table>",
        encoding="utf-8",
    )
    photograph(page, folder / "table.png", (1100, 900))


def draw_cards(package: Path, folder: Path) -> None:
    """Each side of each card as real Anki renders it, on a phone and on a desktop."""
    pages = folder / "cards"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", HERE / "anki_driver.py", "pages", package, pages],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        print(f"no cards drawn: {done.stderr.decode()[-200:]}")
        return
    for page in sorted(pages.glob("*.html")):
        photograph(page, page.with_suffix(".png"), (README_WIDTH, 700))


def photograph(page: Path, picture: Path, size: tuple[int, int]) -> None:
    """A web page as a picture of this many CSS pixels, cut below what it shows."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium here, so no photographs of pages")
        return
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *(chromium, *CHROMIUM_FLAGS, f"--user-data-dir={profile}"),
                *(f"--window-size={size[0]},{size[1]}", f"--screenshot={picture}", page.as_uri()),
            ],
            capture_output=True,
            check=True,
        )
    trim(picture)


def trim(picture: Path, margin: int = 24) -> None:
    """Cut off what is empty at the bottom."""
    image = Image.open(picture).convert("RGB")
    ground = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    box = ImageChops.difference(image, ground).getbbox()
    if box:
        image.crop((0, 0, image.width, min(image.height, box[3] + margin))).save(picture)


def renew_readme(folder: Path, target: Path) -> None:
    """The three pictures of the README: a card by day and night, a sheet, the table."""
    target.mkdir(parents=True, exist_ok=True)
    shown = [
        page.with_suffix(".png")
        for page in sorted((folder / "cards").glob("*-back-*.html"))
        if README_CARD in page.read_text(encoding="utf-8")
    ]
    if shown:
        save(beside([Image.open(path) for path in shown]), target / "card.png", 900)
    sheets = sorted(folder.glob("page-*.png"))[:2]
    save(
        beside([ImageOps.expand(Image.open(p), 2, "#bbbbbb") for p in sheets]),
        target / "sheet.png",
        1000,
    )
    table = Image.open(folder / "table.png")
    save(table.crop((0, 0, table.width, min(table.height, 900))), target / "table.png", 1100)
    print(f"renewed the pictures in {target}")


def beside(pictures: Sequence[Image.Image], gap: int = 24) -> Image.Image:
    """Pictures side by side on white."""
    height = max(picture.height for picture in pictures)
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) - 1)
    whole = Image.new("RGB", (width, height), "white")
    left = 0
    for picture in pictures:
        whole.paste(picture, (left, 0))
        left += picture.width + gap
    return whole


def save(picture: Image.Image, path: Path, width: int) -> None:
    """A small file: at most this wide, few colours."""
    if picture.width > width:
        size = (width, picture.height * width // picture.width)
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    picture.convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
