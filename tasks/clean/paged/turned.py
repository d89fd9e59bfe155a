"""Pages as they are to be read: turned if their text runs down or up, parted if two stand on one sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tasks.clean.paged.sheet import DOWNWARDS, HORIZONTAL, UPWARDS, Glyph, Rule, Sheet

# A page is turned when this share of its characters runs in one other direction.
TURNED_SHARE = 0.6
# Two pages side by side on a sheet: it is this much wider than high, and a gutter of this share of its width
# in the middle third is empty from top to bottom.
WIDE = 1.2
GUTTER = 0.035
MIN_CHARS = 80  # on each side


def upright_sheets(sheets: list[Sheet]) -> list[Sheet]:
    """The pages in reading order, each with level text; boxes count from the corner of the page as read.

    Sheets with two pages give two of the same number.
    """
    return [part for sheet in sheets for part in _parted(_turned(sheet))]


def _turned(sheet: Sheet) -> Sheet:
    angles = Counter(glyph.angle for glyph in sheet.glyphs)
    if not angles or angles[HORIZONTAL] == sheet.glyphs.__len__():
        return sheet
    angle, count = angles.most_common(1)[0]
    if angle == HORIZONTAL or count < TURNED_SHARE * len(sheet.glyphs):
        return sheet
    w, h = sheet.width, sheet.height

    def corner(x: float, y: float) -> tuple[float, float]:
        if angle == DOWNWARDS:
            return y, w - x
        return (h - y, x) if angle == UPWARDS else (w - x, h - y)

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        (x1, y1), (x2, y2) = corner(left, top), corner(right, bottom)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    is_sideways = angle in (DOWNWARDS, UPWARDS)
    return Sheet(
        sheet.number,
        h if is_sideways else w,
        w if is_sideways else h,
        [
            Glyph(g.text, *box(*g[1:5]), g.size, g.is_bold, (g.angle - angle) % 360, g.run, g.confidence)
            for g in sheet.glyphs
        ],
        [Rule(*box(*rule)) for rule in sheet.rules],
    )


def _parted(sheet: Sheet) -> list[Sheet]:
    """A sheet that holds two pages side by side as two."""
    if sheet.width < WIDE * sheet.height:
        return [sheet]
    cut = _gutter(sheet)
    if cut is None:
        return [sheet]
    left = [glyph for glyph in sheet.glyphs if glyph.right <= cut]
    right = [glyph for glyph in sheet.glyphs if glyph.left >= cut]
    if min(sum(len(g.text) for g in side) for side in (left, right)) < MIN_CHARS:
        return [sheet]
    return [
        replace(sheet, glyphs=left, rules=[rule for rule in sheet.rules if rule.right <= cut]),
        replace(sheet, glyphs=right, rules=[rule for rule in sheet.rules if rule.left >= cut]),
    ]


def _gutter(sheet: Sheet) -> float | None:
    """The middle of a strip near the sheet's middle that nothing crosses."""
    spans = sorted(
        [(g.left, g.right) for g in sheet.glyphs] + [(rule.left, rule.right) for rule in sheet.rules]
    )
    reached = 0.0
    for left, right in spans:
        middle = (reached + left) / 2
        if left - reached >= GUTTER * sheet.width and abs(middle / sheet.width - 0.5) < 1 / 6:
            return middle
        reached = max(reached, right)
    return None
