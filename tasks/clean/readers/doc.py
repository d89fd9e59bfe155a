"""Word's binary documents (DOC, also WPS's) → `Reading`: turned into DOCX, then read as one.

A cascade: 1. msdoc2docx on the file as it is; 2. on the same without what is not read anyway (sections,
headers, comments, bookmarks), whose oddities it would refuse; 3. without drawings and text boxes too;
4. LibreOffice, where it is installed.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import olefile
from doc2docx import convert as to_docx
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

from tasks.clean.lines import Outline
from tasks.clean.readers.docx import outline_of
from tasks.clean.readers.office import by_office
from tasks.clean.readers.reading import Reading, Tick, reading_of
from tasks.clean.readers.refusals import locked
from tasks.clean.readers.xml import XML_FAULTS
from tasks.kinds import OLE_FAULTS, ZIP_FAULTS, Kind
from tasks.values import Page

MEDIA_TYPE = "application/msword"
# The file information block: where its table of (offset, size) pairs begins, how many the oldest version has,
# and which of them are text, paragraphs, tables, styles, fonts, lists, fields and notes ([MS-DOC] 2.5.6).
PAIRS_AT, PAIRS = 154, 93
TEXT_PAIRS = frozenset({0, 1, 12, 13, 15, 16, 31, 33, 73, 74})
BOX_PAIRS = frozenset({2, 3, 18, 40, 46, 47, 48, 50, 56, 57, 75})  # notes, drawings, text boxes
# What the converter raises besides its own errors for a file that contradicts itself.
FAULTS = (
    *OLE_FAULTS,
    *ZIP_FAULTS,
    *XML_FAULTS,
    Doc2DocxError,
    OverflowError,
    AssertionError,
    ArithmeticError,
)


def read(page: Page, tick: Tick) -> Reading:
    cause: object = "it is empty"
    for content in _versions(page.content):
        tick()
        try:
            return reading_of(MEDIA_TYPE, _converted(content))
        except EncryptedDocumentError as error:
            raise locked(page.uri, Kind.DOC.value) from error
        except FAULTS as error:
            cause = str(error) or type(error).__name__
    tick()
    return reading_of(MEDIA_TYPE, outline_of(by_office(page, Kind.DOC, "doc", "docx", cause)))


def _converted(content: bytes) -> Outline:
    with tempfile.TemporaryDirectory(prefix="gongkai-doc-") as folder:
        source, made = Path(folder) / "document.doc", Path(folder) / "document.docx"
        source.write_bytes(content)
        to_docx(source, made)
        return outline_of(made.read_bytes())


def _versions(content: bytes) -> Iterator[bytes]:
    """The file as it is, then with ever less beside the text."""
    yield content
    for kept in (TEXT_PAIRS | BOX_PAIRS, TEXT_PAIRS):
        try:
            yield _without(content, kept)
        except OLE_FAULTS:
            return


def _without(content: bytes, kept: frozenset[int]) -> bytes:
    """The file with the sizes of all tables but these set to nothing."""
    file = BytesIO(content)
    with olefile.OleFileIO(file, write_mode=True) as ole:
        stream = bytearray(ole.openstream("WordDocument").read())
        for pair in range(PAIRS):
            if pair not in kept:
                struct.pack_into("<I", stream, PAIRS_AT + 8 * pair + 4, 0)
        ole.write_stream("WordDocument", bytes(stream))
    return file.getvalue()
