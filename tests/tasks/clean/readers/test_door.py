"""The door of the readers: the format is told by the bytes alone, and what has no reader says so."""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO

import pytest

from tasks.errors import TerminalError
from tasks.kinds import Kind, kind_of
from tests.tasks.clean.pages import cleaned


def zipped(**members: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name.replace("__", "/").replace("_xml", ".xml"))  # dated 1980, not now
            archive.writestr(info, content)
    return file.getvalue()


def locked(**members: str) -> bytes:
    """The same with each member marked as encrypted, where it stands and in the directory."""
    content = bytearray(zipped(**members))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + place] |= 1
    return bytes(content)


ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content_xml": "<x/>"}
TYPES = {"[Content_Types].xml": "<Types/>"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped(**TYPES, word__document_xml="<w/>"), Kind.DOCX),
        (zipped(**TYPES, xl__workbook_xml="<w/>"), Kind.SHEET),
        (zipped(**TYPES, ppt__presentation_xml="<w/>"), Kind.OTHER_OFFICE),
        (zipped(OFD_xml="<ofd/>"), Kind.OFD),
        (zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml="<x/>"), Kind.ODT),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml="<x/>"), Kind.ODS),
        (locked(OFD_xml="<ofd/>"), Kind.ENCRYPTED),
        (locked(**TYPES, word__document_xml="<w/>"), Kind.ENCRYPTED),
        (zipped(**ODT, **{"META-INF__manifest_xml": "<m:encryption-data/>"}), Kind.ENCRYPTED),
        (zipped(**ODT, **{"META-INF__manifest_xml": "<m:file-entry/>"}), Kind.ODT),
        (zipped(word__report="x"), Kind.ZIP),
        (zipped(**TYPES, word__document_xml="<w/>")[:100], Kind.DOCX),
        (b"junk before\n%PDF-1.4", Kind.PDF),
        (b"\xef\xbb\xbf{\\rtf1", Kind.RTF),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", Kind.IMAGE),
        (b"BM\x36\x00\x10\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00", Kind.IMAGE),
        (b"\x1f\x8b\x08", Kind.GZIP),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=x\r\n\r\n--x", Kind.MHTML),
        (b"Content-Type: text/html\r\n\r\n<p>", Kind.TEXT),
        (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument '
            b'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            Kind.WORD_XML,
        ),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            Kind.SHEET_XML,
        ),
        (b'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', Kind.TEXT),
        ("一、概述".encode(), Kind.TEXT),
        ("一、概述".encode("utf-16"), Kind.TEXT),
        (bytes(1000), Kind.BINARY),
    ],
)
def test_a_format_is_told_by_its_bytes(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


def test_a_format_whose_reader_is_not_installed_names_the_document_and_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "tasks.clean.readers.ocr", None)  # as if its import failed
    with pytest.raises(TerminalError) as refused:
        cleaned(b"\x89PNG\r\n\x1a\n" + bytes(50), "扫描件.pdf")
    assert refused.value.uri == "扫描件.pdf"
    assert "gongkai[ocr]" in refused.value.advice
