"""Cases in Pandoc's manner: a Markdown file holds input files, commands and what they print.

A case is any file in tests/cases. A fenced block opened as ```` ```markdown file=NAME ```` is
written to NAME in an empty folder. A block that begins with `$ deckpress …` is run there, and
must print the rest of the block: standard output, then standard error, then `=> N` when the
exit code N is not 0. `make golden` writes what was printed into the case; read the diff.
"""

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckpress import cli

CASES = sorted(Path(__file__).parent.joinpath("cases").rglob("*.md"))
FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL
)
FILE = re.compile(r"\bfile=(\S+)")


def commands(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The command lines of a case, each with the block it stands in."""
    for block in FENCE.finditer(text):
        if block["text"].startswith("$ "):
            yield block["text"].partition("\n")[0][2:], block


def run(command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What a command prints, run in this process."""
    words = shlex.split(command)
    assert words[0] == "deckpress", command
    monkeypatch.setattr(sys, "argv", words)
    code = 0
    try:
        cli.main()
    except SystemExit as done:
        code = int(done.code or 0)
    captured = capsys.readouterr()
    printed = captured.out + captured.err
    if printed and not printed.endswith("\n"):
        printed += "\n"
    return printed.replace("\r\n", "\n") + (f"=> {code}\n" if code else "")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    text = case.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for block in FENCE.finditer(text):
        if name := FILE.search(block["info"]):
            path = tmp_path / name[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(block["text"].encode())
    found = list(commands(text))
    assert found, f"{case.name} runs no command"
    new = text
    for command, block in found:
        printed = run(command, capsys, monkeypatch)
        expected = block["text"].partition("\n")[2]
        if request.config.getoption("--accept"):
            head = f"{block['fence']}{block['info']}\n$ {command}\n"
            new = new.replace(block[0], f"{head}{printed}{block['fence']}")
        else:
            assert printed == expected, command
    if new != text:
        case.write_text(new, encoding="utf-8")
