"""Which strokes of a picture are rules of a table."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the extra ocr is not installed")

from tasks.clean.readers.ocr_image import Pixels
from tasks.clean.readers.ocr_rules import find_rules

HEIGHT, ROW, TOP = 24, 28, 40
WALLS = [60, 460, 700]


def table(rows: int) -> Pixels:
    """A ruled table whose rows are hardly higher than their text."""
    page = np.full((rows * ROW + 160, 760, 3), 255, np.uint8)
    for wall in WALLS:
        page[TOP : TOP + rows * ROW + 2, wall : wall + 2] = 0
    for row in range(rows + 1):
        page[TOP + row * ROW : TOP + 2 + row * ROW, WALLS[0] : WALLS[-1] + 2] = 0
    return page


def character(page: Pixels, x: int, row: int, bars: int) -> None:
    """A stroke from rule to rule with so many bars across it (十, 丰 …)."""
    top = TOP + row * ROW
    page[top : top + ROW, x : x + 2] = 0
    for bar in range(bars):
        y = top + 6 + bar * 16 // bars
        page[y : y + 2, x - 10 : x + 12] = 0


def walls(page: Pixels) -> list[tuple[int, int]]:
    """Where upright rules stand, and how far down they go."""
    spans = [rule.span for rule in find_rules(page, HEIGHT)]
    return sorted(
        (round(left, -1), bottom) for left, top, right, bottom in spans if bottom - top > right - left
    )


@pytest.mark.parametrize("bars", [1, 2, 3])
@pytest.mark.parametrize("rows", [1, 2, 12])
def test_characters_below_each_other_in_low_rows_are_no_wall(bars: int, rows: int) -> None:
    page = table(12)
    for row in range(rows):
        character(page, 480, row, bars)
    assert [x for x, _ in walls(page)] == WALLS


def test_strokes_at_different_heights_on_both_sides_of_a_short_one_are_a_characters() -> None:
    page = table(12)
    character(page, 480, 3, bars=0)
    page[TOP + 3 * ROW + 8 : TOP + 3 * ROW + 11, 470:480] = 0
    page[TOP + 3 * ROW + 18 : TOP + 3 * ROW + 21, 482:492] = 0
    assert [x for x, _ in walls(page)] == WALLS


def test_a_stroke_that_nothing_crosses_is_a_wall() -> None:
    page = table(12)
    for row in range(12):
        character(page, 480, row, bars=0)
    assert [x for x, _ in walls(page)] == sorted([*WALLS, 480])


def test_words_that_touch_a_header_s_walls_leave_them_walls() -> None:
    """A table of one row at the foot of a page, its walls no longer than the strokes of characters."""
    page = table(1)
    for y in (8, 18):
        page[TOP + y : TOP + y + 3, 440:480] = 0
    assert [x for x, _ in walls(page)] == WALLS


def test_a_wall_ends_at_the_table_though_a_stroke_below_goes_on_with_it() -> None:
    page = table(12)
    below = TOP + 12 * ROW
    page[below : below + 28, 460:462] = 0
    page[below + 8 : below + 11, 450:472] = 0
    assert all(abs(bottom - below) < 5 for _, bottom in walls(page))
