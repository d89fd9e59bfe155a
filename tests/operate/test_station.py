"""A real server and worker: deployed, triggered, scheduled, killed, stopped, and the warehouse is right.

Once with SQLite, once with PostgreSQL behind Prefect's server.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.operate.conftest import Pages, copies
from tests.operate.station import DONE, Station, until
from tests.same import Contents, assert_same, contents
from warehouse.lake import open_warehouse

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

ByHand = Callable[[int], Contents]

DEPLOYED = {
    "audit/nightly": ["0 2 * * *"],
    "ingest/daily": ["15 3 * 1-4 *", "15 3 * 5-12 1"],
    "ingest/recheck": ["30 4 1 * *"],
    "ingest/source": [],
    "maintain/weekly": ["0 6 * * 0"],
    "publish/weekly": ["0 8 * * 0"],
    "reextract/reextract": [],
    "retry/retry": [],
}
MANY = 300
"""Pages whose reading takes some seconds: time to break something meanwhile."""

OUTAGE = 20.0
BEGUN = ["RUNNING", *sorted(DONE)]
RUNS = {"sqlite": 20, "postgresql": 5}
FILES = "SELECT sum(file_count) AS files FROM ducklake_table_info('gongkai')"
MORE_MB = 150
"""Of the server's memory, which grows by some MB while its caches fill."""


def query(home: Path, sql: str) -> list[dict[str, Any]]:
    with open_warehouse(home, read_only=True) as warehouse:
        return warehouse.rows(sql)


def in_the_middle(home: Path) -> Callable[[], bool]:
    """Parts of documents wait to be loaded."""
    return lambda: any((home / "parts").glob("*/*.part"))


def test_every_deployment_stands_with_its_schedules_and_one_writer(station: Station) -> None:
    for name, schedules in DEPLOYED.items():
        found = station.deployment(name)
        rules = [each["schedule"] for each in found["schedules"]]
        assert sorted(rule["cron"] for rule in rules) == sorted(schedules), name
        assert all(rule["timezone"] == "Asia/Shanghai" for rule in rules)
        assert "gongkai" in found["tags"] and found["description"]
        assert found["global_concurrency_limit"]["limit"] == 1
        assert found["concurrency_options"]["collision_strategy"] == "ENQUEUE"
        described = found["parameter_openapi_schema"]["properties"]
        assert all(each["description"] for each in described.values()), name
        assert found["work_queue_name"] == "writer"
    queue = station.ask("work_queues/filter", work_queues={"name": {"any_": ["writer"]}})
    assert [each["concurrency_limit"] for each in queue] == [1]

    def told() -> bool:
        server = station.status()["server"]
        if server["error"]:
            return False
        deployed = {each["name"]: each for each in server["deployments"]}
        assert set(deployed) == set(DEPLOYED)
        planned = {name for name, each in deployed.items() if each["next_run"]}
        return server["workers"] == 1 and planned == {name for name, rules in DEPLOYED.items() if rules}

    until(told, "a worker online and the next run of each schedule")


def test_a_second_up_leaves_what_runs_alone(station: Station) -> None:
    before = (station.pid("server"), station.pid("worker"))
    assert "server: runs already\nworker: runs already" in station.gongkai("up")
    assert (station.pid("server"), station.pid("worker")) == before
    names = [each["name"] for each in station.ask("automations/filter")]
    assert names == ["gongkai dead runs"]


def test_triggered_scheduled_or_by_hand_a_run_loads_the_same_rows(
    station: Station, pages: Pages, by_hand: ByHand, tmp_path: Path
) -> None:
    folder, expected = pages(16), by_hand(16)
    triggered = station.trigger("ingest/source", paths=[str(folder)], home=str(tmp_path / "triggered"))
    scheduled = tmp_path / "scheduled"
    schedule = station.schedule("ingest/source", 15, paths=[str(folder)], home=str(scheduled))
    station.gongkai("ingest", folder)  # in the station's own home: a flow against its server
    assert_same(contents(station.home), expected)
    run = station.wait(triggered)
    assert run["name"] == "ingest 16 pages · 17 documents"
    assert_same(contents(tmp_path / "triggered"), expected)

    def first() -> Any:
        query = {
            "deployments": {"name": {"any_": ["source"]}},
            "flow_runs": {"state": {"type": {"any_": BEGUN}}},
        }
        runs = station.ask("flow_runs/filter", **query)
        return next((each for each in runs if (each["created_by"] or {}).get("id") == schedule), None)

    identity = until(first, "the scheduled run")["id"]
    station.unschedule("ingest/source", schedule)
    station.wait(identity)
    assert_same(contents(scheduled), expected)


