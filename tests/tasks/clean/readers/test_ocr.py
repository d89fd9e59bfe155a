"""Scans: the form's numbers are read, what no sum confirms is less than certain, nothing wrong is certain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import seeds
from tasks.extract import extract
from tasks.values import Document, Report
from tests.formats.convert import prepare
from tests.formats.printed import CLEAN_200, WORN_150, WORN_200, Scan, by_chromium, scans
from tests.tasks.clean.pages import cleaned, grid, tables

np = pytest.importorskip("numpy", reason="the extra ocr is not installed")
cv2 = pytest.importorskip("cv2", reason="the extra ocr is not installed")
pytest.importorskip("rapidocr", reason="the extra ocr is not installed")

Stated = set[tuple[str, str | None, float]]


def numbers(report: Report) -> Stated:
    return {(f.indicator, f.member, f.value) for f in report.facts if f.origin == "form"}


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("name", "how", "goal"),
    [
        ("f21b-suqian-2024.html", CLEAN_200, 0.99),
        ("f14d-mengzi-2017.gbk.html", WORN_200, 0.99),
        ("f14d-mengzi-2017.gbk.html", WORN_150, 0.97),
    ],
)
def test_a_scan_states_the_numbers_of_the_form(
    name: str, how: Scan, goal: float, sample: Path, tmp_path: Path
) -> None:
    [page] = prepare([sample / name], tmp_path)
    images = scans(by_chromium(page, tmp_path), how)
    assert cv2.imwritemulti(str(tmp_path / "scan.tif"), images)
    scanned = extract(cleaned((tmp_path / "scan.tif").read_bytes(), "scan.tif"))
    web = numbers(extract(cleaned((sample / name).read_bytes(), name)))
    assert len(numbers(scanned) & web) >= goal * len(web)
    sure = {
        (f.indicator, f.member, f.value) for f in scanned.facts if f.confidence >= 1 and f.origin == "form"
    }
    assert sure <= web
    assert sure
    assert {f.page for f in scanned.facts} <= set(range(1, len(images) + 1))


@pytest.fixture(scope="module")
def page_of_a_form(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A page with a form's table and no more, as a scanner sees it, and the numbers it prints."""
    folder = tmp_path_factory.mktemp("page")
    [page] = prepare([seeds.FOLDER / "sample/f14d-mengzi-2017.gbk.html"], folder)
    pdf = by_chromium(page, folder)
    printed = cleaned(pdf.read_bytes(), "report.pdf")
    return scans(pdf, CLEAN_200)[PAGE - 1], values_of(printed, PAGE)


PAGE = 3


def values_of(document: Document, page: int) -> list[str]:
    """What stands in the last column of the page's tables."""
    rows = [row for block in tables(document) for row in grid(document, block)]
    cells = [cell for block in tables(document) if block.table for cell in block.table.cells]
    here = {document.text_of(cell) for cell in cells if cell.page == page}
    return [row[-1] for row in rows if row[-1].isdigit() and row[0] in here]


def with_seal(image: Any) -> Any:
    """A red seal of 4 cm over the column of numbers."""
    sealed = image.copy()
    height, width = sealed.shape[:2]
    middle = (round(0.8 * width), round(0.5 * height))
    cv2.circle(sealed, middle, round(0.095 * width), (60, 50, 225), 10)
    cv2.drawMarker(sealed, middle, (60, 50, 225), cv2.MARKER_STAR, round(0.06 * width), 12)
    return cv2.min(sealed, image)  # ink lies over ink


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_numbers_under_a_seal_are_read(page_of_a_form: Any) -> None:
    image, printed = page_of_a_form
    _, content = cv2.imencode(".png", with_seal(np.ascontiguousarray(image)))
    assert values_of(cleaned(content.tobytes(), "scan.png"), 1) == printed


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_page_on_its_head_is_turned(page_of_a_form: Any) -> None:
    image, printed = page_of_a_form
    _, content = cv2.imencode(".png", np.ascontiguousarray(np.rot90(image, 2)))
    assert len(printed) >= 20
    assert values_of(cleaned(content.tobytes(), "scan.png"), 1) == printed
