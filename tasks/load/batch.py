"""One batch into the warehouse: the documents' old rows leave and the new ones enter in one transaction.

With them, in the same transaction: the choice of primary reports, the bodies (`agencies`) and the quarantine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from tasks.load.bodies import settle_agencies, settle_primaries
from tasks.load.parts import read_parts
from tasks.load.rows import Loaded, Rows, rows_of
from warehouse.contract import (
    DERIVED_TABLES,
    DOCUMENT_ID,
    DOCUMENT_TABLES,
    DOCUMENTS,
    FACTS,
    QUARANTINE,
    REPORTS,
)
from warehouse.lake import Warehouse
from warehouse.maintain import is_crowded, merge_small_files

BATCH = 2_000
"""Documents a transaction. Beside the rows each costs files and a look at the bodies: 0.6 ms of processor
time a document at 1,000, 0.4 at 2,000, 0.3 at 4,000; but a killed run has up to so many to read again."""

LOADS_BETWEEN_LOOKS = 16
"""Batches between two looks at the number of files: a look takes 15 ms, a batch some hundred."""


@dataclass(frozen=True, slots=True)
class LoadCounts:
    """What a batch brought: documents, those among them that are reports, and their facts."""

    documents: int = 0
    reports: int = 0
    facts: int = 0

    def __add__(self, other: LoadCounts) -> LoadCounts:
        return LoadCounts(
            self.documents + other.documents, self.reports + other.reports, self.facts + other.facts
        )


def load_batch(warehouse: Warehouse, documents: Iterable[Loaded]) -> LoadCounts:
    """Load the documents in one transaction; loading the same ones again changes nothing."""
    return load_rows(warehouse, rows_of(documents))


def load_parts(warehouse: Warehouse, parts: Sequence[Path | str]) -> LoadCounts:
    """Load the parts (`write_part`) together in one transaction. The caller deletes them afterwards."""
    return load_rows(warehouse, read_parts(parts))


def load_rows(warehouse: Warehouse, rows: Rows) -> LoadCounts:
    """Load rows in one transaction; GongkaiError when the disk is full or cannot be written."""
    counts = LoadCounts(*(rows[table.name].num_rows for table in (DOCUMENTS, REPORTS, FACTS)))
    if not counts.documents:
        return counts
    _tidy(warehouse)
    with warehouse.transaction() as connection:
        connection.register("incoming_ids", _with_further_reports(connection, rows[DOCUMENTS.name]))
        try:
            _load(connection, rows)
        finally:
            connection.unregister("incoming_ids")
    return counts


def _tidy(warehouse: Warehouse) -> None:
    """Now and then merge small files, so that the hundredth batch loads as fast as the first."""
    is_time = warehouse.loads % LOADS_BETWEEN_LOOKS == 0 and not warehouse.in_transaction
    if is_time and is_crowded(warehouse):
        merge_small_files(warehouse)
    warehouse.loads += 1


def _load(connection: duckdb.DuckDBPyConnection, rows: Rows) -> None:
    reports, bodies = settle_primaries(connection, rows[REPORTS.name])
    if _any(connection, "documents"):
        for table in (*DOCUMENT_TABLES, *DERIVED_TABLES):
            connection.execute(f"DELETE FROM {table.name} WHERE document_id IN (FROM incoming_ids)")
    if _any(connection, QUARANTINE.name):
        connection.execute("DELETE FROM quarantine WHERE document_id IN (FROM incoming_ids)")
    for name, incoming in {**rows, REPORTS.name: reports}.items():
        if incoming.num_rows:
            connection.register("incoming", incoming)
            connection.execute(f"INSERT INTO {name} BY NAME FROM incoming")
            connection.unregister("incoming")
    settle_agencies(connection, bodies)


def _with_further_reports(connection: duckdb.DuckDBPyConnection, documents: pa.Table) -> pa.Table:
    """The ids of the documents, and of what the warehouse holds as further reports on their pages."""
    connection.register("incoming", documents.select([DOCUMENT_ID.name]))
    ids = connection.execute(
        "FROM incoming UNION "
        "SELECT document_id FROM documents WHERE report_no > 1 AND parent_id IN (FROM incoming)"
    ).to_arrow_table()
    connection.unregister("incoming")
    return ids


def _any(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Some incoming document has a row in the table. Asked first, because a delete that finds nothing still
    reads every column file of the table."""
    found = connection.execute(
        f"SELECT 1 FROM {table} WHERE document_id IN (FROM incoming_ids) LIMIT 1"
    ).fetchone()
    return found is not None
