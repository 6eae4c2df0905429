"""Content as HTML: each kind of node, and that text stays text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckpress.content import (
    Align,
    Blank,
    Block,
    Code,
    CodeBlock,
    Comment,
    CommentBlock,
    Definition,
    DefinitionList,
    Footnote,
    FootnoteMark,
    Gap,
    Heading,
    Image,
    Inline,
    Item,
    LineBreak,
    Link,
    ListBlock,
    Math,
    MathBlock,
    Paragraph,
    Quote,
    Rule,
    Style,
    Styled,
    Table,
    Text,
)
from deckpress.render import html
from deckpress.render.highlight import LIMIT, highlight
from deckpress.source import Span

HERE = Span(path="a.md", first=1, last=1)
MEDIA = {"a b.png": "a-b-12.png", "say.MP3": "say-34.mp3"}


def words(text: str) -> tuple[Text]:
    return (Text(text=text),)


def paragraph(*inlines: Inline | str) -> Paragraph:
    found = (Text(text=i) if isinstance(i, str) else i for i in inlines)
    return Paragraph(children=tuple(found), span=HERE)


def item(*blocks: Block, checked: bool | None = None) -> Item:
    return Item(children=blocks, span=HERE, checked=checked)


def inline(node: Inline, *, cloze: bool = False) -> str:
    """One inline's HTML, without the paragraph around it."""
    return html.render((paragraph(node),), MEDIA, cloze=cloze, tight=True)


class Reader(HTMLParser):
    """What a browser would show: text, with the elements around it forgotten."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(source: str) -> str:
    reader = Reader()
    reader.feed(source)
    reader.close()
    return reader.text


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Text(text='a < b & "c"'), 'a &lt; b &amp; "c"'),
        (Styled(style=Style.emphasis, children=words("a")), "<em>a</em>"),
        (Styled(style=Style.strong, children=words("a")), "<strong>a</strong>"),
        (Styled(style=Style.strike, children=words("a")), "<del>a</del>"),
        (Styled(style=Style.underline, children=words("a")), "<u>a</u>"),
        (Styled(style=Style.highlight, children=words("a")), "<mark>a</mark>"),
        (Styled(style=Style.small, children=words("a")), "<small>a</small>"),
        (Styled(style=Style.subscript, children=words("a")), "<sub>a</sub>"),
        (Styled(style=Style.superscript, children=words("a")), "<sup>a</sup>"),
        (Styled(style=Style.keyboard, children=words("a")), "<kbd>a</kbd>"),
        (Styled(style=Style.gap, children=words("a")), '<span class="gap">a</span>'),
        (Code(text="a<b>"), "<code>a&lt;b&gt;</code>"),
        (Math(tex="a<b"), r"\(a&lt;b\)"),
        (Math(tex="a", display=True), r"\[a\]"),
        (LineBreak(hard=True), "<br>\n"),
        (Gap(number=2, children=words("a"), hint="h"), "a"),
        (Blank(hint="city"), '<span class="blank">[city]</span>'),
        (Blank(), '<span class="blank">[…]</span>'),
        (FootnoteMark(number=3), '<sup class="mark">3</sup>'),
        (Comment(text="x"), ""),
        (
            Image(src="a b.png", alt='a "b"', title="t", width=30, height=20),
            '<img src="a-b-12.png" alt="a &quot;b&quot;" title="t" width="30" height="20">',
        ),
        (Image(src="say.MP3", alt="hello"), "[sound:say-34.mp3]"),
        (Image(src="gone.png", alt="a map"), '<span class="missing">[a map]</span>'),
        (
            Image(src="https://example.org/a.png", alt=""),
            '<a href="https://example.org/a.png" rel="noopener">https://example.org/a.png</a>',
        ),
    ],
)
def test_an_inline(node: Inline, expected: str) -> None:
    assert inline(node) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (paragraph("a", LineBreak(hard=False), "b"), "<p>a\nb</p>"),
        (paragraph(Comment(text="only")), ""),
        (Heading(level=3, children=words("a"), span=HERE), "<h3>a</h3>"),
        (MathBlock(tex="x", span=HERE), '<p class="formula">\\[x\\]</p>'),
        (Quote(children=(paragraph("a"),), span=HERE), "<blockquote>\n<p>a</p>\n</blockquote>"),
        (
            Footnote(number=1, children=(paragraph("a"),), span=HERE),
            '<div class="footnote"><sup>1</sup> a</div>',
        ),
        (Rule(span=HERE), "<hr>"),
        (CommentBlock(text="x", span=HERE), ""),
        (
            CodeBlock(text="<a> & [sound:x]", language="", span=HERE),
            '<div class="code"><pre><code>&lt;a&gt; &amp; &#91;sound:x]</code></pre></div>',
        ),
        (
            ListBlock(items=(item(paragraph("a")),), span=HERE, ordered=True, start=3),
            '<ol start="3">\n<li>a</li>\n</ol>',
        ),
        (
            ListBlock(items=(item(paragraph("a")),), span=HERE, tight=False),
            "<ul>\n<li><p>a</p></li>\n</ul>",
        ),
        (
            ListBlock(
                items=(
                    item(paragraph("a"), checked=True),
                    item(paragraph("b"), checked=False),
                    item(paragraph("c")),
                ),
                span=HERE,
            ),
            """<ul class="tasks">
