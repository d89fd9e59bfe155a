"""A warehouse copied to another home, row for row, and checked: local folders, object stores, SQLite and
PostgreSQL in any direction. The old one stays as it is.

Rows are those of now: old states (time travel) stay behind, and so do notes that a run makes again.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import GongkaiError
from warehouse.contract import REFERENCE_TABLES, TABLES, Table
from warehouse.faults import explained
from warehouse.lake import Warehouse, open_warehouse
from warehouse.place import Place

FILES = ("sources.toml", "crawl/journal.jsonl")
"""What else of a home's folder is the user's, or not yet in the warehouse."""

MARK = "move.begun"
"""In the new home's folder while a move is under way: what it holds may be begun anew."""

CHUNK = 20_000  # rows handed over at a time; document texts make a row about 10 kB
COPIERS = 16  # blobs under way at a time: they mostly wait for the store

MOVED = tuple(table for table in TABLES if table not in REFERENCE_TABLES)

Progress = Callable[[str], None]
"""Told what is copied next."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What was copied, and found the same on both sides."""

    rows: dict[str, int]
    blobs: int
    seconds: float

    @property
    def message(self) -> str:
        rows, tables = sum(self.rows.values()), len(self.rows)
        return f"{rows:,} rows of {tables} tables and {self.blobs:,} blobs copied and checked"


def move(home: Path, to: Place, progress: Progress = lambda what: None) -> Moved:
    """Copy the warehouse at `home` to `to`, which must be new or left over from a move that was cut short.

    Both are locked against writers meanwhile. Raises GongkaiError when `to` holds another warehouse, or a
    table there is not what it is here.
    """
    start = time.perf_counter()
    open_warehouse(home, read_only=True).close()  # there is one: writing would make it
    with open_warehouse(home) as old, open_warehouse(to.folder) as new:
        if old.place == new.place:
            raise GongkaiError("The warehouse is there already.", "Name another home with --to.")
        _begin(new)
        rows = {}
        for table in MOVED:
            progress(table.name)
            rows[table.name] = _copy(old, new, table)
        progress("blobs")
        blobs = _copy_blobs(old, new)
        for name in FILES:
            _copy_file(old.home / name, new.home / name)
        (new.home / MARK).unlink()
    return Moved(rows, blobs, time.perf_counter() - start)


def _begin(new: Warehouse) -> None:
    with explained(new.home):
        if not (new.home / MARK).exists():
            held = [table.name for table in MOVED if new.rows(f"SELECT 1 FROM {table.name} LIMIT 1")]
            if held:
                raise GongkaiError(
                    f"The home {new.place.name} holds a warehouse already.",
                    "Name a new one with --to; `gongkai move` never mixes two.",
                )
        (new.home / MARK).touch()


def _copy(old: Warehouse, new: Warehouse, table: Table) -> int:
    columns = ", ".join(f'"{name}"' for name in table.names)
    with new.transaction() as connection:
        connection.execute(f"DELETE FROM {table.name}")
        reader = old.connection.execute(f"SELECT {columns} FROM {table.name}").to_arrow_reader(CHUNK)
        connection.register("moving", reader)
        connection.execute(f"INSERT INTO {table.name} BY NAME FROM moving")
        connection.unregister("moving")
    there, here = _fingerprint(new, table), _fingerprint(old, table)
    if there != here:
        raise GongkaiError(
            f"Table {table.name} is not the same at {new.place.name}: {there[0]:,} rows, here {here[0]:,}.",
            "Run the same command again; if it stays, report it to the project.",
        )
    return here[0]


def _fingerprint(warehouse: Warehouse, table: Table) -> tuple[int, int]:
    """Number of rows, and a sum over all rows that no order changes and any other value does."""
    columns = ", ".join(f'"{name}"' for name in table.names)
    query = f"SELECT count(*) AS rows, coalesce(sum(hash({columns})), 0) AS told FROM {table.name}"
    [row] = warehouse.rows(query)
    return int(row["rows"]), int(row["told"])


def _copy_blobs(old: Warehouse, new: Warehouse) -> int:
    """Those that are not there yet; each is checked against its name when it is read and written."""
    there = set(new.blobs.names())
    here = sorted(old.blobs.names())
    with ThreadPoolExecutor(COPIERS) as pool:
        list(pool.map(lambda name: new.blobs.put(old.blobs.get(name)), (n for n in here if n not in there)))
    missing = set(here) - set(new.blobs.names())
    if missing:
        raise GongkaiError(
            f"{len(missing):,} blobs are not at {new.place.name}.", "Run the same command again."
        )
    return len(here)


def _copy_file(old: Path, new: Path) -> None:
    if old.is_file() and old != new:
        with explained(new):
            new.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(old, new)
