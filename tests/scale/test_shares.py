"""A crawl on Dask workers: every site is one worker's, and what lies elsewhere is asked for in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.shares import divide
from flows.summary import IngestSummary
from tasks.fetch.sources import WebSource
from tasks.fetch.urls import host_of, site_of
from tests.engines import Dask
from tests.same import assert_same_homes
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
