"""Scans: the form's numbers are read, what no sum confirms is less than certain, nothing wrong is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.extract import extract
from tasks.values import Report
from tests.formats.convert import prepare
from tests.formats.printed import CLEAN_200, WORN_150, WORN_200, Scan, by_chromium, scans
from tests.tasks.clean.pages import cleaned

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
