"""A PDF's pages as `Sheet`s, read by PDFium: characters with their places, ruled lines, images.

Here: PDFium's calls and the turning of its coordinates (points from the lower left corner of an unturned
page) into those of the page as it is seen. Not here: what the characters mean together (`tasks.clean.paged`).
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

import seeds
from tasks.clean.paged.sheet import DOWNWARDS, HORIZONTAL, UPWARDS, Box, Glyph, Rule, Sheet
from tasks.clean.readers.pdf_dots import dotted_rules

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
BOLD_WEIGHT = 600
ASCENT = 0.86  # share of a CJK character's square above the baseline
INVISIBLE = 3  # text rendering mode: the text layer under a scan
RIGHT_ANGLES = (0, 90, 180, 270)
# Text that leans by more degrees is a watermark or goes around a seal: it lies over the words of the report.
MOST_LEAN = 12
# Kangxi radicals, radicals' supplement, compatibility ideographs: what some producers write for characters.
ODD_BLOCKS = ((0x2E80, 0x2FD5), (0xF900, 0xFAFF))

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class PdfSheet:
    """A page with what tells whether its text can be trusted.

    `unmapped` counts characters without a Unicode value, `drawn` what is drawn as curves; `images` are the
    boxes of its pictures. Characters drawn invisibly are left out: they are what other software recognised in
    a scan, nobody knows how well, and whoever printed the page never saw them. The picture is read instead.
    So are those that lean.
    """

    sheet: Sheet
    unmapped: int = 0
    drawn: int = 0
    images: list[Box] = field(default_factory=list)


def read_page(page: pdfium.PdfPage, number: int) -> PdfSheet:
    """Everything of a page that reading it takes."""
    width, height = page.get_size()
    found = PdfSheet(Sheet(number, width, height))
    to_page = _to_page(page)
    _read_drawing(page.raw, to_page, found)
    textpage = page.get_textpage()
    try:
        _read_text(textpage.raw, to_page, found)
    finally:
        textpage.close()
    return found


def _to_page(page: pdfium.PdfPage) -> Matrix:
    """The matrix from PDF coordinates to points on the page as seen: turned, cropped, y downwards."""
    scale = 1000  # PDFium answers in whole pixels
    width, height = page.get_size()

    def at(x: float, y: float) -> tuple[float, float]:
        left, top = ctypes.c_int(), ctypes.c_int()
        size = round(width * scale), round(height * scale)
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, left, top)
        return left.value / scale, top.value / scale

    origin, right, up = at(0, 0), at(100, 0), at(0, 100)
    return (
        (right[0] - origin[0]) / 100,
        (right[1] - origin[1]) / 100,
        (up[0] - origin[0]) / 100,
        (up[1] - origin[1]) / 100,
        *origin,
    )


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _then(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does `first`, then `second`."""
    a, b, c, d, e, f = first
    x, y = _apply(second, e, f)
    return (
        a * second[0] + b * second[2],
        a * second[1] + b * second[3],
        c * second[0] + d * second[2],
        c * second[1] + d * second[3],
        x,
        y,
    )


