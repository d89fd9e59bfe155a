"""Generated pages through the real flow on one and on two Dask workers of one thread each."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import psutil

from flows.run import run_ingest
from flows.summary import IngestSummary
from tests.engines import Dask, dask_cluster
from tests.generate.page import generate
from warehouse.maintain import maintain

DISTINCT = 1_000  # pages generated; more are these under other names, with a serial number in their text
SAMPLING_SECONDS = 1.0
WORKERS = (1, 2)


def dask_runs(folder: Path, documents: int) -> None:
    """Print speed, share of orchestration, memory and what a document costs."""
    pages = generated_pages(folder / "pages", documents)
    os.environ["GONGKAI_RUNNER"] = "dask"
    speeds = []
    for count in WORKERS:
        (folder / f"dask-{count}").mkdir()
        home = folder / f"home-{count}"
        with dask_cluster(folder / f"dask-{count}", count) as cluster:
            os.environ["GONGKAI_RUNNER_ADDRESS"] = cluster.address
            with Memory(cluster) as memory:
                summary = run_ingest([str(pages)], home)
        speeds.append(documents / summary.seconds)
        _tell(count, summary, memory)
    print(f"  2 workers against 1: {speeds[-1] / speeds[0]:.2f} times (goal 1.8)")
    _costs(folder / "home-1", documents)


def generated_pages(folder: Path, count: int) -> Path:
    """A folder of so many pages, of which `DISTINCT` differ in more than a number."""
    folder.mkdir()
    distinct = [generate(seed) for seed in range(min(count, DISTINCT))]
    for serial in range(count):
        page = distinct[serial % len(distinct)]
        note = f"\n<!-- {serial} -->" if page.name.endswith("html") else f"\n{serial}\n"
        (folder / f"{serial:07}-{page.name}").write_bytes(page.content + note.encode("ascii"))
    return folder


class Memory:
    """Resident memory of the busiest worker with its processes, sampled while a run goes on."""

    def __init__(self, cluster: Dask) -> None:
        self._cluster = cluster
        self._seen: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(SAMPLING_SECONDS):
            self._seen.append(max(_resident_mb(worker.pid) for worker in self._cluster.workers))

    @property
    def thirds(self) -> tuple[float, float]:
        """The peak of the first third of the run and of the last, MB."""
        third = max(1, len(self._seen) // 3)
        return max(self._seen[:third], default=0.0), max(self._seen[-third:], default=0.0)


def _resident_mb(pid: int) -> float:
    try:
        worker = psutil.Process(pid)
        return float(sum(each.memory_info().rss for each in (worker, *worker.children(recursive=True)))) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def _tell(workers: int, summary: IngestSummary, memory: Memory) -> None:
    stages = summary.timings.stages
    reading = stages["clean"] + stages["extract"]
    # What a worker's time went to beside clean and extract; fetching into the store is the run's own work.
    outside = max(0.0, 1 - reading / (summary.timings.wall * workers))
    first, last = memory.thirds
    told = ", ".join(f"{name} {seconds:.0f}" for name, seconds in stages.items())
    print(
        f"{workers} Dask worker(s): {summary.new:,} documents in {summary.seconds:.0f} s, "
        f"{summary.new / summary.seconds:.0f} documents/s, {len(summary.failed)} failed\n"
        f"  outside clean and extract {outside:.1%} (goal 10 %); "
        f"memory a worker {first:.0f} MB in the first third, {last:.0f} MB in the last\n"
        f"  seconds by stage, which overlap: {told}",
        flush=True,
    )


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
