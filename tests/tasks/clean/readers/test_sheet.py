"""Workbooks: forms with titles and notes around them, whole reports in cells, values as shown."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.tasks.clean.pages import cleaned, covered, lines, tables
from tests.tasks.clean.readers.office import xlsx

FILES = Path(__file__).with_name("files")
TITLE = "XX县2016年政府信息公开情况统计表"
SENTENCE = "2016年，我局认真落实各项要求，完善了制度。"


def test_a_form_has_its_title_and_notes_as_lines_and_its_spans() -> None:
    rows = [
        [TITLE],
        ["单位：件"],
        ["指标", "申请人", None],
        [None, "自然人", "法人"],
        ["新收", 3, 4.0],
        ["注：无"],
    ]
    document = cleaned(xlsx(rows, "A1:C1", "B3:C3", "A3:A4"))
    assert [lines(document)[n] for n in (0, 1, -1)] == [TITLE, "单位：件", "注：无"]
    assert covered(document, tables(document)[0]) == [
        ["指标", "申请人", "申请人"],
        ["指标", "自然人", "法人"],
        ["新收", "3", "4"],
    ]


def test_a_header_with_one_value_and_a_blank_corner_belongs_to_the_table() -> None:
    rows = [[TITLE], [None, "申请人"], [None, "自然人", "法人"], ["新收", 3, 4]]
    document = cleaned(xlsx(rows, "A1:C1", "A2:A3", "B2:C2"))
    assert covered(document, tables(document)[0])[0] == ["", "申请人", "申请人"]


def test_prose_between_tables_is_a_paragraph() -> None:
    rows = [["甲", 1], ["乙", 2], [SENTENCE], ["丙", 3], ["丁", 4]]
    document = cleaned(xlsx(rows, "A3:B3"))
    assert lines(document) == ["甲\t1\n乙\t2", SENTENCE, "丙\t3\n丁\t4"]


def test_values_are_printed_as_shown() -> None:
    row = [["值", 3.0, 0.1 + 0.2, 25.1, 1e9, dt.date(2017, 3, 1), dt.datetime(2017, 3, 1, 9, 30), True]]
    document = cleaned(xlsx([*row, ["另", 1, 2, 3, 4, 5, 6, 7]]))
    assert lines(document)[0].split("\n")[0].split("\t") == [
        *("值", "3", "0.3", "25.1", "1000000000", "2017-03-01", "2017-03-01 09:30:00", "TRUE")
    ]


def test_columns_without_any_value_are_none() -> None:
    document = cleaned(
        xlsx([["甲", None, None, 1], ["乙", None, None, None], ["丙", None, None, 3]], "A1:C1")
    )
    assert covered(document, tables(document)[0]) == [["甲", "1"], ["乙", ""], ["丙", "3"]]


def test_hidden_sheets_are_not_read() -> None:
    assert lines(cleaned(xlsx([["甲", 1], ["乙", 2]], hidden=[["丙", 3], ["丁", 4]]))) == ["甲\t1\n乙\t2"]


def with_hidden() -> Workbook:
    """A form whose group of columns begins with a hidden one, and with a hidden row of sums."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (["指标", "申请人"], [None, "上年", "自然人", "法人"], ["新收", 9, 3, 4], ["校验", 9, 9, 9]):
        sheet.append(row)
    for cells in ("A1:A2", "B1:D1"):
        sheet.merge_cells(cells)
    sheet.append(["结转", 9, 0, 1])
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[4].hidden = True
    return book


SEEN = [["指标", "申请人", "申请人"], ["指标", "自然人", "法人"], ["新收", "3", "4"], ["结转", "0", "1"]]


def test_hidden_rows_and_columns_are_not_read() -> None:
    file = BytesIO()
    with_hidden().save(file)
    document = cleaned(file.getvalue())
    assert covered(document, tables(document)[0]) == SEEN


def test_hidden_rows_and_columns_of_an_old_workbook_are_not_read() -> None:
    document = cleaned((FILES / "hidden.xls").read_bytes())  # the same, saved by LibreOffice
    assert covered(document, tables(document)[0]) == SEEN


def test_the_xml_of_excel_2003() -> None:
    cells = (
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">表一</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell><Data ss:Type="String">新收</Data></Cell>'
        '<Cell ss:Index="2"><Data ss:Type="Number">3</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="String">结转</Data></Cell>'
        '<Cell><Data ss:Type="Number">4</Data></Cell></Row>'
    )
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    names = f'xmlns="{name}" xmlns:ss="{name}"'
    content = (
        f'<?xml version="1.0"?><Workbook {names}><Worksheet><Table>{cells}</Table></Worksheet></Workbook>'
    )
    assert lines(cleaned(content, "a.xls")) == ["表一", "新收\t3\n结转\t4"]
    hidden = content.replace("<Table>", '<Table><Column ss:Index="2" ss:Hidden="1"/>').replace(
        '<Row ss:Index="3"', '<Row ss:Hidden="1" ss:Index="3"'
    )
    assert lines(cleaned(hidden, "a.xls")) == ["表一", "结转"]


def test_a_page_that_calls_itself_a_workbook_is_read_as_what_it_is() -> None:
    table = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    page = f"<html><body>{table}</body></html>"
    assert lines(cleaned(page, "a.xls")) == ["甲\t1\n乙\t2"]
