from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.citations import find_citations, is_document
from tests.tasks.extract.gold import ALL, reports
from tests.tasks.extract.mini import report
from tests.tasks.extract.reports import document

TITLE = "梁山县审计局2011年政府信息公开年度报告"


def citations(sentence: str) -> list[tuple[str, str | None]]:
    page = document("\n".join([TITLE, sentence, "一、概述", "我局认真做好各项工作，取得了成效。"]))
    return [(c.title, c.number) for c in find_citations(page)]


@pytest.mark.shared
def test_titles_counts_and_numbers_equal_the_labels_on_the_real_reports() -> None:
    for page in reports("real"):
        found = find_citations(page.document)
        gold = page.gold["citations"]
        assert Counter(c.title for c in found) == {g["title"][1:-1]: g["count"] for g in gold}, page.gold[
            "page"
        ]
        numbers = {(g["title"][1:-1], g["number"]) for g in gold if g["number"]}
        assert {(c.title, c.number) for c in found if c.number} == numbers, page.gold["page"]


@pytest.mark.parametrize("name", ALL)
def test_the_evidence_is_the_title_in_its_marks_with_its_number(name: str) -> None:
    for page in reports(name):
        for citation in find_citations(page.document):
            evidence = page.document.text[citation.evidence_start : citation.evidence_end]
            assert evidence.startswith("《") and evidence.endswith(
                citation.number[-1] if citation.number else "》"
            )


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (
            "按照《公开条例》（国务院令第711号，以下简称《条例》）编制。",
            [("公开条例", "国务院令第711号"), ("条例", None)],
        ),
        ("依据《公开条例》(国务院492号令)编制。", [("公开条例", "国务院492号令")]),
        (
            "根据《关于推行政务公开的意见》（中办发〔2005〕12号）。",
            [("关于推行政务公开的意见", "中办发〔2005〕12号")],
        ),
        ("下发《工作方案》(朔政办发[2014]42号)文件。", [("工作方案", "朔政办发[2014]42号")]),
        ("执行《〈公开条例〉实施办法（试行）》。", [("〈公开条例〉实施办法（试行）", None)]),
        ("《关于印发《保密制度》的通知》下发。", [("关于印发《保密制度》的通知", None)]),
        (
            "依照《公开办法》、《《关于总结工作的通知》要求。",
            [("公开办法", None), ("关于总结工作的通知", None)],
        ),
        (
            "《目录》和《指南》按时更新，《公开目录（2015年版）》已公布。",
            [("目录", None), ("指南", None), ("公开目录（2015年版）", None)],
        ),
    ],
)
def test_documents_are_cited_with_their_numbers(sentence: str, found: list[tuple[str, str | None]]) -> None:
    assert citations(sentence) == found


def test_newspapers_films_and_programmes_are_no_documents() -> None:
    titles = (
        "四川日报",
        "午夜的神秘电波",
        "县长在线",
        "望城县人民政府公报",
        "统计月报",
        "政风行风热线",
        "广元企业界",
    )
    assert not any(map(is_document, titles))


def test_every_printing_is_a_row_and_tables_count() -> None:
    rows = (
        "统计指标 | 单位 | 统计数",
        "一、主动公开情况 | —— |",
        "不是《条例》所指政府信息 | 件 | 0",
        "二、回应解读情况 | —— |",
    )
    page = document(report(TITLE, "《条例》和《条例》", below=("政府信息公开情况统计表", *rows)))
    assert [c.title for c in find_citations(page)].count("条例") == 3


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="《》〈〉条例办法日报（）〔〕2012号\n，", max_size=160))
def test_located_titles_stand_in_the_text(text: str) -> None:
    page = document("\n".join([TITLE, text, "一、概述"]))
    for citation in find_citations(page):
        assert page.text[citation.evidence_start] == "《"
        assert 0 <= citation.evidence_start < citation.evidence_end <= len(page.text)


@pytest.mark.parametrize("worst", ["《" * 1_000_000, "《》" * 500_000, "《条例》" * 250_000])
def test_a_megabyte_of_marks_is_read_quickly(worst: str, stopwatch) -> None:  # type: ignore[no-untyped-def]
    page = document(worst)
    with stopwatch(3):
        find_citations(page)
