"""A worker's board: what was noted last is read by another process, also when the worker is dead."""

from __future__ import annotations

import subprocess
import sys

from flows.board import Board, board_file

NOTE_AND_DIE = """
import os, sys
from flows.board import Board
board = Board(int(sys.argv[1]))
board.announce(311, "fetch")
board.announce(311, "clean")
os.abort()
"""


def test_the_last_note_of_a_dead_process_can_be_read() -> None:
    with board_file() as file:
        board = Board(file.fileno())
        assert board.read() is None
        dead = subprocess.run(
            [sys.executable, "-c", NOTE_AND_DIE, str(file.fileno())], pass_fds=[file.fileno()], check=False
        )
    at = board.read()
    assert dead.returncode < 0
    assert at is not None
    assert (at.place, at.stage) == (311, "clean")
    board.clear()
    assert board.read() is None


def test_the_same_step_announced_again_is_another_note() -> None:
    with board_file() as file:
        board = Board(file.fileno())
        seen = set()
        for _ in range(1000):
            board.announce(0, "fetch")
            seen.add(board.read())
        assert len(seen) == 1000
