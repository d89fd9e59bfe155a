from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.summary import IngestSummary
from tasks.load import load_batch
from tests.same import assert_same, contents, shuffle, views
from tests.warehouse.audit.forms import sound, with_form
from warehouse.audit.run import audit
from warehouse.lake import open_warehouse
from warehouse.reuse.measure import measure

runner = CliRunner()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A warehouse with one sound report and one with a wrong sum."""
    wrong = {**sound("form-2021"), ("lawsuits_direct", None): 9.0}
    with open_warehouse(tmp_path) as warehouse:
        right = sound("form-2021")
        load_batch(warehouse, [with_form(1, "form-2021", wrong), with_form(2, "form-2021", right)])
    return tmp_path


def test_audit_tells_each_rules_outcome_and_the_findings(home: Path) -> None:
    result = runner.invoke(app, ["audit", "--home", str(home)])
    assert result.exit_code == 0
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert ["table4_sums", "error", "2", "6", "1", "1"] in lines
    assert any(line[:2] == ["error", "table4_sums"] and "9" in line[6] for line in lines)
    assert lines[-2][0].startswith("2 reports audited: 1 errors")
    assert lines[-1][0].startswith("2 reports compared with others")


def test_audit_as_json_gives_evidence_of_both_sides(home: Path) -> None:
    result = runner.invoke(app, ["audit", "--home", str(home), "--rule", "table4_sums", "--json"])
    said = json.loads(result.stdout)
    (finding,) = said["findings"]
    assert (finding["expected"], finding["actual_evidence"]) == ("0", "9")
    assert [rule["rule"] for rule in said["rules"]] == ["table4_sums"]


def test_an_unknown_rule_or_warehouse_is_told(home: Path, tmp_path: Path) -> None:
    result = runner.invoke(app, ["audit", "--home", str(home), "--rule", "horoscope"])
    assert result.exit_code == 1
    assert "carried_over, deadline" in result.stderr
    result = runner.invoke(app, ["audit", "--home", str(tmp_path / "none")])
    assert (result.exit_code, "There is no warehouse" in result.stderr) == (1, True)
    assert not (tmp_path / "none").exists()


def test_the_flow_audits_and_is_written_down(home: Path, prefect_server: None) -> None:
    from flows.audit import audit

    state = audit(str(home), return_state=True)
    assert state.is_completed()
    with open_warehouse(home, read_only=True) as warehouse:
        (run,) = warehouse.rows("FROM runs WHERE flow = 'audit'")
        assert (run["state"], run["message"]) == ("completed", state.message)
        assert warehouse.rows("FROM checks WHERE NOT passed AND rule = 'table4_sums'")


def test_the_flow_fails_in_words_where_there_is_no_warehouse(tmp_path: Path, prefect_server: None) -> None:
    from flows.audit import audit

    state = audit(str(tmp_path / "none"), return_state=True)
    assert state.is_failed()
    assert "There is no warehouse" in (state.message or "")


@pytest.mark.slow
def test_the_order_in_which_rows_lie_changes_nothing(
    ingest: Callable[..., IngestSummary], generated: Callable[[int], Path], tmp_path: Path
) -> None:
    ingest(tmp_path / "home", generated(120))
    told, seen = contents(tmp_path / "home"), views(tmp_path / "home")
    assert sum(row.count(False) for row in told["checks"]) > 300, "findings of many kinds"
    with open_warehouse(tmp_path / "home") as warehouse:
        shuffle(warehouse)
        assert audit(warehouse).changed == 0
        measure(warehouse)
    assert_same(contents(tmp_path / "home"), told)
    assert_same(views(tmp_path / "home"), seen)
