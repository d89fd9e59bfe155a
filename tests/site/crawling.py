"""Crawling the simulator in the test's own process, without Prefect and without a warehouse."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from flows.settings import networks
from tasks.fetch.book import Attempt, Book, CrawlState, Seen, read_journal
from tasks.fetch.client import Client
from tasks.fetch.crawl import CrawlReport, SourceCrawl
from tasks.fetch.policy import Policy
from tasks.fetch.session import Session
from tasks.fetch.sources import WebSource
from warehouse.blobs import BlobStore

POLICY = Policy(
    delay=0.0, backoff=0.01, timeout=2.0, total_timeout=5.0, private_networks=networks("127.0.0.1/32")
)


class Crawler:
    """Crawls sources one after the other; what is known carries over from run to run as after a restart."""

    def __init__(self, folder: Path, policy: Policy = POLICY) -> None:
        self.policy = policy
        self.journal = folder / "journal.jsonl"
        self.blobs = BlobStore(folder / "blobs")
        self.runs = 0

    def set(self, **values: object) -> None:
        self.policy = replace(self.policy, **values)  # type: ignore[arg-type]

    def crawl(self, *sources: WebSource, recheck: bool = False) -> list[CrawlReport]:
        """One run over the sources."""
        self.runs += 1
        book = Book(self.journal, self.blobs, f"run-{self.runs}", self.pages(), self.crawls())
        try:
            return asyncio.run(self._crawl(sources, book, recheck=recheck))
        finally:
            book.close()

    async def _crawl(self, sources: Iterable[WebSource], book: Book, *, recheck: bool) -> list[CrawlReport]:
        async with Client(self.policy) as client:
            session = Session(client, self.policy, book, {})
            return [
                await SourceCrawl(source, session, book, self.policy, recheck=recheck).run()
                for source in sources
            ]

    def note(self, page: Seen) -> None:
        """Change what is known of a page, as time or an older version would have."""
        book = Book(self.journal, self.blobs, "noted", self.pages(), ())
        book.see(page)
        book.close()

    def pages(self, role: str | None = None) -> list[Seen]:
        """The pages known, in their newest state."""
        rows = {row.uri: row for row in read_journal(self.journal) if isinstance(row, Seen)}
        return [row for row in rows.values() if role is None or row.role == role]

    def page(self, uri: str) -> Seen:
        return next(page for page in self.pages() if page.uri == uri)

    def crawls(self) -> list[CrawlState]:
        rows = {row.source: row for row in read_journal(self.journal) if isinstance(row, CrawlState)}
        return list(rows.values())

    def attempts(self, uri: str | None = None) -> list[Attempt]:
        """The rows of `fetches`, of all runs."""
        rows = (row for row in read_journal(self.journal) if isinstance(row, Attempt))
        return [row for row in rows if uri is None or row.uri == uri]

    def accepted(self) -> list[Seen]:
        """Pages that go on to be read."""
        return [page for page in self.pages() if page.stored() and page.role in ("article", "attachment")]
