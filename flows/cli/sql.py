"""`gongkai sql`: one query on the warehouse, opened for reading."""

from __future__ import annotations

import csv
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import typer

from flows.cli.printing import console, plain, print_table, printable
from tasks.errors import GongkaiError
from warehouse.faults import explanation
from warehouse.lake import open_warehouse

CHUNK = 10_000
SHOWN = 1_000
"""Rows that a terminal shows; --csv and --json print all."""

Row = Sequence[Any]


def sql(query: str, home: Path, *, as_json: bool, as_csv: bool) -> None:
    """Print the query's rows as a table, CSV or JSON."""
    text = sys.stdin.read() if query == "-" else query
    with _ended_by_ctrl_c(), open_warehouse(home, read_only=True) as warehouse:
        answer = _execute(warehouse.connection, text, warehouse.home)
        if answer.description is None:
            return
        headings = [column[0] for column in answer.description]
        rows = _rows(answer, warehouse.home)
        if as_json:
            _print_json(headings, rows)
        elif as_csv:
            _print_csv(headings, rows)
        else:
            _print_table(headings, rows)


@contextmanager
def _ended_by_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C end the process at once: DuckDB 1.5.5 looks for it only between parts of a query, any of
    which may take for ever, and a reader leaves nothing behind."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _execute(connection: duckdb.DuckDBPyConnection, query: str, home: Path) -> duckdb.DuckDBPyConnection:
    try:
        return connection.execute(query)
    except duckdb.Error as error:
        raise _told(error, home) from error


def _rows(answer: duckdb.DuckDBPyConnection, home: Path) -> Iterator[Row]:
    """The rows as they come; an error in the middle of them is told like one before."""
    while True:
        try:
            chunk = answer.fetchmany(CHUNK)
        except duckdb.Error as error:
            raise _told(error, home) from error
        if not chunk:
            return
        yield from chunk


def _told(error: duckdb.Error, home: Path) -> GongkaiError:
    message = str(error).strip()
    fault = explanation(error, home) if str(home) in message else None  # else it is the query's own file
    if fault is not None:
        return fault
    if "read-only mode" in message:
        return GongkaiError(message, "`gongkai sql` only reads; the flows write.")
    return GongkaiError(message, "Mend the query; `gongkai dictionary` lists tables and columns.")


def _print_table(headings: list[str], rows: Iterator[Row]) -> None:
    if not console().is_terminal:
        print_table(headings, rows)
        return
    print_table(headings, islice(rows, SHOWN))
    if next(rows, None) is not None:
        typer.echo(f"… the first {SHOWN:,} rows; --csv and --json print all.")


def _print_csv(headings: list[str], rows: Iterator[Row]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)


def _csv_cell(value: object) -> object:
    if isinstance(value, (list, dict)):
        return json.dumps(plain(value), ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, (str, float)) else printable(value)


def _print_json(headings: list[str], rows: Iterator[Row]) -> None:
    """An array with one object a line."""
    separator = "["
    for row in rows:
        line = {heading: plain(cell) for heading, cell in zip(headings, row, strict=True)}
        typer.echo(f"{separator}\n{json.dumps(line, ensure_ascii=False, allow_nan=False)}", nl=False)
        separator = ","
    typer.echo("\n]" if separator == "," else "[]")
