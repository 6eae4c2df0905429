"""Markdown documents: decode, parse, survey, and turn the questions found into notes."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from deckpress.content import Block, Blocks, CommentBlock, Heading, Rule, plain
from deckpress.diagnostic import Diagnostic, in_order
from deckpress.dialects import DIALECTS, Choices, Entry, Page, load
from deckpress.dialects.notes import to_note, with_section
from deckpress.dialects.outline import Outline, outline, with_titles
from deckpress.dialects.words import ends_in_question
from deckpress.model import Deck, Note, shorten
from deckpress.readers import commonmark, front_matter, pasted, text
from deckpress.readers.front_matter import FrontMatter
from deckpress.source import Source, Span


def read(source: Source, deck: str) -> Deck:
    """The deck of a Markdown source, called `deck` when the document has neither name nor title."""
    written, problems = text.decode(source)
    if problems:
        return Deck(name=deck, path=source.name, diagnostics=problems)
    document = commonmark.parse(pasted.to_markdown(written), source.path)
    front, found = front_matter.read(document.front_matter, source.path, document.front_matter_line)
    if not document.front_matter_line:
        found = front_matter.find_misplaced(written, source.path)
    entries, left = _find(document.blocks, front.choices)
    left = with_titles(left, entries)
    plan = outline(left, entries)
    notes, noted = _notes(entries, plan, front, document)
    diagnostics = (
        *found,
        *noted,
        *_too_deep(document),
        *_unclosed(document),
        *_unclaimed(left, entries),
    )
    if not notes:
        diagnostics += (_nothing_found(source, written, front),)
    return Deck(
        name=front.deck or _name(deck, front.title or plan.title),
        path=source.name,
        notes=notes,
        description=front.description,
        lang=front.lang,
        author=front.author,
        licence=front.licence,
        source=front.source,
        diagnostics=in_order(diagnostics),
    )


def _name(given: str, title: str) -> str:
    """The deck's name: the document's title in place of its file's, in the same parent deck."""
    parent, nested, _ = given.rpartition("::")
    return parent + nested + title.replace("::", ":") if title else given


def _find(blocks: Blocks, choices: Choices) -> tuple[tuple[Entry, ...], Blocks]:
    """Ask each dialect in turn what it finds in the blocks that are left."""
    page = Page(blocks=blocks, choices=choices)
    for name in (choices.dialect,) if choices.dialect else DIALECTS:
        found = load(name).find(page)
        page = replace(page, blocks=found.left, entries=(*page.entries, *found.entries))
    return tuple(sorted(page.entries, key=lambda entry: entry.span.first)), page.blocks


def _notes(
    entries: Sequence[Entry], plan: Outline, front: FrontMatter, document: commonmark.Document
) -> tuple[tuple[Note, ...], tuple[Diagnostic, ...]]:
    notes: list[Note] = []
    diagnostics: list[Diagnostic] = []
    for entry, section in zip(entries, plan.sections, strict=True):
        note, found = to_note(entry, front.choices, document.footnotes)
        notes.append(with_section(note, section, front.tags))
        diagnostics += found
    return tuple(notes), tuple(diagnostics)


# --- problems -------------------------------------------------------------------------


def _too_deep(document: commonmark.Document) -> Iterator[Diagnostic]:
    if document.too_deep:
        yield Diagnostic(
            code="E105",
            message=f"lists and quotes nest more than {commonmark.MAX_NESTING} deep here",
            span=document.too_deep,
            help="nest less; what is deeper was not read",
        )


def _unclosed(document: commonmark.Document) -> Iterator[Diagnostic]:
    for span in document.unclosed:
        yield Diagnostic(
            code="W117",
            message=f"a fence of code is never closed; lines {span.first} to {span.last} are code",
            span=span,
            help="end the code with a line of the same marks",
        )


def _unclaimed(left: Iterable[Block], entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    """One piece of information for each run of text that is in no note."""
    starts = [entry.span.first for entry in entries]
    run: list[Block] = []
    row = tuple(left)
    for block, following in zip_longest(row, row[1:]):
        if isinstance(block, Heading) and _is_lost(block, following):
            yield _lost_question(block)
        if isinstance(block, Heading | Rule | CommentBlock):
            continue
        before = bisect_left(starts, block.span.first)
        if run and before and starts[before - 1] > run[-1].span.last:
            yield _in_no_note(run)
            run = []
        run.append(block)
    if run:
        yield _in_no_note(run)


def _is_lost(heading: Heading, following: Block | None) -> bool:
    """Whether a heading asks and has a text of its own, but was read as a section."""
    has_text = following is not None and not isinstance(following, Heading)
    return has_text and ends_in_question(plain(heading.children))


def _lost_question(heading: Heading) -> Diagnostic:
    return Diagnostic(
        code="W118",
        message=f"this heading asks, but is in no note: “{shorten(plain(heading.children), 50)}”",
        span=heading.span,
        help="give all questions of the document the same level, or labels",
    )


def _in_no_note(run: Sequence[Block]) -> Diagnostic:
    first, last = run[0].span, run[-1].span.last
    lines = f"line {first.first}" if first.first == last else f"lines {first.first} to {last}"
    start = shorten(plain(run[:1]), 40)
    verb = "is" if first.first == last else "are"
    return Diagnostic(
        code="I114",
        message=f"{lines} {verb} in no note: “{start}”",
        span=Span(path=first.path, first=first.first, last=last),
        help="nothing, if this is an introduction; else write a heading or a label for it",
    )


def _nothing_found(source: Source, written: str, front: FrontMatter) -> Diagnostic:
    """The error for a document without a question: what was looked for, and where."""
    if not written.strip():
        message = "this file is empty"
    elif front.choices.dialect:
        message = f"no question found in the dialect {front.choices.dialect!r}, which it asks for"
    else:
        message = f"no question found; looked for {', '.join(DIALECTS)}"
    return Diagnostic(
        code="E103",
        message=message,
        span=Span(path=source.path, first=1, last=1),
        help=(
            "write `Q:` and `A:` labels, or a heading for each question; if the headings here are "
            "the questions, say `dialect: headings` between two lines of --- at the top"
        ),
    )
