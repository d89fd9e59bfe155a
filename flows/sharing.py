"""The run's side of a crawl divided among a cluster's workers (`flows.shares`): shares are handed out, and
what they learnt is taken into the warehouse as each one ends.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed

from flows.outcome import Job
from flows.runners import start_cluster
from flows.settings import load_settings
from flows.shares import JOURNAL, SHARES, Share, crawl_share, divide, leave_known
from tasks.errors import DocumentError
from tasks.fetch.answers import Fault
from tasks.fetch.crawl import CrawlReport
from tasks.fetch.policy import Policy
from tasks.fetch.sources import WebSource
from tasks.load import crawls_known, pages_known, take_in
from tasks.version import extractor_version
from warehouse.lake import Warehouse


@dataclass(slots=True)
class Shared:
    """What the workers' shares brought, by source."""

    reports: dict[str, CrawlReport] = field(default_factory=dict)

    def is_done(self, source: WebSource) -> bool:
        """The source was crawled, and nothing of it was put off."""
        report = self.reports.get(source.name)
        return report is not None and not any(map(_is_put_off, report.errors))

    def beside(self, own: Sequence[CrawlReport]) -> list[CrawlReport]:
        """All reports; of a source that the run's own process went on with, both as one."""
        later = {report.source: report for report in own}
        first = [report for name, report in self.reports.items() if name not in later]
        return [*first, *(_together(self.reports.get(each.source), each) for each in own)]


def crawl_shared(
    warehouse: Warehouse, sources: Sequence[WebSource], policy: Policy, run_id: str, *, recheck: bool
) -> Shared:
    """Have the cluster crawl the sources; nothing where there is no cluster, or nothing to divide."""
    shared = Shared()
    job = Job(warehouse.place.store, run_id, extractor_version())
    cluster = start_cluster(load_settings(), job, len(sources)) if len(sources) > 1 else None
    if cluster is None:
        return shared
    with cluster:
        shares = divide(sources, cluster.places)
        for share in shares:
            names = [source.name for source in share.sources]
            leave_known(job, share, [*pages_known(warehouse, names), *crawls_known(warehouse, names)])
        brought: dict[str, list[CrawlReport]] = {}
        futures = [
            crawl_on_worker.submit(
                f"crawl {len(share.sources)} sources on a worker",
                share,
                brought,
                lambda share: cluster.call(crawl_share, job, share, policy, recheck),
            )
            for share in shares
        ]
        for future in as_completed(futures):
            take_in_shares(warehouse)
            future.result()
    warehouse.place.open_store().remove(SHARES)
    for reports in brought.values():
        shared.reports.update({report.source: report for report in reports})
    return shared


@task(task_run_name="{name}", persist_result=False, cache_policy=NO_CACHE)
def crawl_on_worker(
    name: str,
    share: Share,
    brought: dict[str, list[CrawlReport]],
    call: Callable[[Share], list[CrawlReport]],
) -> None:
    """Wait for a share."""
    brought[share.name] = call(share)


def take_in_shares(warehouse: Warehouse) -> None:
    """Take the journals that workers left in the store into the warehouse, those of a killed run too."""
    store = warehouse.place.open_store()
    for path, _ in list(store.sizes(SHARES, JOURNAL)):
        with tempfile.TemporaryDirectory() as folder:
            journal = Path(folder) / "journal"
            journal.write_bytes(store.read(path))
            take_in(warehouse, journal)


def _is_put_off(error: DocumentError) -> bool:
    return error.message.startswith(Fault.ELSEWHERE.value)


def _together(before: CrawlReport | None, after: CrawlReport) -> CrawlReport:
    if before is None:
        return after
    return replace(
        after,
        new=before.new + after.new,
        changed=before.changed + after.changed,
        unchanged=before.unchanged + after.unchanged,
        errors=[*(error for error in before.errors if not _is_put_off(error)), *after.errors],
    )
