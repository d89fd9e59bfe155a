"""A worker process's side of the pipe: answer groups of candidates until the other end closes.

`main` is what `flows.workers` starts in a new interpreter; it imports no more than it needs.
"""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection

from flows.board import Board
from flows.documents import read_documents
from flows.outcome import Job, Outcome
from tasks.errors import GongkaiError
from tasks.fetch import Candidate

BETWEEN_COLLECTIONS = 10_000
"""Objects made before Python looks for unreachable ones. Documents are trees, which go without that: at
Python's own 700 looking took 8 % of a worker's time, here 1 %, in the same memory."""


def work(pipe: Connection, job: Job, board: Board) -> None:
    """Answer each group with an `Outcome`, or with the error that is no document's fault."""
    while True:
        pipe.send(_answer(job, pipe.recv(), board))


def _answer(job: Job, candidates: Sequence[Candidate], board: Board) -> Outcome | GongkaiError:
    try:
        return read_documents(job, candidates, board.announce)
    except GongkaiError as error:
        return error


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's business
    gc.set_threshold(BETWEEN_COLLECTIONS)
    pipe, board = Connection(int(sys.argv[1])), Board(int(sys.argv[2]))
    try:
        work(pipe, pipe.recv(), board)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the run is over, however it ended
