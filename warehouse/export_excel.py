"""The Excel export: one workbook, one sheet a table or view, within Excel's own limits and saying so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.contract import TABLES, VIEWS, Table
from warehouse.export_files import harmless, order_of
from warehouse.lake import Warehouse

FILE = "gongkai.xlsx"

MAX_ROWS = 1_048_576
"""Rows of a sheet, heading included."""

MAX_CELL = 32_767
"""Characters of a cell, counted by Excel in UTF-16 units."""

CUT = "…[cut by the export: {length} characters]"

FIRST_DAY = dt.date(1900, 3, 1)
"""Before it Excel's calendar is wrong (its 1900 is a leap year); such dates go in as text."""

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "remove_timezone": True,
}
FORMATS = {"DATE": "yyyy-mm-dd", "TIMESTAMPTZ": "yyyy-mm-dd hh:mm:ss"}
CHUNK = 2_000


def write_excel(warehouse: Warehouse, folder: Path, progress: Callable[[str], None]) -> list[Path]:
    """gongkai.xlsx: a sheet of contents, then a sheet for each table and view."""
    import xlsxwriter  # type: ignore[import-untyped]  # a slow import that only this format needs

    file = folder / FILE
    book = xlsxwriter.Workbook(str(file), {**OPTIONS, "tmpdir": str(folder)})
    formats = {type_: book.add_format({"num_format": form}) for type_, form in FORMATS.items()}
    bold = book.add_format({"bold": True})
    _write_contents(warehouse, book.add_worksheet("contents"), bold)
    for table in (*TABLES, *VIEWS):
        progress(table.name)
        _write_sheet(warehouse, table, book.add_worksheet(table.name), bold, formats)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(*error.args[0].args) if isinstance(error.args[0], OSError) else error from error
    return [file]


def _write_contents(warehouse: Warehouse, sheet: Any, bold: Any) -> None:
    sheet.write_row(0, 0, ["sheet", "a row is", "rows in the warehouse", "remark"], bold)
    sheet.set_column(0, 3, 30)
    for number, table in enumerate((*TABLES, *VIEWS), start=1):
        (rows,) = warehouse.connection.execute(f"SELECT count(*) FROM {table.name}").fetchone() or (0,)
        left_out = rows - (MAX_ROWS - 1)
        remark = (
            f"CUT: a sheet holds {MAX_ROWS:,} rows; {left_out:,} rows are missing here. "
            "Export as parquet, csv or duckdb for all."
            if left_out > 0
            else ""
        )
        sheet.write_row(number, 0, [table.name, table.grain, rows, remark])


def _write_sheet(warehouse: Warehouse, table: Table, sheet: Any, bold: Any, formats: dict[str, Any]) -> None:
    answer = warehouse.connection.execute(f"{harmless(table)} {order_of(table)} LIMIT {MAX_ROWS - 1}")
    styles = [formats.get(column.type) for column in table.columns]
    write_rows(sheet, table.names, answer, styles, bold)


def write_rows(
    sheet: Any, headings: Sequence[str], answer: duckdb.DuckDBPyConnection, styles: Sequence[Any], bold: Any
) -> None:
    """A line of headings, then the answer's rows; `styles` are the formats of the columns' cells."""
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, headings, bold)
    for number, row in enumerate(_rows(answer), start=1):
        for place, value in enumerate(row):
            if value is not None:
                _write_cell(sheet, number, place, value, styles[place])


def _write_cell(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, fitting(value))
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, dt.date):
        if (value.date() if isinstance(value, dt.datetime) else value) < FIRST_DAY:
            sheet.write_string(row, column, value.isoformat())
        else:
            sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value)


def fitting(text: str) -> str:
    """The text as far as a cell can hold it, with a visible mark where it was cut."""
    if len(text) * 2 <= MAX_CELL or len(text.encode("utf-16-le")) // 2 <= MAX_CELL:
        return text
    mark = CUT.format(length=len(text))
    room = 2 * (MAX_CELL - len(mark))
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + mark


def _rows(answer: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while chunk := answer.fetchmany(CHUNK):
        yield from chunk
