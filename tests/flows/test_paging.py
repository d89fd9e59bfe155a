"""Where something is printed, in words and as an address."""

from __future__ import annotations

import pytest

from flows.cli.paging import address, in_words, pages_of


def test_a_cell_is_told_by_page_and_box() -> None:
    cell = {"page": 3, "bbox": [100.2, 50.0, 140.7, 62.4]}
    assert in_words(cell) == "page 3, 100 to 141 pt from the left, 50 to 62 pt from the top"
    assert in_words({"page": 3}) == "page 3"
    assert in_words({"page": None}) == ""


def test_a_table_over_page_breaks_names_all_its_pages() -> None:
    assert pages_of([{"page": 3}, {"page": 5}, {"page": None}]) == "pages 3 to 5"
    assert pages_of([{"page": None}]) == ""


@pytest.mark.parametrize(
    ("uri", "media_type", "found"),
    [
        ("https://x.gov.cn/a.pdf", "application/pdf", "https://x.gov.cn/a.pdf#page=2"),
        ("folder/a.pdf", "application/pdf", None),
        ("https://x.gov.cn/a.png", "image/*", None),
    ],
)
def test_a_pdf_of_the_web_is_opened_at_the_page(uri: str, media_type: str, found: str | None) -> None:
    assert address({"uri": uri, "media_type": media_type}, {"page": 2}) == found
