"""PDF files whose text layer is not what the eye sees: characters that mean others, words that other software
recognised under a scan, numbers of pages alone. Made of PDFs that Chromium printed.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as raw  # type: ignore[import-untyped]

from tests.formats.printed import Scan, scans

STREAM = re.compile(rb"(\d+) 0 obj\s*<<[^>]*>>\s*stream\r?\n")
MAPPED = re.compile(rb"<([4-9][0-9A-F]{3})>(?=\s*\n)")
SHIFT = 0x155  # to characters that reports hardly use


def garbled(pdf: bytes) -> bytes:
    """The file with an update that maps each Chinese character to another: seen as before, nonsense."""
    start = pdf.rindex(b"startxref")
    previous = int(pdf[start:].split()[1])
    root = re.findall(rb"/Root\s+\d+ 0 R", pdf)[-1]
    out, entries = bytearray(pdf.rstrip() + b"\n"), b""
    for number, mapping in _mappings(pdf):
        moved = MAPPED.sub(lambda m: b"<%04X>" % (int(m[1], 16) + SHIFT), mapping)
        entries += b"%d 1\n%010d 00000 n \n" % (number, len(out))
        out += b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (number, len(moved), moved)
    size = max(int(n) for n in re.findall(rb"/Size\s+(\d+)", pdf))
    trailer = b"trailer\n<</Size %d %s /Prev %d>>\nstartxref\n%d\n%%%%EOF" % (size, root, previous, len(out))
    return bytes(out) + b"xref\n" + entries + trailer


def _mappings(pdf: bytes) -> list[tuple[int, bytes]]:
    """The streams that say what a font's characters mean (ToUnicode), by their objects' numbers."""
    found = []
    for match in STREAM.finditer(pdf):
        try:
            content = zlib.decompressobj().decompress(pdf[match.end() :])
        except zlib.error:
            continue
        if b"beginbfchar" in content or b"beginbfrange" in content:
            found.append((int(match[1]), content))
    return found


def scanned(seen: Path, how: Scan, hidden: Path | None = None, foot: str = "") -> bytes:
    """The pages as pictures, `hidden`'s words invisible above them, `foot` and the page's number printed."""
    document = pdfium.PdfDocument(hidden or seen)
    for number, (page, pixels) in enumerate(zip(document, scans(seen, how), strict=True), 1):
        for one in list(page.get_objects(max_depth=1)):
            if hidden and one.type == raw.FPDF_PAGEOBJ_TEXT:
                raw.FPDFTextObj_SetTextRenderMode(one.raw, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
            else:
                page.remove_obj(one)
        _paste(document, page, pixels)
        if foot:
            _print(document, page, f"{foot} {number}")
        page.gen_content()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _paste(document: Any, page: Any, pixels: Any) -> None:
    from PIL import Image

    jpeg = BytesIO()
    Image.fromarray(pixels[:, :, ::-1]).save(jpeg, "JPEG", quality=85)
    picture = pdfium.PdfImage.new(document)
    picture.load_jpeg(jpeg, inline=True)
    picture.set_matrix(pdfium.PdfMatrix().scale(*page.get_size()))
    page.insert_obj(picture)


def _print(document: Any, page: Any, words: str) -> None:
    text = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 9.0)
    letters = (words + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(text, ctypes.cast(letters, raw.FPDF_WIDESTRING))
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 290, 20)
    raw.FPDFPage_InsertObject(page.raw, text)
