"""Which pages of a PDF are pictures of text, or have a text layer that says nothing, and their recognition.

Here: the signs of both, and the rendering of a page for OCR. Recognition itself is `ocr`, an extra, imported
when the first such page comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pypdfium2 as pdfium  # type: ignore[import-untyped]

import seeds
from tasks.clean.paged.sheet import Sheet
from tasks.clean.readers.page_pictures import FEW_CHARS, add_part, is_scan, may_show_table
from tasks.clean.readers.pdf_sheets import PdfSheet
from tasks.clean.readers.refusals import installed_ocr, missing_extra
from tasks.clean.spaces import CJK

# A text layer is garbage when this share of its characters has no meaning, ...
UNMAPPED_SHARE = 0.25
# ... when of so many letters fewer than this share are Chinese, or fewer than that are in common use.
MIN_LETTERS = 60
CJK_SHARE = 0.2
COMMON_SHARE = 0.3
DPI = 200


def needs_ocr(pages: Sequence[PdfSheet]) -> list[bool]:
    """For each page whether what it says must be recognised in its picture."""
    if _is_garbage(pages):
        return [True] * len(pages)
    has_text = any(len(page.sheet.glyphs) >= FEW_CHARS for page in pages)
    return [_is_scan(page, has_text) for page in pages]


def _is_scan(page: PdfSheet, has_text: bool) -> bool:
    """A picture with hardly a character that is seen; text drawn as curves."""
    if is_scan(page.sheet, page.images):
        return True
    is_blank = len(page.sheet.glyphs) < FEW_CHARS and not has_text
    return is_blank and (bool(page.images) or page.drawn > FEW_CHARS)


def _is_garbage(pages: Sequence[PdfSheet]) -> bool:
    """Whether the text layer is no Chinese: characters without meaning, or with that of others."""
    text = "".join(glyph.text for page in pages for glyph in page.sheet.glyphs)
    unmapped = sum(page.unmapped for page in pages)
    if unmapped > UNMAPPED_SHARE * (len(text) + unmapped):
        return True
    letters = [c for c in text if c.isalpha()]
    if len(letters) < MIN_LETTERS:
        return False
    chinese = [c for c in letters if CJK.match(c)]
    if len(chinese) < CJK_SHARE * len(letters):
        return True
    return sum(c in _common() for c in chinese) < COMMON_SHARE * len(chinese)


@cache
def _common() -> frozenset[str]:
    """Characters that every such report is full of: those of the forms' labels."""
    rows = [*seeds.rows("indicators.csv"), *seeds.rows("forms/form_local.csv")]
    return frozenset("".join(row.get("label_zh", "") + row.get("label", "") for row in rows))


# ------------------------------------------------------------- recognition


def recognised(page: pdfium.PdfPage, number: int, uri: str) -> Sheet:
    """The page's text read from its picture."""
    ocr = installed_ocr()
    if ocr is None:
        raise missing_extra(uri, "a PDF whose pages are images or hold no text", "ocr")
    width, _ = page.get_size()
    pixels = page.render(scale=DPI / 72).to_numpy()[:, :, :3]
    sheet: Sheet = ocr.read_image(pixels.copy(), number, width=width)
    return sheet


def with_pictures(page: pdfium.PdfPage, found: PdfSheet) -> Sheet:
    """The page with the tables that stand in it as pictures, where OCR is installed."""
    sheet = found.sheet
    boxes = [box for box in found.images if may_show_table(box, sheet)]
    ocr = installed_ocr() if boxes else None
    if ocr is None:
        return sheet
    pixels = page.render(scale=DPI / 72).to_numpy()[:, :, :3]
    for left, top, right, bottom in boxes:
        rows = slice(max(0, round(top * DPI / 72)), round(bottom * DPI / 72))
        cols = slice(max(0, round(left * DPI / 72)), round(right * DPI / 72))
        part = ocr.read_image(pixels[rows, cols].copy(), sheet.number, width=right - max(0, left))
        if ocr.has_table(part):
            add_part(sheet, part, max(0, left), max(0, top))
    return sheet
