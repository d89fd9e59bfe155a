"""Documents and reports as rows: one Arrow table for each table that a document fills.

A row is made by attribute name: the columns of `warehouse.contract` bear the names of the fields of
`tasks.values`. Nothing here reads or writes a warehouse.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from operator import attrgetter

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from tasks.errors import TerminalError
from tasks.values import Report
from warehouse.contract import DOCUMENT_ID, DOCUMENTS, PART_TABLES, REPORTS, Table

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

Rows = Mapping[str, pa.Table]
"""Table name → rows, for every table of `warehouse.contract.DOCUMENT_TABLES`."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one document brings into the warehouse: where its bytes came from, its text, what it says.

    `text` is `Document.text`, which every offset of `report` counts in; `bytes` is the size of the content;
    `fetched_at` is timezone aware; `report_no` counts the reports that stand on one page from 1.
    """

    document_id: str
    uri: str
    source: str | None
    media_type: str | None
    charset: str | None
    content_sha256: str
    bytes: int
    fetched_at: dt.datetime
    text: str
    report: Report
    extractor_version: str
    run_id: str | None
    parent_id: str | None = None
    report_no: int = 1

    @property
    def kind(self) -> str:
        return "report" if self.report.is_report else "other"

    @property
    def kind_reason(self) -> str:
        return self.report.kind_reason


@dataclass(frozen=True, slots=True)
class _ReportRow:
    """The columns of `reports` that are not fields of `Metadata`."""

    document_id: str
    uri: str
    form: str | None
    fact_count: int
    is_primary: bool = False  # decided in the load transaction, which sees the rivals


def rows_of(documents: Iterable[Loaded]) -> dict[str, pa.Table]:
    """The rows of the documents, by table. Of a document given twice the last one counts.

    Raises TerminalError naming the document when a value does not fit its column.
    """
    unique = list({each.document_id: each for each in documents}.values())
    try:
        return _rows_of(unique)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        if len(unique) == 1:
            raise TerminalError(
                unique[0].uri,
                "load",
                f"A value does not fit its column: {error}",
                "Report this page to the project: the extractor made a value of the wrong type.",
            ) from error
    for each in unique:  # find the one at fault
        rows_of([each])
    raise AssertionError("documents that fit one by one must fit together")


def arrow_rows(table: Table, things: Sequence[object]) -> pa.Table:
    """Rows of `table` from values whose fields bear its columns' names; columns without a field are null."""
    return _table(table, _values(table.names, things))


def _rows_of(documents: Sequence[Loaded]) -> dict[str, pa.Table]:
    reports = [each for each in documents if each.report.is_report]
    tables = {
        DOCUMENTS.name: _table(DOCUMENTS, _values(DOCUMENTS.names, documents)),
        REPORTS.name: _reports(reports),
    }
    for part in PART_TABLES:
        tables[part.name] = _parts(part, reports)
    return tables


def _reports(reports: Sequence[Loaded]) -> pa.Table:
    own = [_ReportRow(r.document_id, r.uri, r.report.form, len(r.report.facts)) for r in reports]
    fields = set(_ReportRow.__dataclass_fields__)
    metadata = [r.report.metadata for r in reports]
    columns = [list(map(attrgetter(name), own if name in fields else metadata)) for name in REPORTS.names]
    return _table(REPORTS, columns)


def _parts(table: Table, reports: Sequence[Loaded]) -> pa.Table:
    of_report = attrgetter(table.name)
    groups = [(r.document_id, of_report(r.report)) for r in reports]
    ids = list(chain.from_iterable(repeat(document_id, len(parts)) for document_id, parts in groups))
    parts = list(chain.from_iterable(parts for _, parts in groups))
    names = [name for name in table.names if name != DOCUMENT_ID.name]
    return _table(table, [ids, *_values(names, parts)])


def _values(names: Sequence[str], things: Sequence[object]) -> list[list[object]]:
    """The things' attributes, column by column; columns that they have no attribute for are null."""
    missing: list[object] = [None] * len(things)
    return [list(map(attrgetter(n), things)) if things and hasattr(things[0], n) else missing for n in names]


def _table(table: Table, columns: Sequence[Sequence[object]]) -> pa.Table:
    schema = table.schema()
    arrays = [_array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    rows = pa.Table.from_arrays(arrays, schema=schema)
    for array, column in zip(arrays, table.columns, strict=True):
        if array.null_count and not column.nullable:
            raise ValueError(f"{table.name}.{column.name} must not be null")
    return rows


def _array(values: Sequence[object], type_: pa.DataType) -> pa.Array:
    """What no table can hold becomes U+FFFD, one character for one: the lone surrogates of file names that
    are no UTF-8, and NUL, at which DuckLake 1.5.5 cuts the SQL that it writes for its catalog."""
    try:
        array = pa.array(values, type_)
    except UnicodeEncodeError:
        replaced = [_LONE_SURROGATE.sub("\ufffd", v) if isinstance(v, str) else v for v in values]
        array = pa.array(replaced, type_)
    if pa.types.is_string(type_) and pc.any(pc.match_substring(array, "\0")).as_py():
        array = pc.replace_substring(array, "\0", "\ufffd")
    return array
