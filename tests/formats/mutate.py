"""Files as strangers break them: bits flipped, cut, lengths inflated, parts doubled or blanked; and bombs.

Only bytes in, bytes out; which files they are and what must happen to them is `fuzz`'s business.
"""

from __future__ import annotations

import gzip
import random
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

HUGE = (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\xff\xff")
MEGABYTE = 1_000_000


def flip_bits(content: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 1, 4, 30))):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)


def cut(content: bytearray, dice: random.Random) -> None:
    del content[dice.randrange(1, len(content)) :]


def inflate_length(content: bytearray, dice: random.Random) -> None:
    """Four or two bytes that may be a length, an offset or a count become as large as they can."""
    for _ in range(dice.choice((1, 3))):
        value = dice.choice(HUGE)
        at = dice.randrange(min(len(content), dice.choice((600, len(content)))))
        content[at : at + len(value)] = value


def inflate_number(content: bytearray, dice: random.Random) -> None:
    """A digit becomes ten: lengths, counts and spans that are written out."""
    digits = [at for at in range(len(content)) if 0x30 <= content[at] <= 0x39]
    if digits:
        content[(at := dice.choice(digits)) : at + 1] = b"9" * dice.choice((3, 6, 10))


def double(content: bytearray, dice: random.Random) -> None:
    at, size = dice.randrange(len(content)), dice.randrange(1, 5000)
    content[at:at] = content[at : at + size]


def blank(content: bytearray, dice: random.Random) -> None:
    at, size = dice.randrange(len(content)), dice.randrange(1, 500)
    content[at : at + size] = bytes(len(content[at : at + size]))


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flip_bits, cut, inflate_length, inflate_number, double, blank),
)


def mutated(content: bytes, dice: random.Random) -> bytes:
    """The file broken in one way; of a ZIP as often what is in it, since its checksum would hide the rest."""
    if content.startswith(b"PK\x03\x04") and dice.random() < 0.6:
        return _inside(content, dice)
    broken = bytearray(content)
    dice.choice(MUTATIONS)(broken, dice)
    return bytes(broken) or b"\x00"


def _inside(content: bytes, dice: random.Random) -> bytes:
    """A ZIP with one member broken and packed again."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        infos = [info for info in source.infolist() if info.file_size]
        victim = dice.choice(infos)
        for info in infos:
            data = source.read(info)
            made.writestr(info.filename, mutated(data, dice) if info is victim else data)
    return out.getvalue()


# ----------------------------------------------------------------------- bombs


def _zipped(members: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def _nested(depth: int, width: int) -> bytes:
    """Archives of archives: width ** depth files at the bottom."""
    content = _zipped({"a.txt": b"0" * (10 * MEGABYTE)})
    for _ in range(depth):
        content = _zipped({f"{n}.zip": content for n in range(width)})
    return content


def _laughing_xml(root: str) -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>{root}'.encode()


def _pdf_bomb() -> bytes:
    stream = zlib.compress(zlib.compress(b" " * (200 * MEGABYTE)))
    objects = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9999999 9999999]/Contents 4 0 R>>endobj",
        f"4 0 obj<</Length {len(stream)}/Filter[/FlateDecode/FlateDecode]>>stream".encode(),
    )
    head = b"\n".join((b"%PDF-1.4", *objects))
    return head + b"\n" + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"


def _png_bomb() -> bytes:
    """An image of 60,000 by 60,000 points in 4 MB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = (60_000).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    data = zlib.compress(bytes(60_001) * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bombs() -> dict[str, bytes]:
    """Small files that are large inside, by the format that reads them."""
    types = b"<Types/>"
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    letter = f"<w:document {w}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
    deep = f"<w:document {w}><w:body>" + "<w:sdt>" * 100_000
    wide = (
        f"<w:document {w}><w:body><w:tbl>"
        + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr><w:p/></w:tc></w:tr>" * 5_000
        + "</w:tbl></w:body></w:document>"
    )
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = {
        "[Content_Types].xml": types,
        "xl/workbook.xml": (
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{relations}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>"
        ).encode(),
    }
    return {
        "bomb.zip": _zipped({"a.txt": b"0" * (300 * MEGABYTE)}),
        "nested.zip": _nested(4, 8),
        "many.zip": _zipped({f"{n}.txt": b"x" for n in range(20_000)}),
        "laughing.docx": _zipped({"[Content_Types].xml": types, "word/document.xml": _laughing_xml(letter)}),
        "large.docx": _zipped(
            {"[Content_Types].xml": types, "word/document.xml": b"<w>" + b" " * (300 * MEGABYTE)}
        ),
        "deep.docx": _zipped({"[Content_Types].xml": types, "word/document.xml": deep.encode()}),
        "wide.docx": _zipped({"[Content_Types].xml": types, "word/document.xml": wide.encode()}),
        "corners.xlsx": _zipped({**book, "xl/worksheets/sheet1.xml": sheet}),
        "large.xlsx": _zipped({**book, "xl/worksheets/sheet1.xml": sheet + b" " * (300 * MEGABYTE)}),
        "laughing.xls": _laughing_xml(
            '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table>&a11;</Table></Workbook>'
        ),
        "deep.rtf": b"{\\rtf1" + b"{" * 200_000 + b"x" + b"}" * 200_000 + b"}",
        "deep.mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a0\r\n\r\n"
        + b"".join(
            b"--a%d\r\nContent-Type: multipart/related; boundary=a%d\r\n\r\n" % (n, n + 1)
            for n in range(3_000)
        ),
        "bomb.pdf": _pdf_bomb(),
        "bomb.png": _png_bomb(),
        "bomb.html": b"<table>" + b"<tr><td colspan=1000 rowspan=65534>1" * 3_000,
        "bomb.gz": gzip.compress(bytes(50 * MEGABYTE)),
    }
