"""`gongkai source`, the store and the WARC file, on a simulated site."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator

from flows.cli.app import app
from flows.summary import IngestSummary
from tasks.fetch.sources import load_sources, own_sources
from tests.site import Server
from tests.site.families import FAMILIES, LISTS


def gongkai(*arguments: str, home: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments, "--home", str(home)])
    return result.exit_code, result.output


def test_the_shipped_sources_are_sound(tmp_path: Path) -> None:
    sources = load_sources(tmp_path)
    assert len(sources) >= 20 and len({source.region_code for source in sources.values()}) > 12
    assert len({source.family for source in sources.values()}) == 6
    assert not any(source.verified for source in sources.values())


def test_a_source_is_added_crawled_replayed_and_exported(
    ingest: Callable[..., IngestSummary], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GONGKAI_FETCH__PRIVATE_NETWORKS", "127.0.0.1/32")
    monkeypatch.setenv("GONGKAI_FETCH__DELAY", "0")
    home = tmp_path / "home"
    with Server({"q": FAMILIES["vsb"]()}) as server:
        code, output = gongkai("source", "add", server.url("q", LISTS["vsb"]), "--name", "qinghe", home=home)
        assert code == 0 and "family vsb, 41 reports" in output
        assert own_sources(home)["qinghe"].floor == 20
        assert not any("/info/" in exchange.request.path for exchange in server.log), "no report is fetched"
        assert gongkai("source", "check", "qinghe", home=home)[0] == 0
        assert ingest(home, "qinghe").reports == 40
        asked = len(server.log)
        code, output = gongkai("source", "list", "--json", home=home)
        [listed] = [row for row in json.loads(output) if row["name"] == "qinghe"]
        assert (listed["items"], listed["fault"]) == (41, None)
        assert gongkai("export", str(tmp_path / "out"), "--warc", home=home)[0] == 0
        assert len(server.log) == asked
        server.sites.clear()
        assert gongkai("source", "check", "qinghe", home=home)[0] == 1, "nothing is there any more"
    with (tmp_path / "out" / "pages.warc.gz").open("rb") as file:
        pages = {r.rec_headers["WARC-Target-URI"]: r.content_stream().read() for r in ArchiveIterator(file)}
    assert sum("/info/1050/" in (uri or "") for uri in pages) == 40
