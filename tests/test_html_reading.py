"""HTML in Markdown becomes content: the tags that mean something, and no others."""

from deckpress.content import (
    Blocks,
    CodeBlock,
    CommentBlock,
    Details,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    plain,
    unfold,
)
from deckpress.readers.commonmark import parse


def blocks(text: str) -> Blocks:
    return parse(text, "x").blocks


def test_elements_become_blocks() -> None:
    found = blocks(
        "<h2>Title</h2>\n<hr>\n<blockquote>said</blockquote>\n<pre><code>a &lt;\n  b</code></pre>\n"
        "<!-- note -->\n<p>text <i>and</i> more</p>\n"
    )
    kinds = [type(block) for block in found]
    assert kinds == [Heading, Rule, Quote, CodeBlock, CommentBlock, Paragraph]
    assert [b.text for b in found if isinstance(b, CodeBlock)] == ["a <\n  b"]


def test_a_table_has_rows_of_equal_length() -> None:
    (table,) = blocks(
        "<table>\n<tr><th>a<th>b</tr>\n<tr><td><p>c</p><p>d</p></td></tr>\n</table>\n"
    )
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.header] == ["a", "b"]
    assert [[plain(cell) for cell in row] for row in table.rows] == [["c d", ""]]


def test_lists_nest_and_items_need_no_end() -> None:
    (found,) = blocks("<ol>\n<li>one\n<ul><li>in</li></ul>\n<li>two\n</ol>\n")
    assert isinstance(found, ListBlock)
    assert found.ordered
    assert [plain(item.children) for item in found.items] == ["one in", "two"]
    assert [item.span.first for item in found.items] == [2, 4]


def test_markdown_between_the_tags_is_read() -> None:
    (details,) = blocks("<details>\n<summary>Q <b>now</b></summary>\n\n- *a*\n\n</details>\n")
    assert isinstance(details, Details)
    assert plain(details.summary) == "Q now"
    assert isinstance(details.children[0], ListBlock)
    assert (details.span.first, details.span.last) == (1, 6)
    assert plain(unfold(details)) == "Q now a"


def test_details_that_are_never_closed_end_at_the_next_heading() -> None:
    found = blocks("<details><summary>a</summary>\n\nb\n\n## c\n\nd\n")
    assert [plain((block,)) for block in found] == ["a b", "c", "d"]


def test_layout_is_left_out_and_what_it_holds_is_kept() -> None:
    found = blocks('<div align="center">\n<span>a</span> <center>b</center>\n</div>\n')
    assert [plain((block,)) for block in found] == ["a", "b"]


def test_an_end_without_a_beginning_is_left_out() -> None:
    assert [plain((b,)) for b in blocks("</div>\n\ntext\n\n</b></details>\n")] == ["text"]