def test_two_triggers_at_once_make_one_writer_after_the_other(
    station: Station, pages: Pages, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    again = {"paths": [str(pages(16))], "home": str(home), "recheck": True}
    runs = [
        station.trigger("ingest/source", **again),
        station.trigger("ingest/source", **again),
        station.trigger("ingest/recheck", **again),
    ]
    for identity in runs:
        station.wait(identity)
    rows = query(home, "SELECT started_at, finished_at, state FROM runs ORDER BY started_at")
    assert [row["state"] for row in rows] == ["completed"] * 3
    for one, other in itertools.pairwise(rows):
        assert one["finished_at"] <= other["started_at"], "two wrote at once"


def test_a_run_that_died_with_its_worker_is_marked_and_begun_again(
    station: Station, pages: Pages, by_hand: ByHand, tmp_path: Path
) -> None:
    folder, home, expected = pages(MANY), tmp_path / "home", by_hand(MANY)
    identity = station.trigger("ingest/source", paths=[str(folder)], home=str(home))
    until(in_the_middle(home), "the middle of the run")
    process = int(station.run(identity)["infrastructure_pid"])
    station.kill(station.pid("worker"), process)
    until(lambda: station.pid("worker") is None, "the worker's death")

    assert "worker: started" in station.gongkai("up")
    assert "is gone" in station.wait(identity, "CRASHED")["state"]["message"]
    [again] = station.ask("flow_runs/filter", flow_runs={"tags": {"all_": ["resumed"]}})
    assert station.wait(again["id"])["parameters"]["paths"] == [str(folder)]
    assert_same(contents(home), expected)
    states = query(home, "SELECT state FROM runs ORDER BY started_at")
    assert [row["state"] for row in states] == ["interrupted", "completed"]


def test_a_run_outlives_an_outage_of_the_server(
    station: Station, pages: Pages, by_hand: ByHand, tmp_path: Path
) -> None:
    folder, home, expected = pages(MANY), tmp_path / "home", by_hand(MANY)
    identity = station.trigger("ingest/source", paths=[str(folder)], home=str(home))
    until(in_the_middle(home), "the middle of the run")
    station.kill(station.pid("server"))
    time.sleep(OUTAGE)  # the outage itself
    station.gongkai("up")
    station.wait(identity)
    assert_same(contents(home), expected)


def test_what_failed_is_tried_again_by_the_deployment(station: Station, sample: Path, tmp_path: Path) -> None:
    folder, home = copies(sample, 3, tmp_path / "pages"), tmp_path / "home"
    station.wait(station.trigger("ingest/source", paths=[str(folder)], home=str(home)))
    assert [row["uri"] for row in query(home, "FROM quarantine")] == ["empty.html"]
    (folder / "empty.html").write_bytes((sample / "n01-wangcheng-2008.txt").read_bytes())
    station.wait(station.trigger("retry/retry", home=str(home), reason="is empty"))
    assert query(home, "FROM quarantine") == []
    station.wait(station.trigger("maintain/weekly", home=str(home)))
    station.wait(station.trigger("reextract/reextract", home=str(home), everything=True))
    station.wait(station.trigger("audit/nightly", home=str(home)))
    flows = query(home, "SELECT flow, state FROM runs ORDER BY started_at")
    assert [row["flow"] for row in flows] == ["ingest", "retry", "maintain", "reextract", "audit"]


def test_a_release_is_published_into_the_folder_of_the_settings(station: Station, sample: Path) -> None:
    """A setting comes out of a Prefect block, as a secret would."""
    station.gongkai("ingest", sample)
    station.save_secret("gongkai-publisher", "清河县政务公开办")
    environment = {"GONGKAI_RELEASE__PUBLISHER": "{{ prefect.blocks.secret.gongkai-publisher }}"}
    run = station.wait(station.trigger("publish/weekly", environment, version="2026.1"))
    assert run["name"] == "publish 2026.1"
    release = station.folder / "releases" / "2026.1"
    assert str(release) in run["state"]["message"]
    assert "清河县政务公开办" in (release / "datapackage.json").read_text("utf-8")


def test_many_runs_leave_no_growth_but_data(
    station: Station, pages: Pages, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    home, runs = tmp_path / "home", RUNS[request.node.callspec.params["station"]]
    again = {"paths": [str(pages(8))], "home": str(home), "recheck": True}
    station.wait(station.trigger("ingest/source", **again))
    station.wait(station.trigger("maintain/weekly", home=str(home), keep_days=0))
    files, memory = query(home, FILES), station.memory_mb("server")
    temporary = set(station.temporary.rglob("*"))  # the worker's own
    for identity in [station.trigger("ingest/source", **again) for _ in range(runs)]:
        station.wait(identity)
    maintained = station.trigger("maintain/weekly", home=str(home), keep_days=0, keep_run_days=0)
    station.wait(maintained)

    rows = query(home, "SELECT count(*) AS n, count(DISTINCT document_id) AS documents FROM documents")
    assert rows == [{"n": 8, "documents": 8}]
    assert len(query(home, "FROM runs")) == runs + 3
    assert query(home, FILES) == files, "those of old states go a day later"
    assert [path.name for path in (home / "parts").glob("*")] == []
    ended = station.ask("flow_runs/filter", flow_runs={"state": {"type": {"any_": sorted(DONE)}}})
    assert [run["id"] for run in ended] == [maintained]
    assert station.ask("artifacts/filter") == []
    assert {log["flow_run_id"] for log in station.ask("logs/filter")} <= {maintained, None}
    until(lambda: set(station.temporary.rglob("*")) <= temporary, "the end of temporary files")
    until(lambda: not station.children("worker"), "the end of the runs' processes")
    assert station.memory_mb("server") < memory + MORE_MB
