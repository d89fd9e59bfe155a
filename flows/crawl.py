"""Crawling inside the flow: one asynchronous task run a host, all in one loop; the state kept as it goes.

Requests, lists and rules are `tasks.fetch`'s; here is who crawls when, where the journal goes, and whom
a host's
pace is shared with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.archives import Found, open_archives
from flows.asked import Asked
from flows.loading import PROGRESS
from flows.pace import pace_holder
from flows.sharing import crawl_shared, take_in_shares
from tasks.errors import DocumentError
from tasks.fetch import Stored
from tasks.fetch.book import Book
from tasks.fetch.client import Client
from tasks.fetch.crawl import CrawlReport, SourceCrawl
from tasks.fetch.policy import Policy
from tasks.fetch.session import Session
from tasks.fetch.sources import WebSource
from tasks.fetch.urls import host_of
from tasks.load import crawls_known, pages_known, release, stored_documents, stored_pages, take_in
from warehouse.lake import Warehouse

JOURNAL = Path("crawl") / "journal.jsonl"

# The journal is taken in when it has so many lines, or has waited so long: few transactions, short pauses.
LINES = 2_000
SECONDS = 15.0


@dataclass(slots=True)
class Crawled:
    """What the crawl of all sources of a run brought; `stored` are all pages its sources have, by now or
    before."""

    reports: list[CrawlReport] = field(default_factory=list)
    stored: Found = field(default_factory=lambda: Found((), ()))

    def beside(self, found: Found) -> Found:
        """All candidates of the run."""
        forbidden = (skipped for report in self.reports for skipped in report.skipped)
        return Found(
            (*found.candidates, *self.stored.candidates),
            (*found.skipped, *self.stored.skipped, *forbidden),
        )

    @property
    def failed(self) -> list[tuple[DocumentError, str]]:
        """Each error with its source."""
        return [(error, report.source) for report in self.reports for error in report.errors]

    @property
    def attempted(self) -> int:
        """Pages asked for that do not come to be read: unchanged ones and failures."""
        return sum(report.unchanged + len(report.errors) for report in self.reports)

    @property
    def fetched(self) -> int:
        return sum(report.new + report.changed for report in self.reports)


def crawl(
    warehouse: Warehouse, sources: Sequence[WebSource], policy: Policy, run_id: str, *, recheck: bool = False
) -> Crawled:
    """Crawl the sources; everything learnt is in the warehouse afterwards, and in the journal before."""
    recover(warehouse)
    if not sources:
        return Crawled()
    journal = warehouse.home / JOURNAL
    names = [source.name for source in sources]
    shared = crawl_shared(warehouse, sources, policy, run_id, recheck=recheck)
    rest = [source for source in sources if not shared.is_done(source)]
    pages, crawls = pages_known(warehouse, names), crawls_known(warehouse, names)
    book = Book(journal, warehouse.blobs, run_id, pages, crawls)
    try:
        crawled = asyncio.run(_crawl(warehouse, rest, policy, book, recheck=recheck))
    finally:
        _settle(warehouse, book)
        book.close()
    crawled.reports = shared.beside(crawled.reports)
    release(warehouse, [error.uri for error, _ in crawled.failed])
    crawled.stored = _opened(warehouse, stored_pages(warehouse, names))
    return crawled


def replay(warehouse: Warehouse, asked: Asked) -> Crawled:
    """What crawls have accepted, without a crawl; without any path, everything that was ever stored."""
    recover(warehouse)
    if asked.paths:
        pages = stored_pages(warehouse, [source.name for source in asked.sources])
    else:
        known = {page.uri: page for page in (*stored_documents(warehouse), *stored_pages(warehouse))}
        pages = list(known.values())
    return Crawled(stored=_opened(warehouse, pages))


def _opened(warehouse: Warehouse, pages: list[Stored]) -> Found:
    return open_archives(Found(tuple(pages), ()), warehouse.home)


def recover(warehouse: Warehouse) -> None:
    """Take in what a killed crawl left behind, here or on workers."""
    take_in_shares(warehouse)
    journal = warehouse.home / JOURNAL
    if journal.exists():
        take_in(warehouse, journal)
        journal.write_text("", "utf-8")


def _settle(warehouse: Warehouse, book: Book) -> None:
    if book.lines:
        take_in(warehouse, warehouse.home / JOURNAL)
        book.emptied()


async def _crawl(
    warehouse: Warehouse, sources: Sequence[WebSource], policy: Policy, book: Book, *, recheck: bool
) -> Crawled:
    done = Crawled()
    paces = {host_of(url): s.delay for s in sources for url in s.urls if s.delay is not None}
    places = asyncio.Semaphore(policy.hosts)
    keeper = asyncio.create_task(_keep_settling(warehouse, book))
    async with Client(policy) as client:
        session = Session(client, policy, book, paces, await pace_holder())

        async def at_host(host: str, some: list[WebSource]) -> None:
            async with places:
                crawls = [SourceCrawl(source, session, book, policy, recheck=recheck) for source in some]
                await crawl_host(f"crawl {host}", crawls, done)

        try:
            async with asyncio.TaskGroup() as group:
                for host, some in _by_host(sources).items():
                    group.create_task(at_host(host, some))
        finally:
            keeper.cancel()
    return done


def _by_host(sources: Sequence[WebSource]) -> dict[str, list[WebSource]]:
    hosts: dict[str, list[WebSource]] = {}
    for source in sources:
        hosts.setdefault(urlsplit(source.urls[0]).netloc, []).append(source)
    return hosts


@task(task_run_name="{name}", persist_result=False, cache_policy=NO_CACHE)
async def crawl_host(name: str, crawls: list[SourceCrawl], done: Crawled) -> None:
    """The sources of one host, one after the other."""
    for each in crawls:
        done.reports.append(await each.run())
        if (progress := PROGRESS.get()) is not None:
            progress(done.fetched, done.fetched)


async def _keep_settling(warehouse: Warehouse, book: Book) -> None:
    """Take the journal in from time to time. It runs in the loop, so nothing is written meanwhile."""
    waited = 0.0
    while True:
        await asyncio.sleep(1.0)
        waited += 1.0
        if book.lines >= LINES or (book.lines and waited >= SECONDS):
            _settle(warehouse, book)
            waited = 0.0