<li class="task"><span class="box">☑\ufe0e</span> a</li>
<li class="task"><span class="box">☐\ufe0e</span> b</li>
<li>c</li>
</ul>""",
        ),
        (
            DefinitionList(
                items=(Definition(term=words("a"), children=(paragraph("b"),), span=HERE),),
                span=HERE,
            ),
            "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>",
        ),
        (
            Table(
                aligns=(Align.right, Align.none),
                header=(words("a"), words("b")),
                rows=((words("1"), ()),),
                span=HERE,
            ),
            """<div class="table"><table>
<thead>
<tr><th style="text-align: right">a</th><th>b</th></tr>
</thead>
<tbody>
<tr><td style="text-align: right">1</td><td></td></tr>
</tbody>
</table></div>""",
        ),
    ],
)
def test_a_block(block: Block, expected: str) -> None:
    assert html.render((block,)) == expected


def test_a_table_without_a_header_has_no_head() -> None:
    table = Table(aligns=(Align.none,), header=((),), rows=((words("1"),),), span=HERE)
    assert "<thead>" not in html.render((table,))


def test_lists_nest() -> None:
    inner = ListBlock(items=(item(paragraph("b")),), span=HERE)
    outer = ListBlock(items=(item(paragraph("a"), inner),), span=HERE)
    assert html.render((outer,)) == "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul></li>\n</ul>"


@pytest.mark.parametrize(
    "url", ["https://example.org/?a=1&b=2", "mailto:a@example.org", "#top", "other.md", "/x"]
)
def test_a_link_that_opens_a_page_stays_one(url: str) -> None:
    expected = f'<a href="{url.replace("&", "&amp;")}" title="t" rel="noopener">a</a>'
    assert inline(Link(url=url, children=words("a"), title="t")) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_does_more_is_shown_as_text(url: str) -> None:
    result = inline(Link(url=url, children=words("a")))
    assert "<a" not in result
    assert result.startswith("a (")


def test_a_space_in_an_address_is_kept() -> None:
    assert inline(Link(url=" my notes.md", children=words("a"))).startswith(
        '<a href="my%20notes.md"'
    )


def test_an_address_with_quotes_cannot_leave_its_attribute() -> None:
    result = inline(Link(url='https://x/" onclick="alert(1)', children=words("a")))
    assert 'onclick="' not in result


# --- code -----------------------------------------------------------------------------


def test_code_is_coloured_by_classes_when_its_language_is_known() -> None:
    block = CodeBlock(text="def f():\n    return '<'", language="python", span=HERE)
    result = html.render((block,))
    assert result.startswith('<div class="code"><pre><code class="language-python">')
    assert '<span class="k">def</span> <span class="nf">f</span>' in result
    assert "style=" not in result
    assert shown(result) == block.text


@pytest.mark.parametrize("language", ["", "no-such-language", "text"])
def test_code_in_no_known_language_is_plain(language: str) -> None:
    block = CodeBlock(text="def f(): pass", language=language, span=HERE)
    assert "<span" not in html.render((block,))


def test_very_long_code_is_plain() -> None:
    text = "x = 1\n" * (LIMIT // 6 + 1)
    assert highlight(text, "python") == (("", text),)


@given(
    st.text(),
    st.sampled_from(["python", "bash", "console", "c++", "json", "html", "yaml", "tex", "diff"]),
)
def test_colours_never_change_code(text: str, language: str) -> None:
    assert "".join(part for _, part in highlight(text, language)) == text


# --- what Anki would act on -----------------------------------------------------------

SEVEN_BIT = st.text(st.characters(min_codepoint=32, max_codepoint=126))
PIECES = r"[sound: [latex] [$] [$$] [anki: [[type: {{c1:: }} :: { } \( \) \[ \ [ : x <b> &amp;"
ACTIVE = st.lists(st.sampled_from((*PIECES.split(), " ", '"'))).map("".join)


@given(SEVEN_BIT | ACTIVE)
def test_text_is_shown_as_it_was_written(text: str) -> None:
    for node in (Text(text=text), Code(text=text), Math(tex=text)):
        for cloze in (False, True):
            result = shown(inline(node, cloze=cloze))
            assert result == (f"\\({text}\\)" if isinstance(node, Math) else text)


@given(st.lists(ACTIVE, max_size=4))
def test_nothing_in_text_is_active_for_anki(parts: list[str]) -> None:
    result = inline(Styled(style=Style.emphasis, children=tuple(Text(text=p) for p in parts)))
    for active in ("[sound:", "[latex]", "[$]", "[$$]", "[anki:", "[[type:", "\\(", "\\["):
        assert active not in result


@given(st.lists(ACTIVE, max_size=3), ACTIVE)
def test_a_gap_ends_where_its_text_ends(parts: list[str], hint: str) -> None:
    children = tuple(Text(text=part) for part in parts)
    result = inline(Gap(number=7, children=children, hint=hint), cloze=True)
    assert result.startswith("{{c7::")
    inside = result.removeprefix("{{c7::").removesuffix("}}")
    assert "}}" not in inside + "}"
    assert "{{" not in inside
    text, _, rest = inside.partition("::")
    assert shown(text) == "".join(parts)
    assert shown(rest) == hint


@given(ACTIVE)
def test_no_text_opens_a_gap_in_a_cloze_note(text: str) -> None:
    nodes = (Text(text="{"), Text(text=text), Code(text=text), Math(tex=text))
    image = Image(src="a b.png", alt=text)
    result = html.render((paragraph(*nodes, image),), MEDIA, cloze=True)
    assert "{{" not in result


def test_a_gap_holds_marks_code_and_formulas() -> None:
    gap = Gap(
        number=1,
        children=(
            Styled(style=Style.strong, children=words("a")),
            Code(text="{x: {y: 1}}"),
            Math(tex="x^{a_{b}}"),
        ),
    )
    assert inline(gap, cloze=True) == (
        "{{c1::<strong>a</strong><code>{x: {y: 1&#125;&#125;</code>\\(x^{a_{b&#125;&#125;\\)}}"
    )


def test_in_code_of_a_cloze_note_no_formula_starts() -> None:
    assert inline(Code(text=r"\("), cloze=True) == "<code>&#92;(</code>"
    assert inline(Code(text=r"\(")) == r"<code>\(</code>"


def test_control_characters_are_left_out() -> None:
    assert inline(Text(text="a\x1fb\x00c\rd\te\x7f")) == "abc\nd\te"
