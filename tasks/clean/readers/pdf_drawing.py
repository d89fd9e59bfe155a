"""What is drawn on a PDF page: ruled lines and the boxes of pictures.

Here: PDFium's objects, those inside form objects too. Not here: what lines make of a page
(`tasks.clean.paged`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

from tasks.clean.paged.sheet import Box, Rule
from tasks.clean.readers.pdf_dots import dotted_rules
from tasks.clean.readers.pdf_matrix import Matrix, applied, box_on_page, matrix_of, then

# A rectangle thinner than this, in points, is a line; the bars of a chart and shaded cells are thicker.
THIN = 3.0
# A line shorter than this is a dot of a dotted line, a tick, a piece of a picture or of a character.
SHORTEST = 4.0
# How far, in points, a level line may lean.
LEAN = 1.0
# Drawings with more objects or points are pictures (maps, text as curves); the rest is not looked at.
MAX_OBJECTS = 20_000
MAX_POINTS = 400
MAX_DEPTH = 8


@dataclass(slots=True)
class Drawing:
    """The ruled lines, the boxes of the pictures, and how many things are drawn as curves."""

    rules: list[Rule] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    curves: int = 0


def read_drawing(page: Any, to_page: Matrix) -> Drawing:
    """The ruled lines and pictures of a page, those in form objects too."""
    found, dots = Drawing(), list[Box]()
    for drawn, matrix in _objects(page, to_page):
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            found.curves += 1
            _read_path(drawn, matrix, found.rules, dots)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            own = then(matrix_of(drawn), matrix)
            box = box_on_page(own, 0, 0, 1, 1)
            if not _add_thin(box, found.rules, dots):
                found.images.append(box)
    found.rules += dotted_rules(dots)
    return found


def _objects(page: Any, to_page: Matrix) -> Iterator[tuple[Any, Matrix]]:
    """Every object that is drawn, with the matrix that takes it to the page."""
    waiting = [
        (raw.FPDFPage_GetObject(page, i), to_page, 0)
        for i in range(min(raw.FPDFPage_CountObjects(page), MAX_OBJECTS))
    ]
    waiting.reverse()
    seen = 0
    while waiting and seen < MAX_OBJECTS:
        drawn, matrix, depth = waiting.pop()
        seen += 1
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_FORM:
            yield drawn, matrix
        elif depth < MAX_DEPTH:
            inner = then(matrix_of(drawn), matrix)
            count = min(raw.FPDFFormObj_CountObjects(drawn), MAX_OBJECTS)
            waiting += [(raw.FPDFFormObj_GetObject(drawn, i), inner, depth + 1) for i in range(count)][::-1]


def _read_path(drawn: Any, matrix: Matrix, rules: list[Rule], dots: list[Box]) -> None:
    """A path's lines: what it strokes, and what it fills if that is thin."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPath_CountSegments(drawn)
    if not 2 <= count <= MAX_POINTS or not raw.FPDFPath_GetDrawMode(drawn, fill, stroke):
        return
    if not fill.value and not stroke.value:
        return
    for points in _subpaths(drawn, count, then(matrix_of(drawn), matrix)):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if _add_thin((min(xs), min(ys), max(xs), max(ys)), rules, dots):
            continue
        if stroke.value:
            for (x1, y1), (x2, y2) in pairwise(points):
                if abs(x1 - x2) <= LEAN or abs(y1 - y2) <= LEAN:
                    _add_thin((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)), rules, dots)


def _add_thin(box: Box, rules: list[Rule], dots: list[Box]) -> bool:
    """Add a thin box as the line in its middle, or as a dot; whether it was one."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if max(width, height) < SHORTEST:
        if min(width, height) <= THIN:
            dots.append(box)
        return True
    if min(width, height) > THIN:
        return False
    if width >= height:
        rules.append(Rule(left, (top + bottom) / 2, right, (top + bottom) / 2))
    else:
        rules.append(Rule((left + right) / 2, top, (left + right) / 2, bottom))
    return True


def _subpaths(drawn: Any, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path, on the page; a closed part ends where it began."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(drawn, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            if len(points) > 1:
                yield points
            points = []
        points.append(applied(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points
