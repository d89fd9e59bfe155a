"""What an audit meets besides good warehouses: little, odd or doubled reports, and a disk that is full."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tasks.load import load_batch
from tests.warehouse.audit.forms import sound, with_form
from tests.warehouse.made import made_report
from warehouse.audit.run import audit
from warehouse.lake import Warehouse, open_warehouse
from warehouse.reuse.measure import measure

ROOT = Path(__file__).parents[3]

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from flows.cli import main
sys.argv = ["gongkai", *sys.argv[2:]]
main()
"""


def test_one_report_without_body_year_or_region_is_audited(warehouse: Warehouse) -> None:
    load_batch(warehouse, [made_report(1, agency=None, agency_id=None, year=None, form="narrative")])
    assert audit(warehouse).reports == 1
    assert measure(warehouse).measured == 0
    assert warehouse.rows("FROM compliance WHERE year IS NOT NULL") == warehouse.rows("FROM reuse") == []


def test_of_two_reports_of_a_year_the_views_take_one_and_the_audit_names_both(warehouse: Warehouse) -> None:
    load_batch(warehouse, [with_form(number, "form-2021", sound("form-2021")) for number in (1, 2)])
    audit(warehouse)
    found = warehouse.rows("SELECT document_id FROM checks WHERE rule = 'duplicate_report' AND NOT passed")
    assert len(found) == 2
    for view in ("compliance", "rates"):
        assert warehouse.rows(f"SELECT agency_id, year FROM {view}") == [{"agency_id": "a-1", "year": 2021}]
    assert warehouse.rows("SELECT has_duplicate FROM compliance") == [{"has_duplicate": True}]


@pytest.mark.parametrize("command", ["audit", "compare"])
def test_a_warehouse_without_reports_is_told(home: Path, command: str) -> None:
    names = ["a", "b"] if command == "compare" else []
    run = subprocess.run(
        [sys.executable, "-m", "flows.cli", command, *names, "--home", str(home)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    said = {"audit": (0, "0 reports audited", ""), "compare": (1, "", "No document is called 'a'")}[command]
    assert (run.returncode, said[1] in run.stdout, said[2] in run.stderr) == (said[0], True, True), run


def test_a_full_disk_is_told_and_no_check_is_half_written(home: Path, tmp_path: Path) -> None:
    with open_warehouse(home) as warehouse:
        load_batch(
            warehouse,
            [with_form(n, "form-2021", sound("form-2021"), agency_id=f"a-{n}") for n in range(40)],
        )
    full = tmp_path / "full"
    shutil.copytree(home, full)
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, "8000", "audit", "--home", str(full)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (run.returncode, "Traceback" in run.stderr) == (1, False), run.stderr
    assert "full" in run.stderr or "limits" in run.stderr, run.stderr
    with open_warehouse(full) as warehouse:
        assert warehouse.rows("FROM checks WHERE stage = 'audit'") == warehouse.rows("FROM sketches") == []
        assert audit(warehouse).reports == 40


def test_a_rule_that_fails_is_named_by_its_error_and_leaves_nothing_behind(warehouse: Warehouse) -> None:
    load_batch(warehouse, [with_form(1, "form-2021", sound("form-2021"))])

    def broken(rule: str) -> None:
        warehouse.connection.execute("SELECT no_such_column FROM reports")

    with pytest.raises(duckdb.BinderException, match="no_such_column"):
        audit(warehouse, progress=broken)
    assert warehouse.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'temp'") == []
    assert audit(warehouse).reports == 1
