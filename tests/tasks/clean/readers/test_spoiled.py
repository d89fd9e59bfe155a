"""PDF whose text layer is not what the eye sees: what is printed is read in its picture, never quite sure."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest

import seeds
from tasks.values import Document
from tests.formats.convert import prepare
from tests.formats.printed import CLEAN_200, by_chromium
from tests.formats.spoiled import garbled, scanned
from tests.tasks.clean.pages import cleaned, grid, tables

pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

NAME = "f14d-mengzi-2017.gbk"
PAGE = 2  # holds a form's table, from 0


def one_page(html: Path, folder: Path) -> Path:
    """A page of a report printed by Chromium as a file of its own."""
    printed = pdfium.PdfDocument(by_chromium(html, folder))
    alone = pdfium.PdfDocument.new()
    alone.import_pages(printed, [PAGE])
    made = folder / "page.pdf"
    alone.save(made)
    return made


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    [page] = prepare([seeds.FOLDER / f"sample/{NAME}.html"], tmp_path_factory.mktemp("html"))
    return page


@pytest.fixture(scope="module")
def seen(html: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return one_page(html, tmp_path_factory.mktemp("seen"))


def numbers(document: Document) -> list[str]:
    """What stands in the last column of the tables."""
    return [row[-1] for block in tables(document) for row in grid(document, block) if row[-1].isdigit()]


def assert_read_in_the_picture(content: bytes, seen: Path) -> None:
    printed = numbers(cleaned(seen.read_bytes(), "seen.pdf"))
    document = cleaned(content, "spoiled.pdf")
    assert len(printed) >= 20
    assert numbers(document) == printed
    assert all(
        cell.confidence < 1
        for block in tables(document)
        if block.table is not None
        for cell in block.table.cells
        if document.text_of(cell)
    )


def test_characters_that_mean_others(html: Path, seen: Path, tmp_path: Path) -> None:
    content = garbled(by_chromium(html, tmp_path).read_bytes())
    (tmp_path / "garbled.pdf").write_bytes(content)
    alone = pdfium.PdfDocument.new()
    alone.import_pages(pdfium.PdfDocument(content), [PAGE])
    alone.save(tmp_path / "page.pdf")
    assert_read_in_the_picture((tmp_path / "page.pdf").read_bytes(), seen)


def test_page_numbers_alone_over_a_scan(seen: Path) -> None:
    assert_read_in_the_picture(scanned(seen, CLEAN_200, foot="Page"), seen)


def test_words_that_others_recognised_are_not_trusted(html: Path, seen: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text(html.read_text("utf-8-sig").replace("<td>1", "<td>7"), "utf-8-sig")
    assert_read_in_the_picture(scanned(seen, CLEAN_200, hidden=one_page(wrong, tmp_path)), seen)
