"""Labels in lines: `Q:`, `**Answer:**`, `3. Вопрос 2:`; what opens a question, or its answer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from deckpress.content import (
    Blocks,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    ListBlock,
    Paragraph,
    Style,
    Styled,
    Text,
    plain,
)

ASK = (
    *("q", "ques", "question", "frage", "pregunta", "pergunta", "domanda", "вопрос"),
    *("問", "问", "質問", "問題", "问题", "提问", "질문", "문제", "سؤال", "سوال", "שאלה", "प्रश्न"),
)
ANSWER = (
    *("a", "ans", "answer", "antwort", "respuesta", "réponse", "reponse", "resposta", "risposta"),
    *("ответ", "答", "答案", "参考答案", "回答", "答え", "解答", "답", "답변"),
    *("إجابة", "الإجابة", "תשובה", "उत्तर"),
)


def _pattern(words: Iterable[str], ends: str) -> re.Pattern[str]:
    """A label at the start of a line: a word, perhaps a number, and what may end it."""
    choice = "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))
    return re.compile(rf"\s*(?:{choice})\s*(?:{ends})\s*", re.IGNORECASE)


_COLON = "[:\uff1a]"
_ASK = _pattern(ASK, rf"[.#]?\s*\d{{1,4}}\s*(?:[.)]|[.)]?\s*{_COLON})|[.)]?\s*{_COLON}")
_ANSWER = _pattern(ANSWER, rf"[.#]?\s*\d{{1,4}}\s*(?:[.)]|[.)]?\s*{_COLON})|[.)]?\s*{_COLON}")
_SENTENCE = re.compile(r"(?<=[?.!\uff1f\u3002]\s)")
_LETTER = re.compile(r"([A-Ba-b])\s*[.):\uff1a]")
# `1)`, `12.` or `3、` before a label that stands in plain text, where it is no list marker.
_NUMBER = re.compile(r"\s*\d{1,4}\s*[.)\u3001\uff0e]\s*")


def has_answer_label(block: Paragraph | Heading) -> bool:
    """Whether a block begins with the label of an answer."""
    return find_label(block.children)[0] == "answer"


def without_answer_label(inlines: Inlines) -> Inlines | None:
    """What stands behind the label of an answer, or None where there is no such label."""
    mark, rest = find_label(inlines)
    return _trim_start(rest) if mark == "answer" else None


def split_lines(paragraph: Paragraph) -> tuple[Paragraph, Paragraph | None]:
    """A paragraph cut before a line that begins with the label of an answer, label taken off."""
    asked: list[Inlines] = []
    said: list[Inlines] = []
    start = 0
    for line, number in lines_of(paragraph):
        answer = without_answer_label(line) if asked and not said else None
        if answer is not None:
            start = number
        (said if said or answer is not None else asked).append(line if answer is None else answer)
    if not said:
        return paragraph, None
    span = paragraph.span
    return (
        replace(paragraph, children=rejoin(asked), span=replace(span, last=start - 1)),
        replace(paragraph, children=rejoin(said), span=replace(span, first=start)),
    )


def split_answer(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """The blocks before a paragraph with an answer label, and from there on, label taken off.

    Without such a paragraph everything is the answer. A label among others of its kind (`A:`,
    `B:`, `C:`) is none: it stands for a word.
    """
    for place, block in enumerate(blocks):
        said = without_answer_label(block.children) if isinstance(block, Paragraph) else None
        if said is not None and isinstance(block, Paragraph):
            if _is_series(blocks[place:]):
                return (), blocks
            kept = (replace(block, children=said),) if said else ()
            return blocks[:place], (*kept, *blocks[place + 1 :])
    return (), blocks


def _is_series(blocks: Blocks) -> bool:
    """Whether lines begin with different single letters and a colon, as in a mnemonic."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    starts = [plain(line)[:2] for block in paragraphs for line, _ in lines_of(block)]
    letters = {start[0].upper() for start in starts if re.fullmatch(r"[A-Za-z][:\uff1a]", start)}
    return bool(letters - {"A", "Q"})


