"""Words that tell what a line is for: a question, the mark of an answer, or furniture.

Lists of words are evidence, not proof: each dialect weighs them against the whole document.
"""

import re

_QUESTION_ENDS = ("?", "\uff1f", "\u061f", "\u037e", "\u0964")
_ASKING = re.compile(
    r"(?:what|why|how|when|which|who|whose|where|name|explain|describe|define|list|compare|is|are|"
    r"can|could|does|do|did|should|would|will|have|has|give|write|show|state|contrast|tell|talk|"
    r"discuss|implement|difference|differences|in what|you)\b",
    re.IGNORECASE,
)
# The same in other languages: at the start of a line, and, where words are not parted, anywhere.
_ASKING_ELSEWHERE = re.compile(
    r"(?:was|wie|warum|wann|wer|welche[rsn]?|wozu|wo|nenne|erkläre|beschreibe|"
    r"qué|cómo|cuándo|cuál(?:es)?|quién|dónde|por qué|explica|"
    r"qu'est-ce|comment|pourquoi|quand|quel(?:le)?s?|quoi|expliquez?|citez|"
    r"que|como|qual|quais|quando|onde|explique|cosa|come|perché|quale|quali|"
    r"что|как|почему|зачем|чем|когда|где|кто|какой|какая|какие|какое|сколько|объясните|опишите|"
    r"назовите|расскажите)\b"
    r"|.*(?:什么|什麼|为什么|為什麼|怎么|怎麼|如何|何为|哪些|哪个|哪種|区别|區別|不同|吗|嗎|作用|原理|"
    r"何ですか|とは|なぜ|どう|違い|무엇|왜|어떻게|차이|설명)",
    re.IGNORECASE,
)
_DECORATION = re.compile(
    r"[\s*#_~:;.!,()\[\]{}<>/\\|\-\u2013\u2014\u2190-\u2bff\u3001\u3002\u3010\u3011\uff0e\uff1a"
    r"\U0001f000-\U0001faff\ufe0f]+"
)

_APPENDIX_WORDS = """
    acknowledgements acknowledgments appendix authors bibliography changelog comments contact
    contents contributing contributors credits disclaimer glossary index introduction intro
    licence license links overview preface readme references related resources sources summary toc
    inhaltsverzeichnis quellen lizenz 目录 参考 参考资料 许可证 оглавление содержание источники
"""
APPENDICES = {
    *_APPENDIX_WORDS.split(),
    *("table of contents", "further reading", "see also", "external links", "about the author"),
}
"""Titles that never ask: the furniture of documents, in the languages we have met."""

_ANSWER_WORDS = """
    answer answers solution solutions explanation explanations
    antwort lösung erklärung respuesta solución explicación réponse explication resposta solução
    risposta soluzione spiegazione ответ решение объяснение пояснение
    答案 解答 解析 参考答案 正确答案 回答 答え 解説 答 답 정답 해설
    إجابة الإجابة توضیح پاسخ תשובה उत्तर
"""
_ANSWERS = frozenset(_ANSWER_WORDS.split())
_HIDING = frozenset(
    {"show", "reveal", "spoiler", "expand", "details", "output", "result", "hint", "click", "more"}
)
_CLICK = re.compile(r"(?:click|tap|see|view|show|reveal|open|expand|toggle|check)\b.{0,40}")
_LONGEST_MARK = 30
"""The longest title, in characters, that can be a mark: “Correct answer: A, C, D”."""


_PLACEHOLDERS = frozenset(
    {
        *("answer here", "your answer here", "to be completed", "to be done", "to do", "todo"),
        *("tbd", "wip", "n/a", "coming soon", "work in progress", "add answer", "no answer yet"),
        *("...", "\u2026", "-", "?", "\u5f85\u8865\u5145", "\u5f85\u66f4\u65b0"),
    }
)


TAGS = re.compile(r"(?:(?:^|\s+)#[^\W\d_][\w/:-]*)+\s*$")
"""`#tag` words at the end of a line."""


def asks(words: str) -> bool:
    """Whether a line reads like a question: by its last sign, or its first word."""
    if words.rstrip(" *#_").endswith(_QUESTION_ENDS):
        return True
    return bool(_ASKING.match(words) or _ASKING_ELSEWHERE.match(words))


def ends_in_question(words: str) -> bool:
    """Whether a line ends in a question mark of some script."""
    return words.rstrip(" *#_)\u201d\"'").endswith(_QUESTION_ENDS)


def is_appendix(words: str) -> bool:
    """Whether a title belongs to the furniture of documents."""
    return words.strip(" :.").casefold() in APPENDICES


def marks_answer(words: str) -> bool:
    """Whether a title says only that the answer follows: “Answer: D”, “💡 Explanation”."""
    bare = _DECORATION.sub(" ", words).split()
    if not bare or len(words) > _LONGEST_MARK or ends_in_question(words):
        return False
    first = {bare[0].casefold(), " ".join(bare[:2]).casefold().removeprefix("correct ")}
    return bool(first & _ANSWERS)


def hides_answer(summary: str) -> bool:
    """Whether a summary only hides an answer: as above, or “show”, “click to see more”, nothing."""
    bare = " ".join(_DECORATION.sub(" ", summary).split()).casefold()
    if not bare or bare in _HIDING or marks_answer(summary):
        return True
    if ends_in_question(summary):
        return False
    return bool(_CLICK.fullmatch(bare)) or bool(_ANSWERS & set(bare.split()))


def is_placeholder(words: str) -> bool:
    """Whether an answer only says that it is still to be written."""
    return words.strip(" .!*_").casefold() in _PLACEHOLDERS
