"""Each fault of a site ends in the right row of `fetches`, is retried if it may pass, hurts nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tasks.errors import TerminalError, TransientError
from tasks.fetch.sources import of_address
from tests.site import Reply, Request, Server
from tests.site.crawling import Crawler
from tests.site.faults import FAULTS, GOOD, TRANSIENT, busy_then_fine, site

ATTEMPTS = 2


@pytest.fixture
def crawled(server: Server, crawler: Crawler) -> Crawler:
    server.sites["f"] = site
    crawler.set(attempts=ATTEMPTS, timeout=1.5, total_timeout=3.0, failures_to_open=100, max_bytes=1_000_000)
    crawler.crawl(of_address(server.url("f", "/list.html")))
    return crawler


def test_each_fault_has_its_row_and_the_good_page_is_kept(crawled: Crawler, server: Server) -> None:
    for path, (fault, status) in FAULTS.items():
        rows = crawled.attempts(server.url("f", path))
        assert {(row.outcome, row.fault, row.status) for row in rows} == {("failed", fault, status)}, path
        assert len(rows) == (ATTEMPTS if fault in TRANSIENT else 1), path
        assert all(row.error and row.duration_s is not None for row in rows)
    assert [page.uri for page in crawled.accepted()] == [server.url("f", "/good")]
    assert "/secret" not in {exchange.request.path for exchange in server.log}


def test_faults_are_told_as_errors_of_the_two_kinds(server: Server, crawler: Crawler) -> None:
    server.sites["f"] = site
    crawler.set(attempts=1, timeout=0.5, total_timeout=2.0, failures_to_open=100)
    [report] = crawler.crawl(of_address(server.url("f", "/list.html")))
    kinds = {error.uri.rpartition("/")[2]: type(error) for error in report.errors}
    assert kinds["timeout"] is TransientError and kinds["gone"] is TerminalError
    assert all(error.stage == "fetch" and error.advice for error in report.errors)


def test_retry_after_is_waited_for(server: Server, crawler: Crawler) -> None:
    server.sites["f"] = busy_then_fine(2, "1")  # robots.txt: twice busy
    crawler.crawl(of_address(server.url("f", "/xxgk/2019.html")))
    times = [exchange.began for exchange in server.asked("f")][:3]
    assert len(crawler.accepted()) == 1
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))


def test_a_wait_that_is_too_long_is_left_for_the_next_run(server: Server, crawler: Crawler) -> None:
    fine = busy_then_fine(1, "86400")
    server.sites["f"] = lambda request: Reply(b"", 404) if request.path == "/robots.txt" else fine(request)
    url = server.url("f", "/2019.html")
    crawler.crawl(of_address(url))
    assert [row.fault for row in crawler.attempts(url)] == ["unavailable"]
    crawler.crawl(of_address(url))
    assert [page.uri for page in crawler.accepted()] == [url]


def test_a_host_that_is_down_is_left_alone_after_some_failures(server: Server, crawler: Crawler) -> None:
    def down(request: Request) -> Reply:
        if request.path in ("/list.html", "/robots.txt"):
            links = "".join(
                f'<li><a href="/p{n}.html">甲局{2000 + n}年政府信息公开年报</a></li>' for n in range(20)
            )
            return Reply(f"<html>{links}</html>".encode()) if "list" in request.path else Reply(b"", 404)
        return Reply(b"", 503)

    server.sites["f"] = down
    crawler.set(attempts=2, failures_to_open=3)
    source = of_address(server.url("f", "/list.html"))
    [report] = crawler.crawl(source)
    asked = [exchange for exchange in server.asked("f") if "/p" in exchange.request.path]
    assert len(asked) == 6 and len(report.errors) == 20
    assert {row.fault for row in crawler.attempts()} == {None, "status", "unavailable", "circuit-open"}
    server.sites["f"] = lambda request: down(request) if request.path == "/list.html" else Reply(GOOD)
    crawler.crawl(source)
    assert len(crawler.accepted()) == 20, "the round is gone on with"


def test_a_robots_txt_that_answers_5xx_forbids_everything_for_now(server: Server, crawler: Crawler) -> None:
    server.sites["f"] = lambda request: Reply(b"", 500) if request.path == "/robots.txt" else Reply(GOOD)
    [report] = crawler.crawl(of_address(server.url("f", "/list.html")))
    assert {exchange.request.path for exchange in server.log} == {"/robots.txt"}
    assert len(server.log) == crawler.policy.attempts
    assert report.errors[0].message.startswith("robots-unreachable")
