"""Forms in every layout: the same cells come out of each."""

import itertools
import time

import pytest

import seeds
from tasks.extract.forms import Reading, read_forms
from tasks.extract.forms.cells import in_unit, parts, read_value
from tasks.extract.forms.labels import fold, matcher_table3
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
    counter, body = itertools.count(1000), ""
    expected: dict[tuple[str, str | None], float] = {}
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
    assert fold("（七总计") == "总计", "a scan may lose the closing bracket"


@pytest.mark.parametrize(
    ("printed", "indicator"),
    [
        ("（五）不予处理 1.信访举报投诉类申请", "outcome_not_processed_petition"),
        ("三、本年度办理结果（一）予以公开", "outcome_granted"),
    ],
)
def test_a_head_and_its_first_item_in_one_cell_are_the_item(printed: str, indicator: str) -> None:
    found = matcher_table3().find(printed)
    assert found.is_exact
    assert {row.indicator for row in found.rows} == {indicator}


def test_a_table_without_statutory_labels_is_no_form() -> None:
    rows = [["项目", "金额"], ["桥梁", "12"], ["道路", "8"], ["合计", "20"]]
    reading = read_forms(document(html_table(rows), "page.html"), 2015)
    assert (reading.form, reading.cells, reading.facts) == (None, (), ())


LOCAL: list[tuple[str, str, int, int]] = [
    ("主动公开信息数", "条", 120, 900),
    ("网站公开数", "条", 80, 700),
    ("受理申请总数", "件", 6, 40),
    ("当面申请数", "件", 2, 11),
    ("网上申请数", "件", 4, 29),
    ("行政复议数", "件", 1, 3),
    ("行政诉讼数", "件", 0, 2),
]
EXPECTED = {
    "proactive_total": 120,
    "proactive_website": 80,
    "applications_received": 6,
    "applications_in_person": 2,
    "applications_online": 4,
    "reconsiderations": 1,
    "lawsuits": 0,
}
TITLE = "某市2017年政府信息公开年度报告\n"


def local_form(heads: list[str], swap: bool = False) -> list[list[str]]:
    rows = [[a, b, str(d), str(c)] if swap else [a, b, str(c), str(d)] for a, b, c, d in LOCAL]
    return [heads, *rows] if heads else rows


@pytest.mark.parametrize("joint", ["\t", " | ", "\n"], ids=["tabs", "pipes", "lines"])
@pytest.mark.parametrize(
    ("heads", "swap"),
    [
        (["指标名称", "计量单位", "2017年度", "历年累计"], False),
        (["指标名称", "计量单位", "历年累计", "2017年度"], True),
        (["统计指标", "单位", "2016年", "2017年"], True),
        (["统计指标", "单位", "本期实际", "本年累计"], True),
    ],
    ids=["cumulative last", "cumulative first", "last year", "this period"],
)
def test_the_header_says_which_column_of_a_local_form_is_this_years(
    heads: list[str], swap: bool, joint: str
) -> None:
    content = TITLE + "\n".join(joint.join(row) for row in local_form(heads, swap))
    reading = read_forms(document(content), 2017)
    found = {f.indicator: f.value for f in reading.facts if f.confidence == 1}
    assert reading.form == "form-local"
    assert {k: v for k, v in found.items() if k != "proactive_cumulative"} == EXPECTED
    assert found.get("proactive_cumulative", 900) == 900


def test_a_head_over_two_columns_leaves_the_word_to_the_heads_below() -> None:
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in (a, b, d, c)) + "</tr>" for a, b, c, d in LOCAL)
    head = (
        "<tr><td rowspan=2>指标</td><td rowspan=2>单位</td><td colspan=2>数量</td></tr>"
        "<tr><td>累计</td><td>本年</td></tr>"
    )
    reading = read_forms(document(f"<html><body><h1>{TITLE}</h1><table>{head}{rows}</table>", "p.html"), 2017)
    assert {f.indicator: f.value for f in reading.facts if f.indicator in EXPECTED} == EXPECTED


