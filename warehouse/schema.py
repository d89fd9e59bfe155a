"""Brings a warehouse up to this version's contract: tables, columns, comments, views, reference rows.

What was brought in is remembered as a fingerprint in warehouse.json beside the version of the schema,
so that an up-to-date warehouse opens without looking. No rows of documents here.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

import duckdb
import pyarrow as pa  # type: ignore[import-untyped]

import seeds
from tasks.errors import GongkaiError
from warehouse.audit.rules import rules
from warehouse.contract import (
    INDICATORS,
    REFERENCE_TABLES,
    RULES,
    SCHEMA_VERSION,
    TABLES,
    VIEWS,
    Table,
    quoted,
)
from warehouse.store import Store

STAMP = "warehouse.json"
VIEW_FOLDER = Path(__file__).parent / "views"
MACRO_FOLDER = Path(__file__).parent / "macros"
RATES_MACROS, PANEL_MACROS = "rates", "balanced_panel"  # views read the first, the second reads a view

OPTIONS = {
    "parquet_compression": "zstd",
    # Rows of documents go to Parquet: text kept in the catalog makes it slow and large.
    "data_inlining_row_limit": "0",
    # Merging makes files of this size (`warehouse.maintain`): a body's documents lie in few of them.
    "target_file_size": "512MB",
}
# Few rows a run, changed one by one: kept in the catalog, not in a file each.
# (A limit above 0 must be set table by table: as a global option DuckLake 1.5.5 crashes where a view exists.)
INLINED_TABLES = ("runs", "quarantine", "sources", "fetches", "crawls", "web_pages")
INLINED_ROWS = 1000

# A writer holds a row group in memory: 122,880 rows by default, which are 2 GB of documents' texts.
ROW_GROUPS = {"documents": 2_048, "sections": 16_384}


def check_version(store: Store) -> None:
    """Raise when the warehouse was written by a newer schema than this gongkai knows."""
    found = _stamp(store).get("schema_version", 0)
    if not isinstance(found, int) or found > SCHEMA_VERSION:
        raise GongkaiError(
            f"The warehouse at {store.name} was written by a newer gongkai (schema {found}; "
            f"this is {version('gongkai')} with schema {SCHEMA_VERSION}).",
            "Upgrade gongkai, or choose another folder with --home.",
        )


def exists(store: Store) -> bool:
    """Some gongkai has made a warehouse there."""
    return store.has(STAMP)


def is_current(store: Store) -> bool:
    """The warehouse has the tables, views and reference rows of this gongkai."""
    return _stamp(store).get("fingerprint") == _fingerprint()


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, store: Store) -> None:
    """Create what is missing, replace views and reference rows; nothing when the fingerprint is known."""
    if is_current(store):
        return
    for option, value in OPTIONS.items():
        connection.execute(f"CALL gongkai.set_option({quoted(option)}, {quoted(value)})")
    connection.execute("BEGIN")
    for table in TABLES:
        _create(connection, table)
    for table in REFERENCE_TABLES:
        _load_reference(connection, table)
    connection.execute(macros(RATES_MACROS))
    for view in VIEWS:
        connection.execute(f"CREATE OR REPLACE VIEW {view.name} AS {view_query(view)}")
        connection.execute(f"COMMENT ON VIEW {view.name} IS {quoted(view.grain)}")
    connection.execute(macros(PANEL_MACROS))
    connection.execute("COMMIT")
    for name in INLINED_TABLES:
        _set_table_option(connection, name, "data_inlining_row_limit", INLINED_ROWS)
    for name, rows in ROW_GROUPS.items():
        _set_table_option(connection, name, "parquet_row_group_size", rows)
    _write_stamp(store)


def _set_table_option(connection: duckdb.DuckDBPyConnection, table: str, option: str, value: int) -> None:
    connection.execute(f"CALL gongkai.set_option({quoted(option)}, {value}, table_name => {quoted(table)})")


def view_query(view: Table) -> str:
    """The SELECT of the view."""
    return (VIEW_FOLDER / f"{view.name}.sql").read_text("utf-8")


def macros(name: str) -> str:
    """The macros of warehouse/macros/NAME.sql, as statements."""
    return (MACRO_FOLDER / f"{name}.sql").read_text("utf-8")


def _create(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    known = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = 'gongkai' AND table_name = ?",
        [table.name],
    ).fetchall()
    create, *comments = table.ddl()
    if not known:
        connection.execute(create)
    for column in table.columns if known else ():
        if (column.name,) not in known:
            connection.execute(f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {column.type}')
    for comment in comments:
        connection.execute(comment)


def _load_reference(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    rows = _reference_rows(table)
    if rows is None:
        return
    connection.register("reference_rows", rows)
    # Facts read by older rules still bear an indicator that the seeds have no more, and `panel` shows them.
    stays = "WHERE indicator IN (SELECT indicator FROM reference_rows)" if table is INDICATORS else ""
    connection.execute(f"DELETE FROM {table.name} {stays}")
    connection.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM reference_rows")
    connection.unregister("reference_rows")


def _reference_rows(table: Table) -> pa.Table | None:
    """The table's rows: of `rules` from the audit's files, else from the seed of the same name."""
    if table is RULES:
        known = [{name: getattr(rule, name) for name in table.names} for rule in rules()]
        return pa.Table.from_pylist(known, table.schema())
    file = _seed(table)
    if file is None:
        return None
    from pyarrow import csv  # only here: most openings need none

    return csv.read_csv(
        file,
        convert_options=csv.ConvertOptions(
            column_types=table.schema(),
            include_columns=table.names,
            include_missing_columns=True,
            strings_can_be_null=True,
            null_values=[""],
        ),
    )


def _seed(table: Table) -> Path | None:
    files = (seeds.FOLDER / f"{table.name}{ending}" for ending in (".csv", ".csv.gz"))
    return next((file for file in files if file.is_file()), None)


@cache
def _fingerprint() -> str:
    parts = [repr(SCHEMA_VERSION), repr(OPTIONS), repr(ROW_GROUPS)]
    parts += [statement for table in TABLES for statement in table.ddl()]
    parts += [view_query(view) + view.grain for view in VIEWS]
    parts += [macros(RATES_MACROS), macros(PANEL_MACROS), *(repr(rule) for rule in rules())]
    digest = hashlib.sha256("\n".join(parts).encode())
    for table in REFERENCE_TABLES:
        file = _seed(table)
        digest.update(file.read_bytes() if file else b"")
    return digest.hexdigest()


def _stamp(store: Store) -> dict[str, object]:
    try:
        stamp = json.loads(store.read(STAMP).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except (ValueError, UnicodeDecodeError) as error:
        raise GongkaiError(
            f"{store.name}/{STAMP} is damaged: {error}", "Delete that one file; the next run writes it anew."
        ) from error
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(store: Store) -> None:
    stamp = {"schema_version": SCHEMA_VERSION, "gongkai": version("gongkai"), "fingerprint": _fingerprint()}
    store.write(STAMP, (json.dumps(stamp, indent=1) + "\n").encode())
