"""Which rows and columns of a workbook's sheets are hidden, which python-calamine does not tell.

Here: the marks in XLSX's XML and in the records of XLS. Not here: what is done about them (`sheet_layout`).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import NamedTuple

import olefile

from tasks.clean.readers.package import ZIP_FAULTS, Package
from tasks.clean.readers.sheet_layout import MAX_COLS
from tasks.clean.readers.xml import XML_FAULTS, Element, parse_xml
from tasks.kinds import OLE, OLE_FAULTS

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
MARK = re.compile(rb"hidden\s*=\s*[\"'](?:1|true)")
TRUE = ("1", "true")
STREAMS = ("Workbook", "Book")
# Records of [MS-XLS] 2.4: a sheet's place, the end of its part of the stream, columns, a row.
BOUND_SHEET, EOF, COL_INFO, ROW = 0x85, 0x0A, 0x7D, 0x208
COL_HIDDEN, ROW_HIDDEN = 0x01, 0x20


class Hidden(NamedTuple):
    """Numbers of rows and columns of a sheet, from 0."""

    rows: frozenset[int] = frozenset()
    cols: frozenset[int] = frozenset()


NOTHING = Hidden()


def hidden(content: bytes) -> list[Hidden]:
    """For each sheet in the workbook's order; of damaged files, and of XLSB, as far as it can be told."""
    try:
        return _of_records(content) if content.startswith(OLE) else list(_of_package(Package(content)))
    except (*ZIP_FAULTS, *OLE_FAULTS, *XML_FAULTS):
        return []


# -------------------------------------------------------------------- XLSX


def _of_package(package: Package) -> Iterator[Hidden]:
    book, relations = package.part(BOOK), package.part(RELATIONS)
    if book is None or relations is None:
        return
    targets = {one.get("Id"): one.get("Target", "") for one in parse_xml(relations)}
    for sheet in parse_xml(book).iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
        target = targets.get(key, "")
        part = package.part(target if target.startswith("/") else f"xl/{target}")
        yield _of_sheet(parse_xml(part)) if part and MARK.search(part) else NOTHING


def _of_sheet(root: Element) -> Hidden:
    rows = {n for n, row in _rows(root) if row.get("hidden") in TRUE}
    cols = chain.from_iterable(
        range(int(col.get("min", 1)) - 1, min(int(col.get("max", 0)), MAX_COLS))
        for col in root.iter("{*}col")
        if col.get("hidden") in TRUE
    )
    return Hidden(frozenset(rows), frozenset(cols))


def _rows(root: Element) -> Iterator[tuple[int, Element]]:
    """The rows with their numbers; one that says none follows the one before."""
    at = -1
    for row in root.iter("{*}row"):
        at = int(row.get("r", at + 2)) - 1
        yield at, row


# --------------------------------------------------------------------- XLS


def _of_records(content: bytes) -> list[Hidden]:
    with olefile.OleFileIO(BytesIO(content)) as file:
        stream = next((file.openstream(name).read() for name in STREAMS if file.exists(name)), b"")
    starts = [struct.unpack_from("<I", data)[0] for kind, data in _records(stream, 0) if kind == BOUND_SHEET]
    return [_of_part(stream, start) for start in starts]


def _of_part(stream: bytes, start: int) -> Hidden:
    rows, cols = set[int](), set[int]()
    for kind, data in _records(stream, start):
        if kind == ROW and len(data) > 12 and data[12] & ROW_HIDDEN:
            rows.add(struct.unpack_from("<H", data)[0])
        elif kind == COL_INFO and len(data) > 8 and data[8] & COL_HIDDEN:
            first, last = struct.unpack_from("<HH", data)
            cols.update(range(first, min(last + 1, MAX_COLS)))
    return Hidden(frozenset(rows), frozenset(cols))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place to the end of their part."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == EOF:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
