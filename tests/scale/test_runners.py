"""Every runner brings the same warehouse; what dies on the way costs nothing but time."""

from __future__ import annotations

import platform
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from tests.engines import PATIENCE, ROOT, Dask, dask_cluster
from tests.same import assert_same, assert_same_homes, contents
from warehouse.lake import open_warehouse

Ingest = Callable[..., IngestSummary]

FULL_BYTES = 20_000
"""What a file of the worker with the full disk may hold: its log, but not a part."""
FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


def when_parts_come(home: Path, act: Callable[[], None]) -> threading.Thread:
    """Act as soon as a first group has been read."""

    def wait() -> None:
        end = time.monotonic() + PATIENCE
        while not list(home.glob("parts/*/*.part")):
            assert time.monotonic() < end, "no part file came"
            time.sleep(0.01)
        act()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


@pytest.fixture
def on_dask(dask: Dask, monkeypatch: pytest.MonkeyPatch) -> Dask:
    monkeypatch.setenv("GONGKAI_RUNNER", "dask")
    monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", dask.address)
    return dask


def test_threads_and_processes_bring_the_same_rows(
    ingest: Ingest, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(tmp_path / "processes", sample)
    monkeypatch.setenv("GONGKAI_RUNNER", "threads")
    ingest(tmp_path / "threads", sample)
    assert_same_homes(tmp_path / "threads", tmp_path / "processes")


@pytest.mark.slow
def test_ray_brings_the_same_rows(
    ingest: Ingest, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'gongkai[ray]')")
    ingest(tmp_path / "processes", sample)
    monkeypatch.setenv("GONGKAI_RUNNER", "ray")
    monkeypatch.setenv("GONGKAI_PROCESSES", "2")
    ingest(tmp_path / "ray", sample)
    assert_same_homes(tmp_path / "ray", tmp_path / "processes")


@pytest.mark.slow
def test_a_killed_worker_costs_nothing(
    on_dask: Dask,
    ingest: Ingest,
    generated: Callable[[int], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = generated(240)
    killer = when_parts_come(tmp_path / "dask", on_dask.workers[0].kill)
    summary = ingest(tmp_path / "dask", pages)
    killer.join()
    assert on_dask.workers[0].wait(PATIENCE) == -signal.SIGKILL
    assert (summary.new, summary.failed) == (240, ())
    assert not (tmp_path / "dask" / "parts").exists()
    monkeypatch.setenv("GONGKAI_RUNNER", "processes")
    ingest(tmp_path / "processes", pages)
    assert_same_homes(tmp_path / "dask", tmp_path / "processes")


@pytest.mark.slow
def test_after_the_schedulers_death_a_second_run_finishes_the_rest(
    on_dask: Dask,
    ingest: Ingest,
    generated: Callable[[int], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = generated(240)
    killer = when_parts_come(tmp_path / "dask", on_dask.scheduler.kill)
    with pytest.raises(GongkaiError, match=r"The Dask scheduler at tcp://\S+ is gone"):
        ingest(tmp_path / "dask", pages)
    killer.join()
    with dask_cluster(on_dask.folder, 2) as another:
        monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", another.address)
        ingest(tmp_path / "dask", pages)
    monkeypatch.setenv("GONGKAI_RUNNER", "processes")
    ingest(tmp_path / "processes", pages)
    assert_same_homes(tmp_path / "dask", tmp_path / "processes")


@pytest.mark.slow
def test_a_worker_with_other_rules_is_refused_by_name(
    ingest: Ingest, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = tmp_path / "older"
    for name in ("flows", "tasks", "warehouse", "seeds"):
        shutil.copytree(ROOT / name, older / name, ignore=shutil.ignore_patterns("__pycache__", "site"))
    with (older / "seeds" / "absence_rules.csv").open("a") as seed:
        seed.write("\n")
    (tmp_path / "dask").mkdir()
    with dask_cluster(tmp_path / "dask", 0) as cluster:
        cluster.work(modules=older)
        monkeypatch.setenv("GONGKAI_RUNNER", "dask")
        monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", cluster.address)
        with pytest.raises(GongkaiError, match=r"Worker on \S+: It reads by rules \S+, the run by \S+\."):
            ingest(tmp_path / "home", sample)


@pytest.mark.slow
def test_a_worker_whose_disk_is_full_is_named_and_the_next_run_does_the_rest(
    ingest: Ingest, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("GONGKAI_RUNNER", "dask")
    with dask_cluster(tmp_path, 0) as cluster:
        full = cluster.work(under=("prlimit", f"--fsize={FULL_BYTES}"))
        monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", cluster.address)
        with pytest.raises(GongkaiError, match=rf"Worker on {platform.node()}: .*disk"):
            ingest(home, sample)
        full.kill()
        cluster.work()
        ingest(home, sample)
    monkeypatch.setenv("GONGKAI_RUNNER", "processes")
    ingest(tmp_path / "processes", sample)
    assert_same(contents(home), contents(tmp_path / "processes"))


@pytest.mark.slow
def test_a_workers_wrong_clock_changes_no_row(
    ingest: Ingest, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not FAKETIME:
        pytest.skip("libfaketime is not installed (Debian's package libfaketime)")
    with dask_cluster(tmp_path, 0) as cluster:
        cluster.work(
            under=("env", f"LD_PRELOAD={FAKETIME[0]}", "FAKETIME=+400d", "FAKETIME_DONT_FAKE_MONOTONIC=1")
        )
        monkeypatch.setenv("GONGKAI_RUNNER", "dask")
        monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", cluster.address)
        ingest(tmp_path / "dask", sample)
    monkeypatch.setenv("GONGKAI_RUNNER", "processes")
    ingest(tmp_path / "processes", sample)
    assert_same_homes(tmp_path / "dask", tmp_path / "processes")
    with open_warehouse(tmp_path / "dask", read_only=True) as warehouse:
        assert warehouse.rows("SELECT max(fetched_at) < now() AS right FROM documents") == [{"right": True}]


def test_a_wrong_address_is_told(
    ingest: Ingest, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_RUNNER", "dask")
    monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", "tcp://127.0.0.1:9")
    monkeypatch.setattr("flows.on_dask.START_SECONDS", 2)
    with pytest.raises(GongkaiError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        ingest(tmp_path / "home", sample)


@pytest.mark.slow
def test_a_scheduler_without_workers_is_told(
    ingest: Ingest, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_RUNNER", "dask")
    with dask_cluster(tmp_path, 0) as cluster:
        monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", cluster.address)
        monkeypatch.setattr("flows.on_dask.START_SECONDS", 10)
        with pytest.raises(GongkaiError, match=rf"{cluster.address} has no workers"):
            ingest(tmp_path / "home", sample)
