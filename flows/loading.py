"""Loading while documents are still being read: parts gather until they make a batch, failures until they
are quarantined. Runs in the flow's own thread, the one writer.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from contextvars import ContextVar

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from flows.outcome import STAGES, Failure, Fetched, Job, Outcome
from flows.plan import Plan
from tasks.errors import DocumentError
from tasks.fetch.urls import is_url
from tasks.load import BATCH, Fetch, LoadCounts, load_parts, quarantine, record_fetches, remove_part
from tasks.load import Failure as QuarantineRow
from tasks.load import failure as quarantine_row
from tasks.values import document_id
from warehouse.lake import Warehouse

Progress = Callable[[int, int], None]
PROGRESS: ContextVar[Progress | None] = ContextVar("PROGRESS", default=None)
"""Told the number of documents read, and of those to read, whenever some more have been."""

LOGGED = 100  # failures of a run that get a line in its log
LOAD_SECONDS = 3600  # a batch takes a second; merging small files before it, some


class Loader:
    """Takes outcomes, loads them by batch, and keeps the run's counts."""

    def __init__(
        self,
        warehouse: Warehouse,
        plan: Plan,
        job: Job,
        is_fetching: bool = True,
        progress: Progress | None = None,
    ) -> None:
        self._warehouse = warehouse
        self._plan = plan
        self._job = job
        self._is_fetching = is_fetching
        self._progress = [each for each in (progress, PROGRESS.get()) if each is not None]
        self._sources = {each.uri: each.source for each in plan.to_read}
        self._parts: list[str] = []
        self._fetched: list[Fetched] = []
        self._failed: list[Failure] = []
        self._unread = 0  # failures of the crawl: none of the documents to read
        self.failures: list[Failure] = []
        self.counts = LoadCounts()
        self.new = 0
        self.changed = 0
        self.seconds = dict.fromkeys((*STAGES, "load"), 0.0)

    def take(self, outcome: Outcome, except_for: set[str]) -> None:
        """What a task run brought; failures named in `except_for` are being tried again."""
        for stage, seconds in outcome.seconds.items():
            self.seconds[stage] += seconds
        self._failed += [failure for failure in outcome.failures if failure.uri not in except_for]
        if outcome.part is not None:
            self._parts.append(outcome.part)
            self._fetched += outcome.fetched
        for progress in self._progress:
            progress(self._done(), len(self._plan.to_read))
        if len(self._fetched) + len(self._failed) >= BATCH:
            self.flush()

    def take_errors(self, errors: Sequence[tuple[DocumentError, str]]) -> None:
        """Pages that a crawl could not have, each with its source."""
        for error, source in errors:
            self._sources[error.uri] = source
            self._failed.append(Failure.of(error))
        self._unread += len(errors)

    def _done(self) -> int:
        loaded = self.new + self.changed + len(self.failures)
        return loaded + len(self._fetched) + len(self._failed) - self._unread

    def flush(self) -> None:
        """Load what has gathered."""
        if self._fetched or self._failed:
            load(f"load {len(self._fetched)} documents", self)

    def load(self) -> None:
        start = time.perf_counter()
        self.counts += load_parts(self._warehouse, self._parts)
        quarantine(self._warehouse, [self._quarantine_row(failure) for failure in self._failed])
        if self._is_fetching:
            record_fetches(self._warehouse, self._attempts())
        self.changed += sum(fetched.uri in self._plan.known for fetched in self._fetched)
        self.new += sum(fetched.uri not in self._plan.known for fetched in self._fetched)
        self._log_failures()
        self.failures += self._failed
        for part in self._parts:
            remove_part(part)
        self._parts, self._fetched, self._failed = [], [], []
        self.seconds["load"] += time.perf_counter() - start

    def _log_failures(self) -> None:
        """One line a document, as far as anybody reads them; all are in the warehouse's quarantine."""
        logger = get_run_logger()
        for failure in self._failed[: max(0, LOGGED - len(self.failures))]:
            identity, words = document_id(failure.uri), f"{failure.stage}: {failure.message}"
            logger.warning("%s %s: %s", identity, failure.uri, words)

    def by_form(self) -> dict[str, int]:
        """The run's reports by the form they carry."""
        rows = self._warehouse.rows(
            "SELECT coalesce(form, 'unknown') AS form, count(*) AS reports FROM reports "
            "SEMI JOIN (SELECT document_id FROM documents WHERE run_id = ?) USING (document_id) "
            "GROUP BY ALL ORDER BY form",
            [self._job.run_id],
        )
        return {row["form"]: row["reports"] for row in rows}

    def _attempts(self) -> list[Fetch]:
        """Attempts at files; those at web pages are in the warehouse already (`flows.crawl`)."""
        fetched = [self._attempt(each) for each in self._fetched if not is_url(each.uri)]
        failed = [each for each in self._failed if each.stage == "fetch" and not is_url(each.uri)]
        return [*fetched, *map(self._failed_attempt, failed)]

    def _attempt(self, fetched: Fetched) -> Fetch:
        return Fetch(
            document_id=document_id(fetched.uri),
            uri=fetched.uri,
            at=fetched.at,
            outcome="changed" if fetched.uri in self._plan.known else "new",
            run_id=self._job.run_id,
            bytes=fetched.bytes,
            sha256=fetched.sha256,
        )

    def _failed_attempt(self, failure: Failure) -> Fetch:
        return Fetch(
            document_id=document_id(failure.uri),
            uri=failure.uri,
            at=dt.datetime.now(dt.UTC),
            outcome="failed",
            run_id=self._job.run_id,
            error=failure.message,
        )

    def _quarantine_row(self, failure: Failure) -> QuarantineRow:
        return quarantine_row(
            failure.error(),
            document_id=document_id(failure.uri),
            source=self._sources[failure.uri],
            content_sha256=failure.content_sha256,
            extractor_version=self._job.extractor_version,
            run_id=self._job.run_id,
        )


@task(task_run_name="{name}", timeout_seconds=LOAD_SECONDS, persist_result=False, cache_policy=NO_CACHE)
def load(name: str, loader: Loader) -> None:
    """One batch into the warehouse."""
    loader.load()
