"""A crawl over time and under way: pace, changes, floors, duplicates, attachments, kills."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tasks.errors import GongkaiError
from tasks.fetch.sources import WebSource, of_address
from tests.site import Reply, Request, Server
from tests.site.crawling import POLICY, Crawler
from tests.site.families import FAMILIES, LISTS
from tests.site.reports import article, reports

TITLE = "清河县2019年政府信息公开工作年度报告"


class Column:
    """A list of pages that a test changes as it likes; `robots` are its rules."""

    def __init__(self, pages: dict[str, bytes], robots: bytes = b"") -> None:
        self.pages = pages
        self.robots = robots
        self.listed = list(pages)

    def __call__(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(self.robots)
        if request.path == "/nb.html":
            rows = "".join(f'<li><a href="{path}">{TITLE}</a></li>' for path in self.listed)
            return Reply(f"<html><title>年报</title>{rows}</html>".encode())
        content = self.pages.get(request.target, self.pages.get(request.path))
        return Reply(content) if content is not None else Reply(b"", 404)


def column(count: int, robots: bytes = b"") -> Column:
    return Column({f"/nb/{each.number}.html": article(each) for each in reports(count)}, robots)


def source_of(server: Server, name: str = "c", **values: object) -> WebSource:
    return WebSource("column", (server.url(name, "/nb.html"),), **values)  # type: ignore[arg-type]


def test_the_delay_is_kept_and_one_connection_used(server: Server, crawler: Crawler) -> None:
    server.sites["c"] = column(12)
    crawler.set(delay=0.08, jitter=0.5)
    crawler.crawl(source_of(server))
    log = server.asked("c")
    assert len(log) == 14 and server.most_at_once["c"] == 1
    assert all(later.began - earlier.ended >= 0.079 for earlier, later in pairwise(log))
    assert len({exchange.connection for exchange in log}) == 1


def test_a_crawl_delay_goes_before_a_shorter_delay(server: Server, crawler: Crawler) -> None:
    server.sites["c"] = column(3, b"User-agent: *\nCrawl-delay: 0.4\n")
    crawler.set(delay=0.01)
    crawler.crawl(source_of(server))
    log = server.asked("c")[1:]
    assert all(later.began - earlier.ended >= 0.39 for earlier, later in pairwise(log))


def test_as_many_connections_as_are_allowed_and_no_more(server: Server, crawler: Crawler) -> None:
    server.sites["c"] = column(30)
    crawler.set(connections=3)
    crawler.crawl(source_of(server))
    assert server.most_at_once["c"] <= 3 and len(crawler.accepted()) == 30


def test_robots_rules_for_our_name_go_before_those_for_all(server: Server, crawler: Crawler) -> None:
    rules = b"User-agent: *\nDisallow:\n\nUser-agent: gongkai\nDisallow: /nb/\n"
    server.sites["c"] = column(3, rules)
    [report] = crawler.crawl(source_of(server))
    assert [exchange.request.path for exchange in server.log] == ["/robots.txt", "/nb.html"]
    assert len(report.skipped) == 3 and "robots.txt forbids it" in report.skipped[0].reason
    agent = server.log[0].request.headers["user-agent"]
    assert agent.startswith("gongkai/") and "no contact given" in agent


def test_a_changed_page_is_fetched_and_an_unchanged_one_costs_a_304(server: Server, crawler: Crawler) -> None:
    site = server.sites["c"] = column(4)
    crawler.crawl(source_of(server))
    site.pages["/nb/2.html"] = site.pages["/nb/2.html"].replace("主动".encode(), "已主动".encode())
    server.log.clear()
    [report] = crawler.crawl(source_of(server))
    assert (report.new, report.changed, report.unchanged) == (0, 1, 3)
    assert sorted(exchange.status for exchange in server.log) == [200, 304, 304, 304, 304]


def test_a_new_report_is_found_in_a_later_run(server: Server, crawler: Crawler) -> None:
    site = server.sites["c"] = column(4)
    crawler.crawl(source_of(server))
    site.pages["/nb/new.html"] = article(reports(9)[8])
    site.listed.insert(0, "/nb/new.html")
    [report] = crawler.crawl(source_of(server))
    assert (report.new, report.unchanged) == (1, 4)


@pytest.mark.parametrize(("left", "fault"), [(0, "list-empty"), (3, "list-shrunk")])
def test_a_list_that_lost_its_items_is_an_error(
    server: Server, crawler: Crawler, left: int, fault: str
) -> None:
    site = server.sites["c"] = column(10)
    crawler.crawl(source_of(server))
    site.listed = site.listed[:left]
    [report] = crawler.crawl(source_of(server))
    assert [error.message.partition(":")[0] for error in report.errors] == [fault]
    assert crawler.attempts(server.url("c", "/nb.html"))[-1].fault == fault
    [state] = crawler.crawls()
    assert (state.fault, state.items, state.first_items) == (fault, 10, 10)


def test_fewer_reports_than_the_sources_floor_are_an_error(server: Server, crawler: Crawler) -> None:
    server.sites["c"] = column(4)
    [report] = crawler.crawl(source_of(server, floor=5))
    assert report.new == 4 and "at least 5" in report.errors[0].message


def test_one_page_under_several_addresses_is_one_document(server: Server, crawler: Crawler) -> None:
    page = article(reports(1)[0])
    site = server.sites["c"] = Column({"/a.html": page})
    site.listed = ["/a.html?utm_source=x", "/a.html#top", "/b/../a.html", "/a.html?spm=1.2", "/old.html"]
    answer = site.__call__

    def with_redirect(request: Request) -> Reply:
        moved = request.path == "/old.html"
        return Reply(b"", 301, {"Location": "/a.html"}) if moved else answer(request)

    server.sites["c"] = with_redirect
    crawler.crawl(source_of(server))
    assert [page.uri for page in crawler.accepted()] == [server.url("c", "/a.html")]
    assert crawler.page(server.url("c", "/old.html")).decision == "duplicate"


def test_a_report_that_is_only_an_attachment_is_fetched_with_its_page(
    server: Server, crawler: Crawler
) -> None:
    note = (
        f"<html><body><h1>{TITLE}</h1><p>请见附件。</p><a href='files/a.pdf'>附件：{TITLE}.pdf</a>"
        '<a href="/module/download/downfile.jsp?filename=1.doc">附件二</a>'
        "<img src='/images/logo.png'></body></html>"
    )
    scan = f"<html><body><h1>{TITLE}</h1><img src='/up/1.jpg'><img src='/up/2.jpg'></body></html>"
    files = {"/nb/files/a.pdf": b"%PDF-1.4 x", "/module/download/downfile.jsp": b"\xd0\xcf\x11\xe0 x"}
    pictures = {"/up/1.jpg": b"\xff\xd8\xff1", "/up/2.jpg": b"\xff\xd8\xff2"}
    full = article(reports(1)[0]).replace(b"</body>", b"<a href='/nb/same.docx'>docx</a></body>")
    pages = {"/nb/1.html": note.encode(), "/nb/2.html": scan.encode(), "/nb/3.html": full}
    site = server.sites["c"] = Column({**pages, **files, **pictures})
    site.listed = list(pages)
    crawler.crawl(source_of(server))
    found = {page.uri: page.parent_uri for page in crawler.accepted() if page.role == "attachment"}
    one, two = server.url("c", "/nb/1.html"), server.url("c", "/nb/2.html")
    assert found == {
        server.url("c", "/nb/files/a.pdf"): one,
        server.url("c", "/module/download/downfile.jsp?filename=1.doc"): one,
        server.url("c", "/up/1.jpg"): two,
        server.url("c", "/up/2.jpg"): two,
    }


def test_a_file_is_kept_whatever_its_bytes_look_like_and_a_page_in_its_place_is_not(
    server: Server, crawler: Crawler
) -> None:
    note = f"<html><body><h1>{TITLE}</h1>" + "".join(
        f"<a href='{name}'>附件：{name}</a>" for name in ("a.rar", "b.doc", "c.xls", "d.doc", "e.pdf")
    )
    word = b"<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p>x</p></body></html>"
    saved = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\n<html><p>x"
    files = {
        "/a.rar": b"Rar!\x1a\x07\x01\x00 <p <html>",
        "/b.doc": word,
        "/c.xls": saved,
        "/d.doc": "<html><body><p>清河县政府信息公开文件下载须知</p>".encode() * 3,
        "/e.pdf": b"%PDF-1.4 <p ",
    }
    site = server.sites["c"] = Column({"/nb/1.html": note.encode(), **files})
    site.pages["/nb/1.html"] = site.pages["/nb/1.html"].replace(b"href='", b"href='/")
    site.listed = ["/nb/1.html"]
    [report] = crawler.crawl(source_of(server))
    kept = {page.uri.rpartition("/")[2] for page in crawler.accepted()}
    assert kept == {"1.html", "a.rar", "b.doc", "c.xls", "e.pdf"}
    assert [error.message.partition(":")[0] for error in report.errors] == ["wrong-type"]


def test_private_addresses_are_refused_unless_allowed(server: Server, crawler: Crawler) -> None:
    server.sites["c"] = column(1)
    crawler.set(private_networks=())
    [report] = crawler.crawl(source_of(server))
    assert report.errors[0].message.startswith("address:") and server.log == []


def test_a_single_page_given_by_its_address_is_fetched_once(server: Server, crawler: Crawler) -> None:
    server.sites["c"] = column(1)
    url = server.url("c", "/nb/0.html")
    crawler.crawl(of_address(url))
    assert [page.uri for page in crawler.accepted()] == [url]
    assert [exchange.request.path for exchange in server.log] == ["/robots.txt", "/nb/0.html"]


def test_what_robots_txt_allows_later_is_fetched_then(server: Server, crawler: Crawler) -> None:
    site = server.sites["c"] = column(2, b"User-agent: *\nDisallow: /nb/1.html\n")
    [first] = crawler.crawl(source_of(server))
    assert (first.new, len(first.skipped)) == (1, 1)
    site.robots = b""
    [again] = crawler.crawl(source_of(server))
    assert again.new == 0, "rules are kept for a day"
    robots = crawler.page(server.url("c", "/robots.txt"))
    assert robots.checked_at is not None
    crawler.note(replace(robots, checked_at=robots.checked_at - dt.timedelta(days=2)))
    [later] = crawler.crawl(source_of(server))
    assert (later.new, later.skipped) == (1, [])


def test_a_page_named_by_its_address_fails_each_time_robots_txt_forbids_it(
    server: Server, crawler: Crawler
) -> None:
    site = server.sites["c"] = column(1, b"User-agent: *\nDisallow: /nb/\n")
    url = server.url("c", "/nb/0.html")
    for _ in range(2):
        [report] = crawler.crawl(of_address(url))
        assert [error.message.partition(":")[0] for error in report.errors] == ["robots"]
    assert site.pages and crawler.accepted() == []


def test_an_address_with_credentials_is_refused_without_repeating_them() -> None:
    with pytest.raises(GongkaiError) as refused:
        of_address("http://user:secret@a.example/nb.html")
    assert "secret" not in str(refused.value)


_CRAWL = """
import sys
from pathlib import Path
from dataclasses import replace
from tests.site.crawling import Crawler, POLICY
from tasks.fetch.sources import of_address
Crawler(Path(sys.argv[1]), replace(POLICY, delay=0.02)).crawl(of_address(sys.argv[2]))
"""


@pytest.mark.parametrize("pages", [1, 9, 30])
def test_a_killed_crawl_is_gone_on_with(server: Server, tmp_path: Path, pages: int) -> None:
    server.sites["k"] = FAMILIES["trs"]()
    url = server.url("k", LISTS["trs"])
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen([sys.executable, "-c", _CRAWL, str(tmp_path), url], env=environment)
    deadline = time.monotonic() + 60
    while sum("/t20" in e.request.path for e in server.log) < pages and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    crawler = Crawler(tmp_path, replace(POLICY))
    accepted = {page.uri for page in crawler.accepted()}
    assert len(accepted) < 40
    server.log.clear()
    crawler.crawl(of_address(url))
    asked = {server.url("k", exchange.request.path) for exchange in server.log}
    assert not accepted & asked, "nothing fetched twice that was accepted"
    assert len(crawler.accepted()) == 40, "nothing missing"
