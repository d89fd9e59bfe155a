"""Worker processes: documents are read there, so that all cores are busy and no document can end the run.

Each worker serves one thread of the run at a time over a pipe and notes on a board (`flows.board`) what it
is about to do. So when it dies or hangs, the document at fault is known, and a new worker goes on with the
others. (A shared process pool breaks for everybody when one process dies, and cannot tell whose fault it was;
and multiprocessing runs the caller's main module again in each of its processes.) When the run's process
dies, however it dies, the pipes close and the workers end.
"""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.board import At, Board, board_file
from flows.outcome import Failure, Job, Outcome
from tasks.errors import GongkaiError
from tasks.fetch import Candidate

# A step takes milliseconds; ten thousand times that is no progress any more. It also bounds writing a part,
# a worker's start, and each page of a scan (whose reader says when one is done).
STEP_SECONDS = 60

# A group takes seconds; an hour says that many of its documents hang, each of which costs the limit above.
# (Prefect's own timeouts can't interrupt a thread that waits, and warn of that in every task run's log.)
GROUP_SECONDS = 3600

# How often one looks at a worker's board and memory: meanwhile it can fill some hundred MB beyond its limit.
LOOK_SECONDS = 0.2

# A worker that dies before it has begun is no document's fault; it may have been killed while it waited.
STARTS = 3

_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_START = "from flows.worker import main; main()"


def cores() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0))


def resident_bytes(pid: int) -> int:
    """The memory that a process has in use; 0 where the system does not tell (only Linux does)."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * _PAGE_BYTES


class Workers:
    """Up to `count` worker processes, started when first needed; a context manager that ends them."""

    def __init__(self, job: Job, count: int) -> None:
        self.places = count
        self._job = job
        self._live: set[_Worker] = set()
        self._is_over = False
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()  # None: not started yet
        for _ in range(count):
            self._free.put(None)

    def read(self, candidates: Sequence[Candidate]) -> Outcome:
        """Read the candidates in one worker; waits for a free one. Callable from many threads."""
        remaining, lost, idle_deaths = list(candidates), list[Failure](), 0
        worker = self._free.get()
        end = time.monotonic() + GROUP_SECONDS
        try:
            while not self._is_over:
                if time.monotonic() > end:
                    return Outcome(failures=(*lost, *map(_late, remaining)))
                worker = worker or self._start()
                answer = worker.read(remaining)
                if isinstance(answer, Outcome):
                    return replace(answer, failures=(*lost, *answer.failures))
                self._live.discard(worker)
                worker.end()
                worker = None
                if answer.at is not None:
                    lost.append(_failure(remaining.pop(answer.at.place), answer.at, answer))
                elif (idle_deaths := idle_deaths + 1) == STARTS:
                    words = f"Worker processes die before they begin: {answer.words}."
                    raise GongkaiError(words, "Is memory or the disk full?")
        finally:
            self._free.put(worker)
        raise GongkaiError("The run was stopped.", "Ingest again for the rest.")

    @property
    def is_idle(self) -> bool:
        """No group is being read."""
        return self._free.qsize() == self.places

    def _start(self) -> _Worker:
        worker = _Worker(self._job)
        self._live.add(worker)
        return worker

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the workers, those at work too: threads that wait for one stop waiting."""
        self._is_over = True
        for worker in list(self._live):
            worker.kill()


@dataclass(frozen=True, slots=True)
class _Lost:
    """A worker that was lost: what it was doing (None: not begun), the limit it broke (None: it died), its
    last words."""

    at: At | None
    limit: str | None
    words: str


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, job: Job) -> None:
        self._memory = job.memory_bytes
        self._pipe, theirs = Pipe()
        self._log = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - closed with the worker
        with board_file() as shared:
            self._board = Board(shared.fileno())
            descriptors = theirs.fileno(), shared.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-X", "faulthandler", "-c", _START, *map(str, descriptors)],
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=descriptors,
                # The modules of this process, not those of the folder the user is in.
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        theirs.close()
        self._pipe.send(job)

    def read(self, candidates: Sequence[Candidate]) -> Outcome | _Lost:
        limit: str | None = None
        self._board.clear()
        try:
            self._pipe.send(candidates)
            limit = self._wait()
            if limit is None:
                answer = self._pipe.recv()
                if isinstance(answer, GongkaiError):
                    raise answer
                assert isinstance(answer, Outcome)
                return answer
        except (EOFError, ConnectionResetError, BrokenPipeError):
            pass  # it died, and its board says over what
        return _Lost(self._board.read(), limit, self._words())

    def _wait(self) -> str | None:
        """Wait for the answer, or say which limit the worker has broken."""
        at, end = self._board.read(), time.monotonic() + STEP_SECONDS
        while not self._pipe.poll(LOOK_SECONDS):
            if (now := self._board.read()) != at:
                at, end = now, time.monotonic() + STEP_SECONDS
            elif time.monotonic() > end:
                return f"It took more than {STEP_SECONDS} s."
            if self._memory is not None and resident_bytes(self._process.pid) > self._memory:
                return f"It took more than {self._memory / 1e6:.0f} MB of memory."
        return None

    def _words(self) -> str:
        """How the process ended: Python's fatal error, else the last line it wrote, else its exit code."""
        self._log.seek(0)
        said = self._log.read().decode("utf-8", "replace")
        lines = [line for line in said.split("\n") if line.strip()]
        fatal = [line for line in lines if line.startswith("Fatal Python error: ")]
        return (fatal or lines or [f"code {self._process.poll()}"])[-1]

    def end(self) -> None:
        self._pipe.close()
        self.kill()
        self._log.close()

    def kill(self) -> None:
        """Also while another thread reads from the pipe, which then ends."""
        self._process.kill()
        self._process.wait()


def _late(candidate: Candidate) -> Failure:
    message = f"It was not reached within {GROUP_SECONDS} s: others of its group hung."
    return Failure(candidate.uri, "fetch", message, "Ingest again.", is_transient=True)


def _failure(candidate: Candidate, at: At, lost: _Lost) -> Failure:
    stage = "load" if at.stage == "write" else at.stage
    if lost.limit is not None:
        return Failure(candidate.uri, stage, lost.limit, "Report this page to the project.")
    return Failure(
        candidate.uri,
        stage,
        f"The worker process died over it (killed, out of memory, or a crash): {lost.words}.",
        "Free memory and ingest again; if it stays, report this page to the project.",
        is_transient=True,
    )
