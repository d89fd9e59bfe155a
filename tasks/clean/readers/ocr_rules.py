"""Ruled lines of an image, found by morphology: long thin strokes, level and upright. Measures are pixels."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from tasks.clean.readers.ocr_image import Mask, Pixels, Span
from tasks.clean.readers.ocr_walls import is_inked, walls, without_tails

# A level rule is longer than this many heights of the text, an upright one may be as short as a row of the
# table is high: no stroke of a character is.
LEVEL_LENGTH, UPRIGHT_LENGTH = 1.6, 1.2
# It is inked over this share of that length at least; breaks up to this many heights are closed.
INKED = 0.92
BREAK = 0.5
# A rule is thinner than this share of the text's height, a long one, which may be a double line, than that.
# It leans by no more than this share of its length.
THICKNESS, LONG_THICKNESS = 0.4, 0.6
LEAN = 0.01
# On both its sides there is paper: strips of this share of the text's height with no more ink than that.
# Strokes of characters side by side have the rest of the characters there.
SIDE = 0.12
SIDE_INK = 0.2
# A rule longer than this many heights may have more beside it: cells without padding. True ones show up to
# 0.21, the strokes of bold characters 0.67.
SURE_LENGTH = 8.0
LONG_SIDE_INK = 0.5
# A rule longer than this many heights may have anything beside it, as the other line of a double rule: no
# characters make such a stroke.
CERTAIN_LENGTH = 20.0
# Pieces of one rule (in heights): their middles differ by less than this, their ends by less than that.
IN_LINE, PIECES_APART = 0.15, 3.0
# How a page is smoothed (pixels), and how much darker than paper ink is, of 255: five times what is left of
# strong noise, half of what is left of a thin gray line.
SMOOTH = 0.9
DARKER = 24


@dataclass(slots=True)
class Stroke:
    """A long thin stroke that may be a rule; `marks` are its pixels in the image of all strokes."""

    span: Span
    marks: Mask
    is_sure: bool


def find_rules(pixels: Pixels, height: float) -> list[Stroke]:
    """The rules of a page whose text is `height` pixels high."""
    ink = ink_of(pixels)
    level = _strokes(ink, height, LEVEL_LENGTH)
    _trust_pieces([(stroke, stroke.span) for stroke in level], height)
    floors = [stroke.span for stroke in level if stroke.is_sure]
    upright = _strokes(np.ascontiguousarray(ink.T), height, UPRIGHT_LENGTH)
    _trust_pieces([(stroke, stroke.span) for stroke in upright], height)
    for stroke in upright:
        top, left, bottom, right = stroke.span
        stroke.span = (left, top, right, bottom)
        stroke.marks = np.ascontiguousarray(stroke.marks.T)
        _shorten(stroke, without_tails(ink, stroke.span, floors, height))
        stroke.is_sure = stroke.is_sure or is_inked(ink, stroke.span, floors)
    sure = walls(ink, [stroke.span for stroke in upright if stroke.is_sure], floors, height)
    upright = [stroke for stroke in upright if stroke.is_sure and stroke.span in sure]
    return [*(stroke for stroke in level if stroke.is_sure), *upright]


def _shorten(stroke: Stroke, span: Span) -> None:
    top = stroke.span[1]
    stroke.span, stroke.marks = span, stroke.marks[span[1] - top : span[3] - top]


def _trust_pieces(strokes: list[tuple[Stroke, Span]], height: float) -> None:
    """What goes on a sure rule in its line is a piece of it, whatever stands beside it."""
    sure = [span for stroke, span in strokes if stroke.is_sure]
    for stroke, (left, top, right, bottom) in strokes:
        middle = (top + bottom) / 2
        stroke.is_sure = stroke.is_sure or any(
            abs(middle - (other[1] + other[3]) / 2) <= IN_LINE * height
            and left - other[2] <= PIECES_APART * height
            and other[0] - right <= PIECES_APART * height
            for other in sure
        )


def ink_of(pixels: Pixels) -> Mask:
    """Where something is printed: darker than the paper around it, a scanner's noise smoothed away."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    paper = cv2.morphologyEx(
        cv2.GaussianBlur(gray, (0, 0), 2.5), cv2.MORPH_CLOSE, np.ones((31, 31), np.uint8)
    )
    darker = cv2.subtract(paper, cv2.GaussianBlur(gray, (0, 0), SMOOTH))
    return np.asarray(darker > DARKER, np.uint8)


