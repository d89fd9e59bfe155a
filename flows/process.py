"""What `ingest`, `reextract` and `retry` have in common: what was found is planned, read in parallel, loaded
by batch and reported. Where candidates come from is each flow's own business.

No page or table in Prefect's hands: task runs take candidates and leave part files. A small run shows every
document as its own task run, a large one shows groups.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prefect import get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.archives import Found
from flows.artifacts import progress_artifact, publish
from flows.auditing import Examined, audit_new
from flows.crawl import Crawled
from flows.events import tell_floor_broken, tell_of
from flows.loading import Loader
from flows.naming import name_run
from flows.outcome import PARTS, Job
from flows.plan import Plan, plan_run
from flows.reading import read_all
from flows.runners import start_readers
from flows.settings import load_settings
from flows.summary import IngestSummary, Timings
from flows.writing import open_to_write
from tasks.errors import GongkaiError
from tasks.load import RunEnd, Source, begin_run, finish_run, record_source
from tasks.version import extractor_version
from warehouse.lake import Warehouse
from warehouse.store import store_at

Crawl = Callable[[Warehouse, str], Crawled]
"""Fetches from web sites into the store, for the run of that id."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked to do: by which flow, where, under which name, on whose words."""

    flow: str
    home: Path
    title: str
    parameters: Mapping[str, object]
    source: str | None = None
    sources: tuple[Source, ...] = ()
    everything: bool = False  # also what is loaded with the same bytes and rules
    is_fetching: bool = True  # bytes are fetched (and told in `fetches`), not only read again


@dataclass(slots=True)
class _Work:
    """A run under way."""

    plan: Plan
    job: Job
    loader: Loader
    crawled: Crawled
    start: float = field(default_factory=time.perf_counter)
    workers: int = 1  # groups read at the same time


def answered(act: Callable[[], IngestSummary]) -> State[IngestSummary]:
    """The run's final state: what the user can mend fails it with his words, not with a traceback."""
    try:
        summary = act()
    except GongkaiError as error:
        return Failed(message=str(error), data=error)
    get_run_logger().info(summary.message)
    outcome: Callable[..., State[Any]] = Failed if summary.state == "failed" else Completed
    return outcome(message=summary.message, data=summary)


def process(order: Order, found: Found, crawl: Crawl | None = None) -> IngestSummary:
    """Read and load what was found, and what `crawl` brings beside it, as far as it is not done already."""
    start = time.perf_counter()
    name_run(f"{order.flow} {order.title}")
    with open_to_write(order.home) as warehouse:
        memory = load_settings().process_memory_mb * 1_000_000
        job = Job(warehouse.place.store, _begin(warehouse, order), extractor_version(), memory)
        discovered = 0
        try:
            crawled = crawl(warehouse, job.run_id) if crawl else Crawled()
            found = crawled.beside(found)
            discovered = len(found.candidates)
            name_run(f"{order.flow} {order.title} · {discovered:,} documents")
            plan = plan_run(warehouse, found, None if order.everything else job.extractor_version)
            progress = progress_artifact(order.flow) if plan.to_read else None
            loader = Loader(warehouse, plan, job, order.is_fetching, progress)
            loader.take_errors(crawled.failed)
            work = _Work(plan, job, loader, crawled, start)
            _read_and_load(work)
            audited = _audit(work, warehouse)
        except GongkaiError as error:
            finish_run(warehouse, job.run_id, RunEnd("failed", discovered, message=str(error)))
            raise
        summary = _summary(order, work, audited)
        _finish(warehouse, summary)
        publish(warehouse, summary)
    tell_of(summary)
    for report in crawled.reports:
        if report.floor is not None:
            tell_floor_broken(report.source, report.floor)
    return summary


def _begin(warehouse: Warehouse, order: Order) -> str:
    """The run's and its sources' rows; returns the run's id."""
    for source in order.sources:
        record_source(warehouse, source)
    return begin_run(
        warehouse,
        order.flow,
        source=order.source,
        parameters=order.parameters,
        extractor_version=extractor_version(),
    )


def _read_and_load(work: _Work) -> None:
    """Read what the plan says and load it; parts left behind by a killed run go first."""
    store = store_at(work.job.store)
    store.remove(PARTS)
    try:
        if work.plan.to_read:
            with start_readers(load_settings(), work.job, len(work.plan.to_read)) as readers:
                work.workers = readers.places
                read_all(work.plan.to_read, readers, work.loader)
        work.loader.flush()
    finally:
        store.remove(PARTS)


def _audit(work: _Work, warehouse: Warehouse) -> Examined | None:
    """Audit the reports just loaded, and those that an earlier run could not any more."""
    start = time.perf_counter()
    audited = audit_new(warehouse)
    work.loader.seconds["audit"] = time.perf_counter() - start
    return audited


def _summary(order: Order, work: _Work, audited: Examined | None) -> IngestSummary:
    seconds = time.perf_counter() - work.start
    plan, loader = work.plan, work.loader
    attempted = len(plan.to_read) + work.crawled.attempted
    failed = tuple(sorted(loader.failures, key=lambda failure: failure.uri))
    return IngestSummary(
        run_id=work.job.run_id,
        flow=order.flow,
        state="failed" if failed and len(failed) >= attempted else "completed",
        discovered=plan.discovered,
        new=loader.new,
        changed=loader.changed,
        unchanged=plan.unchanged,
        skipped=plan.skipped,
        failed=failed,
        reports=loader.counts.reports,
        facts=loader.counts.facts,
        by_form=loader.by_form(),
        seconds=seconds,
        timings=Timings(seconds, work.workers, loader.seconds),
        crawls=tuple(work.crawled.reports),
        audit=audited.message if audited else None,
    )


def _finish(warehouse: Warehouse, summary: IngestSummary) -> None:
    end = RunEnd(
        state=summary.state,
        discovered=summary.discovered,
        new=summary.new,
        changed=summary.changed,
        unchanged=summary.unchanged,
        failed=len(summary.failed),
        reports=summary.reports,
        facts=summary.facts,
        message=summary.message,
    )
    finish_run(warehouse, summary.run_id, end)
