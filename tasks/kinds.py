"""What bytes are, by what stands in them: never by a name or a claimed media type.

Signatures at the start; inside a ZIP its members, inside an old Office file its directory, inside XML its
first element. Here belongs telling formats apart; reading them is `tasks.clean.readers`' business.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from enum import Enum
from io import BytesIO

import olefile


class Kind(Enum):
    """A format. The value is what to call it in a message."""

    TEXT = "text or HTML"
    MHTML = "a saved web page (MHTML)"
    PDF = "a PDF file"
    IMAGE = "an image"
    OFD = "an OFD file"
    DOCX = "a Word document (DOCX)"
    WORD_XML = "a Word document (XML)"
    DOC = "a Word document (DOC, WPS)"
    ODT = "an OpenDocument text (ODT)"
    RTF = "an RTF file"
    ODS = "an OpenDocument workbook (ODS)"
    SHEET = "a workbook (XLS, XLSX, ET)"
    SHEET_XML = "a workbook (XML)"
    ZIP = "a ZIP archive"
    RAR = "a RAR archive"
    SEVEN_ZIP = "a 7z archive"
    ENCRYPTED = "an Office or OFD file"
    OTHER_OFFICE = "an Office file without text or sheets"
    GZIP = "gzip-compressed data"
    MEDIA = "sound or video"
    PROGRAM = "a program"
    DATABASE = "a database"
    BINARY = "a binary file (it holds NUL bytes)"


NO_DOCUMENTS = frozenset({Kind.GZIP, Kind.MEDIA, Kind.PROGRAM, Kind.DATABASE})
ARCHIVES = frozenset({Kind.ZIP, Kind.RAR, Kind.SEVEN_ZIP})

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
SIGNATURES = (
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"PK\x05\x06", Kind.ZIP),  # without members
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\x00", Kind.IMAGE),
    (b"MM\x00*", Kind.IMAGE),
    (b"\x1f\x8b", Kind.GZIP),
    (b"ID3", Kind.MEDIA),
    (b"\x7fELF", Kind.PROGRAM),
    (b"MZ\x90\x00", Kind.PROGRAM),
    (b"SQLite format 3\x00", Kind.DATABASE),
    (b"\x00\x01\x00\x00Standard ", Kind.DATABASE),  # Access
)
PDF = b"%PDF-"
PDF_REACH = 1024  # the specification lets so many bytes stand before the mark
BITMAP = re.compile(rb"BM.{4}\x00{4}.{4}[\x0c\x28\x38\x40\x6c\x7c]\x00\x00\x00", re.DOTALL)
VIDEO = re.compile(rb"\x00\x00\x00[\x10-\x40]ftyp")
RIFF = re.compile(rb"RIFF.{4}(WEBP)?", re.DOTALL)
RTF_REACH = 64  # blanks or a mark before {\rtf
MARKUP_BYTES = 8192
MIME_START = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n){0,20}){1,40}")
MIME_PART = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
HTML_START = re.compile(
    rb"[\xef\xbb\xbf\s]{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:!doctype html|html)[\s>]", re.IGNORECASE
)
WORD_XML = (b"schemas.microsoft.com/office/word/2003/wordml", b"schemas.microsoft.com/office/2006/xmlPackage")
SHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"

# What a ZIP's directory or member raises that makes no sense, has a password or an unknown method.
ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError),
    *(NotImplementedError, RuntimeError, ValueError, OverflowError, KeyError, IndexError),
)
# What olefile raises for a directory that makes no sense.
OLE_FAULTS = (
    *(OSError, IndexError, ValueError, TypeError, AttributeError, RecursionError),
    *(MemoryError, struct.error),
)
OLE_STREAMS = ("EncryptedPackage", "WordDocument", "Workbook", "Book")

ZIP_ENCRYPTED = 0x1  # flag of a ZIP's member
ODF_MANIFEST, ODF_ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"

WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32 text holds NULs by nature
# Text never holds NULs; a stray one comes from a broken export, many mean a binary file.
NUL_SHARE = 0.001
SAMPLE = 65536


def kind_of(content: bytes) -> Kind:
    """The format of `content`, the whole file. What nothing else claims is text, unless it holds NULs."""
    if content.startswith(OLE):
        return _ole_kind(content)
    if content.startswith(ZIP):
        return _zip_kind(content)
    return _signed(content) or _marked_up(content) or _plain(content)


def opens_like_document(start: bytes) -> bool:
    """Whether a file that begins so may hold a report, whatever its name: any format told by a mark of its
    own, HTML by its first tag. Plain text has no mark, so it is not told here."""
    if start.startswith((OLE, ZIP)):
        return True
    kind = _signed(start) or _marked_up(start)
    return kind not in NO_DOCUMENTS if kind else HTML_START.match(start) is not None


def has_mark(start: bytes) -> bool:
    """Whether a file that begins so bears the mark of a format other than plain text and HTML."""
    return start.startswith((OLE, ZIP)) or (_signed(start) or _marked_up(start)) is not None


def _signed(content: bytes) -> Kind | None:
    start = content[:PDF_REACH]
    for signature, kind in SIGNATURES:
        if start.startswith(signature):
            return kind
    if PDF in start:
        return Kind.PDF
    if start[:RTF_REACH].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"{\\rtf"):
        return Kind.RTF
    if BITMAP.match(start):
        return Kind.IMAGE
    riff = RIFF.match(start)
    if riff:
        return Kind.IMAGE if riff[1] else Kind.MEDIA
    return Kind.MEDIA if VIDEO.match(start) else None


def _marked_up(content: bytes) -> Kind | None:
    """Formats that are text: MHTML by its header, Office's XML by its namespaces."""
    start = content[:MARKUP_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    header = MIME_START.match(start)
    if header and MIME_PART.search(header[0]):
        return Kind.MHTML
    if start.startswith(b"<?xml") and b"<html" not in start.lower():
        if any(name in start for name in WORD_XML):
            return Kind.WORD_XML
        if SHEET_XML in start:
            return Kind.SHEET_XML
    return None


def _plain(content: bytes) -> Kind:
    if content.startswith(WIDE_BOMS):
        return Kind.TEXT
    sample = content[:SAMPLE]
    return Kind.BINARY if sample.count(b"\x00") > NUL_SHARE * len(sample) else Kind.TEXT


def _zip_kind(content: bytes) -> Kind:
    """By the members that make the format; a ZIP whose directory is lost is told by its local headers."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {info.filename.replace("\\", "/").lower() for info in archive.infolist()}
            kind = _by_members(names, lambda: archive.read("mimetype")[:100])
            return Kind.ENCRYPTED if kind is not Kind.ZIP and _is_locked(archive) else kind
    except ZIP_FAULTS:
        for mark, kind in ((b"word/", Kind.DOCX), (b"xl/", Kind.SHEET), (b"OFD.xml", Kind.OFD)):
            if mark in content:
                return kind
        return Kind.ZIP


def _is_locked(archive: zipfile.ZipFile) -> bool:
    """Whether members are encrypted, as ZIP does it or as OpenDocument says it in its manifest."""
    infos = {info.filename: info for info in archive.infolist()}
    if any(info.flag_bits & ZIP_ENCRYPTED for info in infos.values()):
        return True
    manifest = infos.get(ODF_MANIFEST)
    if manifest is None or manifest.file_size > MARKUP_BYTES * 100:
        return False
    return ODF_ENCRYPTED in archive.read(manifest)


def _by_members(names: set[str], mimetype: Callable[[], bytes]) -> Kind:
    if "ofd.xml" in names:
        return Kind.OFD
    if "[content_types].xml" in names:
        folders = {name.partition("/")[0] for name in names}
        if "word" in folders:
            return Kind.DOCX
        return Kind.SHEET if "xl" in folders else Kind.OTHER_OFFICE
    if "mimetype" in names and "content.xml" in names:
        declared = mimetype()
        if b"opendocument.text" in declared:
            return Kind.ODT
        return Kind.ODS if b"opendocument.spreadsheet" in declared else Kind.OTHER_OFFICE
    return Kind.ZIP


def _ole_kind(content: bytes) -> Kind:
    """By the streams at the root of the directory. WPS and ET files are laid out as Word's and Excel's."""
    streams = _streams(content)
    if "encryptedpackage" in streams:
        return Kind.ENCRYPTED
    if "worddocument" in streams:
        return Kind.DOC
    return Kind.SHEET if streams & {"workbook", "book"} else Kind.OTHER_OFFICE


def _streams(content: bytes) -> set[str]:
    """Names of the streams at the root; in a damaged file those whose names stand anywhere in it."""
    try:
        with olefile.OleFileIO(BytesIO(content)) as file:
            return {entry[0].lower() for entry in file.listdir() if len(entry) == 1}
    except OLE_FAULTS:
        return {name.lower() for name in OLE_STREAMS if name.encode("utf-16-le") in content}
