"""Content as plain text: what a person would write in a mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckpress.content import (
    Align,
    Blank,
    Block,
    Blocks,
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
    Inlines,
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
from deckpress.render.text import render
from deckpress.source import Span

HERE = Span(path="deck.md", first=1, last=1)
BREAK = LineBreak(hard=True)
SOFT = LineBreak(hard=False)


def run(*parts: str | Inline) -> Inlines:
    return tuple(Text(text=part) if isinstance(part, str) else part for part in parts)


def para(*parts: str | Inline) -> Paragraph:
    return Paragraph(children=run(*parts), span=HERE)


def item(*parts: str | Block, checked: bool | None = None) -> Item:
    children = tuple(para(part) if isinstance(part, str) else part for part in parts)
    return Item(children=children, span=HERE, checked=checked)


def bullets(*items: str | Item, tight: bool = True) -> ListBlock:
    found = tuple(item(i) if isinstance(i, str) else i for i in items)
    return ListBlock(items=found, span=HERE, tight=tight)


def numbers(*items: str | Item, start: int = 1, tight: bool = True) -> ListBlock:
    found = tuple(item(i) if isinstance(i, str) else i for i in items)
    return ListBlock(items=found, span=HERE, ordered=True, start=start, tight=tight)


def styled(style: Style, *parts: str | Inline) -> Styled:
    return Styled(style=style, children=run(*parts))


def link(text: str, url: str) -> Link:
    return Link(url=url, children=run(text))


def code(text: str) -> CodeBlock:
    return CodeBlock(text=text, language="python", span=HERE)


def quote(*blocks: Block) -> Quote:
    return Quote(children=blocks, span=HERE)


def table(*rows: tuple[str | Inline, ...]) -> Table:
    header, *others = (tuple(run(cell) for cell in row) for row in rows)
    return Table(aligns=(Align.none,) * len(header), header=header, rows=tuple(others), span=HERE)


BLOCKS: list[tuple[str, Blocks, str]] = [
    ("nothing", (), ""),
    ("paragraphs", (para("One."), para("Two.")), "One.\n\nTwo."),
    ("a heading", (Heading(level=2, children=run("Title"), span=HERE), para("x")), "Title\n\nx"),
    ("soft and hard breaks", (para("a", SOFT, "b", BREAK, "c"),), "a b\nc"),
    ("breaks in a row", (para(BREAK, "a", BREAK, BREAK, BREAK, "b", BREAK),), "a\n\nb"),
    ("white space at line ends", (para("a  ", BREAK, "b \t"),), "a\nb"),
    ("code as it is", (para("Run:"), code("\nif x:\n    go()  \n\n\nend\n")),
     "Run:\n\nif x:\n    go()\n\n\nend"),
    ("a formula", (MathBlock(tex="\na^2\n", span=HERE),), "a^2"),
    ("a rule", (para("a"), Rule(span=HERE), para("b")), "a\n\n* * *\n\nb"),
    ("a comment", (para("a"), CommentBlock(text="no", span=HERE), para("b")), "a\n\nb"),
    ("a paragraph of a comment", (para("a"), para(Comment(text="no")), para("b")), "a\n\nb"),
    ("bullets", (bullets("one", "two"),), "• one\n• two"),
    ("a loose list", (bullets("one", "two", tight=False), para("x")), "• one\n\n• two\n\nx"),
    ("numbers", (numbers("nine", "ten", start=9),), "9. nine\n10. ten"),
    ("a list in a list",
     (numbers(item("one", bullets(item("deep", bullets("deeper")), "b")), "two"),),
     "1. one\n   • deep\n     • deeper\n   • b\n2. two"),
    ("code in a list", (bullets(item("a", code("x = 1\n\ny = 2")), tight=False),),
     "• a\n\n  x = 1\n\n  y = 2"),
    ("an empty item", (bullets(item(), "b"),), "•\n• b"),
    ("task boxes", (bullets(item("no", checked=False), item("yes", checked=True)),),
     "[ ] no\n[x] yes"),
    ("numbered task boxes", (numbers(item("no", checked=False)),), "1. [ ] no"),
    ("a quote", (quote(para("a"), quote(para("b")), bullets("c")),), "> a\n>\n> > b\n>\n> • c"),
    ("a table", (table(("A", "B"), ("1", ""), ("x|y", "2")),), "A | B\n--- | ---\n1 |\nx|y | 2"),
    ("a table without a header", (table(("", ""), ("1", "2")),), "1 | 2"),
    ("a break in a cell",
     (Table(aligns=(Align.left,), header=(run("A"),), rows=((run("a", BREAK, "b"),),), span=HERE),),
     "A\n---\na / b"),
    ("definitions",
     (DefinitionList(span=HERE, items=(
         Definition(term=run("DAG"), children=(para("a graph"), para("no cycle")), span=HERE),
         Definition(term=run("KFP"), children=(), span=HERE))),),
     "DAG\n    a graph\n\n    no cycle\nKFP"),
    ("a footnote", (para("a", FootnoteMark(number=2)),
                    Footnote(number=2, children=(para("b"), para("c")), span=HERE)),
     "a[2]\n\n[2] b\n\n    c"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("blocks", "text"), [case[1:] for case in BLOCKS], ids=[c[0] for c in BLOCKS]
)
def test_blocks(blocks: Blocks, text: str) -> None:
    assert render(blocks) == text


INLINES: list[tuple[Inline, str]] = [
    (Code(text="a_b"), "a_b"),
    (Math(tex=r"\frac{1}{2}"), r"\frac{1}{2}"),
    (Image(src="img/a.png", alt="a cat"), "[a cat]"),
    (Image(src="img/a.png", alt=" "), "[img/a.png]"),
    (link("the manual", "https://example.org/a"), "the manual (https://example.org/a)"),
    (link("https://example.org/a", "https://example.org/a"), "https://example.org/a"),
    (link("www.example.org", "http://www.example.org"), "www.example.org"),
    (link("https://example.org/ä b", "https://example.org/%C3%A4%20b"), "https://example.org/ä b"),
    (link("a@example.org", "mailto:a@example.org"), "a@example.org"),
    (link("below", "#answers"), "below"),
    (link("nowhere", ""), "nowhere"),
    (link("", "https://example.org"), "https://example.org"),
    (Gap(number=1, children=run("Paris")), "Paris"),
    (styled(Style.gap, "Paris"), "Paris"),
    (Blank(), "[…]"),
    (Blank(hint="city"), "[city]"),
    (FootnoteMark(number=3), "[3]"),
    (Comment(text="never"), ""),
    (styled(Style.strong, "bold ", styled(Style.emphasis, "both")), "bold both"),
    (styled(Style.strike, "wrong"), "~~wrong~~"),
    (styled(Style.superscript, "-2"), "⁻²"),
    (styled(Style.superscript, "T"), "^T"),
    (styled(Style.superscript, "th"), "^(th)"),
    (styled(Style.superscript), ""),
    (styled(Style.subscript, "10"), "₁₀"),
    (styled(Style.subscript, "max"), "_(max)"),
]


@pytest.mark.parametrize(("inline", "text"), INLINES)
def test_inlines(inline: Inline, text: str) -> None:
    assert render((para("x", inline, "y"),)) == f"x{text}y"


def test_neither_a_bullet_nor_a_rule_begins_a_formula() -> None:
    """A spreadsheet would take a cell that begins with a hyphen for one."""
    assert render((bullets("a"),))[0] not in "=+-@"
    assert render((Rule(span=HERE),))[0] not in "=+-@"


# --- any tree -------------------------------------------------------------------------

words = st.text(alphabet=st.sampled_from("ab \t\u00a0\n=#-\"'|,é"), max_size=8)
leaves = (
    st.builds(Text, text=words)
    | st.builds(Code, text=words)
    | st.builds(Math, tex=words)
    | st.builds(LineBreak, hard=st.booleans())
    | st.builds(Image, src=words, alt=words)
    | st.builds(Blank, hint=words)
    | st.builds(Comment, text=words)
)
inlines: st.SearchStrategy[Inlines] = st.lists(
    st.recursive(
        leaves,
        lambda below: (
            st.builds(Styled, style=st.sampled_from(Style), children=st.lists(below).map(tuple))
            | st.builds(Link, url=words, children=st.lists(below, max_size=2).map(tuple))
        ),
        max_leaves=4,
    ),
    max_size=4,
).map(tuple)
here = st.just(HERE)
flat = (
    st.builds(Paragraph, children=inlines, span=here)
    | st.builds(Rule, span=here)
    | st.builds(CommentBlock, text=words, span=here)
    | inlines.map(lambda cell: Table(
        aligns=(Align.none,), header=(cell,), rows=((cell,), (cell,)), span=HERE))
)  # fmt: skip


def nested(below: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(below, max_size=3).map(tuple)
    checked = st.none() | st.booleans()
    items = st.lists(st.builds(Item, children=blocks, span=here, checked=checked), max_size=3).map(
        tuple
    )
    definition = st.builds(Definition, term=inlines, children=blocks, span=here)
    return (
        st.builds(Quote, children=blocks, span=here)
        | st.builds(ListBlock, items=items, span=here, ordered=st.booleans(), tight=st.booleans())
        | st.builds(Footnote, number=st.integers(1, 12), children=blocks, span=here)
        | st.builds(DefinitionList, items=st.lists(definition, max_size=2).map(tuple), span=here)
    )


trees: st.SearchStrategy[Blocks] = st.lists(
    st.recursive(flat, nested, max_leaves=6), max_size=4
).map(tuple)


@given(trees)
def test_any_tree_gives_trimmed_lines_and_single_blank_lines(blocks: Blocks) -> None:
    text = render(blocks)
    lines = text.split("\n")
    assert all(line == line.rstrip() for line in lines)
    assert "\n\n\n" not in text
    assert text == "" or (lines[0] and lines[-1])


@given(trees, trees)
def test_trees_below_each_other_give_texts_below_each_other(a: Blocks, b: Blocks) -> None:
    assert render(a + b) == "\n\n".join(filter(None, (render(a), render(b))))
