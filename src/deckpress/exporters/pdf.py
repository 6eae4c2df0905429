"""The PDF exporter: printed flashcards, fronts and backs, ready for a duplex printer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite

from deckpress.diagnostic import Diagnostic
from deckpress.exporters import Artifact, Export, Exporter, Setting
from deckpress.model import Card, Deck, cards, face, label
from deckpress.sheets import typeset
from deckpress.sheets.faults import faults
from deckpress.sheets.footers import HEIGHT as FOOTER_HEIGHT
from deckpress.sheets.footers import Footer
from deckpress.sheets.measures import Kit
from deckpress.sheets.paint import Document, Entry, paint
from deckpress.sheets.pictures import gallery
from deckpress.sheets.plan import Flip, Guides, Order, Turn, Way, plan
from deckpress.sheets.stock import TABLE, BadStock, Stock, UnknownStock, find
from deckpress.sheets.words import Case

LEAST_WIDTH, LEAST_HEIGHT = 20.0, 10.0
"""The smallest text area, in mm, that cards are set in: a few words wide, a few lines high."""
LEAST_TYPE, MOST_TYPE = 4.0, 72.0
"""The sizes of type that may be asked for, in points."""


class Overflow(StrEnum):
    """What becomes of a card whose text does not fit even at the smallest size."""

    continue_ = "continue"
    error = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What can be said about printed cards, on the command line and in the configuration."""

    stock: str = field(
        default="a4-2x4",
        metadata={
            "help": "The paper and its cards: a4-2x4, a4-3x3, a4-3x5in, letter-2x4, letter-3x3, "
            "3x5in, avery-5388, avery-5371, avery-32015, hama-50400, or one of your own in "
            "templates/sheets/stocks.toml."
        },
    )
    flip: Flip = field(
        default=Flip.long,
        metadata={"help": "The edge that the printer turns the paper over."},
    )
    turn: Turn = field(
        default=Turn.book,
        metadata={"help": "How a card is turned when it is read: like a book or a calendar."},
    )
    order: Order = field(
        default=Order.rows,
        metadata={"help": "How cards follow: rows, columns, or stack (cut all sheets at once)."},
    )
    guides: Guides = field(
        default=Guides.ticks,
        metadata={"help": "Where to cut: ticks outside the cards, lines along them, or none."},
    )
    margin: float = field(
        default=5.0,
        metadata={"help": "The edge of each card that stays free, in mm."},
    )
    front_size: float = field(
        default=13.0,
        metadata={"help": "The size of type on fronts, in points on an A7 card."},
    )
    back_size: float = field(
        default=11.0,
        metadata={"help": "The size of type on backs, in points on an A7 card."},
    )
    min_size: float = field(
        default=7.0,
        metadata={"help": "The smallest type, in points, that text may shrink to."},
    )
    overflow: Overflow = field(
        default=Overflow.continue_,
        metadata={"help": "What to do with text that still does not fit: continue, or error."},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    """One card to be set, with its deck."""

    deck: Deck
    card: Card
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """The cards of paper, where each job's cards start, and what went less than perfectly."""

    printed: tuple[typeset.Printed, ...]
    starts: tuple[int, ...]
    diagnostics: tuple[Diagnostic, ...]


def export(decks: Sequence[Deck], options: Options, setting: Setting) -> Export:
    """One PDF with all cards; none where the stock or the sizes are impossible."""
    try:
        stock = find(setting.templates.read(TABLE), options.stock)
    except BadStock as reason:
        return Export(artifacts=(), cards=0, diagnostics=(_bad_stock(options.stock, reason),))
    if wrong := tuple(_wrong_sizes(options, stock)):
        return Export(artifacts=(), cards=0, diagnostics=wrong)
    jobs = tuple(_jobs(decks))
    result = _set_all(jobs, options, stock)
    if options.overflow is Overflow.error and any(d.code == "E533" for d in result.diagnostics):
        return Export(artifacts=(), cards=0, diagnostics=result.diagnostics)
    way = Way(flip=options.flip, turn=options.turn, order=options.order, guides=options.guides)
    pages = plan(len(result.printed), stock, way)
    document = _document(decks, options, setting, tuple(_outline(jobs, result.starts)))
    data = paint(pages, result.printed, stock.page, document)
    return Export(
        artifacts=(Artifact(suffix=".pdf", data=data),),
        cards=len(jobs),
        diagnostics=result.diagnostics,
    )


def _jobs(decks: Sequence[Deck]) -> Iterator[_Job]:
    for deck in decks:
        for note in deck.notes:
            path = (*deck.name.split("::"), *note.section)
            for card in cards(note):
                yield _Job(deck=deck, card=card, path=path)


def _document(
    decks: Sequence[Deck], options: Options, setting: Setting, outline: tuple[Entry, ...]
) -> Document:
    languages = {deck.lang for deck in decks}
    authors = dict.fromkeys(deck.author for deck in decks if deck.author)
    return Document(
        title=setting.name,
        lang=languages.pop() if len(languages) == 1 else "",
        author=", ".join(authors),
        flip=options.flip,
        outline=outline,
    )


def _outline(jobs: Sequence[_Job], starts: Sequence[int]) -> Iterator[Entry]:
    """A line for each deck and section where its first card is."""
    last: tuple[str, ...] = ()
    for job, start in zip(jobs, starts, strict=True):
        same = 0
        while same < min(len(last), len(job.path)) and last[same] == job.path[same]:
            same += 1
        for level in range(same, len(job.path)):
            yield Entry(title=job.path[level], level=level, card=start)
        last = job.path


# --- setting --------------------------------------------------------------------------


def _set_all(jobs: Sequence[_Job], options: Options, stock: Stock) -> _Result:
    form = typeset.Format(
        card=stock.card,
        margin=options.margin,
        front=options.front_size,
        back=options.back_size,
        smallest=options.min_size,
    )
    case = Case()
    kits = {id(deck): Kit(case=case, gallery=gallery(deck.media)) for deck in _decks(jobs)}
    hues: dict[tuple[str, ...], int] = {}
    printed: list[typeset.Printed] = []
    starts: list[int] = []
    found: list[Diagnostic] = []
    for number, job in enumerate(jobs, start=1):
        footer = Footer(
            number=f"{number}/{len(jobs)}",
            path=job.path,
            hue=hues.setdefault(job.path, len(hues)),
        )
        kit, shown = kits[id(job.deck)], face(job.card)
        done = typeset.typeset(shown, footer, form, kit)
        starts.append(len(printed))
        printed += done.printed
        found += _fits(job, done, options)
        blocks = shown.front + shown.back + shown.extra
        found += faults(job.card.note, blocks, "".join(job.path), kit.gallery)
    # The two faces of a card, and the cards of a note, have most of their faults in common.
    unique = tuple(dict.fromkeys(found))
    return _Result(printed=tuple(printed), starts=tuple(starts), diagnostics=unique)


def _decks(jobs: Sequence[_Job]) -> list[Deck]:
    return [job.deck for job in jobs]


def _fits(job: _Job, done: typeset.Setting, options: Options) -> Iterator[Diagnostic]:
    """What to say of a card that had to be shrunk to the smallest size, or continued."""
    note, count = job.card.note, len(done.printed)
    name = f"“{label(note)}”"
    size = f"{options.min_size:g} pt"
    shorten = "shorten the text, split the note, or choose a stock with larger cards"
    if count > 1 and options.overflow is Overflow.error:
        message = f"{name} does not fit on a card, even at {size}"
        yield Diagnostic(code="E533", message=message, span=note.span, help=shorten)
    elif count > 1:
        message = f"{name} does not fit on a card even at {size}, so it takes {count} cards"
        yield Diagnostic(code="W534", message=message, span=note.span, help=shorten)
    elif done.at_floor:
        message = f"{name} fits on a card only at the smallest size, {size}"
        yield Diagnostic(code="I535", message=message, span=note.span, help=shorten)


# --- what cannot be ------------------------------------------------------------------


def _bad_stock(name: str, reason: BadStock) -> Diagnostic:
    if isinstance(reason, UnknownStock):
        return Diagnostic(
            code="E530",
            message=f"there is no stock called “{name}”",
            help=f"choose one of: {reason}",
        )
    return Diagnostic(code="E531", message=str(reason), help=f"correct templates/{TABLE}")


def _wrong_sizes(options: Options, stock: Stock) -> Iterator[Diagnostic]:
    """Sizes that no card can be set with."""
    sizes = {
        "front-size": options.front_size,
        "back-size": options.back_size,
        "min-size": options.min_size,
    }
    for name, size in sizes.items():
        if not LEAST_TYPE <= size <= MOST_TYPE:
            yield Diagnostic(
                code="E532",
                message=f"{name} is {size:g} pt, which cannot be printed",
                help=f"choose a size between {LEAST_TYPE:g} and {MOST_TYPE:g} pt",
            )
    width = stock.card.width - 2 * options.margin
    height = stock.card.height - 2 * options.margin - FOOTER_HEIGHT / typeset.POINTS
    fits = width >= LEAST_WIDTH and height >= LEAST_HEIGHT
    if not (isfinite(options.margin) and options.margin >= 0 and fits):
        yield Diagnostic(
            code="E532",
            message=f"a margin of {options.margin:g} mm leaves no room on a card of {stock.name}",
            help="choose a smaller margin, 0 or more, or a stock with larger cards",
        )


EXPORTER = Exporter(
    name="pdf",
    suffix=".pdf",
    summary="Printable flashcards, with backs behind their fronts.",
    options=Options,
    export=export,
)
