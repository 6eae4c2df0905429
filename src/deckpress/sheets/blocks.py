"""Blocks: paragraphs, lists, quotes and the like as strips that stack into a side."""

from dataclasses import replace
from typing import assert_never

from deckpress.content import (
    Block,
    Blocks,
    CodeBlock,
    CommentBlock,
    DefinitionList,
    Details,
    Footnote,
    Heading,
    Image,
    Inlines,
    ListBlock,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Style,
    Table,
    unfold,
)
from deckpress.sheets import breaking, formulas, illustrations, lines, words
from deckpress.sheets.inks import Ink, styled
from deckpress.sheets.listings import listing
from deckpress.sheets.lists import INDENT, TIGHT_GAP, listed
from deckpress.sheets.marks import (
    PALE,
    Bar,
    Drawing,
    Letters,
    Strip,
    Strips,
)
from deckpress.sheets.measures import Flush, Kit, Measure
from deckpress.sheets.tables import table

PARAGRAPH_GAP = 0.5
"""Space above a block, in em."""


def lay(blocks: Blocks, measure: Measure, kit: Kit) -> Strips:
    """The strips of some blocks."""
    found: list[Strip] = []
    for block in blocks:
        strips = _block(block, measure, kit)
        if strips:
            gap = max(strips[0].before, measure.gap(PARAGRAPH_GAP))
            found += (replace(strips[0], before=gap), *strips[1:])
    return tuple(found)


def _block(block: Block, measure: Measure, kit: Kit) -> Strips:
    match block:
        case Paragraph():
            return running(block.children, measure, kit)
        case Heading():
            return _heading(block, measure, kit)
        case CodeBlock():
            return listing(block.text, block.language, replace(measure, flush=Flush.left))
        case MathBlock():
            return _displayed(block, measure)
        case ListBlock():
            return listed(block, replace(measure, flush=Flush.left), kit, _block)
        case Quote():
            return _quote(block, replace(measure, flush=Flush.left), kit)
        case Table():
            return table(block, replace(measure, flush=Flush.left), kit, running)
        case DefinitionList():
            return _definitions(block, replace(measure, flush=Flush.left), kit)
        case Details():
            return lay(unfold(block), measure, kit)
        case Footnote():
            return _footnote(block, replace(measure, flush=Flush.left), kit)
        case Rule():
            return (_line(measure),)
        case CommentBlock():
            return ()
        case _:
            assert_never(block)


def lay_extra(blocks: Blocks, measure: Measure, kit: Kit) -> Strips:
    """Material that goes with an answer without being it: smaller, below a thin rule."""
    strips = lay(blocks, measure.small, kit)
    if not strips:
        return ()
    width = measure.width * 0.25
    middle = (measure.width - width) / 2 if measure.flush is Flush.center else 0.0
    rule = Bar(x=measure.left + middle, y=0, width=width, height=0.5, colour=PALE)
    above = Strip(height=0.5, marks=(rule,), before=0.8 * measure.size, keep=True)
    return (above, replace(strips[0], before=measure.gap(0.35)), *strips[1:])


# --- text and pictures ----------------------------------------------------------------


def running(inlines: Inlines, measure: Measure, kit: Kit) -> Strips:
    """Inlines as lines of text; pictures among them stand on lines of their own."""
    found: list[Strip] = []
    for part in illustrations.parts(inlines):
        if isinstance(part, Image):
            strips = illustrations.picture(part, measure, kit)
        else:
            strips = _text(part, measure, kit)
        if found and strips:
            strips = (replace(strips[0], before=measure.gap(0.35)), *strips[1:])
        found += strips
    return tuple(found)


def _text(inlines: Inlines, measure: Measure, kit: Kit) -> Strips:
    set_words = words.words(inlines, measure.ink, measure.least, kit.case)
    breaks = breaking.balanced if measure.flush is Flush.center else breaking.broken
    broken = breaks(set_words, measure.width / measure.size)
    return lines.strips(broken, measure)


def _heading(heading: Heading, measure: Measure, kit: Kit) -> Strips:
    ink = styled(measure.ink, Style.strong, measure.least)
    strips = running(heading.children, replace(measure, ink=ink), kit)
    return tuple(replace(strip, keep=True) for strip in strips)


def _displayed(block: MathBlock, measure: Measure) -> Strips:
    """A formula on its own, in the middle; its source as code where it cannot be drawn."""
    found = formulas.formula(block.tex, display=True)
    if found is None:
        return listing(block.tex.strip("\n"), "tex", measure)
    high = found.rise + found.drop
    size = min(measure.size, measure.width / found.width, measure.room / high)
    x = measure.left + (measure.width - found.width * size) / 2
    pad = 0.15 * measure.size if high * size + 0.3 * measure.size < measure.room else 0.0
    drawing = Drawing(x=x, y=pad + found.rise * size, size=size, contour=found.contour)
    height = high * size + 2 * pad
    return (Strip(height=height, marks=(drawing,), baseline=pad + found.rise * size),)


def _line(measure: Measure) -> Strip:
    bar = Bar(x=measure.left, y=0, width=measure.width, height=0.5, colour=PALE)
    return Strip(height=0.5, marks=(bar,))


# --- lists and other nests ------------------------------------------------------------


def _quote(block: Quote, measure: Measure, kit: Kit) -> Strips:
    """A quote, set in behind an upright bar."""
    size = measure.size
    inner = measure.indented(0.9 * size)
    found = []
    for number, strip in enumerate(lay(block.children, inner, kit)):
        bar = Bar(
            x=measure.left + 0.15 * size, y=0, width=0.16 * size, height=strip.height, colour=PALE
        )
        bridge = (*strip.bridge, replace(bar, height=strip.before)) if number else strip.bridge
        found.append(replace(strip, marks=(bar, *strip.marks), bridge=bridge))
    return tuple(found)


def _definitions(block: DefinitionList, measure: Measure, kit: Kit) -> Strips:
    inner = measure.indented(INDENT * measure.size)
    term = replace(measure, ink=styled(measure.ink, Style.strong, measure.least))
    found: list[Strip] = []
    for item in block.items:
        head = [replace(strip, keep=True) for strip in running(item.term, term, kit)]
        body = lay(item.children, inner, kit)
        tight = (replace(body[0], before=measure.gap(TIGHT_GAP)), *body[1:]) if body else ()
        if head:
            head[0] = replace(head[0], before=measure.gap(PARAGRAPH_GAP))
        found += (*head, *tight)
    return tuple(found)


def _footnote(block: Footnote, measure: Measure, kit: Kit) -> Strips:
    """A footnote's text in small print, behind its number."""
    small = measure.small
    inner = small.indented(1.1 * small.size)
    strips = lay(block.children, inner, kit)
    if not strips:
        return ()
    ink: Ink = styled(small.ink, Style.superscript, small.least)
    label = words.glyphs(str(block.number), ink)
    y = strips[0].baseline - ink.rise * small.size
    number = tuple(
        Letters(
            x=small.left,
            y=y,
            text=g.text,
            face=g.face,
            size=small.size * ink.scale,
            colour=ink.colour,
        )
        for g in label
    )
    return (replace(strips[0], marks=(*number, *strips[0].marks)), *strips[1:])
