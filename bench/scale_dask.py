"""Generated pages through the real flow on one and on two Dask workers of one thread each."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import distributed

from bench.processes import Memory, own_processor_seconds, processor_seconds, resident_mb, servers
from flows.run import run_ingest
from flows.summary import IngestSummary
from tests.engines import PATIENCE, Dask, dask_cluster
from tests.generate.page import generate
from warehouse.maintain import maintain

SAMPLING_SECONDS = 1.0
WORKERS = (1, 2)
READERS, DASKS = "reading processes", "Dask's workers"


def dask_runs(folder: Path, documents: int) -> None:
    """Print speed, share of orchestration, memory, processor time and what a document takes in the store."""
    pages = generated_pages(folder / "pages", documents)
    os.environ["GONGKAI_RUNNER"] = "dask"
    speeds = []
    for count in WORKERS:
        summary = _run(folder / f"workers-{count}", pages, count)
        speeds.append(documents / summary.seconds)
    print(f"  2 workers against 1: {speeds[-1] / speeds[0]:.2f} times (goal 1.8)")
    _costs(folder / "workers-1" / "home", documents)


def generated_pages(folder: Path, count: int) -> Path:
    """A folder of so many pages, each of its own form, figures and prose."""
    folder.mkdir()
    for seed in range(count):
        page = generate(seed)
        (folder / page.name).write_bytes(page.content)
    return folder


def _run(folder: Path, pages: Path, workers: int) -> IngestSummary:
    folder.mkdir()
    with dask_cluster(folder, workers) as cluster:
        os.environ["GONGKAI_RUNNER_ADDRESS"] = cluster.address
        _wait_for_all(cluster)
        before = _processor_seconds(cluster)
        with Memory(lambda: _busiest(cluster), SAMPLING_SECONDS) as memory:
            summary = run_ingest([str(pages)], folder / "home")
        used = {role: after - before[role] for role, after in _processor_seconds(cluster).items()}
    _tell(workers, summary, memory, used)
    return summary


def _wait_for_all(cluster: Dask) -> None:
    """A cluster is measured, not its start."""
    engine: Any = distributed  # whose classes have no types
    with engine.Client(cluster.address, set_as_default=False) as client:
        client.wait_for_workers(len(cluster.workers), timeout=PATIENCE)


def _busiest(cluster: Dask) -> float:
    """Resident MB of the largest worker with its processes."""
    return max(resident_mb(worker.pid) for worker in cluster.workers)


def _processor_seconds(cluster: Dask) -> dict[str, float]:
    """Processor time so far, by who took it."""
    whole = sum(processor_seconds(worker.pid) for worker in cluster.workers)
    dasks = sum(own_processor_seconds(worker.pid) for worker in cluster.workers)
    return {
        READERS: whole - dasks,
        DASKS: dasks,
        "run": time.process_time(),
        "scheduler": processor_seconds(cluster.scheduler.pid),
        "Prefect's server": sum(map(processor_seconds, servers())),
    }


def _tell(workers: int, summary: IngestSummary, memory: Memory, used: dict[str, float]) -> None:
    stages = summary.timings.stages
    reading = stages["clean"] + stages["extract"]
    # What a worker's time went to beside clean and extract; fetching into the store is the run's own work.
    outside = max(0.0, 1 - reading / (summary.timings.wall * workers))
    first, last = memory.thirds
    told = ", ".join(f"{name} {seconds:.0f}" for name, seconds in stages.items())
    taken = ", ".join(f"{role} {1000 * seconds / summary.new:.1f}" for role, seconds in used.items())
    print(
        f"{workers} Dask worker(s): {summary.new:,} documents in {summary.seconds:.0f} s, "
        f"{summary.new / summary.seconds:.0f} documents/s, {len(summary.failed)} failed\n"
        f"  outside clean and extract {outside:.1%} (goal 10 %); "
        f"memory a worker {first:.0f} MB in the first third, {last:.0f} MB in the last\n"
        f"  seconds by stage, which overlap: {told}\n"
        f"  processor time a document, ms: {taken}\n"
        f"  for bench/capacity.py, ms: {_model(summary, used)}",
        flush=True,
    )


def _model(summary: IngestSummary, used: dict[str, float]) -> str:
    """Costs of the capacity model, as one worker has them: with more, stages wait for the two cores, too."""
    stages = summary.timings.stages
    read = stages["clean"] + stages["extract"]
    carry = used[READERS] + used[DASKS] - read
    load, audit = stages["load"], stages["audit"]
    costs = {
        "read": read,
        "carry": carry,
        "load": load,
        "audit": audit,
        "store and send": used["run"] - load - audit,
    }
    return ", ".join(f"{name} {1000 * seconds / summary.new:.2f}" for name, seconds in costs.items())


def _costs(home: Path, documents: int) -> None:
    start = time.perf_counter()
    tidied = maintain(home, 0)
    blobs = [file.stat().st_size for file in (home / "blobs").glob("??/*")]
    print(
        f"A document: {sum(blobs) / documents / 1000:.1f} kB of bytes, "
        f"{tidied.bytes_after / documents / 1000:.1f} kB of Parquet in {tidied.files_after} files "
        f"(maintain took {time.perf_counter() - start:.0f} s)",
        flush=True,
    )
