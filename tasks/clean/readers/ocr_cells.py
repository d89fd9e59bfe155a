"""Words and the cells they stand in: words cut at walls, and what a short cell holds told by its ink.

The model that finds words takes neighbours in narrow columns for one word and overlooks single digits; ink
does neither. Measures are pixels; `height` is that of the page's characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np

from tasks.clean.paged.grid import Raster
from tasks.clean.paged.sheet import Box
from tasks.clean.readers.ocr_image import Mask, Pixels
from tasks.clean.readers.ocr_rules import ink_of
from tasks.clean.readers.ocr_text import Word, recognise

# A wall must be this many text heights inside a word for the word to be parted there.
OVER = 0.45
# A gap of so many text heights parts words of a line: the columns of tables without rules. Behind a comma
# there is less.
GAP = 0.8
# A cell narrower or lower than this, in text heights, is the room between two lines of a double rule.
GUTTER = 0.45
# Ink in a cell is a character when it is so high, in text heights; less is dust, or the rest of a rule. What
# is higher than that is a rule, or a seal's edge.
INK_HEIGHT, INK_HIGHEST = 0.35, 2.0
INK_AREA = 0.04
# Marks whose middles are this far apart, in text heights, stand in different lines.
LINE_APART = 0.6
# A cell with one line of at most so many text heights: a number; longer lines are found as words well enough.
SHORT = 9.0
# Lines of at most so many text heights are told apart by their ink.
SINGLE = 1.6
# What is cut out around a line: so much to its sides, so high at least. At these the model reads all but the
# slashes of 1,228 cells of worn scans right; with more white above it takes 0 for D, with more at the sides
# it sees digits that are not there.
SIDE, LINE_HEIGHT = 0.3, 1.3
# A single stroke that leans so much (across by down) is a slash; a 1 in italics leans by 0.2.
SLANT = 0.24
STROKES = frozenset("1Il|/")


Spot = tuple[int, int]
"""A cell: number of the table and of the place in it."""


def in_cells(
    page: Pixels, tables: list[Raster], words: list[Word], height: float
) -> tuple[list[Word], list[Word]]:
    """The words as the detector gave them, cut at walls, and those that cells' ink gives instead."""
    ink = ink_of(page)
    held: dict[Spot, list[Word]] = {}
    found: list[Word] = []
    pieces: list[Word] = []
    for part in (part for word in words for part in _parted(word, tables, height)):
        spot = spot_of(part, tables)
        if spot is None:
            parts = _at_gaps(ink, part, height)
            (pieces if len(parts) > 1 else found).extend(parts)
        else:
            held.setdefault(spot, []).append(part)
    by_ink = [_high(piece, height) for piece in pieces if piece.width <= SHORT * height]
    found += [piece for piece in pieces if piece.width > SHORT * height]
    for number, table in enumerate(tables):
        for place, at in enumerate(table.places):
            if min(at.box[2] - at.box[0], at.box[3] - at.box[1]) < GUTTER * height:
                continue
            there = held.get((number, place), [])
            lines = lines_in(ink, at.box, height)
            is_short = len(lines) == 1 and lines[0].width <= SHORT * height
            if is_short or not there or _is_misread(there, lines, height):
                by_ink += lines
            else:
                found += there
    return found, by_ink


def spot_of(word: Word, tables: list[Raster]) -> Spot | None:
    """The cell in which the middle of a word is."""
    for number, table in enumerate(tables):
        place = table.place_at((word.left + word.right) / 2, (word.top + word.bottom) / 2)
        if place is not None:
            return number, place
    return None


def _parted(word: Word, tables: list[Raster], height: float) -> list[Word]:
    """A word cut at the walls of the cells that it runs over."""
    y = (word.top + word.bottom) / 2
    for table in tables:
        left, top, right, bottom = table.box
        if not (top < y < bottom and word.right > left and word.left < right):
            continue
        cuts = [
            x
            for x in table.xs
            if word.left + OVER * height < x < word.right - OVER * height
            and table.place_at(x - 2, y) != table.place_at(x + 2, y)
        ]
        edges = [word.left, *cuts, word.right]
        return [word._replace(left=a, right=b) for a, b in pairwise(edges)]
    return [word]


