"""What a person sees: Chromium opens Prefect's UI on a station with runs, finds our words, takes pictures.

With `GONGKAI_PICTURES=docs/images` the pictures replace those of the guide.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.operate.station import Station

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

CHROMIUM = shutil.which("chromium")
WAIT_MS = 120_000
SIZE = {"width": 1360, "height": 850}
QUALITY = 70
"""Of a picture in the guide: sharp enough to read, some 60 kB."""

OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[tuple[Station, dict[str, str]]]:
    """A station after three runs, one of them with failures; the runs' ids by name."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian's package chromium)")
    folder = tmp_path_factory.mktemp("ui")
    pages = Path(shutil.copytree(sample, folder / "朔州市 2014"))
    station = Station(folder)
    (folder / "gongkai.toml").write_text(f"paths = {json.dumps([str(pages)], ensure_ascii=False)}\n", "utf-8")
    try:
        station.gongkai("up")
        runs = {"first": station.trigger("ingest/daily")}
        station.wait(runs["first"])
        (pages / "公开年报.html").touch()
        (pages / "下载.pdf").write_bytes(b"%PDF-1.4 broken")
        runs["second"] = station.trigger("ingest/daily")
        station.wait(runs["second"], "FAILED")
        runs["third"] = station.trigger("ingest/recheck")
        station.wait(runs["third"])
        yield station, runs
    finally:
        station.gongkai("down")


@pytest.fixture(scope="module")
def page(busy: tuple[Station, dict[str, str]]) -> Iterator[Any]:
    """A page of a browser; what it asks of other hosts than this one is collected in `page.outside`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        page = browser.new_page(viewport=SIZE, locale="en-US", timezone_id="Asia/Shanghai")
        page.set_default_timeout(WAIT_MS)
        page.outside = []
        page.on("request", lambda request: _note(page.outside, request.url))
        yield page
        browser.close()


def _note(outside: list[str], url: str) -> None:
    if not url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")):
        outside.append(url)


def picture(page: Any, name: str) -> None:
    """Keep what is seen now, if pictures are wanted."""
    folder = os.environ.get("GONGKAI_PICTURES")
    if folder:
        page.wait_for_timeout(1500)  # charts move into their place
        page.screenshot(path=Path(folder) / f"{name}.jpg", type="jpeg", quality=QUALITY)


def artifact(station: Station, key: str) -> str:
    """The id of the newest artifact of that key."""
    found = station.ask("artifacts/filter", artifacts={"key": {"any_": [key]}}, sort="CREATED_DESC", limit=1)
    return str(found[0]["id"])


def see(page: Any, url: str, *words: str) -> None:
    page.goto(url)
    for each in words:
        page.get_by_text(each).first.wait_for()


def test_the_deployments_are_listed_with_their_schedules(
    busy: tuple[Station, dict[str, str]], page: Any
) -> None:
    station, _ = busy
    see(
        page,
        f"{station.url}/deployments",
        "daily",
        "recheck",
        "reextract",
        "nightly",
        "weekly",
        "retry",
        "publish",
    )
    picture(page, "deployments")


def test_a_run_shows_its_name_its_documents_and_its_log(
    busy: tuple[Station, dict[str, str]], page: Any
) -> None:
    station, runs = busy
    url = f"{station.url}/runs/flow-run/{runs['third']}"
    see(page, url, "ingest 朔州市 2014 · 10 documents", "gongkai")
    page.get_by_text("公开年报.html").first.wait_for()
    picture(page, "run")


def test_the_artifacts_show_summary_documents_quarantine_and_quality(
    busy: tuple[Station, dict[str, str]], page: Any
) -> None:
    station, _ = busy
    address = f"{station.url}/artifacts/artifact"
    summary = f"{address}/{artifact(station, 'ingest-summary')}"
    see(page, summary, "10 documents: 0 new, 8 changed", "form-2021", "in quarantine")
    picture(page, "summary")
    see(page, f"{address}/{artifact(station, 'ingest-documents')}", "临海市住房和城乡建设局", "公开年报.html")
    picture(page, "documents")
    see(page, f"{address}/{artifact(station, 'quality')}", "The last 3 runs", "facts a report")
    picture(page, "quality")
    see(page, f"{address}/{artifact(station, 'quarantine')}", "2 documents in quarantine", "公开年报.html")
    picture(page, "quarantine")


def test_the_quarantine_leads_to_the_form_that_tries_again(
    busy: tuple[Station, dict[str, str]], page: Any
) -> None:
    station, _ = busy
    see(page, f"{station.url}/artifacts/artifact/{artifact(station, 'quarantine')}", "run it from here")
    link = page.get_by_text("run it from here").nth(1)
    page.goto(link.get_attribute("href"))
    page.get_by_text("Only documents that failed in this stage").first.wait_for()
    picture(page, "retry")


def test_the_form_of_a_single_source_says_what_to_write(
    busy: tuple[Station, dict[str, str]], page: Any
) -> None:
    station, _ = busy
    identity = station.deployment("ingest/source")["id"]
    form = f"{station.url}/deployments/deployment/{identity}/run"
    see(page, form, "Folders, files or globs of reports", "Ask web sites for every page again")
    picture(page, "source")


def test_the_ui_asks_nobody_outside(page: Any) -> None:
    assert page.outside == []
