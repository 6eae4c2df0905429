"""Tables of questions and answers: a column asks, another answers, and the header says which.

    | Question   | Answer     |
    | ---------- | ---------- |
    | Stack size | `ulimit -s` |

Further columns stand below the answer, each under its title.
"""

from deckpress.content import (
    Block,
    Blocks,
    Heading,
    Inlines,
    Paragraph,
    Style,
    Styled,
    Table,
    Text,
    plain,
)
from deckpress.dialects import Dialect, Entry, Found, Page
from deckpress.dialects.marks import ANSWER, ASK
from deckpress.dialects.words import asks
from deckpress.source import Span

ASKING = frozenset({*ASK, "questions"})
ANSWERING = frozenset({*ANSWER, "answers"})
TERMS = frozenset({"prompt", "front", "term", "word", "begriff", "wort", "vorderseite"})
MEANINGS = frozenset(
    {"back", "definition", "meaning", "translation", "bedeutung", "übersetzung", "rückseite"}
)
"""Words for terms and meanings, which tables in answers have as well."""
_NUMBERS = frozenset({"", "#", "id", "no", "no.", "nr", "nr.", "number"})
_LINES_ABOVE = 2
"""The header and the line below it."""


def find(page: Page) -> Found:
    """Entries for the rows of all tables whose header names a question and an answer."""
    entries: list[Entry] = []
    left: list[Block] = []
    asked = any(isinstance(b, Heading) and asks(plain(b.children)) for b in page.blocks)
    free = page.choices.dialect == DIALECT.name or not (asked or page.entries)
    for block in page.blocks:
        columns = _columns(block, terms=free) if isinstance(block, Table) else None
        if columns and isinstance(block, Table):
            entries += (_entry(block, place, columns) for place in range(len(block.rows)))
        else:
            left.append(block)
    return Found(entries=tuple(entries), left=tuple(left) if entries else page.blocks)


def _columns(table: Table, *, terms: bool) -> tuple[int, int] | None:
    """The places of the asking and the answering column, or None.

    `terms` lets words for terms and meanings count: in a document where nothing else asks.
    """
    names = [_name(cell) for cell in table.header]
    asks_, says = (ASKING | TERMS, ANSWERING | MEANINGS) if terms else (ASKING, ANSWERING)
    asking = [place for place, name in enumerate(names) if name in asks_]
    answering = [place for place, name in enumerate(names) if name in says]
    return (asking[0], answering[0]) if asking and answering else None


def _name(cell: Inlines) -> str:
    return plain(cell).strip(" :").casefold()


def _entry(table: Table, place: int, columns: tuple[int, int]) -> Entry:
    row, span = table.rows[place], _row_span(table, place)
    others = (
        _titled(title, cell, span)
        for number, (title, cell) in enumerate(zip(table.header, row, strict=True))
        if number not in columns and plain(cell) and _name(title) not in _NUMBERS
    )
    answer: Blocks = (Paragraph(children=row[columns[1]], span=span),) if row[columns[1]] else ()
    return Entry(
        prompt=(Paragraph(children=row[columns[0]], span=span),),
        body=(*answer, *others),
        span=span,
        dialect=DIALECT.name,
    )


def _row_span(table: Table, place: int) -> Span:
    """The line of a row: a pipe table has one line a row."""
    line = min(table.span.first + _LINES_ABOVE + place, table.span.last)
    return Span(path=table.span.path, first=line, last=line)


def _titled(title: Inlines, cell: Inlines, span: Span) -> Paragraph:
    strong = Styled(style=Style.strong, children=(*title, Text(text=":")))
    return Paragraph(children=(strong, Text(text=" "), *cell), span=span)


DIALECT = Dialect(
    name="tables",
    summary="table rows under a header such as `Question` and `Answer`",
    example="""\
| Question                     | Answer      |
| ---------------------------- | ----------- |
| Which port does SSH use?     | 22          |
| What limits the stack's size? | `ulimit -s` |
""",
    find=find,
)
