"""The flow over web sites: crawled, read, loaded; a second time nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.summary import IngestSummary
from tests.site import Reply, Server, Site
from tests.site.families import FAMILIES, LISTS
from tests.site.reports import reports
from tests.tasks.archives.made import rarred, seven_zipped, zipped
from warehouse.lake import open_warehouse

Ingest = Callable[..., IngestSummary]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("GONGKAI_FETCH__PRIVATE_NETWORKS", "127.0.0.1/32")
    monkeypatch.setenv("GONGKAI_FETCH__DELAY", "0")
    monkeypatch.setenv("GONGKAI_FETCH__BACKOFF", "0.01")
    with Server({"a": FAMILIES["jpage"](), "b": FAMILIES["trs"]()}) as running:
        yield running


def test_a_list_page_becomes_reports_in_the_warehouse_once(
    ingest: Ingest, server: Server, tmp_path: Path
) -> None:
    urls = [server.url("a", LISTS["jpage"]), server.url("b", LISTS["trs"])]
    first = ingest(tmp_path, *urls)
    assert (first.state, first.new, first.reports, first.failed) == ("completed", 80, 80, ())
    assert [each.reason.partition(".")[0] for each in first.skipped] == ["robots"] * 2, "told once"
    again = ingest(tmp_path, *urls)
    assert (again.new, again.changed, again.unchanged, again.reports) == (0, 0, 80, 0)
    assert again.failed == again.skipped == ()
    with open_warehouse(tmp_path, read_only=True) as warehouse:
        [counts] = warehouse.rows("SELECT count(*) AS n, count(DISTINCT source) AS sources FROM documents")
        assert counts == {"n": 80, "sources": 2}
        crawls = warehouse.rows(
            "SELECT family, items, finished_at > started_at AS done FROM crawls ORDER BY 1"
        )
        assert crawls == [
            {"family": "jpage", "items": 41, "done": True},
            {"family": "trs", "items": 41, "done": True},
        ]


def answering(answers: dict[str, bytes]) -> Site:
    """A site of these pages."""
    missing = Reply(b"", 404)
    return lambda request: Reply(answers[request.path]) if request.path in answers else missing


NOTE = "<html><body><h1>{title}</h1><p>请见附件。</p><a href='{file}'>附件：{title}</a></body></html>"


def test_reports_in_archives_attached_to_pages_are_read_and_linked(
    ingest: Ingest, server: Server, sample: Path, tmp_path: Path
) -> None:
    packers = {"zip": zipped, "rar": rarred, "7z": seven_zipped}
    titles = dict(zip(packers, (report.title for report in reports(3)), strict=True))
    page = (sample / "f21b-suqian-2024.html").read_bytes()
    pages = {f"/{kind}.html": NOTE.format(title=titles[kind], file=f"{kind}.{kind}") for kind in packers}
    files = {f"/{kind}.{kind}": pack({f"年报/{kind}.html": page}) for kind, pack in packers.items()}
    rows = "".join(f"<li><a href='{kind}.html'>{title}</a></li>" for kind, title in titles.items())
    answers = {"/nb.html": f"<html>{rows}</html>".encode(), **files}
    answers |= {path: text.encode() for path, text in pages.items()}
    server.sites["f"] = answering(answers)

    summary = ingest(tmp_path, server.url("f", "/nb.html"))
    assert (summary.state, summary.reports, summary.failed) == ("completed", 3, ())
    with open_warehouse(tmp_path, read_only=True) as warehouse:
        found = warehouse.rows(
            "SELECT m.uri, a.uri AS archive, p.uri AS page FROM documents m "
            "JOIN documents a ON a.document_id = m.parent_id JOIN documents p ON p.document_id = a.parent_id "
            "WHERE m.kind = 'report' ORDER BY m.uri"
        )
    base = server.url("f", "")
    assert [tuple(row.values()) for row in found] == [
        (f"{base}/{kind}.{kind}!/年报/{kind}.html", f"{base}/{kind}.{kind}", f"{base}/{kind}.html")
        for kind in sorted(packers)
    ]
    server.sites.clear()
    again = ingest(tmp_path, server.url("f", "/nb.html"))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 9), "from the store, the site being away"
