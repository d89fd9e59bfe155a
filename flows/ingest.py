"""The flow `ingest`: discover, skip what is done, read documents in parallel, load by batch, report.

What runs and in what order; no parsing, and no page or table in Prefect's hands: task runs take candidates
and leave part files. A small run shows every document as its own task run, a large one shows groups. Other
processes must import this module as `flows.ingest` (deployments: `flows.ingest.ingest`).
"""

from __future__ import annotations

import datetime as dt
import shutil
import time
from pathlib import Path

from prefect import flow, get_client, get_run_logger
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from flows.archives import open_archives
from flows.artifacts import publish_documents, publish_summary
from flows.loading import Loader
from flows.outcome import Job
from flows.plan import Plan, plan_run
from flows.reading import LANES, read_all
from flows.settings import load_settings
from flows.summary import IngestSummary, Timings
from flows.workers import Workers, cores
from tasks.errors import GongkaiError
from tasks.fetch import discover
from tasks.load import RunEnd, Source, begin_run, finish_run, record_source
from tasks.version import extractor_version
from warehouse.lake import Warehouse, open_warehouse


@flow(
    name="ingest",
    description="Bring pages into the warehouse: those that are new, changed, or read by older rules.",
    task_runner=ThreadPoolTaskRunner(max_workers=LANES),  # type: ignore[arg-type]
    persist_result=False,
)
def ingest(paths: list[str], home: str | None = None) -> State[IngestSummary]:
    """Ingest the pages of folders, files and globs.

    Args:
        paths: folders, files or globs of reports in any format.
        home: the warehouse's folder; by default the setting `home`: $GONGKAI_HOME or ./data.
    """
    try:
        folder = (Path(home) if home else load_settings().home).absolute()
        summary = _ingest(paths, folder)
    except GongkaiError as error:
        return Failed(message=str(error), data=error)
    get_run_logger().info(summary.message)
    outcome = Failed if summary.state == "failed" else Completed
    return outcome(message=summary.message, data=summary)


def _ingest(paths: list[str], home: Path) -> IngestSummary:
    start = time.perf_counter()
    found = discover(paths)
    _name_run(f"ingest {_title(paths)} · {len(found.candidates):,} documents")
    with open_warehouse(home) as warehouse:
        plan = plan_run(warehouse, open_archives(found, home), extractor_version())
        job = Job(home, _begin(warehouse, paths), extractor_version())
        try:
            loader, workers = _work(warehouse, plan, job)
        except GongkaiError as error:
            finish_run(warehouse, job.run_id, RunEnd("failed", plan.discovered, message=str(error)))
            raise
        summary = _summary(plan, job, loader, workers, start)
        _finish(warehouse, summary)
        publish_summary(summary)
        publish_documents(warehouse, summary)
    return summary


def _begin(warehouse: Warehouse, paths: list[str]) -> str:
    """The run's and its sources' rows; returns the run's id."""
    for path in paths:
        record_source(warehouse, _source(path))
    return begin_run(
        warehouse,
        "ingest",
        source="\n".join(paths),
        parameters={"paths": paths},
        extractor_version=extractor_version(),
    )


def _work(warehouse: Warehouse, plan: Plan, job: Job) -> tuple[Loader, int]:
    """Read what the plan says and load it; parts left behind by a killed run go first."""
    shutil.rmtree(job.parts.parent, ignore_errors=True)
    loader = Loader(warehouse, plan, job)
    count = min(cores(), len(plan.to_read)) or 1
    try:
        with Workers(job, count) as workers:
            read_all(plan.to_read, workers, loader)
        loader.flush()
    finally:
        shutil.rmtree(job.parts.parent, ignore_errors=True)
    return loader, count


def _summary(plan: Plan, job: Job, loader: Loader, workers: int, start: float) -> IngestSummary:
    seconds = time.perf_counter() - start
    failed = tuple(sorted(loader.failures, key=lambda failure: failure.uri))
    return IngestSummary(
        run_id=job.run_id,
        state="failed" if failed and len(failed) == len(plan.to_read) else "completed",
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
        timings=Timings(seconds, workers, loader.seconds),
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


def _source(path: str) -> Source:
    kind = "folder" if Path(path).is_dir() else "file" if Path(path).exists() else "glob"
    return Source(path, kind, str(Path(path).absolute()), dt.datetime.now(dt.UTC))


def _title(paths: list[str]) -> str:
    names = [Path(path).absolute().name or path for path in paths]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _name_run(name: str) -> None:
    """The run's name says what it does, which is known only once it has looked."""
    context = FlowRunContext.get()
    if context is not None and context.flow_run is not None:
        with get_client(sync_client=True) as client:
            client.update_flow_run(context.flow_run.id, name=name)
