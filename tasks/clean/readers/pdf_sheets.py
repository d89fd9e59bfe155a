"""A PDF's pages as `Sheet`s, read by PDFium: characters with their places, ruled lines, images.

Here: a page put together. Not here: PDFium's calls (`pdf_characters`, `pdf_drawing`, `pdf_matrix`), what the
characters mean together (`tasks.clean.paged`).
"""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from tasks.clean.paged.sheet import Box, Sheet
from tasks.clean.readers.pdf_characters import read_characters
from tasks.clean.readers.pdf_drawing import read_drawing
from tasks.clean.readers.pdf_matrix import matrix_to_page


@dataclass(frozen=True, slots=True)
class PdfSheet:
    """A page with what tells whether its text can be trusted.

    `unmapped` counts characters without a Unicode value, `drawn` what is drawn as curves; `images` are the
    boxes of its pictures.
    """

    sheet: Sheet
    unmapped: int
    drawn: int
    images: list[Box]


def read_page(page: pdfium.PdfPage, number: int) -> PdfSheet:
    """Everything of a page that reading it takes."""
    to_page = matrix_to_page(page)
    drawing = read_drawing(page.raw, to_page)
    textpage = page.get_textpage()
    try:
        glyphs, unmapped = read_characters(textpage.raw, to_page)
    finally:
        textpage.close()
    width, height = page.get_size()
    sheet = Sheet(number, width, height, glyphs, drawing.rules)
    return PdfSheet(sheet, unmapped, drawing.curves, drawing.images)
