"""PDF: printed by Chromium it says what the web page says; what cannot be read is refused with a reason."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from tasks.clean.readers.pdf_characters import _character
from tasks.errors import TerminalError
from tasks.extract import extract
from tests.formats.convert import prepare
from tests.formats.printed import by_chromium
from tests.tasks.clean.pages import PROSE, cleaned, grid, tables

FILES = Path(__file__).parent / "files"
PAGES = ("f21b-suqian-2024.html", "f14d-mengzi-2017.gbk.html", "n01-wangcheng-2008.txt")


@pytest.mark.parametrize("name", PAGES)
def test_a_printed_page_states_the_facts_of_the_web_page(name: str, sample: Path, tmp_path: Path) -> None:
    [page] = prepare([sample / name], tmp_path)
    printed = cleaned(by_chromium(page, tmp_path).read_bytes(), "report.pdf")
    web, paper = extract(cleaned((sample / name).read_bytes(), name)), extract(printed)
    stated = {(f.indicator, f.member, f.value, f.origin) for f in paper.facts}
    assert stated == {(f.indicator, f.member, f.value, f.origin) for f in web.facts}
    assert paper.metadata.title == web.metadata.title
    assert all(
        fact.page is not None and fact.confidence == 1 for fact in paper.facts if fact.origin == "form"
    )
    for cell in paper.form_cells:
        assert cell.page is not None
        assert cell.bbox is not None
        assert cell.bbox[0] < cell.bbox[2] <= 620 and cell.bbox[1] < cell.bbox[3] <= 850


def empty_pdf(tmp_path: Path, pages: int = 1) -> bytes:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    document.save(tmp_path / "made.pdf")
    return (tmp_path / "made.pdf").read_bytes()


def test_a_pdf_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TerminalError, match="no visible text"):
        cleaned(empty_pdf(tmp_path), "empty.pdf")


def test_a_scan_without_the_extra_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tasks.clean.readers.ocr", None)  # as if its import failed
    document = pdfium.PdfDocument.new()
    picture = pdfium.PdfImage.new(document)
    picture.set_bitmap(pdfium.PdfBitmap.new_native(600, 800, raw.FPDFBitmap_BGR))
    picture.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page = document.new_page(595, 842)
    page.insert_obj(picture)
    page.gen_content()
    document.save(tmp_path / "scan.pdf")
    with pytest.raises(TerminalError, match="pages are images") as refused:
        cleaned((tmp_path / "scan.pdf").read_bytes(), "scan.pdf")
    assert "gongkai[ocr]" in refused.value.advice


@pytest.mark.parametrize("name", ["locked.pdf", "locked.docx"])
def test_a_file_with_a_password_says_so(name: str) -> None:
    with pytest.raises(TerminalError, match="locked by a password") as refused:
        cleaned((FILES / name).read_bytes(), name)
    assert "without the password" in refused.value.advice


def test_a_damaged_pdf_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TerminalError, match="cannot be read"):
        cleaned(b"%PDF-1.7\n" + bytes(range(256)) * 8, "damaged.pdf")


def test_a_turned_page_is_read_as_it_is_seen(sample: Path, tmp_path: Path) -> None:
    [page] = prepare([sample / "f14d-mengzi-2017.gbk.html"], tmp_path)
    document = pdfium.PdfDocument(by_chromium(page, tmp_path))
    for one in document:
        raw.FPDFPage_SetRotation(one.raw, 1)
    document.save(tmp_path / "turned.pdf")
    turned = extract(cleaned((tmp_path / "turned.pdf").read_bytes(), "turned.pdf"))
    web = extract(cleaned((sample / "f14d-mengzi-2017.gbk.html").read_bytes(), "page.html"))
    assert len(turned.facts) == len(web.facts)


def test_dotted_rules_make_cells_and_a_leaning_watermark_is_no_text(tmp_path: Path) -> None:
    style = (
        "td { border: 1px dotted; width: 80px } .w { position: fixed; top: 9px; transform: rotate(-35deg) }"
    )
    rows = "<tr><td rowspan=2>申请<td>收到<td>12</tr><tr><td>办结<td>11</tr>"
    page = tmp_path / "page.html"
    body = f"<div class=w>水印</div><table>{rows}</table>{PROSE * 3}"
    page.write_text(f"<style>{style}</style>{body}", "utf-8-sig")
    document = cleaned(by_chromium(page, tmp_path).read_bytes(), "page.pdf")
    assert "水" not in document.text
    assert grid(document, tables(document)[0]) == [["申请", "收到", "12"], ["办结", "11"]]


def test_radicals_stand_for_the_characters_they_look_like() -> None:
    assert [_character(ord(c)) for c in "⼯⻚⻓⺠中"] == list("工页长民中")
