"""The characters of a PDF page with their places, and how many of them have no meaning.

Here: what PDFium says of each character. Not here: what the characters mean together (`tasks.clean.paged`).
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

import seeds
from tasks.clean.paged.sheet import DOWNWARDS, HORIZONTAL, UPWARDS, Box, Glyph
from tasks.clean.readers.pdf_matrix import Matrix, applied, box_on_page, then

BOLD_WEIGHT = 600
ASCENT = 0.86  # share of a CJK character's square above the baseline
INVISIBLE = 3  # text rendering mode: the text layer under a scan
RIGHT_ANGLES = (0, 90, 180, 270)
# Text that leans by more degrees is a watermark or goes around a seal: it lies over the words of the report.
MOST_LEAN = 12
# Kangxi radicals, radicals' supplement, compatibility ideographs: what some producers write for characters.
ODD_BLOCKS = ((0x2E80, 0x2FD5), (0xF900, 0xFAFF))


@dataclass(frozen=True, slots=True)
class Stroke:
    """What all characters of one text object have in common."""

    run: int
    size: float
    is_bold: bool
    angle: int
    is_left_out: bool


def read_characters(textpage: Any, to_page: Matrix) -> tuple[list[Glyph], int]:
    """The characters that can be seen, and the number of those without a Unicode value.

    Left out are those drawn invisibly, which are what other software recognised in a scan, nobody knows how
    well, and whoever printed the page never saw them (the picture is read instead); and those that lean.
    """
    glyphs, unmapped = list[Glyph](), 0
    strokes: dict[int, Stroke] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    place, across, up = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    for i in range(max(0, raw.FPDFText_CountChars(textpage))):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if code < 32 or 0xFFFE <= code <= 0xFFFF or raw.FPDFText_IsGenerated(textpage, i) == 1:
            unmapped += code == 0
            continue
        if raw.FPDFText_HasUnicodeMapError(textpage, i) == 1 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
            unmapped += 1
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
        wide = box_on_page(to_page, box.left, box.bottom, box.right, box.top)
        edges = _on_baseline(wide, applied(to_page, x.value, y.value), stroke)
        glyphs.append(Glyph(_character(code), *edges, stroke.size, stroke.is_bold, stroke.angle, stroke.run))
    return glyphs, unmapped


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
        m = then((matrix.a, matrix.b, matrix.c, matrix.d, 0, 0), to_page)
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
