"""One writer at a time: a lock on home/writer.lock, held as long as the warehouse is open for writing; where
the catalog is in PostgreSQL, and other machines can write too, also a lock there.

The kernel drops the first when the process dies, however it dies; the file stays and says who held it last.
The server drops the second when the connection ends.
"""

from __future__ import annotations

import fcntl
import os
import platform
from pathlib import Path

from tasks.errors import GongkaiError
from warehouse.faults import explanation
from warehouse.place import Place

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


KEY = 0x676F6E676B6169  # "gongkai"; an advisory lock is a number, within one database

_HOLDER = """
    SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %s AND l.objid = %s
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class CatalogLock:
    """An advisory lock in the catalog's database; takes it at once or raises."""

    def __init__(self, place: Place) -> None:
        try:
            import psycopg
        except ImportError as error:
            words = "Install it: pip install 'gongkai[postgres]'"
            raise GongkaiError("A catalog in PostgreSQL needs psycopg.", words) from error
        name = f"gongkai {platform.node()}:{os.getpid()}"
        try:
            self._connection = psycopg.connect(
                place.catalog, autocommit=True, application_name=name, connect_timeout=30
            )
        except psycopg.Error as error:
            raise explanation(error, place.folder) or error from error
        taken = self._connection.execute("SELECT pg_try_advisory_lock(%s)", [KEY]).fetchone()
        if not (taken and taken[0]):
            holder = self._connection.execute(_HOLDER, [KEY >> 32, KEY & 0xFFFFFFFF]).fetchone()
            self._connection.close()
            raise WriterBusy(
                f"The warehouse at {place.name} is being written by {holder[0] if holder else 'another'}.",
                "Wait until it ends (reading works meanwhile), then run it again.",
            )

    def release(self) -> None:
        """Give the lock back; releasing twice is harmless."""
        self._connection.close()