def test_two_columns_without_a_header_are_never_read_with_certainty() -> None:
    content = TITLE + "\n".join("\t".join(row) for row in local_form([]))
    reading = read_forms(document(content), 2017)
    assert {f.indicator: f.value for f in reading.facts if f.indicator in EXPECTED} == EXPECTED
    assert all(f.confidence < 1 for f in reading.facts)
    mixed = local_form([])
    mixed[1][2] = "9000"  # more than the other column: neither is cumulative
    reading = read_forms(document(TITLE + "\n".join("\t".join(row) for row in mixed)), 2017)
    assert reading.facts == ()
    assert [check.rule for check in reading.checks] == ["form_unplaced"]


def test_serial_numbers_one_cell_a_line_are_no_values() -> None:
    rows = [["序号", "指标名称", "单位", "数量"]]
    rows += [[str(n), a, b, str(c)] for n, (a, b, c, _) in enumerate(LOCAL, 1)]
    content = TITLE + "\n".join(cell for row in rows for cell in row)
    assert {f.indicator: f.value for f in read_forms(document(content), 2017).facts} == EXPECTED


def test_a_local_label_in_words_of_its_own_is_read_but_not_for_sure() -> None:
    rows = [
        ["指标", "单位", "数量"],
        ["通过政务微博公开政府信息数", "条", "7"],
        ["受理网上申请数", "件", "3"],
    ]
    rows += [["网站公开数", "条", "9"], ["咨询电话", "", "87654321"], ["收费减免金额", "元", "5"]]
    reading = read_forms(document(html_table(rows), "p.html"), 2015)
    assert {(f.indicator, f.value, f.confidence < 1) for f in reading.facts} == {
        ("proactive_weibo", 7, True),
        ("applications_online", 3, True),
        ("proactive_website", 9, False),
    }


def test_money_is_read_in_the_unit_its_label_names() -> None:
    rows = [["指标", "数量"], ["网站公开数", "9"], ["受理申请总数", "3"], ["收费总额（元）", "251000"]]
    reading = read_forms(document(html_table(rows), "p.html"), 2015)
    assert {f.indicator: f.value for f in reading.facts}["application_fees"] == 25.1


def test_a_form_that_stands_twice_with_other_numbers_is_in_conflict() -> None:
    lines, _ = form_2014()
    other = [[*line[:2], str(int(line[2]) + 1000) if line[2].isdigit() else line[2]] for line in lines]
    reading = read_forms(document(html_table(lines) + html_table(other), "p.html"), 2015)
    assert {f.confidence for f in reading.facts} == {0.5}
    assert [check.rule for check in reading.checks] == ["form_conflict"]


HEADS4 = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
NUMBERS4 = [3, 1, 1, 0, 5, 1, 0, 0, 1, 2, 2, 1, 0, 0, 3]


def table4(reading: Reading) -> dict[int, float]:
    return {f.col_no or 0: f.value for f in reading.facts if f.table_no == 4}


FIFTEEN = dict(enumerate(map(float, NUMBERS4), 1))
SECTION4 = "四、政府信息公开行政复议、行政诉讼情况"


def test_fifteen_numbers_in_one_cell_are_fifteen_cells() -> None:
    numbers = "　".join(map(str, NUMBERS4))
    heads = "".join(f"<td>{h}</td>" for h in HEADS4 * 3)
    page = (
        f"<html><body><p>{SECTION4}</p><table><tr>{heads}</tr><tr><td colspan=15>{numbers}</td></tr></table>"
    )
    parsed = document(page, "p.html")
    reading = read_forms(parsed, 2022)
    assert table4(reading) == FIFTEEN
    assert all(parsed.text[f.evidence_start : f.evidence_end] == f"{f.value:g}" for f in reading.facts)


@pytest.mark.parametrize("joint", ["\n", "\t", " ", " | "])
def test_fifteen_numbers_below_the_heading_need_no_header(joint: str) -> None:
    lines = [
        "某县2022年政府信息公开工作年度报告",
        SECTION4,
        joint.join(map(str, NUMBERS4)),
        "五、问题",
        "无。",
    ]
    content = "\n".join(lines)
    assert table4(read_forms(document(content), 2022)) == FIFTEEN


