"""What travels between a run and its workers: the job they share, and what became of a group of documents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from tasks.errors import DocumentError, TerminalError, TransientError
from warehouse.store import inside

PARTS = "parts"
STAGES = ("fetch", "clean", "extract", "write")


@dataclass(frozen=True, slots=True)
class Job:
    """What all documents of a run share."""

    store: Path | str  # of the warehouse's bytes (`warehouse.store`)
    run_id: str
    extractor_version: str
    memory_bytes: int | None = None  # that a worker may use; None: as much as it wants

    @property
    def parts(self) -> str:
        """Where part files wait for the load step."""
        return inside(self.store, f"{PARTS}/{self.run_id}")


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that failed: where, why, what to do, and its bytes' sha256 if they could be read."""

    uri: str
    stage: str
    message: str
    advice: str
    is_transient: bool = False
    content_sha256: str | None = None

    @staticmethod
    def of(error: DocumentError, content_sha256: str | None = None) -> Failure:
        is_transient = isinstance(error, TransientError)
        return Failure(error.uri, error.stage, error.message, error.advice, is_transient, content_sha256)

    def error(self) -> DocumentError:
        kind = TransientError if self.is_transient else TerminalError
        return kind(self.uri, self.stage, self.message, self.advice)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page whose rows are in the part."""

    uri: str
    at: dt.datetime
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a group: the part with the rows of the pages that went well, and the failures."""

    part: str | None = None
    fetched: tuple[Fetched, ...] = ()
    failures: tuple[Failure, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)  # by stage
