"""Forms printed the other way round, and those with a row or a column where the statutory one has many."""

import pytest

from tasks.extract.forms import read_forms
from tests.tasks.extract.reports import document
from tests.tasks.extract.test_forms import ROWS_2021, html_table, values

OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
COURTS = {
    "行政复议": ("reconsiderations", [2, 0, 1, 0, 3]),
    "行政诉讼（未经复议直接起诉）": ("lawsuits_direct", [1, 0, 0, 0, 1]),
    "行政诉讼（复议后起诉）": ("lawsuits_after_reconsideration", [0, 4, 0, 1, 5]),
}
ENDINGS = ["_upheld", "_corrected", "_other", "_pending", ""]


def turned(lines: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*lines, strict=True)]


@pytest.mark.parametrize("is_turned", [False, True])
def test_table_4_may_have_a_row_for_each_court_or_one_for_each_outcome(is_turned: bool) -> None:
    lines = [["类别", *OUTCOMES], *([name, *map(str, numbers)] for name, (_, numbers) in COURTS.items())]
    reading = read_forms(document(html_table(turned(lines) if is_turned else lines), "page.html"), 2022)
    expected = {
        (code + ending, None): number
        for code, numbers in COURTS.values()
        for ending, number in zip(ENDINGS, numbers, strict=True)
    }
    assert values(reading) == expected
    assert {fact.confidence for fact in reading.facts} == {1.0}


def test_table_3_with_its_items_across_is_turned_back() -> None:
    applicants = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    lines = [["申请人", *(row["row_path"].rsplit("/", 1)[-1] for row in ROWS_2021)]]
    lines += [[name, *(str(100 * i + r) for r in range(len(ROWS_2021)))] for i, name in enumerate(applicants)]
    reading = read_forms(document(html_table(lines), "page.html"), 2022)
    codes = [None, "business", "research", "public_interest", "legal_service", "other_organisation"]
    found = values(reading)
    for r, row in enumerate(ROWS_2021):
        assert found[row["indicator"], "natural_person"] == r
        assert found[row["indicator"], None] == 600 + r
        assert all(found[row["indicator"], code] == 100 * i + r for i, code in enumerate(codes) if code)


def test_table_2_with_its_items_across_is_turned_back() -> None:
    lines = [
        ["信息内容", "规章", "行政规范性文件"],
        ["本年制发件数", "0", "2"],
        ["本年废止件数", "0", "1"],
        ["现行有效件数", "3", "7"],
    ]
    found = values(read_forms(document(html_table(lines), "page.html"), 2022))
    assert found["regulations_in_force", None] == 3
    assert found["normative_documents_issued", None] == 2
    assert found["normative_documents_in_force", None] == 7


def test_a_lone_column_of_table_3_is_that_of_all_applicants_but_not_for_sure() -> None:
    names = [row["row_path"].rsplit("/", 1)[-1] for row in ROWS_2021]
    lines = [
        ["序号", "项目", "单位", "数量"],
        *([str(i), name, "件", str(i)] for i, name in enumerate(names, 1)),
    ]
    reading = read_forms(document(html_table(lines), "page.html"), 2022)
    assert values(reading) == {(row["indicator"], None): i for i, row in enumerate(ROWS_2021, 1)}
    assert all(fact.confidence < 1 for fact in reading.facts)
