"""A crawl divided among a cluster's workers: every site, with all its hosts, belongs to one of them.

So a host's pace and its circuit breaker are one worker's business and hold without any message between them.
What a page needs from a site outside its share (an attachment elsewhere, a redirect) is put off; the run's
own process asks for it when all shares are done (`flows.crawl`). No Prefect here: this runs on workers.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flows.outcome import Job
from tasks.fetch.book import Book, CrawlState, Row, Seen, read_journal, write_rows
from tasks.fetch.client import Client
from tasks.fetch.crawl import CrawlReport, SourceCrawl
from tasks.fetch.policy import Policy
from tasks.fetch.session import Session
from tasks.fetch.sources import WebSource
from tasks.fetch.urls import host_of, site_of
from warehouse.blobs import blobs_at
from warehouse.store import Store, inside, store_at

SHARES = "crawl/shares"  # in the store: what shares know and learn
KNOWN, JOURNAL = ".known", ".journal"
SAVE_SECONDS = 15.0  # between two copies of the journal into the store: what a dead worker's work is good for


@dataclass(frozen=True, slots=True)
class Share:
    """Sources, and the sites that may be asked for them."""

    name: str
    sources: tuple[WebSource, ...]
    sites: frozenset[str]


def divide(sources: Sequence[WebSource], count: int) -> list[Share]:
    """At most `count` shares of about as many sources; sources with a site in common stay together."""
    groups: list[tuple[set[str], list[WebSource]]] = []
    for source in sources:
        sites = {site_of(host_of(url)) for url in source.urls}
        joined = [source]
        for group in [each for each in groups if each[0] & sites]:
            groups.remove(group)
            sites |= group[0]
            joined = [*group[1], *joined]
        groups.append((sites, joined))
    shares: list[tuple[set[str], list[WebSource]]] = [(set(), []) for _ in range(min(count, len(groups)))]
    for sites, joined in sorted(groups, key=lambda group: -len(group[1])):
        least = min(shares, key=lambda share: len(share[1]))
        least[0].update(sites)
        least[1].extend(joined)
    return [Share(f"share-{n}", tuple(some), frozenset(sites)) for n, (sites, some) in enumerate(shares)]


def leave_known(job: Job, share: Share, rows: Iterable[Row]) -> None:
    """What the warehouse knows of the share's sources, for the worker that gets it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "known"
        write_rows(file, rows)
        _store(job).write(share.name + KNOWN, file.read_bytes())


def _store(job: Job) -> Store:
    return store_at(inside(job.store, f"{SHARES}/{job.run_id}"))


def crawl_share(job: Job, share: Share, policy: Policy, recheck: bool) -> list[CrawlReport]:
    """Crawl the share here; what is learnt goes into its journal in the store. A share that a dead worker
    began is gone on with."""
    store = _store(job)
    with tempfile.TemporaryDirectory() as folder:
        known, journal = Path(folder) / "known", Path(folder) / "journal"
        known.write_bytes(store.read(share.name + KNOWN))
        with suppress(FileNotFoundError):
            journal.write_bytes(store.read(share.name + JOURNAL))
        rows = [*read_journal(known), *read_journal(journal)]
        pages = {row.uri: row for row in rows if isinstance(row, Seen)}
        crawls = {row.source: row for row in rows if isinstance(row, CrawlState)}
        book = Book(journal, blobs_at(job.store), job.run_id, pages.values(), crawls.values())

        def save() -> None:
            learnt = journal.read_bytes()  # its last line may be being written: who goes on begins a new one
            store.write(share.name + JOURNAL, learnt[: learnt.rfind(b"\n") + 1])

        try:
            return asyncio.run(_crawl(share, policy, book, save, recheck=recheck))
        finally:
            save()
            book.close()


async def _crawl(
    share: Share, policy: Policy, book: Book, save: Callable[[], None], *, recheck: bool
) -> list[CrawlReport]:
    paces = {host_of(url): s.delay for s in share.sources for url in s.urls if s.delay is not None}
    hosts: dict[str, list[WebSource]] = {}
    for source in share.sources:
        hosts.setdefault(host_of(source.urls[0]), []).append(source)
    places = asyncio.Semaphore(policy.hosts)
    reports: list[CrawlReport] = []
    async with Client(policy) as client:
        session = Session(client, policy, book, paces, sites=share.sites)

        async def at_host(some: list[WebSource]) -> None:
            async with places:
                for source in some:
                    reports.append(await SourceCrawl(source, session, book, policy, recheck=recheck).run())

        keeper = asyncio.create_task(_keep_saving(save))
        try:
            async with asyncio.TaskGroup() as group:
                for some in hosts.values():
                    group.create_task(at_host(some))
        finally:
            keeper.cancel()
    return reports


async def _keep_saving(save: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(SAVE_SECONDS)
        await asyncio.to_thread(save)
