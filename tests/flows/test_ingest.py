"""The flow on real pages through Prefect's harness: what is loaded, skipped, retried, quarantined, shown."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from warehouse.lake import open_warehouse

Ingest = Callable[..., IngestSummary]

# A worker that meets these words dies, hangs or breaks a promise; a late page is away for a moment.
TROUBLE = """
import os, threading, time
from pathlib import Path
import flows.documents as documents
clean, fetch = documents.clean, documents.fetch

def troubled_clean(page, tick):
    if b"ABORT" in page.content:
        os.abort()
    if b"HANG" in page.content:
        time.sleep(600)
    if b"BUG" in page.content:
        raise ZeroDivisionError("by nothing")
    return clean(page)

def troubled_fetch(candidate, blobs):
    path = Path(candidate.path)
    away = path.with_suffix(".away")
    if "late" in candidate.uri and not Path(candidate.source, "came-back").exists():
        path.rename(away)
        Path(candidate.source, "came-back").touch()
        threading.Timer(0.7, away.rename, [path]).start()
    return fetch(candidate, blobs)

documents.clean, documents.fetch = troubled_clean, troubled_fetch
from flows.worker import main; main()
"""


def query(home: Path, sql: str) -> list[dict[str, Any]]:
    with open_warehouse(home, read_only=True) as warehouse:
        return warehouse.rows(sql)


def artifact(key: str) -> dict[str, Any]:
    """The newest artifact of that key."""
    from prefect.client.orchestration import get_client

    newest = {"artifacts": {"key": {"any_": [key]}}, "sort": "CREATED_DESC", "limit": 1}
    with get_client(sync_client=True) as client:
        [found] = client.request("POST", "/artifacts/filter", json=newest).json()
    return dict(found)


def task_runs(summary: IngestSummary) -> dict[str, Any]:
    """The task runs of the run's flow run, by name."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId

    report = artifact("ingest-summary")
    assert summary.message in report["data"]
    with get_client(sync_client=True) as client:
        this = FlowRunFilter(id=FlowRunFilterId(any_=[report["flow_run_id"]]))
        return {run.name: run for run in client.read_task_runs(flow_run_filter=this)}


def make_pages(folder: Path, number: int, sample: Path) -> Path:
    """Copies of a short sample page that differ by a number."""
    folder.mkdir()
    text = (sample / "f19c-linhai-zhujian-2019.txt").read_text("utf-8")
    for serial in range(number):
        (folder / f"page-{serial:03}.txt").write_text(f"{text}\nNo. {serial}\n", "utf-8")
    return folder


def test_the_sample_pages_are_loaded_each_by_a_task_run_of_its_name(
    tmp_path: Path, sample: Path, ingest: Ingest
) -> None:
    summary = ingest(tmp_path, sample)
    assert summary.message == "8 documents: 8 new, 0 changed, 0 unchanged, 0 failed"
    assert (summary.state, summary.reports, summary.failed) == ("completed", 8, ())
    assert summary.by_form == {"form-2014": 2, "form-2019": 2, "form-2021": 2, "narrative": 2}
    names = {path.name for path in sample.iterdir()}
    assert {row["uri"] for row in query(tmp_path, "SELECT uri FROM documents")} == names
    assert names | {"load 8 documents"} == set(task_runs(summary))
    assert summary.facts == query(tmp_path, "SELECT count(*) AS n FROM facts")[0]["n"] > 100
    assert not (tmp_path / "parts").exists()


def test_a_run_says_what_it_did_in_its_name_its_artifacts_and_its_row(
    tmp_path: Path, sample: Path, ingest: Ingest
) -> None:
    from prefect.client.orchestration import get_client

    (tmp_path / "pages").mkdir()
    shutil.copy(sample / "n01-wangcheng-2008.txt", tmp_path / "pages")
    (tmp_path / "pages" / "empty.html").touch()
    (tmp_path / "pages" / "report.json").touch()
    ingest(tmp_path, tmp_path / "pages")
    report, table = artifact("ingest-summary"), artifact("ingest-documents")
    for words in (
        "2 documents: 1 new, 0 changed, 0 unchanged, 1 failed",
        "| narrative | 1 |",
        "| fetch | The file is empty. | 1 |",
        "| format .json is not read | 1 |",
        "| extract |",
    ):
        assert words in report["data"]
    assert "empty.html" in table["data"] and "n01-wangcheng-2008.txt" in table["data"]
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(report["flow_run_id"])
    assert run.name == "ingest pages · 2 documents"
    assert run.state is not None and run.state.is_completed()
    [row] = query(tmp_path, "SELECT state, discovered, new, failed, message FROM runs")
    assert row == {
        "state": "completed",
        "discovered": 2,
        "new": 1,
        "failed": 1,
        "message": "2 documents: 1 new, 0 changed, 0 unchanged, 1 failed",
    }


