"""A row of inlines, Markdown marks and HTML tags joined into runs that nest.

Markdown marks always nest, for the parser paired them; tags need not. A tag that is never
closed was not meant as one, and stays the text it is; inside a block of HTML it is left out.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from deckpress.content import (
    Code,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Styled,
    Text,
    plain,
)
from deckpress.readers import inline_html
from deckpress.readers.inline_html import Closing, Opening, Tag

# What the attributes plugin cannot read: `{width=30%}`. Shares of a page mean nothing on a card.
_SIZE = re.compile(r"\{\s*(?:width|height)\s*=[^{}\n]*\}")


@dataclass(frozen=True, slots=True)
class Begin:
    """A Markdown mark that opens a run; `wrap` makes of the run what the mark means."""

    wrap: Callable[[Inlines], Inlines]


@dataclass(frozen=True, slots=True)
class End:
    """The end of the run that the last open Markdown mark began."""


@dataclass(frozen=True, slots=True)
class Written:
    """A tag or a comment of HTML, as written."""

    text: str


Event = Inline | Begin | End | Written


@dataclass(slots=True)
class _Run:
    """A run that is not closed yet, and what opened it."""

    opener: Begin | Opening | None
    inlines: list[Inline] = field(default_factory=list)


def join(events: Iterable[Event], *, forgiving: bool = False) -> Inlines:
    """The inlines of a row of events; `forgiving` leaves out tags that have no partner."""
    open_ = [_Run(None)]
    for event in events:
        match event:
            case Begin():
                open_.append(_Run(event))
            case End():
                _end(open_, forgiving=forgiving)
            case Written():
                _take(open_, inline_html.understand(event.text), forgiving=forgiving)
            case _:
                open_[-1].inlines.append(event)
    while len(open_) > 1:
        _give_up(open_, forgiving=forgiving)
    return _joined(open_[0].inlines)


def _end(open_: list[_Run], *, forgiving: bool) -> None:
    """End the run of the last Markdown mark; tags left open inside it have no partner."""
    while isinstance(open_[-1].opener, Opening):
        _give_up(open_, forgiving=forgiving)
    run = open_.pop()
    if isinstance(run.opener, Begin):
        open_[-1].inlines += run.opener.wrap(_joined(run.inlines))


def _take(open_: list[_Run], meaning: Tag | Inline | None, *, forgiving: bool) -> None:
    match meaning:
        case None:
            return
        case Opening():
            open_.append(_Run(meaning))
        case Closing():
            opener = open_[-1].opener
            if isinstance(opener, Opening) and opener.name == meaning.name:
                run = open_.pop()
                open_[-1].inlines += _closed(opener, _joined(run.inlines))
            elif meaning.name != "a" and not forgiving:
                open_[-1].inlines.append(Text(text=meaning.written))
        case _:
            open_[-1].inlines.append(meaning)


def _closed(opener: Opening, inside: Inlines) -> Inlines:
    if opener.name in inline_html.STYLES:
        return (Styled(style=inline_html.STYLES[opener.name], children=inside),)
    if opener.name in inline_html.CODE:
        return (Code(text=plain(inside)),)
    return (Link(url=opener.href, children=inside),) if opener.href and inside else inside


def _give_up(open_: list[_Run], *, forgiving: bool) -> None:
    run = open_.pop()
    opener = run.opener
    if isinstance(opener, Opening) and opener.name != "a" and not forgiving:
        open_[-1].inlines.append(Text(text=opener.written))
    open_[-1].inlines += run.inlines


def _joined(inlines: Iterable[Inline]) -> Inlines:
    """Neighbouring texts as one, and a `<br>` at a line's end as the one break it is."""
    found: list[Inline] = []
    for inline in inlines:
        match (found[-1] if found else None, inline):
            case (_, Text(text="")):
                continue
            case (Text(text=before), Text(text=after)):
                found[-1] = Text(text=before + after)
            case (Image(), Text(text=after)) if size := _SIZE.match(after):
                if size.end() < len(after):
                    found.append(Text(text=after[size.end() :]))
            case (LineBreak(), LineBreak()):
                found[-1] = LineBreak(hard=True)
            case _:
                found.append(inline)
    return tuple(found)
