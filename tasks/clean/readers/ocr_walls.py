"""Which upright strokes of an image are walls of a table, and which are strokes of characters.

Where rows are hardly higher than their text, strokes of characters below each other (件) meet the level
rules and look like walls. Here: what tells them apart. Not here: finding strokes (`ocr_rules`). Measures are
pixels; `floors` are the level rules, `height` is that of the page's characters.
"""

from __future__ import annotations

from itertools import pairwise

from tasks.clean.readers.ocr_image import Mask, Span

# A wall is inked on this share of its way between two level rules; a character leaves room above and below.
WALL_INK = 0.97
# A stroke is a character's when bars cross it in most of its rows: on this share of the row's height there is
# ink to its left and to its right, in strips of SIDE text heights.
CROSSED, SIDE = 0.05, 0.12
# Of a stroke shorter than this many text heights, a row or two, ink on both sides is enough, at the same
# height or not, in strips this wide.
FEW_ROWS, BESIDE = 4.0, 0.2
# Walls of one row end together, give or take so many text heights.
TOGETHER = 0.15
# A wall may go on in the stroke of a character above or below the table, for so many text heights.
TAIL = 1.5


def is_inked(ink: Mask, span: Span, floors: list[Span]) -> bool:
    """Whether an upright stroke is inked all the way from the level rule above to the one below."""
    left, top, right, bottom = span
    x, y = (left + right) / 2, (top + bottom) / 2
    here = [floor for floor in floors if floor[0] - 3 <= x <= floor[2] + 3]
    above = max((floor[3] for floor in here if floor[3] <= y), default=None)
    below = min((floor[1] for floor in here if floor[1] >= y), default=None)
    if above is None or below is None:
        return False
    column = ink[above:below, max(0, left - 1) : right + 1]
    return column.size > 0 and float(column.max(axis=1).mean()) >= WALL_INK


def walls(ink: Mask, strokes: list[Span], floors: list[Span], height: float) -> set[Span]:
    """The upright strokes that are none of characters, and short ones that end where such a one does: the
    walls of a header alone on its page, bold words on both sides of them."""
    found = {span for span in strokes if not _is_of_characters(ink, span, floors, height)}
    rows = [span for span in found if _is_short(span, height)]
    near = TOGETHER * height
    return found | {
        span
        for span in strokes
        if any(abs(span[1] - row[1]) <= near and abs(span[3] - row[3]) <= near for row in rows)
    }


def without_tails(ink: Mask, stroke: Span, floors: list[Span], height: float) -> Span:
    """An upright stroke that ends at the table's edge where the stroke of a character goes on with it."""
    left, top, right, bottom = stroke
    met = _met(stroke, floors)
    if not met:
        return stroke
    above, below = (left, top, right, met[0][0]), (left, met[-1][1], right, bottom)
    if _is_tail(ink, above, height):
        top = above[3]
    if _is_tail(ink, below, height):
        bottom = below[1]
    return left, top, right, bottom


def _is_tail(ink: Mask, end: Span, height: float) -> bool:
    return end[3] - end[1] <= TAIL * height and _is_between_ink(ink, end, height)


def _is_of_characters(ink: Mask, span: Span, floors: list[Span], height: float) -> bool:
    """Whether an upright stroke goes through no row, or is crossed in most."""
    left, top, right, bottom = span
    ends = [(top, top), *_met(span, floors), (bottom, bottom)]
    rows = [(left, a, right, b) for (_, a), (b, _) in pairwise(ends) if b - a >= height / 2]
    is_crossed = _is_between_ink if _is_short(span, height) else _is_crossed
    return not rows or 2 * sum(is_crossed(ink, row, height) for row in rows) > len(rows)


def _is_short(span: Span, height: float) -> bool:
    return span[3] - span[1] < FEW_ROWS * height


def _met(span: Span, floors: list[Span]) -> list[tuple[int, int]]:
    """Tops and bottoms of the level rules that an upright stroke meets, from above."""
    left, top, right, bottom = span
    x = (left + right) / 2
    return sorted((f[1], f[3]) for f in floors if f[0] - 3 <= x <= f[2] + 3 and top < f[3] and f[1] < bottom)


def _is_crossed(ink: Mask, row: Span, height: float) -> bool:
    before, behind = _beside(ink, row, SIDE * height)
    both = before.all(axis=1) & behind.all(axis=1)
    return min(before.size, behind.size) > 0 and float(both.mean()) >= CROSSED


def _is_between_ink(ink: Mask, row: Span, height: float) -> bool:
    sides = _beside(ink, row, BESIDE * height)
    return all(side.size > 0 and float(side.mean()) >= CROSSED for side in sides)


def _beside(ink: Mask, row: Span, width: float) -> tuple[Mask, Mask]:
    """What is printed to the left and to the right of a stroke in a row, the level rules left out."""
    left, top, right, bottom = row
    strip = max(2, round(width))
    inside = ink[top + 2 : bottom - 2]
    return inside[:, max(0, left - strip) : left], inside[:, right : right + strip]
