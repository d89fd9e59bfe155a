"""Images and scanned pages → text and blocks, recognised (OCR). The extra `ocr` brings what this imports.

A page's rules make cells; words are found on the page without the rules, those of short cells by their ink.
How sure a number is, is left to the forms' sums (`tasks.extract`): recognised text has a confidence below 1.
"""

from __future__ import annotations

from statistics import median

import numpy as np

from tasks.clean.paged import Glyph, Rule, Sheet, compose_sheets
from tasks.clean.paged.grid import Raster, rasters
from tasks.clean.readers.ocr_cells import in_cells, recognise_short, slashes, spot_of
from tasks.clean.readers.ocr_image import Pixels, Span, frames, prepared, resized
from tasks.clean.readers.ocr_rules import erased, find_rules
from tasks.clean.readers.ocr_text import Word, find_words, recognise
from tasks.clean.readers.reading import Reading, Tick
from tasks.clean.readers.refusals import refused
from tasks.values import Page

# The models read best when characters are about this many pixels high (12 pt at 200 dpi); a page of smaller
# type is enlarged, at most so much.
TEXT_HEIGHT = 33.0
SMALL_HEIGHT = 26.0
MOST_ENLARGED = 2.5
BOX_HEIGHT = 1.3  # a word's box by the height of its characters
A4_WIDTH, A4_HEIGHT = 595.0, 842.0  # points
UPRIGHT = 2.0  # a box this much higher than wide holds turned text, or one character over another
TURNED_SHARE = 0.5
SURE = 0.85  # below this median confidence a page may stand on its head; that of turned words reaches 0.7
MIN_CELLS = 4  # fewer, or fewer words in them, are no table
# Words in cells that are less sure are recognised once more, so much of their height cut off on both sides.
DOUBTFUL, CLOSER = 0.9, 0.1


def read(page: Page, tick: Tick) -> Reading:
    sheets = []
    for number, (pixels, dpi) in enumerate(frames(page.content, page.uri), 1):
        sheets.append(read_image(pixels, number, dpi))
        tick()
    if not any(sheet.glyphs for sheet in sheets):
        raise refused(page.uri, "No text was found in the image.", "Look at it; scan it anew.")
    return Reading("image/*", compose_sheets(sheets))


def read_image(pixels: Pixels, number: int, dpi: float | None = None, width: float | None = None) -> Sheet:
    """A page's words and rules in points. `width` is the page's in points, where it is known."""
    page, scale = prepared(pixels)
    page, words, height = _located(page)
    if not words:
        return Sheet(number, width or A4_WIDTH, A4_HEIGHT)
    enlarged = 1.0
    if height < SMALL_HEIGHT:
        enlarged = min(MOST_ENLARGED, TEXT_HEIGHT / height)
        page = resized(page, enlarged)
        height *= enlarged
        words = []
    points = _points(page, pixels, scale * enlarged, dpi, width)
    strokes = find_rules(page, height)
    lines = [_middle(stroke.span) for stroke in strokes]
    tables = rasters([Rule(*line) for line in lines])
    clear = erased(page, [stroke for stroke in strokes if _is_drawn(stroke.span, tables)])
    found, by_ink = in_cells(clear, tables, find_words(clear), height)
    read = recognise(clear, found) + recognise_short(clear, by_ink, height)
    read = slashes(clear, _read_again(clear, read, tables, height))
    glyphs = [_glyph(word, points, i) for i, word in enumerate(read) if word.text]
    rules = [Rule(*(value * points for value in rule)) for rule in lines]
    return Sheet(number, page.shape[1] * points, page.shape[0] * points, glyphs, rules)


def has_table(sheet: Sheet) -> bool:
    """Whether a picture shows a ruled table with text, not a chart or a photograph."""
    tables = rasters(sheet.rules)
    inside = sum(table.place_at(g.centre, g.middle) is not None for g in sheet.glyphs for table in tables)
    return sum(len(table.places) for table in tables) >= MIN_CELLS <= inside


