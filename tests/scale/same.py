"""What a warehouse says, without what differs from run to run: times and the run's id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from warehouse.contract import AGENCIES, DOCUMENT_TABLES, FETCHES, Table
from warehouse.lake import open_warehouse

TOLD = (*DOCUMENT_TABLES, AGENCIES, FETCHES)
DIFFERS = ("run_id", "duration_s")


def contents(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table that a run fills, in one order."""
    with open_warehouse(home, read_only=True) as warehouse:
        return {
            table.name: warehouse.connection.execute(
                f"SELECT {_columns(table)} FROM {table.name} ORDER BY ALL"
            ).fetchall()
            for table in TOLD
        }


def _columns(table: Table) -> str:
    kept = [each for each in table.columns if "TIME" not in each.type and each.name not in DIFFERS]
    return ", ".join(f'"{each.name}"' for each in kept)
