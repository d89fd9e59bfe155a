"""What DuckDB, SQLite and the system say when a warehouse cannot be used, in words a user can act on.

Only translation of errors; whoever opens, loads or exports wraps its work in `explained`.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tasks.errors import GongkaiError

FULL = (
    "The disk that holds {path} is full, or a limit on file sizes was reached.",
    "Free space there or choose another folder, then run it again; what was stored before is whole.",
)
FAILING = (
    "The disk that holds {path} is full, limits the size of files, or fails: {error}",
    "See to that disk or choose another folder, then run it again; what was stored before is whole.",
)
READ_ONLY = (
    "{path} cannot be written to.",
    "Give this user the right to write there, or choose another folder with --home or $GONGKAI_HOME.",
)
UNREADABLE = (
    "{path} cannot be read.",
    "Give this user the right to read it, or choose another folder with --home or $GONGKAI_HOME.",
)
BUSY = (
    "The warehouse at {path} stayed locked by another process.",
    "Wait for that process (a copy of catalog.sqlite, a backup?) to finish, then run it again.",
)
DAMAGED = (
    "The warehouse at {path} is damaged: {error}",
    "Restore {path} from a backup, or move it away and ingest again.",
)
NO_CATALOG = (
    "The catalog of {path} in PostgreSQL cannot be used: {error}",
    "Check the setting `catalog` (server, user, database), then run it again; what was stored is whole.",
)
OTHERS = (
    "The catalog of {path} belongs to a home elsewhere: {error}",
    "Name that home, or give this one a database of its own with the setting `catalog`.",
)
NEWER = (
    "The catalog of {path} was written by a newer DuckLake: {error}",
    "Upgrade gongkai, or choose another folder with --home.",
)

# The first pair of words found in the error's text, lower case, decides.
WORDS = (
    ("no space left", FULL),
    ("disk is full", FULL),
    ("disk full", FULL),
    ("file too large", FULL),
    ("disk i/o error", FAILING),  # what SQLite says under a limit, too
    ("read-only file system", READ_ONLY),
    ("readonly database", READ_ONLY),
    ("read only database", READ_ONLY),
    ("permission denied", READ_ONLY),
    ("unable to open database file", UNREADABLE),
    ("database is locked", BUSY),
    ("file is not a database", DAMAGED),
    ("disk image is malformed", DAMAGED),
    ("no files found that match", DAMAGED),
    ("no magic bytes found", DAMAGED),
    ("ducklake catalog version", NEWER),
    ("does not match existing data path", OTHERS),
    ("unable to connect to postgres", NO_CATALOG),
    ("connection failed", NO_CATALOG),
    ("server closed the connection", NO_CATALOG),
    ("no connection to the server", NO_CATALOG),
    ("terminating connection", NO_CATALOG),
    ("could not read", UNREADABLE),
)
CODES = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
    errno.ENOTDIR: READ_ONLY,
}


_PASSWORD = re.compile(r"(://[^:@/\s]+:)[^@\s]+@")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn an error of DuckDB or the operating system into a GongkaiError about `path`; others pass."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        fault = explanation(error, path)
        if fault is None:
            raise
        raise fault from error


def explanation(error: Exception, path: Path) -> GongkaiError | None:
    """What the error means for somebody who uses `path`; None when it is none of those known here."""
    known = _known(error)
    if known is None:
        return None
    message, advice = (words.format(path=path, error=_line(error)) for words in known)
    return GongkaiError(message, advice)


def _known(error: Exception) -> tuple[str, str] | None:
    if isinstance(error, OSError) and error.errno in CODES:
        return CODES[error.errno]
    said = str(error).lower()
    return next((known for words, known in WORDS if words in said), None)


def _line(error: Exception) -> str:
    said = _PASSWORD.sub(r"\1…@", str(error).strip())
    return said.splitlines()[0] if said else type(error).__name__
