"""What a run of `ingest` tells its caller: counts, failures, timings, and the sentence that says it all."""

from __future__ import annotations

from dataclasses import dataclass

from flows.outcome import Failure
from tasks.fetch import Skipped
from tasks.fetch.crawl import CrawlReport


@dataclass(frozen=True, slots=True)
class Timings:
    """Where the time of a run went. `wall` covers the flow's body; `stages` are seconds of work by stage,
    added up over `workers` processes, and `load`, which the run's own process does."""

    wall: float
    workers: int
    stages: dict[str, float]

    @property
    def orchestration(self) -> float:
        """The share of the run's capacity that no stage used: Prefect, waiting, moving results."""
        capacity = self.wall * self.workers
        return max(0.0, 1 - sum(self.stages.values()) / capacity) if capacity else 0.0


@dataclass(frozen=True, slots=True)
class IngestSummary:
    """The outcome of a run. `changed`: other bytes than before, or read by older rules before."""

    run_id: str
    flow: str  # ingest, reextract, retry
    state: str  # completed | failed
    discovered: int
    new: int
    changed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    failed: tuple[Failure, ...]
    reports: int
    facts: int
    by_form: dict[str, int]
    seconds: float
    timings: Timings
    crawls: tuple[CrawlReport, ...] = ()
    audit: str | None = None  # what the audit of the loaded reports says; None: nothing was loaded

    @property
    def message(self) -> str:
        return (
            f"{_count(self.discovered, 'document')}: {self.new} new, {self.changed} changed, "
            f"{self.unchanged} unchanged, {len(self.failed)} failed"
        )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
