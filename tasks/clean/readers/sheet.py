"""Workbooks (XLS, XLSX, XLSB, ET, ODS; Excel 2003's XML) → `Reading`: visible sheets in their order.

Here: values as the sheet shows them. Which rows are a table and which prose is `sheet_layout`'s business.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest

from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

from tasks.clean.lines import Outline
from tasks.clean.readers.office import by_office
from tasks.clean.readers.reading import Reading, Tick, reading_of
from tasks.clean.readers.refusals import damaged, locked
from tasks.clean.readers.sheet_hidden import hidden
from tasks.clean.readers.sheet_layout import MAX_COLS, MAX_ROWS, Sheet, lay_out
from tasks.clean.readers.xml import XML_FAULTS, Element, parse_xml
from tasks.kinds import OLE, Kind, kind_of
from tasks.values import Page

MEDIA_TYPES = {
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.SHEET_XML: "application/xml",
    Kind.SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OLD_MEDIA_TYPE = "application/vnd.ms-excel"
MAX_SHEETS = 200
DIGITS = 15  # what Excel computes with; more are noise of the binary fraction
# What calamine raises where a damaged XLS leads it out of a record: no `Exception`, importable from nowhere.
PANIC = "PanicException"
MIDNIGHT = dt.time(0)
SS = "{urn:schemas-microsoft-com:office:spreadsheet}"

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


def read(page: Page, tick: Tick) -> Reading:
    kind = kind_of(page.content)
    # calamine does not tell merged cells of ODS.
    content = by_office(page, kind, "ods", "xlsx") if kind is Kind.ODS else page.content
    try:
        sheets = list(_xml_sheets(content) if kind is Kind.SHEET_XML else _sheets(content))
    except PasswordError as error:
        raise locked(page.uri, kind.value) from error
    except (CalamineError, *XML_FAULTS, OSError) as error:
        raise damaged(page.uri, kind.value, error) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise damaged(page.uri, kind.value, error) from error
    outline = Outline([], [], [0])
    for sheet in sheets:
        lay_out(sheet, outline)
    media_type = OLD_MEDIA_TYPE if content.startswith(OLE) else MEDIA_TYPES[kind]
    return reading_of(media_type, outline)


def _sheets(content: bytes) -> Iterator[Sheet]:
    with load_workbook(BytesIO(content)) as book:
        sheets = zip_longest(book.sheets_metadata, hidden(content)[: len(book.sheets_metadata)])
        shown = [(each.name, gone) for each, gone in sheets if each.visible is SheetVisibleEnum.Visible]
        for name, gone in shown[:MAX_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            if sheet.end is None:
                continue
            rows = sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
            merged = [(r, c, bottom, right) for (r, c), (bottom, right) in sheet.merged_cell_ranges or ()]
            whole = Sheet([[shown_as(value) for value in row[:MAX_COLS]] for row in rows], merged)
            yield whole.without(*gone) if gone else whole


def shown_as(value: Value) -> str:
    """A value as a cell shows it that nobody gave a format of its own."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**DIGITS else f"{value:.{DIGITS}g}"
    if isinstance(value, dt.datetime) and value.time() == MIDNIGHT:
        return str(value.date())
    return str(value)


# ------------------------------------------------------------ Excel 2003's XML


def _xml_sheets(content: bytes) -> Iterator[Sheet]:
    for table in parse_xml(content).iter(SS + "Table"):
        sheet, gone = Sheet([], []), set[int]()
        for row in table.iter(SS + "Row"):
            _fill(sheet, row)
            if row.get(SS + "Hidden") == "1":
                gone.add(len(sheet.rows) - 1)
        yield sheet.without(gone, _hidden_columns(table))


def _hidden_columns(table: Element) -> set[int]:
    gone: set[int] = set()
    at = 0
    for column in table.iter(SS + "Column"):
        first = _number(column, "Index", at + 1) - 1
        at = first + 1 + _number(column, "Span", 0)
        if column.get(SS + "Hidden") == "1":
            gone.update(range(first, min(at, MAX_COLS)))
    return gone


def _fill(sheet: Sheet, row: Element) -> None:
    """Put a row's cells into their places; those that say no place follow the one before."""
    at = _number(row, "Index", len(sheet.rows) + 1) - 1
    if not len(sheet.rows) <= at < MAX_ROWS:
        return
    sheet.rows.extend([] for _ in range(at + 1 - len(sheet.rows)))
    col = 0
    for cell in row.iter(SS + "Cell"):
        col = _number(cell, "Index", col + 1) - 1
        right, bottom = col + _number(cell, "MergeAcross", 0), at + _number(cell, "MergeDown", 0)
        if not 0 <= col < MAX_COLS or right < col or bottom < at:
            return
        data = cell.find(SS + "Data")
        sheet.rows[at].extend([""] * (col + 1 - len(sheet.rows[at])))
        sheet.rows[at][col] = "" if data is None else _data(data)
        if (right, bottom) != (col, at):
            sheet.merged.append((at, col, min(bottom, MAX_ROWS), min(right, MAX_COLS)))
        col = right + 1


def _data(data: Element) -> str:
    text = "".join(data.itertext())
    if data.get(SS + "Type") == "Number":
        try:
            return shown_as(float(text))
        except ValueError:
            return text
    return text.removesuffix("T00:00:00.000") if data.get(SS + "Type") == "DateTime" else text


def _number(element: Element, name: str, default: int) -> int:
    try:
        return int(element.get(SS + name, default))
    except ValueError:
        return default
