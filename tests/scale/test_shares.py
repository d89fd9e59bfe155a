"""A crawl on Dask workers: every site is one worker's, and what lies elsewhere is asked for in the end."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from flows.shares import JOURNAL, SHARES, divide
from flows.summary import IngestSummary
from tasks.fetch.book import Seen, read_journal
from tasks.fetch.sources import WebSource
from tasks.fetch.urls import host_of, site_of
from tests.engines import PATIENCE, Dask
from tests.same import assert_same, assert_same_homes, contents
from tests.site import Reply, Request, Server, Site
from tests.site.families import FAMILIES, LISTS
from tests.site.reports import article, reports

Ingest = Callable[..., IngestSummary]


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.example.gov.cn:8080", "example.gov.cn"),
        ("xxgk.example.gov.cn", "example.gov.cn"),
        ("www.example.cn", "example.cn"),
        ("127.0.0.1:80", "127.0.0.1:80"),
        ("localhost", "localhost"),
    ],
)
def test_a_site_is_what_hosts_of_a_body_have_in_common(host: str, site: str) -> None:
    assert site_of(host) == site


def test_sources_with_a_site_in_common_are_one_workers() -> None:
    def source(name: str, *urls: str) -> WebSource:
        return WebSource(name, urls)

    sources = [
        source("a", "http://a.gov.cn/1"),
        source("b", "http://b.gov.cn/"),
        source("ab", "http://www.a.gov.cn/", "http://x.c.gov.cn/"),
        source("c", "http://c.gov.cn/"),
        source("d", "http://d.gov.cn/"),
    ]
    shares = divide(sources, 3)
    assert sorted(sorted(each.name for each in share.sources) for share in shares) == [
        ["a", "ab", "c"],
        ["b"],
        ["d"],
    ]
    sites = [site for share in shares for site in share.sites]
    assert len(sites) == len(set(sites)) == 4
    assert divide(sources[:1], 8)[0].sources == (sources[0],)
    assert all(site_of(host_of(url)) in s.sites for s in shares for each in s.sources for url in each.urls)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("GONGKAI_FETCH__PRIVATE_NETWORKS", "127.0.0.1/32")
    monkeypatch.setenv("GONGKAI_FETCH__DELAY", "0.02")
    monkeypatch.setenv("GONGKAI_FETCH__BACKOFF", "0.01")
    sites: dict[str, Site] = {"a": FAMILIES["jpage"](), "b": FAMILIES["trs"]()}
    with Server(sites) as running:
        yield running


class Elsewhere:
    """A list whose one report lies on the site `c`, which is in nobody's share."""

    port = 0

    def __call__(self, request: Request) -> Reply:
        [report] = reports(1)
        link = f'<li><a href="http://c.localhost:{self.port}/r.html">{report.title}</a> {report.date}</li>'
        pages = {"/": f"<html><body><ul>{link}</ul></body></html>".encode(), "/r.html": article(report)}
        return Reply(pages[request.path]) if request.path in pages else Reply(b"", 404)


