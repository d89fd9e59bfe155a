"""Tables that stand as pictures in documents whose other text is typed; documents of nothing but pictures."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2 as pdfium
import pytest
from docx.shared import Cm

import seeds
from tasks.errors import TerminalError
from tasks.extract import extract
from tests.formats.convert import by_libreoffice, prepare
from tests.formats.ofd import PAGE_WIDTH, OfdWriter
from tests.formats.printed import CLEAN_200, as_tiff, by_chromium, scans
from tests.tasks.clean.pages import cleaned, lines

pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

BEFORE = "清河县2017年政府信息公开工作年度报告"
AFTER = "二、2017年，我县没有收到要求赔偿的请求。"
PAGE = 2  # of the sample's print, from 0: holds most of the form's table
GOAL = 0.99


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A printed page with a form's table alone."""
    folder = tmp_path_factory.mktemp("page")
    [html] = prepare([seeds.FOLDER / "sample/f14d-mengzi-2017.gbk.html"], folder)
    alone = pdfium.PdfDocument.new()
    alone.import_pages(pdfium.PdfDocument(by_chromium(html, folder)), [PAGE])
    alone.save(folder / "alone.pdf")
    return folder / "alone.pdf"


def facts(content: bytes, name: str) -> dict[tuple[str, str | None, float], float]:
    """What a form states, with how sure that is."""
    stated = extract(cleaned(content, name)).facts
    return {(f.indicator, f.member, f.value): f.confidence for f in stated if f.origin == "form"}


def png(page: Path) -> bytes:
    from PIL import Image

    file = BytesIO()
    pixels: Any = scans(page, CLEAN_200)[0]
    Image.fromarray(pixels[:, :, ::-1]).save(file, "PNG", dpi=(200, 200))
    return file.getvalue()


def word(picture: bytes, *, typed: bool = True) -> bytes:
    document = docx.Document()
    if typed:
        document.add_paragraph(BEFORE)
    document.add_picture(BytesIO(picture), width=Cm(15))
    if typed:
        document.add_paragraph(AFTER)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def assert_the_table_arrived(read: dict[tuple[str, str | None, float], float], page: Path) -> None:
    printed = facts(page.read_bytes(), "page.pdf")
    assert len(printed) >= 20
    assert len(read.keys() & printed.keys()) >= GOAL * len(printed)
    assert {key for key, sure in read.items() if sure >= 1} <= printed.keys()
    assert any(sure < 1 for sure in read.values())


def test_a_table_that_is_a_picture_in_a_word_document_is_read_at_its_place(page: Path) -> None:
    content = word(png(page))
    assert_the_table_arrived(facts(content, "report.docx"), page)
    shown = lines(cleaned(content, "report.docx"))
    assert (shown[0], shown[-1]) == (BEFORE, AFTER)
    assert len(shown) > 2


def by_office(picture: bytes, folder: Path) -> Path:
    """A Word document with the picture, printed to PDF by LibreOffice."""
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed (.ci/packages)")
    (folder / "report.docx").write_bytes(word(picture))
    by_libreoffice([folder / "report.docx"], "pdf-office", folder)
    return folder / "report.pdf"


def by_browser(picture: bytes, folder: Path) -> Path:
    """A web page with the picture, printed to PDF by Chromium."""
    (folder / "table.png").write_bytes(picture)
    page = folder / "report.html"
    style = "<meta charset=utf-8><style>img { width: 15cm }</style>"
    page.write_text(f"{style}<p>{BEFORE}</p><img src=table.png><p>{AFTER}</p>", "utf-8")
    return by_chromium(page, folder, "--no-pdf-header-footer")


@pytest.mark.parametrize("printed", [by_office, by_browser])
def test_a_table_that_is_a_picture_in_a_pdf_is_read_at_its_place(
    printed: Callable[[bytes, Path], Path], page: Path, tmp_path: Path
) -> None:
    content = printed(png(page), tmp_path).read_bytes()
    assert_the_table_arrived(facts(content, "report.pdf"), page)
    document = cleaned(content, "report.pdf")
    shown = lines(document)
    assert (shown[0], shown[-1]) == (BEFORE, AFTER)
    assert all(place.confidence == 1 for place in document.places if place.end <= len(BEFORE))


def test_a_word_document_of_pictures_alone_is_read_as_scans(page: Path) -> None:
    content = word(as_tiff(page, CLEAN_200), typed=False)
    assert_the_table_arrived(facts(content, "report.docx"), page)
    assert all(place.confidence < 1 for place in cleaned(content, "report.docx").places)


def test_an_ofd_whose_page_is_a_picture_is_read_as_a_scan(page: Path) -> None:
    writer = OfdWriter()
    writer.picture(png(page), PAGE_WIDTH, 272.0)
    assert_the_table_arrived(facts(writer.content(), "report.ofd"), page)
    assert all(place.confidence < 1 for place in cleaned(writer.content(), "report.ofd").places)


def test_a_table_that_is_a_picture_between_the_lines_of_an_ofd_is_read(page: Path) -> None:
    writer = OfdWriter()
    writer.paragraph(BEFORE)
    writer.picture(png(page), 160.0, 207.0)
    writer.paragraph(AFTER)
    assert_the_table_arrived(facts(writer.content(), "report.ofd"), page)
    shown = lines(cleaned(writer.content(), "report.ofd"))
    assert (shown[0], shown[-1]) == (BEFORE, AFTER)


def test_without_the_extra_its_text_is_read_and_pictures_alone_are_refused(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tasks.clean.readers.ocr", None)  # as if its import failed
    assert lines(cleaned(word(png(page)), "report.docx")) == [BEFORE, AFTER]
    with pytest.raises(TerminalError, match="pages are pictures") as refused:
        cleaned(word(png(page), typed=False), "report.docx")
    assert "gongkai[ocr]" in refused.value.advice
    writer = OfdWriter()
    writer.picture(png(page), PAGE_WIDTH, 272.0)
    with pytest.raises(TerminalError, match="pages are images"):
        cleaned(writer.content(), "report.ofd")
