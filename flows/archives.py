"""Archives among the files of a run: opened before the plan is made, so that what lies in them is planned as
documents of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

from tasks.errors import DocumentError, GongkaiError
from tasks.fetch import (
    Candidate,
    Discovery,
    LocalFile,
    Opened,
    Skipped,
    Stored,
    fetch,
    is_archive,
    may_be_archive,
)
from tasks.fetch.unpacked import Unpacked
from warehouse.blobs import BlobStore, blobs_at
from warehouse.place import place_of

_READERS = 4  # threads; unpacking lets go of the interpreter, and an archive may need its size in memory
_START_BYTES = 8


@dataclass(frozen=True, slots=True)
class Found:
    """All candidates of a run, those out of archives too, and what was left out; both in the order of the
    uris."""

    candidates: tuple[Candidate, ...]
    skipped: tuple[Skipped, ...]


def open_archives(found: Found | Discovery, home: Path) -> Found:
    """What was discovered with the documents in archives, whose bytes go into the blob store of `home`."""
    blobs = blobs_at(place_of(home).store)
    unpacked = Unpacked(home / "unpacked", blobs)
    with ThreadPoolExecutor(_READERS) as pool:
        looked_at = pool.map(_opened, found.candidates, repeat(blobs), repeat(unpacked))
        opened = [each for each in looked_at if each is not None]
    candidates: list[Candidate] = [
        *found.candidates,
        *(member for each in opened for member in each.documents),
    ]
    skipped = [*found.skipped, *(item for each in opened for item in each.skipped)]
    return Found(
        tuple({each.uri: each for each in sorted(candidates, key=lambda each: each.uri)}.values()),
        tuple(sorted(skipped, key=lambda each: each.uri)),
    )


def _opened(file: Candidate, blobs: BlobStore, unpacked: Unpacked) -> Opened | None:
    """What lies in a file, if it is an archive. What is wrong with it is told when a worker reads it."""
    if isinstance(file, Stored) and (known := unpacked.recall(file.sha256, file)):
        return known
    try:
        if not may_be_archive(_start(file, blobs)):
            return None
        page = fetch(file, blobs)
        return unpacked.open(page) if is_archive(page.content) else None
    except GongkaiError as error:
        if isinstance(error, DocumentError):
            return None
        raise  # a full disk, a home that cannot be written
    except Exception:  # a fault of ours or of a library: no archive may end the run
        return None


def _start(file: Candidate, blobs: BlobStore) -> bytes:
    if not isinstance(file, LocalFile):
        return blobs.start(file.sha256, _START_BYTES)
    with Path(file.path).open("rb") as start:
        return start.read(_START_BYTES)
