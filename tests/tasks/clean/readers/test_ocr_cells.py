"""What stands in the cells of a picture: as the detector of words says, or as the ink does."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("cv2", reason="the extra ocr is not installed")
pytest.importorskip("rapidocr", reason="the extra ocr is not installed")

from tasks.clean.paged import Rule
from tasks.clean.paged.grid import rasters
from tasks.clean.readers.ocr_cells import in_cells
from tasks.clean.readers.ocr_text import Word

HEIGHT, LINE = 24, 30
TABLES = rasters([Rule(x, 20, x, 160) for x in (20, 90, 300)] + [Rule(20, y, 300, y) for y in (20, 160)])


def test_a_word_over_several_lines_of_a_narrow_cell_is_not_taken_for_upright_writing() -> None:
    page = np.full((200, 320, 3), 255, np.uint8)
    lines = [30 + LINE * i for i in range(4)]
    for top in lines:
        for left in (30, 56):
            page[top : top + HEIGHT, left : left + HEIGHT - 2] = 0
    upright = Word(28, 28, 54, 150)
    found, by_ink = in_cells(page, TABLES, [upright, Word(54, 28, 80, 60)], HEIGHT)
    assert found == []
    middles = sorted((word.top + word.bottom) / 2 for word in by_ink)
    assert middles == pytest.approx([top + HEIGHT / 2 for top in lines], abs=2)


def test_words_of_a_line_each_are_kept() -> None:
    page = np.full((200, 320, 3), 255, np.uint8)
    words = []
    for top in (30, 70):
        page[top : top + HEIGHT, 100:280] = 0
        words.append(Word(98, top - 3, 282, top + HEIGHT + 3))
    assert in_cells(page, TABLES, words, HEIGHT)[0] == words
