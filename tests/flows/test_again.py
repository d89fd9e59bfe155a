"""The flows that work on what is there: reextract, retry, maintain."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.summary import IngestSummary
from tests.same import assert_same, contents
from tests.tasks.odd.pages import report
from warehouse.contract import DOCUMENT_TABLES
from warehouse.lake import open_warehouse
from warehouse.lock import WriterBusy

Ingest = Callable[..., IngestSummary]


def run(name: str, home: Path, **parameters: Any) -> Any:
    """Run the flow in this process and give its outcome."""
    from flows.registry import load_flow
    from flows.run import outcome_of

    flow: Any = load_flow(name)
    return outcome_of(flow(home=str(home), **parameters, return_state=True))


def query(home: Path, sql: str) -> list[dict[str, Any]]:
    with open_warehouse(home, read_only=True) as warehouse:
        return warehouse.rows(sql)


def test_reextraction_from_stored_bytes_gives_the_rows_of_the_ingest(
    tmp_path: Path, sample: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = shutil.copytree(sample, tmp_path / "pages")
    home = tmp_path / "home"
    ingest(home, pages)
    expected, fetches = contents(home), query(home, "SELECT count(*) AS n FROM fetches")
    shutil.rmtree(pages)  # nothing is fetched

    assert run("reextract", home).message == "8 documents: 0 new, 0 changed, 8 unchanged, 0 failed"
    again = run("reextract", home, everything=True)
    assert again.message == "8 documents: 0 new, 8 changed, 0 unchanged, 0 failed"
    assert_same(contents(home), expected)
    assert query(home, "SELECT count(*) AS n FROM fetches") == fetches

    monkeypatch.setattr("flows.process.extractor_version", lambda: "0.2.0+other-rules")
    assert run("reextract", home).changed == 8
    assert run("reextract", home, source="elsewhere").discovered == 0


def test_each_report_on_a_page_is_a_document_as_long_as_it_stands_there(
    tmp_path: Path, ingest: Ingest
) -> None:
    page, home = tmp_path / "pages" / "both.txt", tmp_path / "home"
    page.parent.mkdir()
    page.write_text(report() + report("台山市财政局", 2016, 900), "utf-8")
    reports = "SELECT uri, agency, year FROM reports ORDER BY uri"
    second = {"uri": "both.txt#report-2", "agency": "台山市财政局", "year": 2016}

    first = ingest(home, page.parent)
    assert (first.new, first.reports) == (1, 2)
    both = contents(home)
    assert query(home, reports) == [{"uri": "both.txt", "agency": "台山市教育局", "year": 2015}, second]
    assert (ingest(home, page.parent).unchanged, run("reextract", home).unchanged) == (1, 1)
    assert run("reextract", home, everything=True).changed == 1
    assert_same(contents(home), both)

    page.write_text(report(), "utf-8")
    assert ingest(home, page.parent).changed == 1
    assert [row["uri"] for row in query(home, reports)] == ["both.txt"]
    ids = " UNION ALL ".join(f"SELECT document_id FROM {table.name}" for table in DOCUMENT_TABLES)
    assert query(home, f"FROM ({ids}) WHERE document_id NOT IN (SELECT document_id FROM documents)") == []
    assert [row["name"] for row in query(home, "FROM agencies")] == ["台山市教育局"]


def test_a_recheck_reads_again_what_is_there_unchanged(tmp_path: Path, sample: Path, ingest: Ingest) -> None:
    ingest(tmp_path, sample)
    assert run("ingest", tmp_path, paths=[str(sample)], recheck=True).changed == 8


def test_a_retry_takes_what_failed_for_the_reason_and_was_mended(
    tmp_path: Path, sample: Path, ingest: Ingest
) -> None:
    pages = shutil.copytree(sample, tmp_path / "pages")
    (pages / "empty.html").touch()
    (pages / "gone.html").touch()
    (pages / "pipe.html").write_bytes(b"\0\1\2\3" * 500)
    home = tmp_path / "home"
    first = ingest(home, pages)
    assert len(first.failed) == 3
    assert [each.uri for each in run("retry", home, reason="is empty").failed] == ["empty.html", "gone.html"]
    assert run("retry", home, reason="no such words").discovered == 0

    shutil.copy(sample / "n01-wangcheng-2008.txt", pages / "empty.html")
    (pages / "gone.html").unlink()
    second = run("retry", home)
    assert (second.new, [each.uri for each in second.failed]) == (1, ["pipe.html"])
    assert [(each.uri, each.reason) for each in second.skipped] == [("gone.html", "gone from its source")]
    rows = query(home, "SELECT uri, attempts, source FROM quarantine ORDER BY uri")
    assert [(row["uri"], row["attempts"]) for row in rows] == [("gone.html", 2), ("pipe.html", 2)]
    loaded = query(home, "SELECT DISTINCT source FROM documents")
    assert loaded == [{"source": str(pages)}], "the source is called as it was before"


def test_maintain_tidies_is_written_down_and_forgets_old_runs(
    tmp_path: Path, sample: Path, ingest: Ingest, prefect_server: None
) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterEndTime

    ingest(tmp_path, sample)
    tidied = run("maintain", tmp_path, keep_run_days=0)
    assert tidied.files_after > 0
    [row] = query(tmp_path, "SELECT state, message FROM runs WHERE flow = 'maintain'")
    assert row == {"state": "completed", "message": tidied.message}
    before = FlowRunFilter(end_time=FlowRunFilterEndTime(before_=dt.datetime.now(dt.UTC)))
    with get_client(sync_client=True) as client:
        left = client.read_flow_runs(flow_run_filter=before)
    assert [each.name.split(" ")[0] for each in left] == ["maintain"]


def test_a_run_by_hand_is_told_at_once_that_another_writes(
    tmp_path: Path, sample: Path, ingest: Ingest
) -> None:
    with open_warehouse(tmp_path), pytest.raises(WriterBusy, match="is being written by process"):
        ingest(tmp_path, sample)


def test_scheduled_runs_take_the_paths_of_the_settings(
    tmp_path: Path, sample: Path, prefect_server: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_PATHS", f'["{sample}"]')
    assert run("ingest", tmp_path).new == 8
    monkeypatch.setenv("GONGKAI_PATHS", "[]")
    with pytest.raises(Exception, match=r"Nothing was named to ingest.*gongkai\.toml"):
        run("ingest", tmp_path)
