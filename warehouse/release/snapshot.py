"""The release's one database: every published table and view as a plain DuckDB file, words masked.

All other files are written from it, so they agree. It is in a storage version that any DuckDB since 1.0 and
duckdb-wasm can open. Nothing that is masked ever enters it: rows are masked on their way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

from warehouse.contract import VIEWS, Table, quoted
from warehouse.export_files import STORAGE, order_of
from warehouse.lake import Warehouse
from warehouse.release.content import prose
from warehouse.release.masking import BLACK, CONTACT_KINDS, SHORTEST_CONTACT, mask

SCHEMA = "published"
MEMORY = "2500MB"
"""For DuckDB, which goes to disk beyond it: with Python and the files' writers a release stays below 4 GB."""

CONTACTS = f"""
    CREATE OR REPLACE TEMP TABLE known_contacts AS
    SELECT document_id, list(DISTINCT value) AS known FROM contacts
    WHERE kind IN {CONTACT_KINDS} AND length(value) >= {SHORTEST_CONTACT}
    GROUP BY document_id
"""
MASKS = "CREATE OR REPLACE TEMP TABLE {name} (document_id VARCHAR, original VARCHAR, masked VARCHAR)"

LOST_NUMBERS = "CREATE OR REPLACE TEMP TABLE lost_numbers (document_id VARCHAR, value DOUBLE)"
LOST = f"""
    INSERT INTO lost_numbers
    SELECT document_id, value FROM ({{query}})
    WHERE contains({{words}}, '{BLACK}') AND value IS NOT NULL
    AND NOT regexp_matches({{words}}, '[0-9０-９〇零一二三四五六七八九十两百千万]')
"""
"""Rows whose very number was blackened, so that their value may not be told either."""


def write_snapshot(
    warehouse: Warehouse,
    tables: Sequence[Table],
    file: Path,
    progress: Callable[[str], None],
    *,
    is_masked: bool,
) -> None:
    """Write the tables into a new database `file`, all in the state of one moment."""
    connection = warehouse.connection
    with _attached(connection, file), warehouse.transaction():
        if is_masked:
            connection.execute(CONTACTS)
            connection.execute(LOST_NUMBERS)
        for table in tables:
            progress(table.name)
            for statement in replace(table, name=f"{SCHEMA}.{table.name}").ddl():
                connection.execute(statement)
            query = f"SELECT {_columns(table)} FROM {table.name} {order_of(table)}"
            if is_masked and table in VIEWS:  # worked out once, not for each column that is looked through
                connection.execute(f"CREATE OR REPLACE TEMP TABLE whole AS {query}")
                query = _masked(connection, table, "whole")
            elif is_masked:
                query = _masked(connection, table, table.name)
            connection.execute(f"INSERT INTO {SCHEMA}.{table.name} BY NAME {query}")
            connection.execute(f"COMMENT ON TABLE {SCHEMA}.{table.name} IS {quoted(table.grain)}")


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, file: Path) -> Iterator[None]:
    """The file attached as `published` and memory bounded; undone at the end."""
    before = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    connection.execute(f"SET memory_limit = {quoted(MEMORY)}")
    connection.execute(f"ATTACH {quoted(str(file))} AS {SCHEMA} (STORAGE_VERSION {quoted(STORAGE)})")
    try:
        yield
    finally:
        connection.execute(f"DETACH {SCHEMA}")
        if before:
            connection.execute(f"SET memory_limit = {quoted(str(before[0]))}")


def _masked(connection: duckdb.DuckDBPyConnection, table: Table, rows: str) -> str:
    """A SELECT of the table's `rows` with words masked, without those whose very number was blackened; in
    the order in which they lie, which joins do not keep."""
    touched = [name for name in prose(table) if _find_masks(connection, rows, name)]
    columns = ", ".join(
        f'coalesce("mask_{name}".masked, t."{name}") AS "{name}"' if name in touched else f't."{name}"'
        for name in table.names
    )
    joins = "".join(
        f' LEFT JOIN "mask_{name}" ON "mask_{name}".document_id = t.document_id'
        f' AND "mask_{name}".original = t."{name}"'
        for name in touched
    )
    query = f"SELECT {columns}, lies_at FROM (SELECT *, row_number() OVER () AS lies_at FROM {rows}) t{joins}"
    if "value" in table.names and "document_id" in table.names:
        words = next((name for name in ("evidence", "raw") if name in touched), None)
        if words:
            connection.execute(LOST.format(query=query, words=words))
        # by value, too: a view that shows no words may have been made from such a row
        query = f"SELECT q.* FROM ({query}) q ANTI JOIN lost_numbers l USING (document_id, value)"
    elif not touched:
        return f"SELECT {_columns(table)} FROM {rows}"
    return f"SELECT {_columns(table)} FROM ({query}) ORDER BY lies_at"


def _find_masks(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    """Put every text of the column that needs it, with its masked form, into the table mask_COLUMN.

    DuckDB sieves all texts by itself, on all cores; Python sees only those that a rule may find something in.
    """
    known = f"known IS NOT NULL AND len(list_filter(known, lambda v: contains({column}, v))) > 0"
    answer = connection.execute(
        f"""SELECT DISTINCT document_id, {column}, coalesce(known, [])
            FROM {table} LEFT JOIN known_contacts USING (document_id)
            WHERE regexp_matches({column}, {quoted(mask().sieve)}) OR ({known})"""
    )
    rows = answer.fetchall()
    pairs = [(key, text, mask()(text, known)) for key, text, known in rows]
    changed = [pair for pair in pairs if pair[1] != pair[2]]
    connection.execute(MASKS.format(name=f'"mask_{column}"'))
    if changed:
        keys, originals, masked = (list(each) for each in zip(*changed, strict=True))
        found = pa.table({"document_id": keys, "original": originals, "masked": masked})
        connection.register("found_masks", found)
        connection.execute(f'INSERT INTO "mask_{column}" FROM found_masks')
        connection.unregister("found_masks")
    return bool(changed)


def _columns(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.names)
