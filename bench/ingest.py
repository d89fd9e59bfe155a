"""Speed and memory of `ingest` on N copies of the sample pages, through the real flow.

    python -m bench.ingest [N ...]        (make bench N="500 5000")

Each copy differs by a serial number in its text, so nothing is deduplicated. Prefect's server runs beside;
its memory is not counted as ours, its work is. Milliseconds are wall time in each stage, which other work on
the machine lengthens; the processor time at the right is not touched by that.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import seeds
from bench.processes import Memory, children, processor_seconds, servers
from flows.run import run_ingest
from flows.summary import IngestSummary
from flows.workers import resident_bytes

SIZES = (500, 5000)
SAMPLING_SECONDS = 0.05
STAGES = ("fetch", "clean", "extract", "write", "load", "audit")
COLUMNS = (
    *("pages", "seconds", "pages/s"),
    *STAGES,
    *("no stage", "peak MB"),
    *("cpu workers", "cpu run", "cpu server"),
)
WIDTH = 12


def main(sizes: list[int]) -> None:
    home = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
    try:
        print(
            "Stages and cpu in ms a page; `no stage`: the share of the workers' time that orchestration took."
        )
        print("".join(f"{column:>{WIDTH}}" for column in COLUMNS), flush=True)
        run_ingest([str(copies(8, home / "warm"))], home / "warm-home")  # imports, Prefect's server
        for size in sizes:
            pages = copies(size, home / f"pages-{size}")
            with Memory(_memory, SAMPLING_SECONDS) as memory:
                before = _processor_seconds()
                summary = run_ingest([str(pages)], home / f"home-{size}")
                used = [after - then for after, then in zip(_processor_seconds(), before, strict=True)]
            _print(size, summary, used, memory)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def copies(number: int, folder: Path) -> Path:
    """`number` pages made of the sample pages in turn, each with its serial number at the end of its text."""
    folder.mkdir()
    samples = sorted((seeds.FOLDER / "sample").iterdir())
    for serial in range(number):
        sample = samples[serial % len(samples)]
        content = sample.read_bytes()
        note = f"No. {serial}".encode("ascii")
        if b"</body>" in content:
            content = content.replace(b"</body>", b"<p>" + note + b"</p></body>")
        else:
            content += b"\n" + note + b"\n"
        (folder / f"{serial:06}-{sample.name}").write_bytes(content)
    return folder


def _memory() -> float:
    """Resident MB of this process and its workers together."""
    pids = [os.getpid(), *children(os.getpid(), "flows.worker")]
    return sum(map(resident_bytes, pids)) / 1e6


def _processor_seconds() -> tuple[float, float, float]:
    """Processor time so far of the workers that have ended, of this process, of Prefect's server."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime, time.process_time(), sum(map(processor_seconds, servers()))


def _print(size: int, summary: IngestSummary, used: list[float], memory: Memory) -> None:
    if summary.new != size:
        sys.exit(f"{summary.message}: {summary.failed[:3]}")
    timings = summary.timings
    row = [
        f"{size:,}",
        f"{timings.wall:.1f}",
        f"{size / timings.wall:.0f}",
        *(f"{1000 * seconds / size:.2f}" for seconds in timings.stages.values()),
        f"{timings.orchestration:.1%}",
        f"{memory.peak:.0f}",
        *(f"{1000 * seconds / size:.2f}" for seconds in used),
    ]
    print("".join(f"{cell:>{WIDTH}}" for cell in row), flush=True)


if __name__ == "__main__":
    start = time.perf_counter()
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
    print(f"{time.perf_counter() - start:.0f} s in all")
