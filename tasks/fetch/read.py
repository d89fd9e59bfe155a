"""Reading a file: its bytes as they are, checked for nothing but size and readability."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat

from tasks.errors import TerminalError, TransientError
from tasks.fetch.files import LocalFile
from tasks.values import Page

# A scanned report of twenty pages in colour has some 40 MB, an archive of a county's reports about 100;
# more than that would take more memory than a worker should have. (Each reader has a limit of its own.)
MAX_PAGE_BYTES = 120_000_000

# What will not change by waiting a few seconds. A missing file is not among them: editors and sync
# tools replace a file by removing it for a moment.
_LASTING = frozenset(
    {errno.EACCES, errno.EPERM, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENOTDIR, errno.ENXIO}
)


def read_file(candidate: LocalFile) -> Page:
    """Read a file's bytes. Raises `TransientError` or `TerminalError` of stage `fetch`."""
    try:
        content = _read(candidate)
    except FileNotFoundError as error:
        raise TransientError(
            candidate.uri, "fetch", f"The file {candidate.path!r} is gone.", "Put it back and ingest again."
        ) from error
    except OSError as error:
        kind = TerminalError if error.errno in _LASTING else TransientError
        message = f"The file {candidate.path!r} cannot be read: {error.strerror}."
        raise kind(candidate.uri, "fetch", message, "Check its permissions and the disk.") from error
    if not content:
        raise TerminalError(candidate.uri, "fetch", "The file is empty.", "Save the page again.")
    now = dt.datetime.now(dt.UTC)
    return Page(candidate.uri, candidate.source, content, candidate.media_type, fetched_at=now)


def _read(candidate: LocalFile) -> bytes:
    # O_NONBLOCK: a pipe put in the file's place must not hold the run.
    with open(os.open(candidate.path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # noqa: PTH123 - a descriptor
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise TerminalError(
                candidate.uri, "fetch", "It is not a regular file.", "Give a file with the page's bytes."
            )
        if before.st_size > MAX_PAGE_BYTES:
            raise TerminalError(
                candidate.uri,
                "fetch",
                f"The page has {before.st_size / 1e6:.0f} MB; the limit is {MAX_PAGE_BYTES / 1e6:.0f} MB.",
                "Save it with smaller images or in parts, or leave it out.",
            )
        content = file.read(MAX_PAGE_BYTES + 1)
        if len(content) != before.st_size or os.fstat(file.fileno()).st_mtime_ns != before.st_mtime_ns:
            raise TransientError(
                candidate.uri,
                "fetch",
                "The file changed while it was read.",
                "Ingest again when it is whole.",
            )
    return content
