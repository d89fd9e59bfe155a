"""Exports written by DuckDB itself: Parquet, CSV and one plain .duckdb file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from warehouse.contract import TABLES, VIEWS, Table, quoted
from warehouse.lake import Warehouse
from warehouse.schema import PANEL_MACROS, RATES_MACROS, macros, view_query

DUCKDB_FILE = "gongkai.duckdb"

Progress = Callable[[str], None]
"""Told the name of each table or view before it is written."""

BOM = "\ufeff"

CHUNK = 20_000
"""Rows handed over at a time; document texts make a row about 10 kB."""

STORAGE = "v1.0.0"
"""The storage version of the .duckdb file: any DuckDB since 1.0, and duckdb-wasm, can open it."""

FORMULA = r"^[=+\-@\t\r]"
"""A spreadsheet would run a text cell that begins so as a formula; an apostrophe before it stops that."""


def write_parquet(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path, progress: Progress
) -> list[Path]:
    """NAME.parquet for each table and view."""
    files = []
    for table in tables:
        progress(table.name)
        files.append(folder / f"{table.name}.parquet")
        target = quoted(str(files[-1]))
        columns = ", ".join(f'"{name}"' for name in table.names)
        query = f"SELECT {columns} FROM {table.name} {order_of(table)}"
        connection.execute(f"COPY ({query}) TO {target} (FORMAT parquet, COMPRESSION zstd)")
    return files


def write_csv(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[Table], folder: Path, progress: Progress
) -> list[Path]:
    """NAME.csv for each table and view: UTF-8 with BOM, so that Excel reads the Chinese right."""
    files = []
    for table in tables:
        progress(table.name)
        files.append(folder / f"{table.name}.csv")
        target = quoted(str(files[-1]))
        # DuckDB writes no BOM: the first column's name brings it.
        query = harmless(table).replace(f'AS "{table.names[0]}"', f'AS "{BOM}{table.names[0]}"', 1)
        connection.execute(f"COPY ({query} {order_of(table)}) TO {target} (FORMAT csv, HEADER)")
    return files


def order_of(table: Table) -> str:
    """ORDER BY the key for a view, whose rows come in any order; tables keep that in which their rows lie."""
    return "ORDER BY " + ", ".join(f'"{name}"' for name in table.key) if table in VIEWS else ""


def harmless(table: Table) -> str:
    """A SELECT of the table for spreadsheets: no text starts like a formula, lists are joined by 、."""
    columns = []
    for column in table.columns:
        name = f'"{column.name}"'
        if column.type.endswith("[]"):
            name = f"array_to_string({name}, '、')"
        if column.type.startswith("VARCHAR"):
            name = f"CASE WHEN regexp_matches({name}, '{FORMULA}') THEN '''' || {name} ELSE {name} END"
        columns.append(f'{name} AS "{column.name}"')
    return f"SELECT {', '.join(columns)} FROM {table.name}"


def write_duckdb(warehouse: Warehouse, folder: Path, progress: Progress) -> list[Path]:
    """One plain database with tables, views and comments, for any DuckDB without extensions."""
    file = folder / DUCKDB_FILE
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": False}) as plain:
        plain.execute(f"ATTACH {quoted(str(file))} AS gongkai (STORAGE_VERSION {quoted(STORAGE)})")
        plain.execute("USE gongkai")
        for table in TABLES:
            progress(table.name)
            for statement in table.ddl():
                plain.execute(statement)
            plain.register("rows", warehouse.connection.execute(f"FROM {table.name}").to_arrow_reader(CHUNK))
            plain.execute(f"INSERT INTO {table.name} BY NAME FROM rows")
            plain.unregister("rows")
        plain.execute(macros(RATES_MACROS))
        for view in VIEWS:
            plain.execute(f"CREATE VIEW {view.name} AS {view_query(view)}")
            plain.execute(f"COMMENT ON VIEW {view.name} IS {quoted(view.grain)}")
        plain.execute(macros(PANEL_MACROS))
        plain.execute("USE memory")
        plain.execute("DETACH gongkai")
    return [file]
