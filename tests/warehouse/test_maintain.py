from __future__ import annotations

from pathlib import Path

import pytest

from tasks.load import begin_run, load_batch
from tests.warehouse.made import made_report
from warehouse import maintain as maintain_module
from warehouse.contract import TABLES
from warehouse.lake import open_warehouse
from warehouse.maintain import maintain


def contents(home: Path) -> dict[str, list[str]]:
    with open_warehouse(home, read_only=True) as warehouse:
        return {
            table.name: sorted(map(repr, warehouse.connection.execute(f"FROM {table.name}").fetchall()))
            for table in TABLES
        }


def test_maintain_merges_files_and_changes_no_row(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintain_module, "GRACE", maintain_module.dt.timedelta(0))
    with open_warehouse(home) as warehouse:
        begin_run(warehouse, "ingest")
    with open_warehouse(home) as warehouse:
        for generation in range(6):
            load_batch(warehouse, [made_report(i, generation=generation) for i in range(generation + 1)])
    before = contents(home)
    done = maintain(home, keep_days=0)
    assert done.files_after < done.files_before / 2
    assert done.snapshots_expired > 0
    assert contents(home) == before
    maintain(home, keep_days=0)
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(0, generation=9)])
    assert contents(home) != before


def test_loading_merges_small_files_by_itself(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintain_module, "CROWDED", 4)
    monkeypatch.setattr("tasks.load.batch.LOADS_BETWEEN_LOOKS", 4)
    with open_warehouse(home) as warehouse:
        for number in range(9):
            load_batch(warehouse, [made_report(number, year=2000 + number)])
        most = warehouse.rows("SELECT max(file_count) AS n FROM ducklake_table_info('gongkai')")
    assert most[0]["n"] <= 4
    assert len(contents(home)["facts"]) == 27


def test_a_run_of_few_documents_leaves_no_file_for_its_own_bookkeeping(home: Path) -> None:
    with open_warehouse(home) as warehouse:
        begin_run(warehouse, "ingest")
    assert not list((home / "lake").rglob("runs/*.parquet"))
