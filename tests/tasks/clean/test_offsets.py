"""Whatever the page: blocks and cells say where they stand, in order, and nothing visible is lost."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.errors import TerminalError
from tasks.values import Document
from tests.tasks.clean.pages import cleaned

WORDS = [
    "一、概述",
    "主动公开",
    "信息 ",
    " 328",
    "条",
    "。",
    "&nbsp;",
    "　",
    "\n",
    "\t",
    "a | b | 3",
    "|",
    "——",
    "件",
    "0",
]
LABELS = [
    "（一）收到申请数",
    "统计指标",
    "单位",
    "统计数",
    "三、本年度办理结果",
    "1.属于国家秘密",
    "行政复议",
    "总计",
    "规章",
]
TAGS = [
    "p",
    "div",
    "span",
    "b",
    "font",
    "td",
    "tr",
    "table",
    "br",
    "li",
    "h2",
    "pre",
    "o:p",
    "center",
    "a",
    "th",
    "select",
]
ATTRIBUTES = [
    "",
    " style='display:none'",
    " style='display:table-cell'",
    " style='display:table'",
    " rowspan=3",
    " colspan=2",
    " rowspan=0",
    " colspan=1000000",
    " align=center",
    " hidden",
]

texts = st.sampled_from(WORDS + LABELS)
opened = st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES))
closed = st.sampled_from(TAGS).map("</{}>".format)
markups = st.lists(st.one_of(texts, texts, opened, closed), max_size=60).map("".join)
plain = st.lists(st.sampled_from([*WORDS, *LABELS, "\n", "\n", "\t", " | ", "\r\n"]), max_size=80).map(
    "".join
)


def check(document: Document) -> None:
    reached = 0
    for block in document.blocks:
        assert reached <= block.start < block.end <= len(document.text)
        reached = block.end
        if block.table is None:
            line = document.text_of(block)
            assert line == line.strip()
            assert "\n" not in line
            continue
        place = block.start
        taken: set[tuple[int, int]] = set()
        for cell in block.table.cells:
            assert place <= cell.start <= cell.end <= block.end
            place = cell.end
            text = document.text_of(cell)
            assert text == text.strip()
            assert cell.row + cell.rowspan <= block.table.rows
            assert cell.col + cell.colspan <= block.table.cols
            places = {(cell.row + r, cell.col + c) for r in range(cell.rowspan) for c in range(cell.colspan)}
            assert not places & taken
            taken |= places


@given(markups)
@example("<table><tr><td>a<td rowspan=3>b<tr><td colspan=3>c<td>d</table>")
@example("<td>一<table><td>二<table><tr><tr><td>")
@settings(max_examples=300, deadline=None)
def test_every_offset_of_a_page_points_at_what_it_says(markup: str) -> None:
    try:
        document = cleaned(f"<!DOCTYPE html><html><body>{markup}</body></html>")
    except TerminalError:
        return
    check(document)


@given(plain)
@example("|一、概述\n|\n一、概述")
@settings(max_examples=300, deadline=None)
def test_every_offset_of_a_text_points_at_what_it_says(content: str) -> None:
    try:
        document = cleaned(content, "a.txt")
    except TerminalError:
        return
    check(document)
    kept = "".join(document.text_of(block) for block in document.blocks)
    assert "".join(kept.replace("|", "").split()) == "".join(content.replace("|", "").split())


class Words(HTMLParser):
    """The text of flat markup by another parser: what the page must show."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


inline = st.lists(
    st.one_of(texts, st.sampled_from(["<b>", "</b>", "<span>", "</span>", "<p>", "<br>", "<div>"])),
    max_size=60,
)


@given(inline.map("".join))
@example("|<p>|<p>|<p>|")
@settings(max_examples=200, deadline=None)
def test_no_visible_character_is_lost_and_none_is_made(markup: str) -> None:
    other = Words()
    other.feed(markup)
    expected = re.sub(r"\s", "", "".join(other.seen))
    try:
        document = cleaned(f"<html><body>{markup}</body></html>")
    except TerminalError:
        assert expected == ""
        return
    assert re.sub(r"\s", "", document.text) == expected
