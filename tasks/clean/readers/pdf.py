"""PDF → text and blocks: its text layer where that can be trusted, else what OCR reads in its pages.

Here: opening, limits, and which pages go to OCR. Not here: PDFium's calls (`pdf_sheets`), the layout
(`tasks.clean.paged`), recognition (`ocr`).
"""

from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from tasks.clean.paged import compose_sheets
from tasks.clean.readers.pdf_sheets import PdfSheet, read_page
from tasks.clean.readers.reading import Reading, Tick
from tasks.clean.readers.refusals import damaged, locked, missing_extra, refused
from tasks.kinds import Kind
from tasks.values import Page

# The longest report known has 60 pages; a volume of all reports of a city some hundreds.
MAX_PAGES = 1000


def read(page: Page, tick: Tick) -> Reading:
    pdf = _open(page)
    try:
        if len(pdf) > MAX_PAGES:
            raise refused(
                page.uri,
                f"The PDF has {len(pdf):,} pages; more than {MAX_PAGES:,} are not read.",
                "Save the report alone as a file of its own.",
            )
        pages = []
        for i in range(len(pdf)):
            pages.append(_read_page(pdf, i, page.uri))
            tick()
    finally:
        pdf.close()
    if not any(one.sheet.glyphs for one in pages):
        raise missing_extra(page.uri, "a PDF whose pages are images", "ocr")
    return Reading("application/pdf", compose_sheets([one.sheet for one in pages]))


def _read_page(pdf: pdfium.PdfDocument, i: int, uri: str) -> PdfSheet:
    try:
        page = pdf[i]
    except pdfium.PdfiumError as error:
        raise damaged(uri, Kind.PDF.value, f"page {i + 1}: {error}") from error
    try:
        return read_page(page, i + 1)
    finally:
        page.close()


def _open(page: Page) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(page.content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise locked(page.uri, Kind.PDF.value) from error
        raise damaged(page.uri, Kind.PDF.value, error) from error
