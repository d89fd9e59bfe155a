"""Grids from marked-up tables: spans, cells with lines, layout tables, and tables that make no sense."""

from __future__ import annotations

from tests.tasks.clean.pages import PROSE, covered, grid, html, lines, tables


def one(body: str) -> tuple[list[list[str]], list[list[str | None]]]:
    document = html(body)
    (block,) = tables(document)
    return grid(document, block), covered(document, block)


def test_spans_are_resolved() -> None:
    _, places = one(
        "<table><tr><td rowspan=2>甲</td><td colspan='2'>乙</td></tr><tr><td>1</td><td>2</td></tr>"
        "<tr><th>丙</th><td>3</td><td>4</td></tr></table>"
    )
    assert places == [["甲", "乙", "乙"], ["甲", "1", "2"], ["丙", "3", "4"]]


def test_header_cells_are_marked() -> None:
    document = html("<table><tr><th>指标</th><td>1</td></tr></table>")
    (block,) = tables(document)
    assert block.table is not None
    assert [cell.is_header for cell in block.table.cells] == [True, False]


def test_cells_with_paragraphs_and_breaks_are_contiguous() -> None:
    rows, _ = one(
        "<table><tr><td><p>社会公益</p><p>组织</p></td><td>75<br>件</td><td><p>&nbsp;</p></td></tr></table>"
    )
    assert rows == [["社会公益\n组织", "75\n件", ""]]


def test_rows_and_cells_are_parted_in_the_text() -> None:
    document = html("<table><tr><td>a</td><td></td><td>b</td></tr><tr><td>c</td></tr></table>")
    assert document.text == "a\t\tb\nc"


def test_hidden_cells_and_rows_are_skipped() -> None:
    rows, _ = one(
        "<table><tr><td>甲</td><td style='display:none'>藏</td><td>1</td></tr>"
        "<tr style='display:none'><td>藏</td><td>2</td></tr><tr><td>乙</td><td>3</td></tr></table>"
    )
    assert rows == [["甲", "1"], ["乙", "3"]]


def test_spans_of_a_million_end_with_the_table() -> None:
    row = "<tr><td colspan=1000000 rowspan=1000000>甲</td><td>1</td></tr>"
    document = html(f"<table>{row * 500}</table>")
    (block,) = tables(document)
    assert block.table is not None
    assert block.table.rows == 500
    assert block.table.cols <= 200
    assert document.text.count("甲") == 500


def test_overlapping_spans_leave_every_cell_its_place() -> None:
    rows, places = one(
        "<table><tr><td>a</td><td rowspan=3>b</td></tr><tr><td colspan=3>c</td><td>d</td></tr>"
        "<tr><td>e</td><td>f</td></tr></table>"
    )
    assert rows == [["a", "b"], ["c", "d"], ["e", "f"]]
    assert {text for row in places for text in row if text} == set("abcdef")


def test_rowspan_zero_reaches_to_the_end() -> None:
    _, places = one("<table><tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr></table>")
    assert places == [["甲", "1"], ["甲", "2"]]


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    document = html(
        f"<table><tr><td>菜单</td><td><p>一、概述</p><p>{PROSE * 2}</p><p>{PROSE * 2}</p><p>{PROSE * 2}</p>"
        "<table><tr><td>收到申请数</td><td>3</td></tr></table></td></tr></table>"
    )
    assert [grid(document, block) for block in tables(document)] == [[["收到申请数", "3"]]]
    assert lines(document)[:2] == ["菜单", "一、概述"]


def test_headings_beside_their_text_are_no_table() -> None:
    rows = "".join(
        f"<tr><td>{head}</td><td>{PROSE}</td></tr>" for head in ("一、概述", "二、公开", "三、申请")
    )
    document = html(f"<table>{rows}</table>")
    assert tables(document) == []
    assert lines(document)[:3] == ["一、概述", PROSE, "二、公开"]


def test_columns_pasted_into_one_row_are_rows() -> None:
    found, _ = one(
        "<table><tr><td>指标</td><td>单位</td><td>数</td></tr><tr><td>收到申请数<br>1.当面申请数<br>2.传真申请数</td>"
        "<td>件<br>件<br>件</td><td>3<br>2<br>1</td></tr></table>"
    )
    assert found[1:] == [["收到申请数", "件", "3"], ["1.当面申请数", "件", "2"], ["2.传真申请数", "件", "1"]]


def test_a_head_wrapped_over_lines_is_one_cell() -> None:
    found, _ = one(
        "<table><tr><td>自<br>然<br>人</td><td>总<br>计<br>数</td><td>其<br>他<br>的</td></tr></table>"
    )
    assert len(found) == 1


def test_a_scrap_of_a_table_in_a_cell_does_not_dissolve_its_table() -> None:
    scrap = "<table><tr><td>统计</td><td>数</td></tr></table>"
    rows = "".join(f"<tr><td>（{n}）收到申请数</td><td>件</td><td>{n}</td></tr>" for n in range(9))
    found, _ = one(f"<table><tr><td>统计指标</td><td>单位</td><td>{scrap}</td></tr>{rows}</table>")
    assert found[0] == ["统计指标", "单位", "统计\n数"]
    assert len(found) == 10


def test_a_column_of_single_cells_is_no_table() -> None:
    document = html(f"<table><tr><td>标题</td></tr><tr><td>{PROSE}</td></tr></table>")
    assert tables(document) == []
    assert lines(document) == ["标题", PROSE]


def test_a_note_of_prose_does_not_dissolve_a_form() -> None:
    rows = "".join(f"<tr><td>（{n}）收到申请数</td><td>件</td><td>{n}</td></tr>" for n in range(30))
    document = html(f"<table>{rows}<tr><td colspan=3>注：{PROSE * 6}</td></tr></table>")
    (block,) = tables(document)
    assert block.table is not None
    assert block.table.rows == 31


def test_the_fifteen_numbers_of_table_4_in_one_cell_are_parted() -> None:
    numbers = [str(n * 3) for n in range(15)]
    header = "".join("<td>结果维持</td>" for _ in numbers)
    rows, places = one(f"<table><tr>{header}</tr><tr><td colspan=15>{'　'.join(numbers)}</td></tr></table>")
    assert rows[1] == numbers
    assert places[1] == numbers


def test_a_few_numbers_in_a_cell_stay_one_cell() -> None:
    rows, _ = one("<table><tr><td>收到申请数</td><td>1 234 567</td></tr><tr><td>3 4 5 6 7</td></tr></table>")
    assert rows == [["收到申请数", "1 234 567"], ["3 4 5 6 7"]]


def test_a_caption_stands_above_its_table() -> None:
    document = html("<table><caption>统计表</caption><tr><td>收到申请数</td><td>1</td></tr></table>")
    assert document.text == "统计表\n收到申请数\t1"
    assert len(tables(document)) == 1


def test_ten_thousand_rows() -> None:
    document = html("<table>" + "<tr><td>指标<td>件<td>1" * 10_000 + "</table>")
    (block,) = tables(document)
    assert block.table is not None
    assert (block.table.rows, block.table.cols, len(block.table.cells)) == (10_000, 3, 30_000)


def test_a_table_declared_by_style_is_a_table() -> None:
    rows, _ = one(
        "<div style='display:table'><div style='display:table-row'><span style='display:table-cell'>甲</span>"
        "<span style='display:table-cell'>1</span></div></div>"
    )
    assert rows == [["甲", "1"]]