def _box(m: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """A box of PDF coordinates as one of the page."""
    x1, y1 = _apply(m, left, bottom)
    x2, y2 = _apply(m, right, top)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


# -------------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class Stroke:
    """What all characters of one text object have in common."""

    run: int
    size: float
    is_bold: bool
    angle: int
    is_left_out: bool


def _read_text(textpage: Any, to_page: Matrix, found: PdfSheet) -> None:
    strokes: dict[int, Stroke] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    place, across, up = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    add = found.sheet.glyphs.append
    for i in range(max(0, raw.FPDFText_CountChars(textpage))):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if code < 32 or 0xFFFE <= code <= 0xFFFF or raw.FPDFText_IsGenerated(textpage, i) == 1:
            found.unmapped += code == 0
            continue
        if raw.FPDFText_HasUnicodeMapError(textpage, i) == 1 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
            found.unmapped += 1
            continue
        drawn = raw.FPDFText_GetTextObject(textpage, i)
        key = ctypes.addressof(drawn.contents) if drawn else -1
        stroke = strokes.get(key)
        if stroke is None:
            stroke = strokes[key] = _stroke(textpage, i, drawn, to_page, len(strokes))
        if not raw.FPDFText_GetLooseCharBox(textpage, i, place):
            continue
        if not raw.FPDFText_GetCharOrigin(textpage, i, across, up):
            continue
        if stroke.is_left_out:
            continue
        wide = _box(to_page, box.left, box.bottom, box.right, box.top)
        edges = _on_baseline(wide, _apply(to_page, x.value, y.value), stroke)
        add(Glyph(_character(code), *edges, stroke.size, stroke.is_bold, stroke.angle, stroke.run))


def _on_baseline(wide: Box, origin: tuple[float, float], stroke: Stroke) -> Box:
    """A character's box as high as its type around the baseline: fonts differ in the heights they claim."""
    left, top, right, bottom = wide
    x, y = origin
    above, below = ASCENT * stroke.size, (1 - ASCENT) * stroke.size
    if stroke.angle == HORIZONTAL:
        return left, y - above, right, y + below
    if stroke.angle == DOWNWARDS:
        return x - below, top, x + above, bottom
    if stroke.angle == UPWARDS:
        return x - above, top, x + below, bottom
    return left, y - below, right, y + above


def _stroke(textpage: Any, i: int, drawn: Any, to_page: Matrix, run: int) -> Stroke:
    size = raw.FPDFText_GetFontSize(textpage, i)
    matrix = raw.FS_MATRIX()
    angle = level = 0
    if raw.FPDFText_GetMatrix(textpage, i, matrix):
        m = _then((matrix.a, matrix.b, matrix.c, matrix.d, 0, 0), to_page)
        size *= math.hypot(m[2], m[3])
        angle = round(math.degrees(math.atan2(m[1], m[0]))) % 360
        level = min(RIGHT_ANGLES, key=lambda one: _between(angle, one))
    mode = raw.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
    is_left_out = mode == INVISIBLE or _between(angle, level) > MOST_LEAN
    return Stroke(run, max(size, 1.0), _is_bold(textpage, i), level, is_left_out)


def _is_bold(textpage: Any, i: int) -> bool:
    if raw.FPDFText_GetFontWeight(textpage, i) >= BOLD_WEIGHT:
        return True
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(textpage, i, buffer, 128, flags)
    name = buffer.value.decode("utf-8", "replace").lower()
    return "bold" in name or "heavy" in name or "black" in name


def _between(angle: int, other: int) -> int:
    """The degrees between two directions."""
    return min(abs(angle - other), 360 - abs(angle - other))


def _character(code: int) -> str:
    if any(first <= code <= last for first, last in ODD_BLOCKS):
        return _plain(chr(code))
    return chr(code)


@cache
def _plain(character: str) -> str:
    """The character that a radical or a compatibility form stands for."""
    return _radicals().get(character) or unicodedata.normalize("NFKC", character)


@cache
def _radicals() -> dict[str, str]:
    return {row["radical"]: row["character"] for row in seeds.rows("radicals.csv")}


# ----------------------------------------------------------------- drawing


def _read_drawing(page: Any, to_page: Matrix, found: PdfSheet) -> None:
    """The ruled lines and pictures of a page, those in form objects too."""
    rules, dots = found.sheet.rules, list[Box]()
    for drawn, matrix in _objects(page, to_page):
        kind = raw.FPDFPageObj_GetType(drawn)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            found.drawn += 1
            _read_path(drawn, matrix, rules, dots)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            own = _then(_matrix_of(drawn), matrix)
            box = _box(own, 0, 0, 1, 1)
            if not _add_thin(box, rules, dots):
                found.images.append(box)
    rules += dotted_rules(dots)


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
            inner = _then(_matrix_of(drawn), matrix)
            count = min(raw.FPDFFormObj_CountObjects(drawn), MAX_OBJECTS)
            waiting += [(raw.FPDFFormObj_GetObject(drawn, i), inner, depth + 1) for i in range(count)][::-1]


def _matrix_of(drawn: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _read_path(drawn: Any, matrix: Matrix, rules: list[Rule], dots: list[Box]) -> None:
    """A path's lines: what it strokes, and what it fills if that is thin."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    count = raw.FPDFPath_CountSegments(drawn)
    if not 2 <= count <= MAX_POINTS or not raw.FPDFPath_GetDrawMode(drawn, fill, stroke):
        return
    if not fill.value and not stroke.value:
        return
    for points in _subpaths(drawn, count, _then(_matrix_of(drawn), matrix)):
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
        points.append(_apply(matrix, x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points
