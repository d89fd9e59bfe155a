"""Words on large pages: found strip by strip, so that memory stays that of a page of 200 dpi."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy", reason="the extra ocr is not installed")
pytest.importorskip("rapidocr", reason="the extra ocr is not installed")

from tasks.clean.readers.ocr_text import BAND_PIXELS, _bands  # noqa: E402 - imports the extra


def test_a_large_page_is_looked_at_in_strips_that_cut_no_line_of_text() -> None:
    page = np.full((4400, 3000, 3), 255, np.uint8)
    for top in range(30, 4300, 110):
        page[top : top + 80, 100:2900] = 0  # lines of text, parted by 30 white rows
    strips = list(_bands(page))
    assert len(strips) == 3
    assert all(strip.shape[0] * strip.shape[1] < 1.3 * BAND_PIXELS for _, strip in strips)
    assert all(strip[[0, -1]].min() == 255 for _, strip in strips)
    assert (np.concatenate([strip for _, strip in strips]) == page).all()


def test_a_page_of_usual_size_is_looked_at_at_once() -> None:
    page = np.full((2339, 1654, 3), 255, np.uint8)
    [(top, strip)] = _bands(page)
    assert (top, strip.shape) == (0, page.shape)