@pytest.mark.slow
def test_what_lies_on_a_site_of_nobodys_is_asked_for_in_the_end_by_one(
    ingest: Ingest, server: Server, dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.sites["d"] = server.sites["c"] = site = Elsewhere()
    site.port = server.port
    monkeypatch.setenv("GONGKAI_RUNNER", "dask")
    monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", dask.address)
    summary = ingest(tmp_path, server.url("a", LISTS["jpage"]), server.url("d"))
    assert (summary.new, summary.failed) == (41, ())
    assert [each.request.path for each in server.asked("c") if each.status == 200] == ["/r.html"]


@pytest.mark.slow
def test_hosts_are_divided_and_every_page_is_asked_for_once(
    ingest: Ingest, server: Server, dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [server.url("a", LISTS["jpage"]), server.url("b", LISTS["trs"])]
    alone = ingest(tmp_path / "alone", *urls)
    asked_alone = sorted((each.request.host, each.request.path) for each in server.log)
    server.log.clear()
    monkeypatch.setenv("GONGKAI_RUNNER", "dask")
    monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", dask.address)
    shared = ingest(tmp_path / "shared", *urls)
    assert (shared.new, shared.failed) == (alone.new, ())
    assert sorted((each.request.host, each.request.path) for each in server.log) == asked_alone
    assert_same_homes(tmp_path / "shared", tmp_path / "alone")
    again = ingest(tmp_path / "shared", *urls)
    assert (again.new, again.unchanged) == (0, 80)
    assert not (tmp_path / "shared" / "crawl" / "shares").exists()


class Stalling:
    """A site that answers some of its reports and lets the next wait, until it is released."""

    def __init__(self, site: Site, answered: int) -> None:
        self._site = site
        self._left = answered
        self.released = threading.Event()

    def __call__(self, request: Request) -> Reply:
        if request.path.startswith("/art/"):
            if not self._left and not self.released.is_set():
                return Reply(raw=self._stall)
            self._left -= 1
        return self._site(request)

    async def _stall(self, writer: asyncio.StreamWriter) -> None:
        while not self.released.is_set():
            await asyncio.sleep(0.05)


def kill_when_saved(
    home: Path, count: int, dask: Dask, server: Server, site: Stalling
) -> tuple[set[str], float]:
    """Kill the worker that waits for the site once so many of its reports are saved: which, and when."""
    end = time.monotonic() + 2 * PATIENCE
    try:
        while len(saved := saved_reports(home)) < count or len(asking := workers_asking(dask, server)) != 1:
            assert time.monotonic() < end, f"{len(saved)} reports saved, {count} expected"
            time.sleep(0.1)
        asking[0].kill()
        assert asking[0].wait(PATIENCE) == -signal.SIGKILL
        return saved, time.monotonic()
    finally:
        site.released.set()


def saved_reports(home: Path) -> set[str]:
    """Paths of the stalling site's reports in the shares' journals, as far as these are in the store."""
    rows = (row for journal in home.glob(f"{SHARES}/*/*{JOURNAL}") for row in read_journal(journal))
    return {path_of(row.uri) for row in rows if isinstance(row, Seen) and row.sha256 and "/art/" in row.uri}


def path_of(uri: str) -> str:
    return urlsplit(uri).path


def workers_asking(dask: Dask, server: Server) -> list[subprocess.Popen[bytes]]:
    """The workers that have a connection to the server."""

    def is_asking(worker: subprocess.Popen[bytes]) -> bool:
        connections = psutil.Process(worker.pid).net_connections("tcp")
        return any(each.raddr and each.raddr.port == server.port for each in connections)

    return [worker for worker in dask.workers if is_asking(worker)]


@pytest.mark.slow
def test_what_a_worker_killed_in_mid_crawl_had_saved_is_not_asked_for_again(
    ingest: Ingest, server: Server, dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_FETCH__TIMEOUT", "600")
    monkeypatch.setenv("GONGKAI_FETCH__TOTAL_TIMEOUT", "600")
    urls = [server.url("a", LISTS["jpage"]), server.url("b", LISTS["trs"])]
    ingest(tmp_path / "alone", *urls)
    server.sites["a"] = stalling = Stalling(server.sites["a"], 10)
    monkeypatch.setenv("GONGKAI_RUNNER", "dask")
    monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", dask.address)
    home = tmp_path / "killed"
    with ThreadPoolExecutor(1) as pool:
        killing = pool.submit(kill_when_saved, home, 10, dask, server, stalling)
        summary = ingest(home, *urls)
        saved, killed = killing.result()
    assert (summary.new, summary.failed) == (80, ())
    assert not saved & {each.request.path for each in server.asked("a") if each.began > killed}
    assert_same(contents(home), contents(tmp_path / "alone"))
