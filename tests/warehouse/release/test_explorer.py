"""The explorer in a real browser, from a real file server on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tasks.load import load_batch
from tasks.values import Section
from tests.warehouse.made import fact, made_report, with_facts
from tests.warehouse.reuse.prose import sentences
from warehouse.audit.run import audit
from warehouse.lake import open_warehouse
from warehouse.release import Edition, publish
from warehouse.release.explorer import shard_of
from warehouse.reuse.measure import measure

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
AXE = "axe-core@4.14.1"
GONGKAI = str(Path(sys.executable).with_name("gongkai"))
HOSTILE = '<img src=x onerror="document.title=1">局'

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="the browser chromium is not installed"),
]


def report(number: int, agency: str, agency_id: str, year: int, received: int) -> Any:
    """A report with one figure in its form, another in its prose that disagrees, and a region."""
    text = f"{agency}{year}年报\n收到申请{received}件\n同意公开3件\n表格{received + 1}"
    facts = (
        fact(text, f"表格{received + 1}", "applications_received", received + 1.0, "form"),
        fact(text, f"收到申请{received}件", "applications_received", float(received)),
        fact(text, "同意公开3件", "answers_granted", 3.0),
    )
    loaded = with_facts(number, text, facts, agency=agency, agency_id=agency_id, year=year)
    metadata = replace(
        loaded.report.metadata, region_code="321300", province="江苏省", city="宿迁市", agency_level="county"
    )
    checks = made_report(number).report.checks
    section = Section(0, 1, "一", "概述", "overview", "".join(sentences(agency_id, 4)), 0, 100, 0, 0)
    told = replace(loaded.report, metadata=metadata, checks=checks, sections=(section,))
    return replace(loaded, report=told)


@pytest.fixture(scope="module")
def site(empty_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the explorer of a small release, handed out by `gongkai serve`."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(empty_home, folder / "home")
    import datetime as dt

    edition = Edition("1", dt.date(2026, 3, 31), "年报数据", "某研究组", "CC-BY-4.0", "", is_masked=True)
    with open_warehouse(folder / "home") as warehouse:
        load_batch(
            warehouse,
            [report(year, "宿迁市教育局", "body/教育", year, year - 2000) for year in (2015, 2016, 2018)]
            + [report(1, HOSTILE, "hostile", 2018, 7), made_report(2, agency=None, agency_id=None)],
        )
        audit(warehouse)
        measure(warehouse)
        publish(warehouse, folder / "releases", edition)
    command = [GONGKAI, "serve", str(folder / "releases"), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[0]
        server.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the site; at the end it must have asked nobody else and complained of nothing."""
    complaints: list[str] = []
    asked: list[str] = []
    pages: list[Page] = []

    def open_(address: str = "", width: int = 1280, locale: str = "zh-CN") -> Page:
        page = browser.new_page(viewport={"width": width, "height": 844}, locale=locale, bypass_csp=False)
        page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site + address)
        page.wait_for_selector("h1")
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.close()
    assert complaints == []
    origin = site.removesuffix("/site/")
    assert [url for url in asked if not url.startswith((origin, "blob:", "data:"))] == []


