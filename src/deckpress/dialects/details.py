"""Details as questions: the summary asks, and what opens below it answers.

    <details>
    <summary>What does a router do?</summary>

    It joins networks.
    </details>

Details whose summary only says “answer” or “show” are the answer to a heading or an item
instead, and are left to the dialects of those.
"""

from collections import Counter
from collections.abc import Iterable

from deckpress.content import Block, Blocks, Details, Paragraph, plain
from deckpress.dialects import Dialect, Entry, Found, Page
from deckpress.dialects.furniture import is_contents
from deckpress.dialects.words import asks, ends_in_question, hides_answer

_ASKING_SHARE = 0.4
"""The share of summaries that must ask; real collections have 70 % and more."""


def find(page: Page) -> Found:
    """Entries for all details whose summaries ask, when those of the document mostly do."""
    summaries = {id(block): _question(block) for block in page.blocks if isinstance(block, Details)}
    asked = [words for words in summaries.values() if words]
    repeated = {words for words, times in Counter(asked).items() if times > len(asked) / 3 > 1}
    asked = [words for words in asked if words not in repeated]
    if not _is_collection(asked) and page.choices.dialect != DIALECT.name:
        return Found(entries=(), left=page.blocks)
    entries: list[Entry] = []
    left: list[Block] = []
    for block in page.blocks:
        words = summaries.get(id(block), "")
        if isinstance(block, Details) and words and words not in repeated:
            entries.append(_entry(block))
        else:
            left.append(block)
    return Found(entries=tuple(entries), left=tuple(left))


def _is_collection(asked: list[str]) -> bool:
    if len(asked) == 1:
        return ends_in_question(asked[0])
    return sum(map(asks, asked)) >= max(1, _ASKING_SHARE * len(asked))


def _question(details: Details) -> str:
    """A summary's words, or '' when it asks nothing: a mark of an answer, a table of contents."""
    words = plain(details.summary)
    return "" if hides_answer(words) or is_contents(details.children) else words


def _entry(details: Details) -> Entry:
    return Entry(
        prompt=(Paragraph(children=details.summary, span=details.span),),
        body=details.children,
        span=details.span,
        dialect=DIALECT.name,
    )


def split_answer(blocks: Iterable[Block]) -> tuple[Blocks, Blocks] | None:
    """The blocks before the first details that hold an answer, and that answer; None without one.

    What follows the answer belongs to it.
    """
    row = tuple(blocks)
    for place, block in enumerate(row):
        if isinstance(block, Details) and hides_answer(plain(block.summary)):
            return row[:place], (*block.children, *row[place + 1 :])
    return None


DIALECT = Dialect(
    name="details",
    summary="`<details>` whose `<summary>` asks; what it hides answers",
    example="""\
<details>
<summary>Which port does SSH use?</summary>

22, over TCP.
</details>

<details>
<summary>What is a subnet mask for?</summary>

It parts an address into network and host.
</details>
""",
    find=find,
)
