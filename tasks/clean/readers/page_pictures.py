"""Pictures on the pages of a fixed layout (PDF, OFD): which are the page, which may show a table, how what
is read in one comes to its place. Not here: recognition (`ocr`), what a format says of its pictures.
"""

from __future__ import annotations

from tasks.clean.paged.sheet import Box, Glyph, Rule, Sheet

# A page with fewer characters has no text layer to speak of: a page number, a scanner's stamp.
FEW_CHARS = 16
# A scan covers this share of its page; a picture from this share on may be a form pasted into the text.
SCAN_SHARE = 0.4
PICTURE_SHARE = 0.15


def is_scan(sheet: Sheet, pictures: list[Box]) -> bool:
    """Whether a picture is the page: hardly a character beside it."""
    if len(sheet.glyphs) >= FEW_CHARS:
        return False
    return max((share(box, sheet) for box in pictures), default=0.0) >= SCAN_SHARE


def may_show_table(box: Box, sheet: Sheet) -> bool:
    """Whether a picture is large enough, and has no text over it."""
    return share(box, sheet) >= PICTURE_SHARE and not _has_text(box, sheet)


def share(box: Box, sheet: Sheet) -> float:
    """The share of the page that a box covers."""
    width = min(box[2], sheet.width) - max(box[0], 0)
    height = min(box[3], sheet.height) - max(box[1], 0)
    return max(width, 0) * max(height, 0) / (sheet.width * sheet.height)


def _has_text(box: Box, sheet: Sheet) -> bool:
    left, top, right, bottom = box
    inside = sum(left < g.centre < right and top < g.middle < bottom for g in sheet.glyphs)
    return inside >= FEW_CHARS


def add_part(sheet: Sheet, part: Sheet, left: float, top: float) -> None:
    """Put what a picture shows at its place on the page."""
    for g in part.glyphs:
        box = (g.left + left, g.top + top, g.right + left, g.bottom + top)
        sheet.glyphs.append(Glyph(g.text, *box, g.size, g.is_bold, g.angle, -1 - g.run, g.confidence))
    for rule in part.rules:
        sheet.rules.append(Rule(rule.left + left, rule.top + top, rule.right + left, rule.bottom + top))
