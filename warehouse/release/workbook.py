"""The release's Excel workbook: Chinese headings, one line a report in the wide sheets.

All facts and cells, which no spreadsheet holds, are in Parquet, CSV and DuckDB; the first sheet says so.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

import seeds
from warehouse.contract import AGENCIES, CHECKS, INDICATORS, PANEL, REPORTS, Table, quoted
from warehouse.export_excel import FORMATS, MAX_ROWS, OPTIONS, write_rows
from warehouse.export_files import harmless
from warehouse.release.edition import LICENCES, Edition

FILE = "gongkai.xlsx"

REPORT_COLUMNS = (
    *("agency", "year", "title", "form", "agency_level", "agency_kind", "province", "city", "county"),
    *("region_code", "published_on", "signed_on", "document_number", "index_number", "fact_count"),
    *("is_primary", "uri", "agency_id", "document_id"),
)
WIDE = ("agency", "year", "region_code", "form", "agency_id", "document_id")
MAX_CONCEPTS = 200
"""Columns of the wide sheet: the concepts most often stated (there are fewer than 150)."""


def write_workbook(
    connection: duckdb.DuckDBPyConnection, edition: Edition, folder: Path, progress: Callable[[str], None]
) -> Path:
    """gongkai.xlsx from the release's database: 说明, then 年度报告, 面板数据, 机构, 核查结果, 指标."""
    import xlsxwriter  # type: ignore[import-untyped]  # a slow import

    file = folder / FILE
    book = xlsxwriter.Workbook(str(file), {**OPTIONS, "tmpdir": str(folder)})
    styles = {type_: book.add_format({"num_format": form}) for type_, form in FORMATS.items()}
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
    first = book.add_worksheet("说明")
    written = []
    for sheet_name, query, headings, types in _sheets(connection):
        progress(sheet_name)
        sheet = book.add_worksheet(sheet_name)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, len(headings), 13)
        (rows,) = connection.execute(f"SELECT count(*) FROM ({query})").fetchone() or (0,)
        answer = connection.execute(f"{query} LIMIT {MAX_ROWS - 1}")
        write_rows(sheet, headings, answer, [styles.get(type_) for type_ in types], bold)
        sheet.autofilter(0, 0, min(rows, MAX_ROWS - 1), len(headings) - 1)
        written.append((sheet_name, rows))
    _write_first(first, edition, written, bold)
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(*error.args[0].args) if isinstance(error.args[0], OSError) else error from error
    return file


def chinese() -> dict[str, str]:
    """Chinese names of tables and columns (seeds/headings.csv)."""
    return {row["name"]: row["zh"] for row in seeds.rows("headings.csv")}


Sheet = tuple[str, str, list[str], list[str]]
"""Its name, the query of its rows, the headings and the DuckDB types of its columns."""


def _sheets(connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
    names = chinese()
    failed = (
        "agency",
        "year",
        "rule",
        "severity",
        "expected",
        "actual",
        "message_zh",
        "message",
        "document_id",
    )
    checks = (
        f"SELECT {', '.join(failed)} FROM ({harmless(CHECKS)}) JOIN (SELECT document_id, agency, year "
        f"FROM ({harmless(REPORTS)})) USING (document_id) WHERE NOT passed "
        "ORDER BY agency, year, rule, message, document_id"
    )
    return [
        _sheet(REPORTS, REPORT_COLUMNS, "ORDER BY region_code, agency, year, document_id"),
        _wide(connection),
        _sheet(AGENCIES, AGENCIES.names, "ORDER BY region_code, name, agency_id"),
        (names["checks"], checks, [names[name] for name in failed], [""] * len(failed)),
        _sheet(INDICATORS, INDICATORS.names, ""),
    ]


def _sheet(table: Table, columns: tuple[str, ...], order: str) -> Sheet:
    names, types = chinese(), {column.name: column.type for column in table.columns}
    query = f"SELECT {', '.join(columns)} FROM ({harmless(table)}) {order}"
    return names[table.name], query, [names[name] for name in columns], [types[name] for name in columns]


def _wide(connection: duckdb.DuckDBPyConnection) -> Sheet:
    """Body and year in a line, a column for each concept that any report states."""
    found = connection.execute(
        """SELECT p.indicator, coalesce(any_value(i.label_zh), p.indicator), any_value(p.unit)
           FROM panel p LEFT JOIN indicators i USING (indicator)
           GROUP BY p.indicator ORDER BY count(*) DESC, p.indicator LIMIT ?""",
        [MAX_CONCEPTS],
    ).fetchall()
    values = "".join(
        f", any_value(value) FILTER (indicator = {quoted(code)}) AS {_identifier(code)}"
        for code, _, _ in found
    )
    query = (
        f"SELECT {', '.join(WIDE)}{values} FROM ({harmless(PANEL)}) GROUP BY {', '.join(WIDE)} "
        "ORDER BY region_code, agency, year, agency_id"
    )
    names = chinese()
    headings = [names[name] for name in WIDE] + [f"{label}（{unit}）" for _, label, unit in found]
    return names["panel"], query, headings, [""] * len(headings)


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _write_first(sheet: Any, edition: Edition, written: list[tuple[str, int]], bold: Any) -> None:
    name, address = LICENCES[edition.licence]
    lines: list[tuple[object, ...]] = [
        (edition.title,),
        ("版本", edition.version),
        ("发布日期", edition.released_on.isoformat()),
        ("许可", f"{name}（{address}）"),
        ("引用", edition.citation),
        ("数据字典", "dictionary.md；完整数据见 parquet/、csv/ 和 site/gongkai.duckdb"),
        ("防公式", "以 = + - @ 开头的文字前加了半角撇号 '，以免被当作公式执行"),
        (),
        ("工作表", "行数", "备注"),
    ]
    for name, rows in written:
        left = rows - (MAX_ROWS - 1)
        lines.append((name, rows, f"一张工作表容不下，缺最后 {left:,} 行" if left > 0 else ""))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 2, 60)
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            is_heading = place == 0 or line[0] == "工作表"
            write = sheet.write_number if isinstance(cell, int) else sheet.write_string
            write(number, place, cell, bold if is_heading else None)