def test_a_body_is_found_and_its_figures_lead_to_their_words(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.fill("#search", "教育")
    page.click(".bodies a")
    page.wait_for_selector(".figures")
    assert page.inner_text("h1") == "宿迁市教育局"
    assert page.locator(".reports li").count() == 3
    assert page.locator(".chart .point").count() >= 3
    page.locator(".chart .point").first.press("Enter")
    assert "表格16" in page.inner_text("dialog blockquote")
    assert "15" in page.inner_text("dialog .wrong >> nth=0")  # what the prose says instead
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.locator("#checks ~ .checks li").count() >= 3
    assert page.get_by_text("pages/2018.html").count() >= 1


def test_a_body_shows_what_is_late_wrong_and_repeated(open_page: Callable[..., Page]) -> None:
    page = open_page("#/body/body%2F%E6%95%99%E8%82%B2", locale="en-US")
    page.wait_for_selector(".figures")
    marks = page.locator(".reports .marks").all_inner_texts()
    assert len(marks) == 3
    assert ["100% of its words as last year" in each for each in marks] == [False, True, False]
    assert ["days late" in each for each in marks] == [True, True, False]
    assert page.locator(".reuse li").all_inner_texts() == ["2016\n\n概述 · 100% as in last year's report"]


def test_names_of_the_data_are_never_read_as_markup(open_page: Callable[..., Page]) -> None:
    page = open_page("#/body/hostile")
    page.wait_for_selector(".figures")
    assert page.inner_text("h1") == HOSTILE
    assert page.locator("main img").count() == 0


def test_ranking_orders_bodies_and_regions(open_page: Callable[..., Page]) -> None:
    page = open_page("#/rank?i=applications_received&y=2018")
    page.wait_for_selector(".ranking")
    assert page.locator(".ranking tbody th").all_inner_texts() == ["宿迁市教育局", HOSTILE]
    page.click(".tile:not([disabled])")
    page.wait_for_selector("th:has-text('宿迁市') >> nth=0")
    assert page.locator(".tile[aria-pressed=true]").count() == 1


def test_the_whole_release_answers_sql(open_page: Callable[..., Page]) -> None:
    page = open_page("#/sql")
    if page.locator("#run").count() == 0:
        pytest.skip("npm could not bring duckdb-wasm")
    query = "SELECT count(*), max(signed_on), max(fetched_at) FROM reports NATURAL JOIN documents"
    page.fill("#query", query)
    page.click("#run")
    page.wait_for_selector("#result table, #result pre", timeout=100_000)
    assert page.locator("#result td").all_inner_texts() == ["5", "2018-01-09", "2024-01-31 08:30:15"]
    page.fill("#query", "SELEC")
    page.click("#run")
    page.wait_for_selector("#result pre")
    assert "syntax error" in page.inner_text("#result pre")


@pytest.mark.parametrize("address", ["", "#/body/body%2F%E6%95%99%E8%82%B2", "#/rank", "#/sql", "#/about"])
def test_a_phone_shows_every_page_without_scrolling_sideways(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(address, width=390, locale="en-US")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.get_attribute("html", "lang") == "en"
    page.click("#language")
    page.wait_for_function("document.documentElement.lang === 'zh'")


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's script, from npm."""
    npm, folder = shutil.which("npm"), tmp_path_factory.mktemp("axe")
    if npm is None:
        pytest.skip("npm, which brings axe-core, is not installed")
    subprocess.run([npm, "pack", AXE], cwd=folder, check=True, capture_output=True, timeout=280)
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode("utf-8")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["", "#/body/body%2F%E6%95%99%E8%82%B2", "#/rank", "#/sql", "#/about"])
def test_axe_finds_no_barrier(open_page: Callable[..., Page], axe: str, address: str, width: int) -> None:
    page = open_page(address, width=width)
    page.evaluate(axe)
    found = page.evaluate("axe.run().then((answer) => answer.violations.map((v) => [v.id, v.nodes[0].html]))")
    assert found == []


def test_shards_are_spread_and_stable() -> None:
    assert shard_of("body/教育", 1) == 0
    assert shard_of("a", 2**32) == 0xE40C292C  # FNV-1a's published value
    assert len({shard_of(f"body-{number}", 16) for number in range(200)}) == 16


def test_the_site_holds_no_file_that_grows_with_the_whole(site: str) -> None:
    from urllib.request import urlopen

    with urlopen(site + "data/meta.json") as answer:
        meta = json.load(answer)
    assert meta["counts"].pop("failed") >= 5
    assert meta["counts"] == {"bodies": 2, "reports": 5, "facts": 15}
    assert meta["ranked"]["applications_received"] == [2015, 2016, 2018]