def find_label(line: Inlines) -> tuple[str, Inlines]:
    """'ask', 'answer' or '', and the line without its label."""
    match line:
        case (Text(text=text), *rest):
            return _label_in_text(text, tuple(rest))
        case (Styled(style=Style.strong | Style.emphasis as style, children=inner), *rest):
            return _label_in_style(style, inner, tuple(rest))
        case _:
            return "", line


def _label_in_text(text: str, rest: Inlines) -> tuple[str, Inlines]:
    number = _NUMBER.match(text)
    bare = text[number.end() :] if number else text
    for mark, pattern in (("ask", _ASK), ("answer", _ANSWER)):
        found = pattern.match(bare)
        if found:
            left = bare[found.end() :]
            return mark, (*((Text(text=left),) if left else ()), *rest)
    if number and not bare:
        mark, inlines = find_label(rest)
        return mark, inlines if mark else (Text(text=text), *rest)
    return "", (Text(text=text), *rest)


def _label_in_style(style: Style, inner: Inlines, rest: Inlines) -> tuple[str, Inlines]:
    """A label that is bold itself (`**Q:** what`, `**Q**: what`) or opens a bold line."""
    mark, left = find_label(inner)
    if mark:
        kept = (Styled(style=style, children=left),) if left else ()
        return mark, _trim_start((*kept, *rest))
    match rest:
        case (Text(text=text), *others) if text.lstrip().startswith((":", "\uff1a")):
            mark, left = find_label((Text(text=plain(inner) + ":"),))
            if mark and not left:
                after = text.lstrip()[1:]
                return mark, _trim_start((Text(text=after), *others))
    return "", (Styled(style=style, children=inner), *rest)


def _trim_start(line: Inlines) -> Inlines:
    match line:
        case (LineBreak(), *rest):
            return _trim_start(tuple(rest))
        case (Text(text=text), *rest):
            left = text.lstrip()
            return (Text(text=left), *rest) if left else tuple(rest)
        case _:
            return line


def is_lettered(block: ListBlock) -> bool:
    """Whether the items are called A, B, …: the options of a quiz, not an answer."""
    starts = [plain(item.children)[:3] for item in block.items[:2]]
    letters = [found[1].upper() for start in starts if (found := _LETTER.match(start))]
    return letters == ["A", "B"]


def lines_of(block: Paragraph) -> Iterator[tuple[Inlines, int]]:
    """A paragraph's source lines, each with its line number."""
    line: list[Inline] = []
    number = block.span.first
    for inline in block.children:
        if isinstance(inline, LineBreak):
            yield tuple(line), number
            line, number = [], number + 1
        else:
            line.append(inline)
    yield tuple(line), number


def at_sentences(line: Inlines) -> Iterator[Inline]:
    """A line with its text cut where a sentence ends and the label of an answer may follow."""
    for inline in line:
        if isinstance(inline, Text):
            yield from (Text(text=part) for part in _SENTENCE.split(inline.text) if part)
        else:
            yield inline


def may_open(before: Inline) -> bool:
    """Whether a label may follow: after bold text, or after white space."""
    return isinstance(before, Styled) or (isinstance(before, Text) and before.text[-1:].isspace())


def trim_end(line: Inlines) -> Inlines:
    """A line without white space at its end."""
    match line:
        case (*before, Text(text=text)):
            left = text.rstrip()
            return (*before, Text(text=left)) if left else tuple(before)
        case _:
            return line


def rejoin(lines: list[Inlines]) -> Inlines:
    """Lines as one run again, each but the first behind a soft break."""
    joined: list[Inline] = []
    for line in lines:
        joined += (LineBreak(hard=False), *line) if joined else line
    return tuple(joined)
