"""A worker process's side of the pipe: answer groups of candidates until the other end closes.

`main` is what `flows.workers` starts in a new interpreter; it imports no more than it needs.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection

from flows.documents import read_documents
from flows.outcome import At, Job, Outcome
from tasks.errors import GongkaiError
from tasks.fetch import Candidate


def work(pipe: Connection, job: Job) -> None:
    """Answer each group with an `Outcome`, or with the error that is no document's fault."""
    while True:
        candidates = pipe.recv()
        pipe.send(_answer(pipe, job, candidates))


def _answer(pipe: Connection, job: Job, candidates: Sequence[Candidate]) -> Outcome | GongkaiError:
    try:
        return read_documents(job, candidates, lambda place, stage: pipe.send(At(place, stage)))
    except GongkaiError as error:
        return error


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's business
    pipe = Connection(int(sys.argv[1]))
    try:
        work(pipe, pipe.recv())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the run is over, however it ended