def _strokes(ink: Mask, height: float, heights: float) -> list[Stroke]:
    """The level strokes that are long and thin enough, sure where they stand apart from other ink."""
    length = max(10, round(heights * height))
    # What is left of the skew, and blur, let a rule wander over rows of pixels: it is made thicker first.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    full = cv2.boxFilter(thick.astype(np.float32), -1, (length, 1), normalize=True) >= INKED
    inked = cv2.min(cv2.dilate(full.astype(np.uint8), np.ones((1, length), np.uint8)), thick)
    gap = max(3, round(BREAK * height))
    bridged = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bridged)
    strokes = []
    for label, (left, top, width, high, _) in enumerate(stats.tolist()):
        if label == 0 or width < INKED * length:
            continue
        span = (left, top, left + width, top + high)
        marks = np.asarray(labels[top : top + high, left : left + width] == label, np.uint8)
        if not _is_thin(width, high, height):
            strokes += _threads(ink, marks, span, height)
            continue
        strokes.append(Stroke(span, marks, _is_apart(ink, span, height, _side_limit(width / height))))
    return strokes


def _side_limit(heights: float) -> float:
    """The ink that may stand beside a stroke of so many heights."""
    if heights >= CERTAIN_LENGTH:
        return 1.0
    return LONG_SIDE_INK if heights >= SURE_LENGTH else SIDE_INK


def _is_thin(width: int, high: int, height: float) -> bool:
    thickness = LONG_THICKNESS if width >= SURE_LENGTH * height else THICKNESS
    return high - 2 <= max(thickness * height, 5, LEAN * width)


def _threads(ink: Mask, marks: Mask, span: Span, height: float) -> list[Stroke]:
    """The long rules in ink where they run into a line of characters: what is thin at each of its points."""
    if span[2] - span[0] < SURE_LENGTH * height:
        return []
    limit = int(max(THICKNESS * height, 5)) + 3
    thick = cv2.morphologyEx(marks, cv2.MORPH_OPEN, np.ones((limit, 1), np.uint8))
    thin = cv2.morphologyEx(cv2.subtract(marks, thick), cv2.MORPH_CLOSE, np.ones((1, limit), np.uint8))
    straight = np.ones((1, round(SURE_LENGTH * height / 2)), np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(thin, cv2.MORPH_OPEN, straight))
    threads = []
    for label, (left, top, width, high, _) in enumerate(stats.tolist()):
        if not label or width < SURE_LENGTH * height or not _is_thin(width, high, height):
            continue
        box = slice(top, top + high), slice(left, left + width)
        x, y = span[0] + left, span[1] + top
        own = np.asarray(labels[box] == label, np.uint8)
        on = (x, y, x + width, y + high)
        threads.append(Stroke(on, own, _is_apart(ink, on, height, SIDE_INK)))
    return threads


def _is_apart(ink: Mask, span: Span, height: float, limit: float) -> bool:
    """Whether there is paper above and below a stroke."""
    left, top, right, bottom = span
    strip = max(2, round(SIDE * height))
    sides = (ink[max(0, top - strip) : top, left:right], ink[bottom : bottom + strip, left:right])
    return all(side.size == 0 or float(side.mean()) <= limit for side in sides)


def erased(pixels: Pixels, strokes: list[Stroke]) -> Pixels:
    """The page without these rules: white where they were, so that none is read as a 1 or a dash."""
    clear = pixels.copy()
    for stroke in strokes:
        left, top, right, bottom = stroke.span
        clear[top:bottom, left:right][stroke.marks > 0] = 255
    return clear