def _at_gaps(ink: Mask, word: Word, height: float) -> list[Word]:
    """A word cut where nothing is printed for the width of a character."""
    left, top, right, bottom = (max(0, round(value)) for value in word[:4])
    columns = np.flatnonzero(ink[top:bottom, left:right].any(axis=0))
    if len(columns) < 2:
        return [word]
    gaps = np.flatnonzero(np.diff(columns) > GAP * height)
    if not len(gaps):
        return [word]
    begins, ends = [columns[0], *columns[gaps + 1]], [*columns[gaps], columns[-1]]
    return [
        word._replace(left=float(left + a), right=float(left + b + 1))
        for a, b in zip(begins, ends, strict=True)
    ]


def lines_in(ink: Mask, box: Box, height: float) -> list[Word]:
    """The lines of characters in a cell, cut close at their sides."""
    inset = max(3, round(0.12 * height))
    left, top = max(0, round(box[0]) + inset), max(0, round(box[1]) + inset)
    part = ink[top : max(0, round(box[3]) - inset), left : max(0, round(box[2]) - inset)]
    if part.size == 0:
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(part)
    marks = [
        Word(left + x, top + y, left + x + width, top + y + high)
        for x, y, width, high, area in stats[1:].tolist()
        if area >= INK_AREA * height * height and high <= INK_HIGHEST * height
    ]
    tall = sorted((m for m in marks if m.height >= INK_HEIGHT * height), key=_middle)
    low = [mark for mark in marks if mark.height < INK_HEIGHT * height]
    return [_high(_hull(line, low), height) for line in _lines(tall, height)]


def _is_misread(words: list[Word], lines: list[Word], height: float) -> bool:
    """Whether a word runs over several short lines, or one is in no word: the detector takes narrow columns
    for upright writing."""
    if any(line.height > SINGLE * height or line.width > SHORT * height for line in lines):
        return False
    held = [[word.top < _middle(line) < word.bottom for line in lines] for word in words]
    return any(sum(row) > 1 for row in held) or not all(any(column) for column in zip(*held, strict=True))


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _lines(marks: list[Word], height: float) -> Iterator[list[Word]]:
    """Marks from the top, those of one line together."""
    line: list[Word] = []
    for mark in marks:
        if line and _middle(mark) - _middle(line[-1]) > LINE_APART * height:
            yield line
            line = []
        line.append(mark)
    if line:
        yield line


def _hull(line: list[Word], low: list[Word]) -> Word:
    """The box around a line's marks, dashes and points beside them taken in."""
    top, bottom = min(mark.top for mark in line), max(mark.bottom for mark in line)
    beside = [*line, *(mark for mark in low if top <= _middle(mark) <= bottom)]
    return Word(min(mark.left for mark in beside), top, max(mark.right for mark in beside), bottom)


def _high(word: Word, height: float) -> Word:
    """A word cut close with room above and below."""
    half = max(word.height, LINE_HEIGHT * height) / 2
    return word._replace(top=_middle(word) - half, bottom=_middle(word) + half)


def recognise_short(page: Pixels, words: list[Word], height: float) -> list[Word]:
    """Words cut close at their sides with what they say, read with the room that reads best."""
    side = SIDE * height
    wide = [word._replace(left=word.left - side, right=word.right + side) for word in words]
    return [
        word._replace(text=read.text, confidence=read.confidence)
        for word, read in zip(words, recognise(page, wide, 0.0), strict=True)
    ]


def slashes(page: Pixels, words: list[Word]) -> list[Word]:
    """The words, a leaning stroke that was read as a 1 set right: / says that there is nothing to count."""
    if not any(word.text in STROKES for word in words):
        return words
    ink = ink_of(page)
    return [word._replace(text="/") if word.text in STROKES and _leans(ink, word) else word for word in words]


def _leans(ink: Mask, word: Word) -> bool:
    """Whether the ink of a stroke stands further right at its top than at its foot, as a slash does."""
    left, top, right, bottom = (max(0, round(value)) for value in word[:4])
    part = ink[top:bottom, left:right]
    rows = np.flatnonzero(part.any(axis=1))
    if len(rows) < 4:
        return False
    third = len(rows) // 3 or 1
    head, foot = (
        part[rows[0] : rows[0] + third].nonzero()[1],
        part[rows[-1] - third + 1 : rows[-1] + 1].nonzero()[1],
    )
    return float(head.mean() - foot.mean()) >= SLANT * (len(rows) - third)
