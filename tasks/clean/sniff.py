"""What a file is by its first bytes: something this step cannot read, HTML, or plain text.

Formats that get readers later (PDF, Word, sheets) leave `BINARIES` then and enter `clean`'s dispatch.
"""

from __future__ import annotations

import re

# Signature at the start of the file → what to call it in the error.
BINARIES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, XLSX, OFD file)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (DOC, XLS, WPS)"),
    (b"{\\rtf", "an RTF file"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM\x00", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a RIFF file (image, sound or video)"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00\x20ftyp", "a video"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32 text holds NULs by nature
# Text never holds NULs; a stray one comes from a broken export, many mean a binary file.
NUL_SHARE = 0.001
SAMPLE = 65536
MARKUP_SAMPLE = 4096
SURE_TAGS = 3  # so many tags of HTML in the sample need no claim

TAG = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|table|tbody|tr|td|div|p|br|span|font|script|style|center|h[1-6]|ul|li|a|frameset|frame)"
    r"(?=[\s/>])",
    re.IGNORECASE,
)
HTML_NAMES = (".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".jsp", ".asp", ".aspx", ".php")


def binary_kind(content: bytes) -> str | None:
    """What the bytes look like if they are no text, else None."""
    for signature, name in BINARIES:
        if content.startswith(signature):
            return name
    if content.startswith(WIDE_BOMS):
        return None
    sample = content[:SAMPLE]
    if sample.count(b"\x00") > NUL_SHARE * len(sample):
        return "a binary file (it holds NUL bytes)"
    return None


def is_html(text: str, media_type: str | None, uri: str) -> bool:
    """Whether decoded text is markup. The content decides; the claim and the suffix break a tie."""
    start = text[:MARKUP_SAMPLE].lstrip("\ufeff \t\r\n").lower()
    tags = len(TAG.findall(text, 0, MARKUP_SAMPLE))
    if tags >= SURE_TAGS or start.startswith(("<!doctype html", "<html")):
        return True
    claims_html = "html" in (media_type or "") or uri.lower().endswith(HTML_NAMES)
    return claims_html and TAG.search(text) is not None
