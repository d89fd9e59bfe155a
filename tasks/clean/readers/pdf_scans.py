"""Which pages of a PDF are pictures of text, or have a text layer that says nothing, and their recognition.

Here: the signs of both, and the rendering of a page for OCR. Recognition itself is `ocr`, an extra, imported
when the first such page comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pypdfium2 as pdfium  # type: ignore[import-untyped]

import seeds
from tasks.clean.paged.sheet import Box, Glyph, Rule, Sheet
from tasks.clean.readers.pdf_sheets import PdfSheet
from tasks.clean.readers.refusals import installed_ocr, missing_extra
from tasks.clean.spaces import CJK

# A page with fewer characters has no text layer to speak of: a page number, a scanner's stamp.
FEW_CHARS = 16
# A scan covers this share of its page; a picture from this share on may be a form pasted into the text.
SCAN_SHARE = 0.4
PICTURE_SHARE = 0.15
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
    if len(page.sheet.glyphs) >= FEW_CHARS:
        return False
    if max((_share(box, page.sheet) for box in page.images), default=0.0) >= SCAN_SHARE:
        return True
    return not has_text and (bool(page.images) or page.drawn > FEW_CHARS)


def _share(box: Box, sheet: Sheet) -> float:
    """The share of the page that a box covers."""
    width = min(box[2], sheet.width) - max(box[0], 0)
    height = min(box[3], sheet.height) - max(box[1], 0)
    return max(width, 0) * max(height, 0) / (sheet.width * sheet.height)


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
    boxes = [box for box in found.images if _share(box, sheet) >= PICTURE_SHARE and not _has_text(box, sheet)]
    ocr = installed_ocr() if boxes else None
    if ocr is None:
        return sheet
    pixels = page.render(scale=DPI / 72).to_numpy()[:, :, :3]
    for left, top, right, bottom in boxes:
        rows = slice(max(0, round(top * DPI / 72)), round(bottom * DPI / 72))
        cols = slice(max(0, round(left * DPI / 72)), round(right * DPI / 72))
        part = ocr.read_image(pixels[rows, cols].copy(), sheet.number, width=right - max(0, left))
        if ocr.has_table(part):
            _add(sheet, part, max(0, left), max(0, top))
    return sheet


def _has_text(box: Box, sheet: Sheet) -> bool:
    left, top, right, bottom = box
    inside = sum(left < g.centre < right and top < g.middle < bottom for g in sheet.glyphs)
    return inside >= FEW_CHARS


def _add(sheet: Sheet, part: Sheet, left: float, top: float) -> None:
    """Put what a picture shows at its place on the page."""
    for g in part.glyphs:
        box = (g.left + left, g.top + top, g.right + left, g.bottom + top)
        sheet.glyphs.append(Glyph(g.text, *box, g.size, g.is_bold, g.angle, -1 - g.run, g.confidence))
    for rule in part.rules:
        sheet.rules.append(Rule(rule.left + left, rule.top + top, rule.right + left, rule.bottom + top))
