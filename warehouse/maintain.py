"""Keeps the lake tidy: small files merged, deleted rows dropped, old snapshots and their files let go.

Each step is a transaction of its own that changes no row anybody can see.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from warehouse.contract import quoted
from warehouse.faults import explained
from warehouse.lake import Warehouse, open_warehouse
from warehouse.place import DATA
from warehouse.store import Store

KEEP_DAYS = 30
"""How long old states stay readable (time travel) before `maintain` expires them."""

GRACE = dt.timedelta(days=1)
"""How long a file that no snapshot needs stays on disk: a reader may still be in the middle of it."""

CROWDED = 64
"""Files of one table from which loading gets slower: each batch looks into every file of some tables
(measured with 500 documents a batch: 0.20 s at 1 file, 0.23 s at 64, 0.49 s at 200)."""

SMALL_BYTES = 32_000_000
"""Smaller files are merged while loading goes on, so that hardly a row is written more than twice; `maintain`
merges larger ones, too."""

SORTED_BY = {
    "facts": "left(document_id, 2) ASC, dimension ASC NULLS FIRST, indicator ASC, document_id ASC",
}
"""How `maintain` sorts a table's rows when it merges its files. Of facts, the documents whose id begins with
the same two digits stand together (a 256th of the lake: few groups of rows hold a body's documents); among
them the facts of one indicator (so that a sum over the nation reads little else)."""

SORT_MEMORY = "2GB"
"""What sorting may use of memory; the rest of a large table waits on the disk."""

REWRITE_SHARE = 0.2
"""A file is rewritten when this share of its rows has been deleted."""


@dataclass(frozen=True, slots=True)
class Tidied:
    """What `maintain` did."""

    files_before: int
    files_after: int
    bytes_before: int
    bytes_after: int
    snapshots_expired: int

    @property
    def message(self) -> str:
        return (
            f"{self.files_before:,} → {self.files_after:,} files, {self.bytes_before / 1e6:.1f} → "
            f"{self.bytes_after / 1e6:.1f} MB, {self.snapshots_expired:,} old states let go"
        )


def maintain(home: Path, keep_days: int = KEEP_DAYS) -> Tidied:
    """Tidy the warehouse at `home` as its writer; states older than `keep_days` are no longer readable."""
    with open_warehouse(home) as warehouse:
        return tidy(warehouse, keep_days)


def tidy(warehouse: Warehouse, keep_days: int) -> Tidied:
    """As `maintain`, for a warehouse that is open for writing."""
    home, connection, store = warehouse.home, warehouse.connection, warehouse.place.open_store()
    with explained(home):
        before = _stored(store)
        connection.execute("CALL ducklake_flush_inlined_data('gongkai')").fetchall()
        connection.execute(
            f"CALL ducklake_rewrite_data_files('gongkai', delete_threshold => {REWRITE_SHARE})"
        ).fetchall()
        _merge_sorted(warehouse)
        oldest = dt.datetime.now(dt.UTC) - dt.timedelta(days=keep_days)
        expired = connection.execute(
            "CALL ducklake_expire_snapshots('gongkai', older_than => ?)", [oldest]
        ).fetchall()
        unused = dt.datetime.now(dt.UTC) - GRACE
        for clean in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files"):
            connection.execute(f"CALL {clean}('gongkai', older_than => ?)", [unused]).fetchall()
        after = _stored(store)
    return Tidied(before[0], after[0], before[1], after[1], len(expired))


def merge_small_files(warehouse: Warehouse) -> None:
    """Merge the tables' small files; the old ones stay until `maintain` removes them.

    On one thread: two take as long (one file is written at a time) and twice the memory.
    """
    with explained(warehouse.home):
        warehouse.connection.execute("SET threads = 1")
        try:
            _merge(warehouse, f"max_file_size => {SMALL_BYTES}")
        finally:
            warehouse.connection.execute("RESET threads")


def _merge_sorted(warehouse: Warehouse) -> None:
    """Merge all files up to their full size, and sort. The order is set for as long as that takes: sorting
    costs twice the time and four times the memory, which loading had better not spend."""
    connection = warehouse.connection
    connection.execute(f"SET memory_limit = {quoted(SORT_MEMORY)}")
    try:
        for table, order in SORTED_BY.items():
            connection.execute(f"ALTER TABLE {table} SET SORTED BY ({order})")
        _merge(warehouse)
    finally:
        for table in SORTED_BY:
            connection.execute(f"ALTER TABLE {table} RESET SORTED BY")
        connection.execute("RESET memory_limit")


def _merge(warehouse: Warehouse, *options: str) -> None:
    arguments = ", ".join(("'gongkai'", *options))
    warehouse.connection.execute(f"CALL ducklake_merge_adjacent_files({arguments})").fetchall()


def is_crowded(warehouse: Warehouse) -> bool:
    """Some table has so many small files that loading gets slower. Takes about 15 ms."""
    with explained(warehouse.home):
        most = warehouse.connection.execute(
            f"SELECT max(file_count - file_size_bytes // {SMALL_BYTES}) FROM ducklake_table_info('gongkai')"
        ).fetchone()
    return bool(most and most[0] and most[0] >= CROWDED)


def _stored(store: Store) -> tuple[int, int]:
    """Files of the tables and their bytes."""
    files = [size for _, size in store.sizes(DATA, ".parquet")]
    return len(files), sum(files)