def test_reconsiderations_and_lawsuits_may_stand_in_tables_of_their_own() -> None:
    def row(cells: list[str]) -> str:
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    numbers = [str(n) for n in NUMBERS4]
    one = "<tr><td colspan=5>行政复议</td></tr>" + row(HEADS4) + row(numbers[:5])
    two = "<tr><td colspan=10>行政诉讼</td></tr>"
    two += "<tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
    two += row(HEADS4 * 2) + row(numbers[5:])
    page = f"<html><body><p>{SECTION4}</p><table>{one}</table><p>— 3 —</p><table>{two}</table></body></html>"
    assert table4(read_forms(document(page, "p.html"), 2022)) == FIFTEEN


def table3_lines(values: dict[str, list[str]]) -> str:
    """Table 3 of 2021, one cell a line, blanks gone; rows not given are all zero."""
    heads = ["申请人情况", "自然人", "法人或其他组织", "总计", "商业企业", "科研机构"]
    lines = [*heads, "社会公益组织", "法律服务机构", "其他"]
    above: list[str] = []
    for row in ROWS_2021:
        path = row["row_path"].split("/")
        lines += [part for i, part in enumerate(path) if path[: i + 1] != above[: i + 1]]
        lines += values.get(row["indicator"], ["0"] * 7)
        above = path
    return "某县2022年政府信息公开工作年度报告\n三、收到和处理申请情况\n" + "\n".join(lines)


def test_vanished_blanks_are_placed_by_the_sums_down_the_columns_and_flagged() -> None:
    full = ["2", "3", "0", "0", "0", "0", "5"]
    content = table3_lines(
        {"applications_received": full, "outcome_granted": ["2", "3", "5"], "outcome_total": full}
    )
    reading = read_forms(document(content), 2022)
    granted = {f.member: (f.value, f.confidence) for f in reading.facts if f.indicator == "outcome_granted"}
    assert granted == {"natural_person": (2, 0.9), "business": (3, 0.9), None: (5, 0.9)}
    assert reading.checks == ()


def test_numbers_that_fit_several_columns_are_left_out_and_said_so() -> None:
    content = table3_lines({"outcome_granted": ["2", "3", "5"], "outcome_total": ["2", "3", "5"]})
    reading = read_forms(document(content), 2022)
    granted = {f.member: f.value for f in reading.facts if f.indicator == "outcome_granted"}
    assert granted == {None: 5}
    assert [(check.rule, check.passed) for check in reading.checks] == [("form_unplaced", False)]
    assert "予以公开: 2 3" in reading.checks[0].message


def test_a_table_of_nothing_but_gaps_is_searched_in_bounded_time() -> None:
    values = {row["indicator"]: ["1", "2", "3", "4", "10"] for row in ROWS_2021}
    begin = time.process_time()
    reading = read_forms(document(table3_lines(values)), 2022)
    assert time.process_time() - begin < 5
    assert all(f.confidence < 1 for f in reading.facts)


def test_ten_thousand_rows_are_no_form_and_no_burden() -> None:
    rows = "".join(f"<tr><td>第{n}号事项公开申请{n * 7919}</td><td>{n}</td></tr>" for n in range(10_000))
    parsed = document(f"<html><body><h1>{TITLE}</h1><table>{rows}</table></body></html>", "p.html")
    begin = time.process_time()
    reading = read_forms(parsed, 2017)
    assert time.process_time() - begin < 5
    assert reading.facts == ()


def test_what_follows_a_form_in_an_endless_table_is_left_out_and_said_so() -> None:
    lines, expected = form_2014()
    reading = read_forms(document(html_table([*lines, *([["事项", "件", "7"]] * 2_000)]), "p.html"), 2015)
    assert values(reading) == expected
    assert [check.rule for check in reading.checks] == ["form_cut"]


