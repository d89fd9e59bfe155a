"""Tables without markup: bars, tabs, spaces, boxes, one cell a line. Grids must come out as they were."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.values import Document, Zone
from tests.tasks.clean.pages import (
    PROSE,
    cleaned,
    form_2014,
    grid,
    html,
    lines,
    table_3,
    table_4,
    tables,
    text,
)

Rows = list[list[str]]


def wrapped(flat: str) -> str:
    return f"一、概述\n{PROSE}\n二、统计情况\n{flat}\n三、存在问题\n{PROSE}"


def only(document: Document) -> Rows:
    (block,) = tables(document)
    assert "二、统计情况" in lines(document)
    assert "三、存在问题" in lines(document)
    return grid(document, block)


def stripped(rows: Rows) -> Rows:
    """Without the blanks at the end of rows: where rows are short, their grid is left-aligned."""
    return [row[: max((i + 1 for i, cell in enumerate(row) if cell), default=1)] for row in rows]


PARTED: list[tuple[str, Callable[[list[str]], str]]] = [
    ("tabs", "\t".join),
    ("bars", " | ".join),
    ("bars that close", lambda row: " | ".join(row) + " |"),
    ("bars around", lambda row: "| " + " | ".join(row) + " |"),
    ("wide bars", "｜".join),
]


@pytest.mark.parametrize("form", [form_2014, table_3, table_4], ids=lambda form: form.__name__)
@pytest.mark.parametrize(("name", "row"), PARTED, ids=lambda value: value if isinstance(value, str) else "")
def test_rows_of_bars_and_tabs(form: Callable[[], Rows], name: str, row: Callable[[list[str]], str]) -> None:
    rows = form() if form is not table_3 else table_3()[1:]
    assert only(text(wrapped("\n".join(map(row, rows))))) == rows


def test_a_row_broken_over_two_lines_keeps_its_blank_cell() -> None:
    rows = form_2014()
    flat = "\n".join(" | ".join(row[:2]) + (" |\n|" if not row[2] else f" | {row[2]} |") for row in rows)
    assert "|\n|" in flat
    assert only(text(wrapped(flat))) == rows


@pytest.mark.parametrize("printed", ["{} |", "| {}"], ids=["closed", "opened"])
def test_a_cell_with_its_bar_in_the_next_line_is_one_cell(printed: str) -> None:
    row = ["规章", "2", "0", "7"]
    lines_of_row = [printed.format(cell) for cell in row]
    broken = lines_of_row[-1].replace(" ", "\n   ")
    flat = "\n".join(["信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |", *lines_of_row[:-1], broken])
    flat += "\n" + flat.partition("\n")[2].replace("规章", "行政规范性文件")
    document = text(wrapped(flat))
    numbers = [cell for row in only(document) for cell in row if cell.isdigit()]
    assert numbers == ["2", "0", "7"] * 2


def test_a_markdown_ruler_is_no_row() -> None:
    flat = "| 统计指标 | 单位 | 统计数 |\n| --- | :---: | ---: |\n| 收到申请数 | 件 | 3 |"
    assert only(text(wrapped(flat))) == [["统计指标", "单位", "统计数"], ["收到申请数", "件", "3"]]


def test_heads_of_groups_between_tabbed_rows_belong_to_the_table() -> None:
    flat = (
        "第二十条第（一）项\n信息内容\t本年制发件数\n规章\t2\n"
        "第二十条第（五）项\n信息内容\t本年处理决定数量\n行政许可\t64"
    )
    rows = [line.split("\t") for line in flat.split("\n")]
    assert only(text(wrapped(flat))) == rows


def test_a_heading_above_a_flat_table_stays_a_line() -> None:
    document = text(
        f"{PROSE}\n一、主动公开情况\n主动公开政府信息数\t条\t3\n制发规范性文件总数\t件\t0\n{PROSE}"
    )
    assert "一、主动公开情况" in lines(document)
    assert len(tables(document)) == 1


@pytest.mark.parametrize(
    "menu",
    [
        "首页\n|\n政务公开\n|\n办事服务",
        "首页 | 新闻 | 公开\n概况 | 领导 | 机构",
        "首页\t公开\t服务\n新闻\t公告\t专题",
    ],
)
def test_menus_are_no_tables(menu: str) -> None:
    assert tables(text(f"{menu}\n{PROSE}")) == []


def test_a_title_below_a_metadata_table_of_bars_is_a_line_of_its_own() -> None:
    title = "某镇2009年政府信息公开年度报告"
    document = text(f"索引号: | 0001 | 公开方式: | 主动公开 |\n发布单位: | 某镇 |\n{title} | ||\n{PROSE}")
    assert lines(document, Zone.BODY) == [title, PROSE]
    assert len(tables(document)) == 1


def test_paragraphs_between_bars_are_no_rows() -> None:
    printed = [
        "| 索引号: | 0010/2014 | 公开方式: | 主动公开 |",
        "| 发布单位: | 沙河镇 | | |",
        "| 沙河镇2013年度政府信息公开工作年度报告 | |||",
        f"| {PROSE} 一、概述 {PROSE} 二、主动公开情况 {PROSE} 三、依申请公开情况 {PROSE} | |||",
    ]
    document = text("\n".join(printed))
    (block,) = tables(document)
    assert block.table is not None and block.table.rows == 2
    said = [each for each in lines(document) if each in (PROSE, "沙河镇2013年度政府信息公开工作年度报告")]
    assert len(said) == 5


def test_metadata_in_tabs_is_a_table_of_the_frame() -> None:
    document = text(
        f"索引号\t0010/2020\t公开方式\t主动公开\n文号\t\t公开日期\t2020-03-10\n某局年度报告\n{PROSE}"
    )
    (block,) = tables(document)
    assert block.zone is Zone.HEAD
    assert grid(document, block)[1] == ["文号", "", "公开日期", "2020-03-10"]


@pytest.mark.parametrize("form", [form_2014, table_3], ids=lambda form: form.__name__)
@pytest.mark.parametrize("spacing", ["\n", "\n\n"], ids=["single", "double"])
def test_one_cell_a_line_with_blank_lines_for_blank_cells(form: Callable[[], Rows], spacing: str) -> None:
    rows = form()
    flat = spacing.join(cell for row in rows for cell in row)
    found = only(text(wrapped(flat)))
    numbers = [row for row in stripped(rows) if row[-1].isdigit()]
    assert [row for row in stripped(found) if row[-1].isdigit()] == numbers


def test_one_cell_a_line_with_the_blank_lines_gone() -> None:
    rows = form_2014()
    flat = "\n".join(cell for row in rows for cell in row if cell)
    assert only(text(wrapped(flat))) == stripped(rows)


def test_one_cell_a_line_with_a_blank_row_of_numbers() -> None:
    rows = table_3(blank_row=4)
    flat = "\n".join(cell for row in rows for cell in row if cell)
    found = only(text(wrapped(flat)))
    blank = next(row for row in found if "1.属于国家秘密" in row)
    assert blank == ["（三）不予公开", "1.属于国家秘密"]


PARTS_OF_TABLE_2 = [
    ["第二十条第（一）项"],
    ["信息内容", "本年新\n制作数量", "本年新\n公开数量", "对外公开总数量"],
    ["规章", "0", "", "2"],
    ["规范性文件", "3", "3", "14"],
    ["行政规范\n性文件", "5", "1", "6"],
]


@pytest.mark.parametrize("parted", ["\n\n", "\n|\n"])
def test_a_label_over_two_lines_is_one_cell_whatever_parts_the_cells(parted: str) -> None:
    lines = parted.join(cell for row in PARTS_OF_TABLE_2 for cell in row)
    document = text(f"{PROSE}\n\n{lines}\n|")
    [block] = tables(document)
    assert grid(document, block) == PARTS_OF_TABLE_2


def test_table_4_one_cell_a_line() -> None:
    assert only(text(wrapped("\n".join(cell for row in table_4() for cell in row)))) == table_4()


def test_one_cell_a_paragraph_in_html() -> None:
    rows = form_2014()
    body = "".join(f"<p>{cell or '&nbsp;'}</p>" for row in rows for cell in row)
    document = html(f"<p>{PROSE}</p><p>二、统计情况</p>{body}<p>三、存在问题</p><p>{PROSE}</p>")
    assert stripped(only(document)) == stripped(rows)


def test_a_list_of_headings_is_no_table() -> None:
    headings = "一、主动公开情况\n二、回应解读情况\n三、依申请公开情况\n四、行政复议数量\n五、行政诉讼数量"
    assert tables(text(f"{PROSE}\n{headings}\n{PROSE}")) == []


def test_cells_parted_by_spaces() -> None:
    rows = form_2014()
    assert stripped(only(text(wrapped("\n".join(" ".join(row) for row in rows))))) == stripped(rows)


@pytest.mark.parametrize("label", ["5.属于三类内部事务信息", "（五）不予处理 1.信访举报投诉类申请"])
def test_one_row_is_enough_where_it_has_numbers_that_no_prose_has(label: str) -> None:
    assert only(text(wrapped(f"{label} 4 0 1 0 0 0 5"))) == [[label, "4", "0", "1", "0", "0", "0", "5"]]


def test_a_part_of_table_2_has_few_rows() -> None:
    part = [["第二十条第（八）项"], ["信息内容", "本年收费金额"], ["行政事业性收费", "3.5万元"]]
    document = text("\n".join([PROSE, *map(" ".join, part)]))
    [block] = tables(document)
    assert grid(document, block) == part


def test_fifteen_numbers_in_a_line() -> None:
    assert only(text(wrapped("\n".join(" ".join(row) for row in table_4())))) == table_4()


def test_prose_that_ends_with_a_number_is_no_row() -> None:
    assert tables(text("\n".join(["全年共收到信息公开申请 件 3", "召开会议 次 4", "培训人员 人次 5"]))) == []


@pytest.mark.parametrize("cell", ["<div>{}</div>", "<div><p>{}</p></div>"])
def test_boxes_in_rows_are_a_grid(cell: str) -> None:
    rows = form_2014()
    body = "".join(f"<div>{''.join(cell.format(text) for text in row)}</div>" for row in rows)
    document = html(
        f"<div><p>{PROSE}</p><p>二、统计情况</p><div>{body}</div><p>三、存在问题</p><p>{PROSE}</p></div>"
    )
    assert only(document) == rows


@pytest.mark.parametrize("gap", ["", " ", "\n"])
def test_spans_in_rows_are_cells_blank_ones_too(gap: str) -> None:
    rows = form_2014()
    body = "".join(f"<div>{gap.join(f'<span>{text}</span>' for text in row)}</div>" for row in rows)
    document = html(
        f"<div><p>{PROSE}</p><p>二、统计情况</p><div>{body}</div><p>三、存在问题</p><p>{PROSE}</p></div>"
    )
    assert only(document) == rows


def test_prose_in_spans_is_no_table() -> None:
    prose = f"<p><span>{PROSE}</span><span>公开</span><span>328</span><span>条。</span></p>" * 4
    assert tables(html(prose)) == []


def test_a_table_pasted_with_tabs_into_paragraphs_keeps_its_blank_cells() -> None:
    rows = [["统计指标", "单位", "统计数"], ["收到申请数", "", "3"], ["行政复议数量", "件", "0"]]
    body = "".join(f"<p>{chr(9).join(row)}</p>" for row in rows)
    assert only(html(f"<p>{PROSE}</p><p>二、统计情况</p>{body}<p>三、存在问题</p><p>{PROSE}</p>")) == rows


def test_rows_broken_inside_labels_and_before_values_are_joined() -> None:
    flat = "统计指标 | 单位 | 统计数 |\n（一）收到\n申请数 | 件 | 3 |\n"
    flat += "1.当面申请数 |\n件 | 0 |\n2.传真申请数 | 件 |\n7 |"
    expected = [["统计指标", "单位", "统计数"], ["（一）收到\n申请数", "件", "3"]]
    expected += [["1.当面申请数", "件", "0"], ["2.传真申请数", "件", "7"]]
    assert only(text(wrapped(flat))) == expected


def test_a_local_form_with_serial_numbers_one_cell_a_line() -> None:
    rows = [["序号", "指标名称", "计量单位", "2015年度", "历年累计"]]
    rows += [
        [str(n), f"某项工作的数量之{word}", "条", str(n * 3), str(n * 40)]
        for n, word in enumerate("甲乙丙丁", 1)
    ]
    assert only(text(wrapped("\n".join(cell for row in rows for cell in row)))) == rows


def test_boxes_without_numbers_are_no_grid() -> None:
    body = "".join(f"<div>{''.join(f'<div>{word}{n}号</div>' for word in '甲乙丙')}</div>" for n in range(6))
    assert tables(html(f"<div>{body}</div>")) == []


def test_text_is_the_decoded_page_with_only_its_line_ends_changed() -> None:
    source = "\ufeff 一、概述\r\n\r\n　　" + PROSE + "\r二\t三 \n"
    document = cleaned(source, "a.txt")
    assert document.text == source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert lines(document) == ["一、概述", PROSE, "二\t三"]


@pytest.mark.parametrize("edges", ["+-----+----+", "├─────┼────┤"])
def test_edges_of_cells_drawn_in_characters_are_no_lines(edges: str) -> None:
    bar = "|" if "+" in edges else "│"
    rows = [("收到申请数", "12"), ("办结申请数", "11")]
    drawn = [line for words in rows for line in (edges, bar + bar.join(words) + bar)]
    document = text("\n".join([*drawn, edges]))
    assert [grid(document, block) for block in tables(document)] == [[list(words) for words in rows]]
