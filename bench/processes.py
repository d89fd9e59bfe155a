"""What processes take while something runs: memory, sampled, and processor time.

Read from /proc, which is cheap enough to be done many times a second.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.workers import resident_bytes

_TICKS = os.sysconf("SC_CLK_TCK")
_SERVER = "flows/server.py"  # in the command line of Prefect's server, as `flows.server` starts it


def children(pid: int, word: str = "") -> list[int]:
    """The living children of a process that have the word in their command line."""
    threads = _entries(Path(f"/proc/{pid}/task"))
    found = [int(child) for thread in threads for child in _text(thread / "children").split()]
    return [child for child in found if word in _text(Path(f"/proc/{child}/cmdline"))]


def processor_seconds(pid: int) -> float:
    """Processor time of a process and of its children, those that have ended too."""
    return _ticks(pid, 11, 15) / _TICKS + sum(map(processor_seconds, children(pid)))


def own_processor_seconds(pid: int) -> float:
    """Processor time of a process without its children."""
    return _ticks(pid, 11, 13) / _TICKS


def _ticks(pid: int, first: int, end: int) -> int:
    """From /proc/PID/stat: 11 are its ticks as user, 12 in the system, 13 and 14 its ended children's."""
    return sum(map(int, _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[first:end]))


def resident_mb(pid: int) -> float:
    """Private and shared memory that a process and its children have in use; shared pages count in each."""
    return resident_bytes(pid) / 1e6 + sum(map(resident_mb, children(pid)))


def servers() -> list[int]:
    """Prefect's server, if this process has started one."""
    return children(os.getpid(), _SERVER)


class Memory:
    """What `look` gives (MB), asked for every so many seconds while a run goes on."""

    def __init__(self, look: Callable[[], float], seconds: float) -> None:
        self._look = look
        self._seconds = seconds
        self._seen: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(self._seconds):
            self._seen.append(self._look())

    @property
    def peak(self) -> float:
        return max(self._seen, default=0.0)

    @property
    def thirds(self) -> tuple[float, float]:
        """The peak of the first third of the run and of the last."""
        third = max(1, len(self._seen) // 3)
        return max(self._seen[:third], default=0.0), max(self._seen[-third:], default=0.0)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # the process has ended
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended
        return ""