def _located(page: Pixels) -> tuple[Pixels, list[Word], float]:
    """The page upright, its words, and the height of its characters."""
    words = find_words(page)
    high = [word for word in words if word.height > UPRIGHT * word.width]
    if words and len(high) > TURNED_SHARE * len(words):
        page = np.ascontiguousarray(np.rot90(page))
        words = find_words(page)
    if words and _is_on_its_head(page, words):
        page = np.ascontiguousarray(np.rot90(page, 2))
        words = find_words(page)
    height = median(word.height for word in words) / BOX_HEIGHT if words else 0.0
    return page, words, height


def _is_on_its_head(page: Pixels, words: list[Word]) -> bool:
    """Whether the longest words make more sense turned around."""
    longest = sorted(words, key=lambda word: word.width, reverse=True)[:6]
    upright = median(word.confidence for word in recognise(page, longest))
    if upright >= SURE:
        return False
    height, width = page.shape[:2]
    around = [Word(width - w.right, height - w.bottom, width - w.left, height - w.top) for w in longest]
    turned = recognise(np.ascontiguousarray(np.rot90(page, 2)), around)
    return median(word.confidence for word in turned) > upright


def _points(page: Pixels, original: Pixels, scale: float, dpi: float | None, width: float | None) -> float:
    """Points for a pixel of the page: by the page's width, by the claimed resolution, else as for A4."""
    if width is not None:
        return width / float(page.shape[1])
    long, short = max(original.shape[:2]), min(original.shape[:2])
    if dpi is not None and 0.4 * A4_WIDTH <= short * 72 / dpi <= 3 * A4_HEIGHT:
        return 72 / dpi / scale
    return A4_HEIGHT / float(long) / scale


def _middle(span: Span) -> tuple[float, float, float, float]:
    """A stroke as the line in its middle."""
    left, top, right, bottom = span
    if right - left >= bottom - top:
        return left, (top + bottom) / 2, right, (top + bottom) / 2
    return (left + right) / 2, top, (left + right) / 2, bottom


def _is_drawn(span: Span, tables: list[Raster]) -> bool:
    """Whether a stroke is a line of a table, not a dash or an underline."""
    x, y = (span[0] + span[2]) / 2, (span[1] + span[3]) / 2
    is_level = span[2] - span[0] >= span[3] - span[1]
    for table in tables:
        left, top, right, bottom = table.box
        if left - 9 <= x <= right + 9 and top - 9 <= y <= bottom + 9:
            at = y if is_level else x
            if min(abs(at - one) for one in (table.ys if is_level else table.xs)) <= 9:
                return True
    return False


def _read_again(page: Pixels, words: list[Word], tables: list[Raster], height: float) -> list[Word]:
    """Doubtful words in cells recognised once more, cut closer; the surer reading counts."""
    doubtful = [
        i for i, word in enumerate(words) if word.confidence < DOUBTFUL and spot_of(word, tables) is not None
    ]
    result = list(words)
    closer = [_closer(words[i]) for i in doubtful]
    for i, again in zip(doubtful, recognise_short(page, closer, height), strict=True):
        if again.confidence > result[i].confidence:
            result[i] = result[i]._replace(text=again.text, confidence=again.confidence)
    return result


def _closer(word: Word) -> Word:
    edge = CLOSER * word.height
    return Word(word.left, word.top + edge, word.right, word.bottom - edge)


def _glyph(word: Word, points: float, number: int) -> Glyph:
    """A word as a character of many letters, in points; its size by its width where that says more."""
    left, top, right, bottom = (value * points for value in word[:4])
    wide = sum(1.0 if ord(c) > 0x2000 else 0.5 for c in word.text)
    high = (bottom - top) / BOX_HEIGHT
    size = min(high, (right - left) / wide) if wide >= 3 else high
    return Glyph(word.text, left, top, right, bottom, max(size, 1.0), run=number, confidence=word.confidence)
