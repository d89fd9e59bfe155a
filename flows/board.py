"""The board on which a worker process notes what it is about to do, and at which the run's process looks.

Memory that both share: a note costs nobody a message (three a document would cost both sides 0.4 ms), and it
stays readable when the worker dies. What travels as messages is in `flows.outcome`.
"""

from __future__ import annotations

import mmap
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flows.outcome import STAGES
from warehouse.faults import explained

_BYTES = 8  # one word
_STAGE_BITS, _NOTE_BITS = 8, 24  # of the word; the rest is the place
_NOTES = 1 << _NOTE_BITS


@dataclass(frozen=True, slots=True)
class At:
    """The document's place in its group, the step that begins, and a number that changes with every note."""

    place: int
    stage: str
    note: int


class Board:
    """One note, in one word of memory, so that nobody reads half of it."""

    def __init__(self, descriptor: int) -> None:
        """On a `board_file` that is open there, and may be closed afterwards."""
        self._word = memoryview(mmap.mmap(descriptor, _BYTES)).cast("Q")
        self._note = 0

    def clear(self) -> None:
        """Nothing has begun."""
        self._word[0] = 0

    def announce(self, place: int, stage: str) -> None:
        self._note = self._note % (_NOTES - 1) + 1  # never 0
        self._word[0] = (place << _STAGE_BITS | STAGES.index(stage)) << _NOTE_BITS | self._note

    def read(self) -> At | None:
        """The last note; None when nothing has begun."""
        word = self._word[0]
        if not word:
            return None
        where, note = divmod(word, _NOTES)
        place, stage = divmod(where, 1 << _STAGE_BITS)
        return At(place, STAGES[stage], note)


def board_file() -> IO[bytes]:
    """Where an empty board is; written now, because a full disk would kill whoever notes something there."""
    with explained(Path(tempfile.gettempdir())):
        file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - the caller closes it
        file.write(bytes(_BYTES))
        file.flush()
    return file
