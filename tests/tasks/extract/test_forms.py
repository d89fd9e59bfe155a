"""Forms in every layout: the same cells come out of each."""

import itertools

import pytest

import seeds
from tasks.extract.forms import Reading, read_forms
from tasks.extract.forms.cells import in_unit, read_value
from tasks.extract.forms.labels import fold
from tasks.extract.forms.sums import agreed, group_ways
from tests.tasks.extract.reports import document

ROWS_2014 = seeds.rows("forms/form_2014.csv")
ROWS_2021 = seeds.rows("forms/form_2021_table3_rows.csv")


def values(reading: Reading) -> dict[tuple[str, str | None], float]:
    return {(f.indicator, f.member): f.value for f in reading.facts}


def form_2014() -> tuple[list[list[str]], dict[tuple[str, str | None], float]]:
    """The form of 2014 with a different number in each row, and what must come out."""
    lines = [["统计指标", "单位", "统计数"]]
    expected: dict[tuple[str, str | None], float] = {}
    for number, row in enumerate(ROWS_2014, 100):
        lines.append([row["label"], row["unit"] or "——", str(number) if row["indicator"] else ""])
        if row["indicator"]:
            expected[(row["indicator"], None)] = number
    return lines, expected


def html_table(lines: list[list[str]]) -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    title = "<h1>某市2015年政府信息公开年度报告</h1><p>一、概述</p>"
    return f"<html><body>{title}<table>{rows}</table></body></html>"


@pytest.mark.parametrize(
    "layout", ["html", "tabs", "pipes", "lines", "no numbering", "no unit", "two tables"]
)
def test_the_form_of_2014_is_read_in_every_layout(layout: str) -> None:
    lines, expected = form_2014()
    name = "page.html"
    if layout == "html":
        content = html_table(lines)
    elif layout == "no numbering":
        content = html_table([[fold(line[0]) or line[0], *line[1:]] for line in lines])
    elif layout == "no unit":
        content = html_table([[line[0], line[2]] for line in lines])
    elif layout == "two tables":
        content = html_table(lines[:30]) + html_table([lines[0], *lines[30:]])
    else:
        name, joint = "page.txt", {"tabs": "\t", "pipes": " | ", "lines": "\n"}[layout]
        content = "某市2015年政府信息公开年度报告\n" + "\n".join(joint.join(line) for line in lines)
    reading = read_forms(document(content, name), 2015)
    assert reading.form == "form-2014"
    assert values(reading) == expected


def test_only_printed_numbers_are_facts_and_every_cell_is_kept() -> None:
    lines, _ = form_2014()
    for line, said in zip(lines[3:8], ["", "/", "——", "0", "1,234"], strict=True):
        line[2] = said
    reading = read_forms(document(html_table(lines), "page.html"), 2015)
    kept = {cell.indicator: (cell.semantic, cell.value) for cell in reading.cells if cell.indicator}
    assert kept["proactive_normative_documents"] == ("empty", None)
    assert kept["normative_documents_issued"] == ("not_applicable", None)
    facts = {f.indicator: f.value for f in reading.facts}
    assert facts["proactive_gazette"] == 0
    assert facts["proactive_website"] == 1234
    assert "proactive_normative_documents" not in facts


def table3(cell: str = "td") -> tuple[str, dict[tuple[str, str | None], float]]:
    """Table 3 of 2021 as published, spans and all, with a different number in each cell."""
    head = (
        "<tr><td colspan=3 rowspan=3>（勾稽关系：第一项加第二项之和，等于第三项加第四项之和）</td>"
        "<td colspan=7>申请人情况</td></tr><tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td>"
        "<td rowspan=2>总计</td></tr><tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td>"
        "<td>法律服务机构</td><td>其他</td></tr>"
    )
    members = [r["applicant"] for r in seeds.rows("forms/table3_columns.csv")]
    counter, body, expected = itertools.count(1000), "", {}
    group, outcome_rows = "", [r for r in ROWS_2021 if r["row_path"].startswith("三")]
    for row in ROWS_2021:
        path = row["row_path"].split("/")
        labels = ""
        if len(path) == 1:
            labels = f"<td colspan=3>{path[0]}</td>"
        else:
            if row is outcome_rows[0]:
                labels += f"<td rowspan={len(outcome_rows)}>{path[0]}</td>"
            if len(path) == 2:
                labels += f"<td colspan=2>{path[1]}</td>"
            else:
                if path[1] != group:
                    rows = sum(r["row_path"].split("/")[1:2] == [path[1]] for r in ROWS_2021)
                    labels += f"<td rowspan={rows}>{path[1]}</td>"
                labels += f"<td>{path[2]}</td>"
            group = path[1]
        numbers = [next(counter) for _ in members]
        body += f"<tr>{labels}" + "".join(f"<{cell}>&nbsp;{n}</{cell}>" for n in numbers) + "</tr>"
        for member, n in zip(members, numbers, strict=True):
            expected[(row["indicator"], None if member == "total" else member)] = n
    return f"<table>{head}{body}</table>", expected


def test_table_3_is_read_with_its_spans() -> None:
    table, expected = table3()
    reading = read_forms(
        document(f"<html><body><p>三、收到和处理申请情况</p>{table}</body></html>", "p.html"), 2022
    )
    assert reading.form == "form-2021"
    assert values(reading) == expected


@pytest.mark.parametrize(
    ("raw", "value", "semantic"),
    [
        ("0", 0, "zero"),
        ("0.00", 0, "zero"),
        (" 1，234 ", 1234, "number"),
        ("１２", 12, "number"),
        ("-18", -18, "number"),
        ("+7", 7, "number"),
        ("3 件", 3, "number"),
        ("\u00a0", None, "empty"),
        ("/", None, "not_applicable"),
        ("——", None, "not_applicable"),
        ("无", None, "not_applicable"),
        ("详见附件", None, "text"),
        ("1" * 40, None, "text"),
    ],
)
def test_a_cell_says_number_zero_or_nothing(raw: str, value: float | None, semantic: str) -> None:
    read = read_value(raw)
    assert (read.value, read.semantic) == (value, semantic)


def test_money_is_given_in_ten_thousands_of_yuan() -> None:
    assert in_unit(read_value("386400元"), "万元") == 38.64
    assert in_unit(read_value("38.64"), "万元") == 38.64
    assert in_unit(read_value("386400"), "万元", "元") == 38.64


def test_table_4_with_cells_missing_is_settled_by_its_sums_or_not_at_all() -> None:
    numbers = [3, 1, 1, 0, 5, 1, 0, 0, 1, 2, 2, 1, 3]
    ways = group_ways(numbers, 3, 5)
    assert (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14) in ways
    found = agreed(ways, numbers)
    assert [numbers[found[place]] for place in (4, 9, 14)] == [5, 2, 3]
    assert 13 not in found
    assert agreed(group_ways([1, 1], 3, 5), [1, 1]) == {}


def test_a_label_is_known_without_width_numbering_or_brackets() -> None:
    assert fold("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）") == "主动公开政府信息"
    assert fold("其中：1、网站公开") == "网站公开"
    assert fold("7.属于行政执法案卷 ") == "属于行政执法案卷"


def test_a_table_without_statutory_labels_is_no_form() -> None:
    rows = [["项目", "金额"], ["桥梁", "12"], ["道路", "8"], ["合计", "20"]]
    reading = read_forms(document(html_table(rows), "page.html"), 2015)
    assert (reading.form, reading.cells, reading.facts) == (None, (), ())
