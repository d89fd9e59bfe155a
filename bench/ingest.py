"""Speed and memory of `ingest` on N copies of the sample pages, through the real flow.

    python -m bench.ingest [N ...]        (make bench N="500 5000")

Each copy differs by a serial number in its text, so nothing is deduplicated. Prefect's server runs beside and
is not counted as memory of ours, but its work is part of the time.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

import seeds
from flows.run import run_ingest
from flows.summary import IngestSummary

SIZES = (500, 5000)
SAMPLING_SECONDS = 0.05
COLUMNS = (
    "pages",
    "seconds",
    "pages/s",
    "fetch",
    "clean",
    "extract",
    "write",
    "load",
    "orchestration",
    "peak MB",
)


def main(sizes: list[int]) -> None:
    home = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
    try:
        print("ms a page by stage; orchestration = share of the workers' time spent in no stage", flush=True)
        print("".join(f"{column:>14}" for column in COLUMNS))
        run_ingest([str(_copies(8, home / "warm"))], home / "warm-home")  # imports, Prefect's server
        for size in sizes:
            pages = _copies(size, home / f"pages-{size}")
            with Memory() as memory:
                summary = run_ingest([str(pages)], home / f"home-{size}")
            _print(size, summary, memory)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copies(number: int, folder: Path) -> Path:
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


class Memory:
    """The peak resident memory of this process and its workers together, sampled."""

    def __init__(self) -> None:
        self.peak_mb = 0.0
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
            self.peak_mb = max(self.peak_mb, sum(map(_resident_mb, [os.getpid(), *_workers()])))


def _workers() -> list[int]:
    """The worker processes: children of this one that run `flows.worker`."""
    found = []
    for tid in Path("/proc/self/task").iterdir():
        for child in _text(tid / "children").split():
            if "flows.worker" in _text(Path(f"/proc/{child}/cmdline")):
                found.append(int(child))
    return found


def _resident_mb(pid: int) -> float:
    """Private and shared memory that the process has in RAM; pages shared with others count in each."""
    fields = _text(Path(f"/proc/{pid}/statm")).split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if fields else 0.0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended
        return ""


def _print(size: int, summary: IngestSummary, memory: Memory) -> None:
    if summary.new != size:
        sys.exit(f"{summary.message}: {summary.failed[:3]}")
    wall = summary.timings.wall
    stages = [f"{1000 * seconds / size:.2f}" for seconds in summary.timings.stages.values()]
    row = [
        f"{size:,}",
        f"{wall:.1f}",
        f"{size / wall:.0f}",
        *stages,
        f"{summary.timings.orchestration:.1%}",
        f"{memory.peak_mb:.0f}",
    ]
    print("".join(f"{cell:>14}" for cell in row), flush=True)


if __name__ == "__main__":
    start = time.perf_counter()
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
    print(f"{time.perf_counter() - start:.0f} s in all")
