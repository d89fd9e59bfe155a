"""Whether two warehouses say the same, but for times, the ids of runs and the order of rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from warehouse.contract import DOCUMENT_TABLES, FETCHES, TABLES, VIEWS, Table
from warehouse.lake import Warehouse, open_warehouse

LOGS = ("runs", "fetches")  # tables of what happened, not of what is known
DIFFERS = ("run_id", "attempts", "duration_s")  # and every time
SHOWN = 3  # rows of each side in a failure's message

Contents = dict[str, list[tuple[Any, ...]]]


def contents(home: Path, *, fetches: bool = False) -> Contents:
    """All rows that two runs over the same pages must agree on, the log of fetches too if wanted."""
    told = [each for each in TABLES if each.name not in LOGS or (fetches and each is FETCHES)]
    with open_warehouse(home, read_only=True) as warehouse:
        return {table.name: _rows(warehouse, table) for table in told}


def views(home: Path) -> Contents:
    """All rows of the views."""
    with open_warehouse(home, read_only=True) as warehouse:
        return {view.name: _rows(warehouse, view) for view in VIEWS}


def shuffle(warehouse: Warehouse) -> None:
    """Let the rows that documents brought lie in another order."""
    for table in DOCUMENT_TABLES:
        with warehouse.transaction():
            warehouse.connection.execute(f"CREATE TEMP TABLE cards AS FROM {table.name} ORDER BY random()")
            warehouse.connection.execute(f"DELETE FROM {table.name}")
            warehouse.connection.execute(f"INSERT INTO {table.name} FROM cards")
            warehouse.connection.execute("DROP TABLE temp.cards")


def assert_same(told: Contents, expected: Contents) -> None:
    """AssertionError with the first rows that only one side has, a line each with its table."""
    lines = []
    for table in expected:
        ours, theirs = Counter(map(repr, told[table])), Counter(map(repr, expected[table]))
        for sign, only in (("told", ours - theirs), ("expected", theirs - ours)):
            lines += [f"{table}, only {sign}: {row}" for row in list(only)[:SHOWN]]
    if lines:
        raise AssertionError("\n".join(lines))


def assert_same_homes(told: Path, expected: Path) -> None:
    """`assert_same` of two homes that the same runs have filled: of their logs of fetches too."""
    assert_same(contents(told, fetches=True), contents(expected, fetches=True))


def _rows(warehouse: Warehouse, table: Table) -> list[tuple[Any, ...]]:
    kept = [each for each in table.columns if "TIME" not in each.type and each.name not in DIFFERS]
    columns = ", ".join(f'"{each.name}"' for each in kept)
    return warehouse.connection.execute(f"SELECT {columns} FROM {table.name}").fetchall()
