"""Bytes to text: UTF-8 and nothing else, and when it is not, the line and the byte."""

import codecs

from deckpress.diagnostic import Diagnostic
from deckpress.source import Source, Span

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(source: Source) -> tuple[str, tuple[Diagnostic, ...]]:
    """The source's text, one newline after each line, no byte order mark; or '' and an error.

    A file that is not UTF-8 is refused whole: a guess would put wrong letters on cards.
    """
    data = source.data.removeprefix(codecs.BOM_UTF8)
    for mark, name in _MARKS:
        if source.data.startswith(mark):
            return "", (_not_utf8(source, 1, f"this file is {name}, not UTF-8", name),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = _line_of(data, error.start)
        byte = f"byte 0x{data[error.start]:02X} at offset {_offset(source, data, error.start)}"
        return "", (_not_utf8(source, line, f"{byte} is not UTF-8", "WINDOWS-1252"),)
    if "\0" in text:
        at = data.index(b"\0")
        message = f"there is a NUL byte at offset {_offset(source, data, at)}"
        span = _span(source, _line_of(data, at))
        help_ = "give a text file; this one looks like something else"
        return "", (Diagnostic(code="E102", message=message, span=span, help=help_),)
    return text.replace("\r\n", "\n").replace("\r", "\n"), ()


def _not_utf8(source: Source, line: int, message: str, name: str) -> Diagnostic:
    help_ = f"save it as UTF-8, for example: iconv -f {name} -t UTF-8 OLD > NEW"
    return Diagnostic(code="E101", message=message, span=_span(source, line), help=help_)


def _span(source: Source, line: int) -> Span:
    return Span(path=source.path, first=line, last=line)


def _line_of(data: bytes, offset: int) -> int:
    """The number of the line that a byte stands on, whatever ends the lines."""
    before = data[:offset].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def _offset(source: Source, data: bytes, offset: int) -> int:
    """The place of a byte counted in the file itself, where a byte order mark may come first."""
    return offset + len(source.data) - len(data)