def test_labels_may_stand_over_their_numbers_or_in_two_halves() -> None:
    across = [[a for a, *_ in LOCAL], [str(c) for _, _, c, _ in LOCAL]]
    facts = read_forms(document(html_table(across), "p.html"), 2017).facts
    assert {f.indicator: f.value for f in facts} == EXPECTED
    halves = [["指标", "数量", "指标", "数量"]]
    halves += [[str(x) for a, _, c, _ in LOCAL[i : i + 2] for x in (a, c)] for i in (0, 2, 4)]
    facts = read_forms(document(html_table(halves), "p.html"), 2017).facts
    assert {f.indicator: f.value for f in facts} == {k: v for k, v in EXPECTED.items() if k != "lawsuits"}


@pytest.mark.parametrize(
    ("said", "value"), [("增加5", 5), ("减少2", -2), ("－3", -3), ("+4", 4), ("持平", 0)]
)
def test_a_change_may_be_said_in_words(said: str, value: float) -> None:
    rows = [["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]]
    rows += [["行政许可", "10", said, "7"], ["其他对外管理服务事项", "1", "0", "0"]]
    facts = {f.indicator: f.value for f in read_forms(document(html_table(rows), "p.html"), 2019).facts}
    assert facts["licensing_items_change"] == value
    assert facts["licensing_decisions"] == 7


def test_heads_cut_alike_stand_in_the_forms_order_but_not_for_sure() -> None:
    lines = [
        ["信息内容", "本年新", "本年新", "对外公开总数量"],
        ["规章", "2", "1", "6"],
        ["规范性文件", "5", "4", "30"],
    ]
    reading = read_forms(document(html_table(lines), "p.html"), 2020)
    assert {(fact.indicator, fact.value) for fact in reading.facts} == {
        ("regulations_made", 2),
        ("regulations_newly_public", 1),
        ("regulations_public_total", 6),
        ("normative_documents_made", 5),
        ("normative_documents_newly_public", 4),
        ("normative_documents_public_total", 30),
    }
    assert all(fact.confidence < 1 for fact in reading.facts)


def test_the_one_number_below_a_head_over_several_cells_is_its_but_not_for_sure() -> None:
    """Columns told from gaps cut a merged cell: the number stands in one of its parts."""
    blocks = (("行政许可", "312"), ("行政处罚", "25"), ("行政强制", "7"))
    page = "".join(
        "<tr><td>信息内容</td><td colspan=2>本年处理决定数量</td></tr>"
        f"<tr><td>{item}</td><td></td><td>{number}</td></tr>"
        for item, number in blocks
    )
    facts = read_forms(document(f"<table>{page}</table>", "p.html"), 2021).facts
    assert [(fact.value, fact.confidence < 1) for fact in facts] == [(312, True), (25, True), (7, True)]


def test_numbers_with_space_between_them_are_several() -> None:
    assert read_value("1 234 567").value == 1234567
    assert read_value("1 2").value is None
    assert parts("1 0  12") == [(0, 1), (2, 3), (5, 7)]
    assert parts("3 件") == []


def test_a_row_that_counts_the_columns_is_no_row_of_figures() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [["行政复议", *[""] * 4, "行政诉讼", *[""] * 9], heads * 3, [str(n) for n in range(1, 16)]]
    numbers = [2, 0, 1, 0, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    facts = read_forms(document(html_table([*rows, [str(n) for n in numbers]]), "p.html"), 2022).facts
    assert [f.value for f in facts] == numbers


def test_the_total_may_stand_before_the_applicants() -> None:
    heads = ["总计", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    rows = [["申请事项", *heads]]
    rows += [[r["row_path"].rsplit("/", 1)[-1], *map(str, (9, 5, 2, 0, 0, 1, 1))] for r in ROWS_2021]
    found = values(read_forms(document(html_table(rows), "p.html"), 2022))
    assert found["outcome_granted", None] == 9
    assert found["outcome_granted", "natural_person"] == 5
    assert found["applications_received", "other_organisation"] == 1


def test_halves_side_by_side_are_read_one_after_the_other() -> None:
    lines, expected = form_2014()
    half = len(lines) // 2 + 1
    left, right = lines[1:half], lines[half:]
    right += [["", "", ""]] * (len(left) - len(right))
    halves = [lines[0] * 2, *([*a, *b] for a, b in zip(left, right, strict=True))]
    assert values(read_forms(document(html_table(halves), "p.html"), 2015)) == expected


@pytest.mark.parametrize("mark", ["：{}{}", "：{}{}；", "..........{} {}", "……{}{}"])
def test_a_form_may_be_printed_as_lines_of_prose(mark: str) -> None:
    lines, expected = form_2014()
    text = "\n".join(
        label + (mark.format(n, unit) if n else "")
        for label, unit, n in lines[1:]
        for unit in [unit.strip("—")]
    )
    page = document(f"某市2015年政府信息公开年度报告\n一、概述\n附表\n{text}\n", "p.txt")
    reading = read_forms(page, 2015)
    assert (reading.form, values(reading)) == ("form-2014", expected)
    assert page.text_of(page.blocks[-1]).startswith("一、主动公开情况")


def test_a_local_table_may_have_its_figures_behind_the_bodys_name() -> None:
    rows = [["单位", *[a for a, *_ in LOCAL]], ["县卫生局", *[str(c) for _, _, c, _ in LOCAL]]]
    facts = read_forms(document(html_table(rows), "p.html"), 2017).facts
    assert {f.indicator: f.value for f in facts} == EXPECTED
    rows.append(["县水利局", *[str(c + 1) for _, _, c, _ in LOCAL]])
    assert read_forms(document(html_table(rows), "p.html"), 2017).facts == ()


@pytest.mark.parametrize("mark", ["①", "¹", "[1]", "［注1］", "*", " ②"])
def test_the_mark_of_a_note_is_no_digit(mark: str) -> None:
    assert read_value(f"60{mark}").value == 60


def test_visits_counted_in_ten_thousands_are_visits() -> None:
    rows = [["指标名称", "单位", "2017年"], ["网站专栏页面访问量", "万次", "3.2"]]
    rows += [[a, b, str(c)] for a, b, c, _ in LOCAL]
    found = values(read_forms(document(html_table(rows), "p.html"), 2017))
    assert found["web_visits", None] == 32000


def test_lawsuits_may_stand_before_reconsiderations() -> None:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows = [["行政诉讼", *[""] * 9, "行政复议", *[""] * 4], ["未经复议直接起诉", *[""] * 4, "复议后起诉"]]
    numbers = [0, 0, 1, 0, 1, 2, 0, 0, 0, 2, 1, 0, 0, 3, 4]
    facts = read_forms(document(html_table([*rows, heads * 3, [str(n) for n in numbers]]), "p.html"), 2022)
    found = values(facts)
    assert (found["lawsuits_direct", None], found["lawsuits_direct_other", None]) == (1, 1)
    assert (found["lawsuits_after_reconsideration", None], found["reconsiderations", None]) == (2, 4)


def test_a_column_of_row_numbers_stands_beside_the_seven() -> None:
    heads = ["行次", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = [["申请事项", *heads], ["", "", *map(str, range(1, 8))]]
    for n, row in enumerate(ROWS_2021, 1):
        rows.append([row["row_path"].rsplit("/", 1)[-1], str(n), *map(str, (5, 2, 0, 0, 1, 1, 9))])
    found = values(read_forms(document(html_table(rows), "p.html"), 2022))
    assert len(found) == 7 * len(ROWS_2021)
    assert (found["outcome_granted", "natural_person"], found["outcome_total", None]) == (5, 9)


def test_last_years_column_beside_table_2_is_none_of_its_figures() -> None:
    rows = [["信息内容", "本年处理决定数量", "上年数"], ["行政许可", "410", "421"], ["行政处罚", "52", "63"]]
    rows += [
        ["行政强制", "6", "17"],
        ["信息内容", "本年收费金额（单位：万元）", "上年数"],
        ["行政事业性收费", "7.5", "9"],
    ]
    found = values(read_forms(document(html_table(rows), "p.html"), 2023))
    assert found == {
        ("licensing_decisions", None): 410,
        ("penalty_decisions", None): 52,
        ("coercion_decisions", None): 6,
        ("admin_fee_amount", None): 7.5,
    }


def test_a_wrong_span_in_the_header_does_not_move_the_total() -> None:
    table, expected = table3()
    wrong = table.replace("<td colspan=5>法人或其他组织</td>", "<td colspan=4>法人或其他组织</td>")
    assert wrong != table
    wrong = wrong.replace("<td colspan=7>申请人情况</td>", "<td colspan=6>申请人情况</td>")
    page = document(f"<html><body><p>三、收到和处理申请情况</p>{wrong}</body></html>", "p.html")
    assert values(read_forms(page, 2022)) == expected


@pytest.mark.parametrize(("head", "cell"), [("小计", "4"), ("占比", "12.5%"), ("上年", "7")])
def test_a_column_that_the_form_does_not_have_is_passed_over(head: str, cell: str) -> None:
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", head, "总计"]
    rows = [["申请事项", *heads]]
    rows += [[r["row_path"].rsplit("/", 1)[-1], *map(str, (5, 2, 0, 0, 1, 1)), cell, "9"] for r in ROWS_2021]
    found = values(read_forms(document(html_table(rows), "p.html"), 2022))
    assert len(found) == 7 * len(ROWS_2021)
    assert (found["outcome_granted", "other_organisation"], found["outcome_granted", None]) == (1, 9)


@pytest.mark.parametrize(
    "caption", ["附：2021年度收到和处理申请情况（供对比）", "（二）其中：县农业技术推广中心"]
)
def test_last_years_form_below_this_years_is_set_aside(caption: str) -> None:
    table, expected = table3()
    again = table.replace("<td>&nbsp;1", "<td>&nbsp;2")
    for above, count in ((caption, 1), ("（一）局机关", 0)):
        page = document(
            f"<html><body><p>三、申请情况</p>{table}<p>{above}</p>{again}</body></html>", "p.html"
        )
        reading = read_forms(page, 2022)
        assert [c.rule for c in reading.checks].count("form_set_aside") == count
        assert (values(reading) == expected) == bool(count)


def test_half_a_year_beside_the_whole_is_not_this_years() -> None:
    rows = [["统计指标", "单位", "1-6月", "1-12月"]]
    rows += [[a, b, str(c - 1), str(c)] for a, b, c, _ in LOCAL]
    found = read_forms(document(html_table(rows), "p.html"), 2017).facts
    assert {f.indicator: f.value for f in found} == EXPECTED


def test_outcomes_and_applicants_stand_where_the_header_has_them() -> None:
    outcomes = ["总计", "结果纠正", "结果维持", "其他结果", "尚未审结"]
    rows = [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*[""] * 5, "未经复议直接起诉", *[""] * 4, "复议后起诉"],
    ]
    numbers = [6, 1, 2, 3, 0, 1, 0, 1, 0, 0, 2, 2, 0, 0, 0]
    page = document(html_table([*rows, outcomes * 3, [str(n) for n in numbers]]), "p.html")
    found = values(read_forms(page, 2022))
    assert (found["reconsiderations", None], found["reconsiderations_upheld", None]) == (6, 2)
    assert (
        found["lawsuits_direct_upheld", None],
        found["lawsuits_after_reconsideration_corrected", None],
    ) == (1, 2)

    heads = ["自然人", "商业企业", "科研机构", "法律服务机构", "社会公益组织", "其他", "总计"]
    table = [["申请事项", *heads]]
    table += [[r["row_path"].rsplit("/", 1)[-1], *map(str, (5, 2, 0, 4, 1, 1, 13))] for r in ROWS_2021]
    found = values(read_forms(document(html_table(table), "p.html"), 2022))
    assert (found["outcome_granted", "legal_service"], found["outcome_granted", "public_interest"]) == (4, 1)
