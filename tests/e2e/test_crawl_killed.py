"""SIGKILL in mid-crawl: `gongkai ingest SOURCE` again brings the rest, and asks for nothing a second time."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Cli
from tests.site import Server
from tests.site.families import FAMILIES, LISTS
from warehouse.lake import open_warehouse

ENOUGH = 12  # pages fetched before the kill, of 40


@pytest.fixture
def server() -> Iterator[Server]:
    with Server({"k": FAMILIES["jpage"]()}) as running:
        yield running


def articles(server: Server) -> list[str]:
    return [exchange.request.path for exchange in server.log if "/art/" in exchange.request.path]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_killed_crawl_of_a_source_is_gone_on_with(cli: Cli, server: Server) -> None:
    cli.environment |= {
        "GONGKAI_FETCH__PRIVATE_NETWORKS": "127.0.0.1/32",
        "GONGKAI_FETCH__DELAY": "0.15",
    }
    added = cli.run("source", "add", server.url("k", LISTS["jpage"]), "--name", "qinghe")
    assert added.returncode == 0, added.stderr
    process = cli.start("ingest", "qinghe")
    end = time.monotonic() + 200
    while len(articles(server)) < ENOUGH and time.monotonic() < end:
        time.sleep(0.01)
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL

    under_way = [exchange.request.path for exchange in server.log if not exchange.ended]
    first = [path for path in articles(server) if path not in under_way]
    assert ENOUGH - 2 <= len(first) < 40
    server.log.clear()
    again = cli.run("ingest", "qinghe")
    assert again.returncode == 0, again.stdout + again.stderr
    twice = set(first) & set(articles(server))
    assert len(twice) <= 1, "only the page whose answer was on its way when the kill came"
    with open_warehouse(cli.home, read_only=True) as warehouse:
        [counts] = warehouse.rows(
            "SELECT count(*) AS documents, count(DISTINCT content_sha256) AS contents FROM documents "
            "WHERE kind = 'report'"
        )
        states = warehouse.rows("SELECT state FROM runs ORDER BY started_at")
        fetched = warehouse.rows("SELECT uri FROM fetches WHERE outcome = 'new' AND uri LIKE '%/art/%'")
    assert counts == {"documents": 40, "contents": 40}, "nothing is missing"
    assert len(fetched) == len({row["uri"] for row in fetched}) == 40, "nor anything twice"
    assert [row["state"] for row in states] == ["interrupted", "completed"]
