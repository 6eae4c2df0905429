"""Notes and decks for the tests of printed cards, built by hand so that no reader is involved."""

import io

from PIL import Image as Pillow

from deckpress.content import Align as Align  # noqa: PLC0414 - handed on
from deckpress.content import (
    Block,
    Code,
    CodeBlock,
    Image,
    Inline,
    Item,
    Link,
    ListBlock,
    Paragraph,
    Style,
    Styled,
    Table,
    Text,
)
from deckpress.exporters import Export, Setting, pdf
from deckpress.model import Basic, Deck, Media, Note
from deckpress.options import make
from deckpress.source import Span
from deckpress.templates import Templates

SPAN = Span(path="cards.md", first=1, last=2)


def span(line: int) -> Span:
    return Span(path="cards.md", first=line, last=line)


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(children=inlines(*parts), span=SPAN)


def inlines(*parts: str | Inline) -> tuple[Inline, ...]:
    return tuple(Text(text=part) if isinstance(part, str) else part for part in parts)


def styled(style: Style, *parts: str | Inline) -> Styled:
    return Styled(style=style, children=inlines(*parts))


def code(text: str) -> Code:
    return Code(text=text)


def link(url: str, text: str) -> Link:
    return Link(url=url, children=inlines(text))


def image(src: str, alt: str = "", width: int = 0) -> Image:
    return Image(src=src, alt=alt, width=width)


def listing(text: str, language: str = "") -> CodeBlock:
    return CodeBlock(text=text, language=language, span=SPAN)


def bullets(*items: str | tuple[Block, ...], ordered: bool = False) -> ListBlock:
    made = (Item(children=(paragraph(i),) if isinstance(i, str) else i, span=SPAN) for i in items)
    return ListBlock(items=tuple(made), span=SPAN, ordered=ordered)


def table(*rows: tuple[str, ...]) -> Table:
    header, *body = (tuple(inlines(cell) for cell in row) for row in rows)
    aligns = (Align.none,) * len(header)
    return Table(aligns=aligns, header=header, rows=tuple(body), span=SPAN)


def note(
    front: str | tuple[Block, ...],
    back: str | tuple[Block, ...],
    *,
    line: int = 1,
    section: tuple[str, ...] = (),
    extra: tuple[Block, ...] = (),
) -> Note:
    prompt = (paragraph(front),) if isinstance(front, str) else front
    answer = (paragraph(back),) if isinstance(back, str) else back
    body = Basic(prompt=prompt, answer=answer)
    return Note(body=body, span=span(line), section=section, extra=extra)


def deck(*notes: Note, name: str = "deck", media: tuple[Media, ...] = (), lang: str = "") -> Deck:
    return Deck(name=name, path="cards.md", notes=notes, media=media, lang=lang)


def numbered(count: int) -> Deck:
    """Cards whose fronts say Q1, Q2 … and whose backs say A1, A2 …"""
    return deck(*(note(f"Q{i}", f"A{i}", line=i) for i in range(1, count + 1)))


def export(*decks: Deck, templates: Templates | None = None, **options: str | float) -> Export:
    """Export with options as the command line gives them: words for choices."""
    chosen = make(pdf.Options, options, "the test")
    setting = Setting(templates=templates or Templates(), now=0, name="a title")
    return pdf.export(decks, chosen, setting)


def printed(*decks: Deck, **options: str | float) -> bytes:
    """The PDF of some decks, which must come out."""
    made = export(*decks, templates=None, **options)
    assert len(made.artifacts) == 1
    return made.artifacts[0].data


def codes(made: Export) -> list[str]:
    return [diagnostic.code for diagnostic in made.diagnostics]


def picture(src: str, width: int, height: int, kind: str = "PNG", mode: str = "RGB") -> Media:
    file = io.BytesIO()
    Pillow.new(mode, (width, height), 120).save(file, kind)
    return Media(src=src, name=src, data=file.getvalue())


def rich() -> Deck:
    """A deck with something of everything that is text."""
    return deck(
        note("What is a feature store for?", "It serves the same values twice.", line=1),
        note(
            (paragraph("Which call sets ", code("base_image"), "?"), listing("a = f(1)", "python")),
            (
                paragraph("It is ", styled(Style.strong, "bold ", styled(Style.emphasis, "both"))),
                bullets("one", (paragraph("two"), bullets("deep", "deeper")), ordered=True),
                listing("def f(x):\n    return " + " + ".join(f"value_{i}" for i in range(20))),
            ),
            line=2,
        ),
        note(
            "Compare the three ways by their latency and by what they cost a team that is small.",
            (
                table(
                    ("Mode", "Good for", "Latency"),
                    ("Batch", "nightly scores of whole tables, cheap and simple to run", "hours"),
                    ("Online", "one request with fresh features from a store", "10 ms"),
                ),
                paragraph("Costs grow downwards, see ", link("https://a.example/x/y", "here"), "."),
            ),
            line=3,
        ),
        note(
            "Symbols → ⇒ ≤ ∞ ✓ ⚙ \U0001d538 and λόγος, слово, žluťoučký, tiếng Việt?",
            (
                paragraph(
                    styled(Style.strike, "old"), " ", styled(Style.underline, "new"), " H",
                    styled(Style.subscript, "2"), "O ", styled(Style.keyboard, "Ctrl"), "+",
                    styled(Style.keyboard, "C"), " ", styled(Style.highlight, "marked"),
                ),
            ),
            line=4,
            extra=(paragraph("From a book."),),
        ),
        note("w" * 150, (paragraph("x", code("/very/long/path" * 12), "y"),), line=5),
        name="mlops::pipelines",
    )  # fmt: skip
