"""`gongkai source`: the web sites that are known, adding one, looking what one would bring."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from flows.cli.failing import FAILED
from flows.cli.printing import print_json, print_table
from flows.settings import load_settings
from tasks.errors import GongkaiError
from tasks.fetch.book import Book, Seen
from tasks.fetch.client import Client
from tasks.fetch.crawl import SourceCrawl
from tasks.fetch.policy import Policy
from tasks.fetch.session import Session
from tasks.fetch.sources import WebSource, add_source, chosen, load_sources, of_address
from tasks.fetch.urls import host_of
from warehouse.blobs import BlobStore
from warehouse.lake import exists, open_warehouse
from warehouse.place import place_of

SHOWN = 30
"""Items printed; JSON has all."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a look at a source found: family, items of its lists with the decisions, what went wrong."""

    family: str | None
    items: tuple[Seen, ...]
    errors: tuple[str, ...]

    @property
    def accepted(self) -> int:
        return sum(item.decision == "accepted" for item in self.items)


def list_sources(home: Path, *, as_json: bool) -> None:
    """All sources with what their last crawl found."""
    crawls = _crawls(home)
    rows = [_row(source, crawls.get(source.name, {})) for source in load_sources(home).values()]
    if as_json:
        print_json(rows)
        return
    headings = ("name", "title", "family", "verified", "floor", "items", "crawled", "fault", "address")
    print_table(headings, [[row[name] for name in headings] for row in rows])


def add(url: str, name: str | None, title: str, region: str | None, home: Path, *, as_json: bool) -> None:
    """Probe the address, show what it would fetch, and write it down; exit 1 when it lists no report."""
    source = of_address(url)
    source = replace(source, name=name or _name(url, home), title=title, region_code=region, is_address=False)
    found = probe(source)
    if found.accepted:
        floor = found.accepted // 2  # far fewer one day are an error; a few may move to an archive
        source = replace(source, family=found.family, floor=floor, verified=True)
        file = add_source(source, home)
    _tell(source, found, as_json=as_json)
    if not found.accepted:
        raise typer.Exit(FAILED)
    if not as_json:
        typer.echo(f"Added to {file}: gongkai ingest {source.name}")


def check(names: list[str], home: Path, *, as_json: bool) -> None:
    """Probe sources without storing anything; exit 1 when one of them lists fewer reports than it should."""
    sources = chosen(names or ["all"], home)
    failed = False
    for source in sources:
        found = probe(source)
        _tell(source, found, as_json=as_json)
        failed |= not found.accepted or found.accepted < source.floor or bool(found.errors)
    if failed:
        raise typer.Exit(FAILED)


def probe(source: WebSource) -> Probe:
    """Walk the source's lists, politely, fetching no report; nothing is kept."""
    policy = load_settings().fetch.policy()
    with tempfile.TemporaryDirectory(prefix="gongkai-probe-") as folder:
        book = Book(Path(folder) / "journal", BlobStore(Path(folder) / "blobs"), "probe", (), ())
        try:
            crawl = asyncio.run(_look(source, policy, book))
        finally:
            book.close()
        items = tuple(page for page in book.pages_of(source.name) if page.role == "article")
    errors = tuple(str(error) for error in crawl.report.errors)
    return Probe(crawl.report.family, items, errors)


async def _look(source: WebSource, policy: Policy, book: Book) -> SourceCrawl:
    paces = {host_of(url): source.delay for url in source.urls if source.delay is not None}
    async with Client(policy) as client:
        crawl = SourceCrawl(source, Session(client, policy, book, paces), book, policy)
        await crawl.look()
    return crawl


def _tell(source: WebSource, found: Probe, *, as_json: bool) -> None:
    if as_json:
        items = [
            {"url": i.uri, "title": i.title, "date": i.listed_on, "decision": i.decision, "reason": i.reason}
            for i in found.items
        ]
        print_json(
            {"name": source.name, "family": found.family, "accepted": found.accepted, "items": items}
            | {"errors": list(found.errors)}
        )
        return
    ordered = sorted(found.items, key=lambda item: item.decision)
    rows = [[i.decision, i.listed_on, i.title, i.reason, i.uri] for i in ordered[:SHOWN]]
    if rows:
        print_table(("decision", "date", "title", "rule", "url"), rows)
    if len(found.items) > SHOWN:
        typer.echo(f"… and {len(found.items) - SHOWN:,} more items")
    for error in found.errors:
        typer.echo(f"failed: {error}", err=True)
    typer.echo(
        f"{source.name}: family {found.family or 'unknown'}, {found.accepted} reports, "
        f"{len(found.items) - found.accepted} other items"
    )


def _name(url: str, home: Path) -> str:
    """A name made of the host; a number behind it where it is taken."""
    known = load_sources(home)
    base = host_of(url).partition(":")[0].removeprefix("www.")
    names = (base, *(f"{base}-{number}" for number in range(2, 1000)))
    free = next((name for name in names if name not in known), None)
    if free is None:
        raise GongkaiError(f"Every name for {url!r} is taken.", "Give one with --name.")
    return free


def _crawls(home: Path) -> dict[str, dict[str, Any]]:
    if not exists(place_of(home)):
        return {}
    with open_warehouse(home, read_only=True) as warehouse:
        query = "SELECT source, family, items, finished_at, fault FROM crawls"
        return {row["source"]: row for row in warehouse.rows(query)}


def _row(source: WebSource, crawl: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": source.name,
        "title": source.title,
        "region_code": source.region_code,
        "family": crawl.get("family") or source.family,
        "verified": source.verified or bool(crawl.get("items")),
        "floor": source.floor,
        "items": crawl.get("items"),
        "crawled": crawl.get("finished_at"),
        "fault": crawl.get("fault"),
        "address": " ".join(source.urls),
    }
