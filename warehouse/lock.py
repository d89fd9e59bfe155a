"""One writer at a time: a lock on home/writer.lock, held as long as the warehouse is open for writing.

The kernel drops the lock when the process dies, however it dies; the file stays and says who held it last.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from tasks.errors import GongkaiError

NAME = "writer.lock"


class WriterBusy(GongkaiError):
    """Another process writes the warehouse."""


class WriterLock:
    """Takes the lock at once or raises; children made by fork do not keep it alive."""

    def __init__(self, home: Path) -> None:
        self.path = home / NAME
        self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._descriptor, 64, 0).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise WriterBusy(
                f"The warehouse at {home} is being written by process {holder or 'unknown'}.",
                "Wait until it ends (reading works meanwhile), then run it again.",
            ) from None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        # A forked child shares the lock; without this a worker that outlives a killed parent would hold it.
        os.register_at_fork(after_in_child=self.release)

    def release(self) -> None:
        """Give the lock back; releasing twice is harmless."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
