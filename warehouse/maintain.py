"""Keeps the lake tidy: small files merged, deleted rows dropped, old snapshots and their files let go.

Each step is a transaction of its own that changes no row anybody can see.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

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
        merge_small_files(warehouse)
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
    """Merge the tables' small files into large ones; the old ones stay until `maintain` removes them.

    On one thread: two take as long (one file is written at a time) and twice the memory.
    """
    with explained(warehouse.home):
        warehouse.connection.execute("SET threads = 1")
        try:
            warehouse.connection.execute("CALL ducklake_merge_adjacent_files('gongkai')").fetchall()
        finally:
            warehouse.connection.execute("RESET threads")


def is_crowded(warehouse: Warehouse) -> bool:
    """Some table has so many files that loading gets slower. Takes about 15 ms."""
    with explained(warehouse.home):
        most = warehouse.connection.execute(
            "SELECT max(file_count) FROM ducklake_table_info('gongkai')"
        ).fetchone()
    return bool(most and most[0] and most[0] >= CROWDED)


def _stored(store: Store) -> tuple[int, int]:
    """Files of the tables and their bytes."""
    files = [size for _, size in store.sizes(DATA, ".parquet")]
    return len(files), sum(files)