def test_a_second_run_loads_nothing_and_only_what_changed_is_read_again(
    tmp_path: Path, sample: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = shutil.copytree(sample, tmp_path / "pages")
    first = ingest(tmp_path, pages)
    before = query(tmp_path, "FROM documents ORDER BY uri")
    second = ingest(tmp_path, pages)
    assert second.message == "8 documents: 0 new, 0 changed, 8 unchanged, 0 failed"
    assert query(tmp_path, "FROM documents ORDER BY uri") == before

    with (pages / "n01-wangcheng-2008.txt").open("a") as file:
        file.write("\nmore\n")
    third = ingest(tmp_path, pages)
    assert third.message == "8 documents: 0 new, 1 changed, 7 unchanged, 0 failed"
    runs = query(tmp_path, "SELECT run_id, count(*) AS n FROM documents GROUP BY ALL ORDER BY n")
    assert runs == [{"run_id": third.run_id, "n": 1}, {"run_id": first.run_id, "n": 7}]

    monkeypatch.setattr("flows.process.extractor_version", lambda: "0.2.0+other-rules")
    assert ingest(tmp_path, pages).message == "8 documents: 0 new, 8 changed, 0 unchanged, 0 failed"


def test_a_large_run_groups_documents_and_loads_them_all(
    tmp_path: Path, sample: Path, ingest: Ingest
) -> None:
    summary = ingest(tmp_path, make_pages(tmp_path / "pages", 130, sample))
    assert (summary.new, summary.reports) == (130, 130)
    runs = task_runs(summary)
    assert len(runs) == 8, "seven groups and a load"
    assert "20 documents from page-000.txt" in runs


def test_nothing_that_was_read_is_kept_by_prefect(tmp_path: Path, sample: Path, ingest: Ingest) -> None:
    from prefect.settings import get_current_settings

    storage = get_current_settings().home / "storage"
    before = set(storage.rglob("*"))
    ingest(tmp_path, sample)
    assert set(storage.rglob("*")) == before


def test_pages_that_fail_are_quarantined_and_the_others_loaded(
    tmp_path: Path, sample: Path, ingest: Ingest
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(sample / "f19a-suxian-2019.html", pages)
    (pages / "empty.html").touch()
    (pages / "binary.html").write_bytes(bytes(range(256)) * 100)
    with (pages / "large.html").open("wb") as file:
        file.truncate(500_000_000)
    (pages / 'name with "quotes"\nand 换行.txt').write_bytes(b"\n \n")
    summary = ingest(tmp_path, pages)
    assert summary.message == "5 documents: 1 new, 0 changed, 0 unchanged, 4 failed"
    assert summary.state == "completed"
    assert {(f.uri, f.stage) for f in summary.failed} == {
        ("empty.html", "fetch"),
        ("binary.html", "clean"),
        ("large.html", "fetch"),
        ('name with "quotes"\nand 换行.txt', "clean"),
    }
    assert all(failure.message and failure.advice for failure in summary.failed)
    rows = query(tmp_path, "SELECT uri, stage, error, advice, attempts FROM quarantine")
    assert {(r["uri"], r["stage"], r["error"], r["advice"]) for r in rows} == {
        (f.uri, f.stage, f.message, f.advice) for f in summary.failed
    }
    state = task_runs(summary)["empty.html"].state
    assert state.is_failed() and state.message.startswith("fetch: The file is empty.")


def test_a_page_of_deeply_nested_tags_holds_up_nobody(tmp_path: Path, sample: Path, ingest: Ingest) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    shutil.copy(sample / "f19a-suxian-2019.html", pages)
    (pages / "deep.html").write_text("<div>" * 100_000 + "政府信息公开工作年度报告" + "</div>" * 100_000)
    summary = ingest(tmp_path, pages)
    assert "f19a-suxian-2019.html" in {row["uri"] for row in query(tmp_path, "SELECT uri FROM reports")}
    assert summary.new + len(summary.failed) == 2
    assert all(f.uri == "deep.html" and f.stage == "clean" and f.advice for f in summary.failed)


def test_a_run_in_which_every_page_fails_has_failed(tmp_path: Path, ingest: Ingest) -> None:
    from prefect.client.orchestration import get_client

    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").touch()
    summary = ingest(tmp_path, tmp_path / "pages")
    assert (summary.state, len(summary.failed)) == ("failed", 1)
    assert query(tmp_path, "SELECT state FROM runs") == [{"state": "failed"}]
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(artifact("ingest-summary")["flow_run_id"])
    assert run.state is not None and run.state.is_failed()


def test_a_quarantined_page_that_is_mended_leaves_the_quarantine(
    tmp_path: Path, sample: Path, ingest: Ingest
) -> None:
    page = tmp_path / "pages" / "a.txt"
    page.parent.mkdir()
    page.touch()
    ingest(tmp_path, page)
    ingest(tmp_path, page)
    assert query(tmp_path, "SELECT attempts FROM quarantine") == [{"attempts": 2}]
    shutil.copy(sample / "n01-wangcheng-2008.txt", page)
    assert ingest(tmp_path, page).new == 1
    assert query(tmp_path, "SELECT attempts FROM quarantine") == []


@pytest.mark.parametrize("number", [3, 130], ids=["each alone", "in groups"])
def test_a_page_that_kills_its_worker_is_quarantined_alone(
    tmp_path: Path, sample: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("flows.workers._START", TROUBLE)
    monkeypatch.setattr("flows.reading.BACKOFF_SECONDS", 0)
    pages = make_pages(tmp_path / "pages", number, sample)
    (pages / "page-001.txt").write_text("ABORT")
    summary = ingest(tmp_path, pages)
    assert (summary.new, summary.state) == (number - 1, "completed")
    [failure] = summary.failed
    assert (failure.uri, failure.stage, failure.is_transient) == ("page-001.txt", "clean", True)
    assert "worker process died" in failure.message and "Aborted" in failure.message
    assert task_runs(summary)["page-001.txt"].run_count == 4, "tried, and retried three times, alone"


def test_a_page_that_hangs_is_quarantined_and_the_others_are_loaded(
    tmp_path: Path, sample: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.workers._START", TROUBLE)
    monkeypatch.setattr("flows.workers.STEP_SECONDS", 5)
    pages = make_pages(tmp_path / "pages", 4, sample)
    (pages / "page-001.txt").write_text("HANG")
    summary = ingest(tmp_path, pages)
    assert summary.new == 3
    [failure] = summary.failed
    assert (failure.uri, failure.stage, failure.message) == (
        "page-001.txt",
        "clean",
        "It took more than 5 s.",
    )


def test_a_fault_in_our_own_rules_costs_one_document_and_says_where(
    tmp_path: Path, sample: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.workers._START", TROUBLE)
    pages = make_pages(tmp_path / "pages", 2, sample)
    (pages / "page-001.txt").write_text("BUG")
    [failure] = ingest(tmp_path, pages).failed
    assert (failure.uri, failure.stage) == ("page-001.txt", "clean")
    assert failure.message.startswith("ZeroDivisionError: by nothing")


@pytest.mark.parametrize("number", [2, 130], ids=["each alone", "in groups"])
def test_a_page_that_vanishes_for_a_moment_is_retried_by_name_and_loaded(
    tmp_path: Path, sample: Path, ingest: Ingest, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr("flows.workers._START", TROUBLE)
    pages = make_pages(tmp_path / "pages", number, sample)
    (pages / "page-000.txt").rename(pages / "late.txt")
    summary = ingest(tmp_path, pages)
    assert (summary.new, summary.failed) == (number, ())
    run = task_runs(summary)["late.txt"]
    assert run.state.is_completed() and run.run_count >= (2 if number == 2 else 1)
    assert query(tmp_path, "FROM quarantine") == []


def test_a_path_without_pages_fails_the_run_with_the_next_step(tmp_path: Path, ingest: Ingest) -> None:
    with pytest.raises(GongkaiError, match=r"There is no .*missing.*Check the path"):
        ingest(tmp_path, tmp_path / "missing")


def test_a_second_writer_is_told_who_writes(tmp_path: Path, sample: Path, ingest: Ingest) -> None:
    with (
        open_warehouse(tmp_path),
        pytest.raises(GongkaiError, match=r"being written by process \d+.*Wait until it ends"),
    ):
        ingest(tmp_path, sample)


def test_what_lies_in_an_archive_is_ingested_as_documents_of_the_archive(
    tmp_path: Path, sample: Path, ingest: Ingest
) -> None:
    (tmp_path / "pages").mkdir()
    page = sample / "n01-wangcheng-2008.txt"
    with zipfile.ZipFile(tmp_path / "pages/2008.zip", "w") as archive:
        archive.writestr("县/年报.txt", page.read_bytes())
        archive.writestr("旧/年报.zip", b"PK\x03\x04 damaged")
    summary = ingest(tmp_path, tmp_path / "pages")
    assert (summary.new, summary.reports) == (2, 1)
    assert [(each.uri, each.stage) for each in summary.failed] == [("2008.zip!/旧/年报.zip", "clean")]
    rows = query(tmp_path, "SELECT uri, kind, document_id, parent_id FROM documents ORDER BY uri")
    assert [(row["uri"], row["kind"]) for row in rows] == [
        ("2008.zip", "other"),
        ("2008.zip!/县/年报.txt", "report"),
    ]
    assert rows[1]["parent_id"] == rows[0]["document_id"]
    again = ingest(tmp_path, tmp_path / "pages")
    assert (again.new, again.changed, again.unchanged, again.reports) == (0, 0, 2, 0)
