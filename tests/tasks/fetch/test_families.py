"""Every family's site crawled over HTTP: all reports, nothing else, once; politely; a second time for
nothing."""

from __future__ import annotations

import pytest

from tasks.fetch.sources import of_address
from tests.site import Server
from tests.site.crawling import Crawler
from tests.site.families import FAMILIES, FORBIDDEN, LISTS
from tests.site.reports import reports


@pytest.fixture(params=sorted(FAMILIES))
def family(request: pytest.FixtureRequest, server: Server) -> str:
    name = str(request.param)
    server.sites[name] = FAMILIES[name]()
    return name


def test_every_report_is_found_exactly_once_and_nothing_else(
    family: str, server: Server, crawler: Crawler
) -> None:
    [report] = crawler.crawl(of_address(server.url(family, LISTS[family])))
    assert report.family == family.partition("-")[0]
    found = sorted(page.title or "" for page in crawler.accepted())
    expected = sorted(each.title for each in reports())
    assert found == expected, "recall and precision 1.0"
    assert len({page.sha256 for page in crawler.accepted()}) == len(expected)
    articles = [e.request.target for e in server.log if "art" in e.request.path or "info" in e.request.path]
    assert len(articles) == len(set(articles)), "no page asked for twice"


def test_no_request_is_made_that_robots_txt_forbids(family: str, server: Server, crawler: Crawler) -> None:
    crawler.crawl(of_address(server.url(family, LISTS[family])))
    assert server.log[0].request.path == "/robots.txt"
    assert [e.request.path for e in server.log].count("/robots.txt") == 1
    assert FORBIDDEN not in [e.request.path for e in server.log]
    [attempt] = crawler.attempts(server.url(family, FORBIDDEN))
    assert (attempt.outcome, attempt.fault, attempt.status) == ("failed", "robots", None)


def test_what_robots_txt_forbids_is_told_once_as_left_out_and_is_no_failure(
    family: str, server: Server, crawler: Crawler
) -> None:
    source, forbidden = of_address(server.url(family, LISTS[family])), server.url(family, FORBIDDEN)
    [first] = crawler.crawl(source)
    [again] = crawler.crawl(source, recheck=True)
    assert first.errors == again.errors == []
    assert [skipped.uri for skipped in first.skipped] == [forbidden] and again.skipped == []
    assert len(crawler.attempts(forbidden)) == 1


def test_a_second_run_makes_only_conditional_requests_and_brings_nothing(
    family: str, server: Server, crawler: Crawler
) -> None:
    source = of_address(server.url(family, LISTS[family]))
    crawler.crawl(source)
    first = len(server.log)
    [report] = crawler.crawl(source)
    again = [e for e in server.log[first:] if e.request.method == "GET"]
    assert again and all(e.request.is_conditional and e.status == 304 for e in again)
    assert (report.new, report.changed) == (0, 0)
    assert len(server.log) - first < first, "the second and third list page are left alone"


def test_a_full_round_walks_every_list_page_again(family: str, server: Server, crawler: Crawler) -> None:
    source = of_address(server.url(family, LISTS[family]))
    crawler.crawl(source)
    first = {e.request.target for e in server.log}
    server.log.clear()
    crawler.crawl(source, recheck=True)
    assert {e.request.target for e in server.log} == first - {"/robots.txt"}


def test_decisions_on_titles_are_kept_with_their_reason(
    family: str, server: Server, crawler: Crawler
) -> None:
    crawler.crawl(of_address(server.url(family, LISTS[family])))
    rejected = {page.title: page.reason for page in crawler.pages("article") if page.decision == "rejected"}
    assert rejected["关于报送2018年政府信息公开年报的通知"] == "about reports: how to write or hand them in"
    assert rejected["清河县2018年法治政府建设工作报告"] == "a report on another subject"
