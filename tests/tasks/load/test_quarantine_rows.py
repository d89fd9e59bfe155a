from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tasks.errors import TerminalError, TransientError
from tasks.load import (
    Failure,
    Fetch,
    RunEnd,
    Source,
    begin_run,
    failure,
    finish_run,
    load_batch,
    quarantine,
    quarantined,
    record_fetches,
    record_source,
)
from tests.warehouse.made import made_report
from warehouse.lake import Warehouse

NOW = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)


def failed(
    number: int, error: type[TerminalError] | type[TransientError] = TerminalError, **more: object
) -> Failure:
    page = made_report(number)
    made = failure(
        error(page.uri, "clean", "It is empty.", "Delete it."),
        document_id=page.document_id,
        source="pages",
        content_sha256=page.content_sha256,
        extractor_version="1",
        run_id="run-1",
    )
    return replace(made, **{"first_failed_at": NOW, "last_failed_at": NOW, **more})  # type: ignore[arg-type]


def test_a_failure_comes_back_as_it_was_told(warehouse: Warehouse) -> None:
    quarantine(warehouse, [failed(1), failed(2, TransientError)])
    assert quarantined(warehouse) == {
        each.document_id: each for each in (failed(1), failed(2, TransientError))
    }
    assert quarantined(warehouse, [failed(2).document_id, "0" * 16]).keys() == {failed(2).document_id}
    assert quarantined(warehouse)[failed(2).document_id].is_transient


def test_a_document_failing_again_keeps_its_first_time_and_adds_its_attempts(warehouse: Warehouse) -> None:
    later = NOW + dt.timedelta(days=1)
    quarantine(warehouse, [failed(1, attempts=2), failed(2)])
    quarantine(
        warehouse, [failed(1, attempts=3, first_failed_at=later, last_failed_at=later, run_id="run-2")]
    )
    row = quarantined(warehouse)[failed(1).document_id]
    assert (row.attempts, row.first_failed_at, row.last_failed_at, row.run_id) == (5, NOW, later, "run-2")
    assert len(quarantined(warehouse)) == 2


def test_a_document_that_loads_leaves_the_quarantine(warehouse: Warehouse) -> None:
    quarantine(warehouse, [failed(1), failed(2)])
    load_batch(warehouse, [made_report(1)])
    assert quarantined(warehouse).keys() == {failed(2).document_id}


def test_a_run_is_written_at_its_start_and_completed_at_its_end(warehouse: Warehouse) -> None:
    run_id = begin_run(
        warehouse, "ingest", source="pages", parameters={"paths": ["年报"]}, extractor_version="1"
    )
    (row,) = warehouse.rows("FROM runs")
    assert (row["run_id"], row["state"], row["parameters"]) == (run_id, "running", '{"paths": ["年报"]}')
    finish_run(warehouse, run_id, RunEnd("completed", discovered=4, new=3, failed=1, facts=9, message="done"))
    (row,) = warehouse.rows("FROM runs")
    assert (row["state"], row["discovered"], row["failed"], row["message"]) == ("completed", 4, 1, "done")
    assert row["finished_at"] >= row["started_at"]


def test_fetches_are_appended_and_a_source_is_kept_once(warehouse: Warehouse) -> None:
    fetch = Fetch("0" * 16, "a.html", NOW, "new", "run-1", bytes=5, sha256="x", duration_s=0.5)
    record_fetches(warehouse, [fetch])
    record_fetches(warehouse, [fetch, fetch])
    record_fetches(warehouse, [])
    assert len(warehouse.rows("FROM fetches")) == 3
    for day in (1, 2):
        record_source(warehouse, Source("pages", "folder", "/pages", NOW.replace(day=day)))
    assert warehouse.rows("SELECT source, added_at FROM sources") == [{"source": "pages", "added_at": NOW}]
