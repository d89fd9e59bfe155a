"""Matrices of a PDF page: from its coordinates to those of the page as it is seen.

PDF counts points from the lower left corner of the unturned page; the page seen is turned, cropped, and its y
grows downwards.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from tasks.clean.paged.sheet import Box

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def matrix_to_page(page: pdfium.PdfPage) -> Matrix:
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


def applied(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def then(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does `first`, then `second`."""
    a, b, c, d, e, f = first
    x, y = applied(second, e, f)
    return (
        a * second[0] + b * second[2],
        a * second[1] + b * second[3],
        c * second[0] + d * second[2],
        c * second[1] + d * second[3],
        x,
        y,
    )


def box_on_page(m: Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    """A box of PDF coordinates as one of the page."""
    x1, y1 = applied(m, left, bottom)
    x2, y2 = applied(m, right, top)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def matrix_of(drawn: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(drawn, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
