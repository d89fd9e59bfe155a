"""Paragraphs broken at a column's width are read whole; lines that are lines stay lines."""

from __future__ import annotations

import pytest

from tasks.extract import extract
from tests.tasks.clean import pages

TITLE = "某县水务局2013年政府信息公开工作年度报告"
# Broken in the middle of a word, of a number with its measure word, of a sentence.
COLUMN = [
    "2013年，我局把公开工作列入年度考核，由办公室统一受理、审",
    "核和答复，安排了两名同志负责日常更新，全年主动公开政府信",
    "息318条，其中通过县政府网站公开206条，通过公开栏公开112",
    "条。受理政府信息公开申请5件，均在规定的期限内作了书面答",
    "复，没有发生行政复议和行政诉讼，也没有收取费用。",
]
WHOLE = "".join(COLUMN)


def paragraph_lines(content: str, name: str) -> list[str]:
    return pages.lines(pages.cleaned(content, name))


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\n\n", "  \n"])
def test_a_broken_paragraph_of_a_text_is_one(break_: str) -> None:
    content = f"{TITLE}\n\n一、概述\n{break_.join(COLUMN)}\n二、存在的问题\n宣传还不够。\n"
    assert paragraph_lines(content, "page.txt")[1:4] == ["一、概述", WHOLE, "二、存在的问题"]


@pytest.mark.parametrize(("before", "behind"), [("", "<br>\n"), ("<p>", "</p>"), ("<div>　", "</div>\n")])
def test_a_broken_paragraph_of_a_page_is_one(before: str, behind: str) -> None:
    body = "".join(f"{before}{line}{behind}" for line in COLUMN)
    content = f"<html><body><h1>{TITLE}</h1><p>一、概述</p>{body}<p>二、存在的问题</p></body></html>"
    assert WHOLE in [line.strip("　") for line in paragraph_lines(content, "page.html")]


def test_an_indent_begins_a_paragraph() -> None:
    content = "\n".join([TITLE, *(f"　　{COLUMN[0]}", *COLUMN[1:4]), f"　　{COLUMN[0]}", *COLUMN[1:]])
    assert len(paragraph_lines(content, "page.txt")) == 3


def test_a_comma_at_the_end_goes_on_in_the_next_line() -> None:
    content = f"{TITLE}\n一、概述\n2013年，我局全年主动公开政府信息40条，\n其中网站公开31条。\n"
    assert "2013年，我局全年主动公开政府信息40条，其中网站公开31条。" in paragraph_lines(content, "page.txt")


@pytest.mark.parametrize(
    "lines",
    [
        ["（一）县教育局公开情况，详见附件一说明部分", "（二）县水务局公开情况，详见附件二说明部分"] * 4,
        ["县教育局二〇一三年政府信息公开工作年度报告", "县水务局二〇一三年政府信息公开工作年度报告"] * 4,
        ["我局全年公开信息三十六条，比上年增加十二条。", "我局全年受理申请六件，均在期限内作出答复。"] * 4,
        ["主动公开政府信息数，含历年补录的信息|条|31", "通过政府网站公开的信息，含转载信息|条|22"] * 4,
    ],
    ids=["numbered", "titles", "sentences", "cells"],
)
def test_lines_that_are_no_column_stay_lines(lines: list[str]) -> None:
    content = "\n".join([TITLE, "一、概述", *lines])
    text = pages.text(content).text
    assert text == content


def test_the_figures_of_a_broken_text_are_those_of_the_whole_one() -> None:
    def stated(lines: list[str]) -> dict[str, float]:
        report = extract(pages.text("\n".join([TITLE, "一、概述", *lines])))
        return {fact.indicator: fact.value for fact in report.facts}

    assert stated(COLUMN) == stated([WHOLE])
    assert stated(COLUMN)["proactive_total"] == 318
