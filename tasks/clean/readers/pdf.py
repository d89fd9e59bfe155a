"""PDF → text and blocks: its text layer where that can be trusted, else what OCR reads in its pages.

Here: opening, limits, and which pages go to OCR. Not here: what PDFium says of a page (`pdf_sheets`), the
layout (`tasks.clean.paged`), recognition (`ocr`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from tasks.clean.paged import compose_sheets
from tasks.clean.paged.sheet import Sheet
from tasks.clean.readers.pdf_scans import needs_ocr, recognised, with_pictures
from tasks.clean.readers.pdf_sheets import PdfSheet, read_page
from tasks.clean.readers.reading import Reading, Tick
from tasks.clean.readers.refusals import damaged, locked, refused
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
        found = [_on_page(pdf, i, page.uri, partial(read_page, number=i + 1)) for i in range(len(pdf))]
        sheets = []
        for i, is_picture in enumerate(needs_ocr(found)):
            sheets.append(_sheet(pdf, i, found[i], is_picture, page.uri))
            tick()
    finally:
        pdf.close()
    return Reading("application/pdf", compose_sheets(sheets))


def _sheet(pdf: pdfium.PdfDocument, i: int, found: PdfSheet, is_picture: bool, uri: str) -> Sheet:
    if is_picture:
        return _on_page(pdf, i, uri, partial(recognised, number=i + 1, uri=uri))
    if not found.images:
        return found.sheet
    return _on_page(pdf, i, uri, partial(with_pictures, found=found))


T = TypeVar("T")


def _on_page(pdf: pdfium.PdfDocument, i: int, uri: str, read: Callable[[pdfium.PdfPage], T]) -> T:
    """What `read` makes of page i, opened for it and closed."""
    try:
        page = pdf[i]
    except pdfium.PdfiumError as error:
        raise damaged(uri, Kind.PDF.value, f"page {i + 1}: {error}") from error
    try:
        return read(page)
    finally:
        page.close()


def _open(page: Page) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(page.content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise locked(page.uri, Kind.PDF.value) from error
        raise damaged(page.uri, Kind.PDF.value, error) from error
