"""The flow over web sites: crawled, read, loaded; a second time nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.summary import IngestSummary
from tests.site import Server
from tests.site.families import FAMILIES, LISTS
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
    assert (first.state, first.new, first.reports) == ("completed", 80, 80)
    again = ingest(tmp_path, *urls)
    assert (again.new, again.changed, again.unchanged, again.reports) == (0, 0, 80, 0)
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
