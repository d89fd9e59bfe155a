"""Word documents in XML → `Reading`: DOCX of Word, WPS and LibreOffice, flat packages, and Word 2003's XML.

Here: finding the parts. Headers and footers are parts that nobody asks for; macros and embedded objects
neither; pictures are looked at for tables, and for everything where nothing is typed (`word_pictures`). No
relation is ever followed out of the package. OpenDocument comes in through LibreOffice.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from tasks.clean.lines import Outline
from tasks.clean.paged import compose_sheets
from tasks.clean.readers.office import by_office
from tasks.clean.readers.package import ZIP_FAULTS, Package
from tasks.clean.readers.reading import Reading, Tick, reading_of
from tasks.clean.readers.refusals import damaged, missing_extra
from tasks.clean.readers.word_body import WordBody
from tasks.clean.readers.word_names import W, parse_word
from tasks.clean.readers.word_numbering import Numbering
from tasks.clean.readers.word_pictures import RELATION, Pictures, ShownTable
from tasks.clean.readers.word_styles import Styles
from tasks.clean.readers.xml import XML_FAULTS, Element, parse_xml
from tasks.kinds import Kind, kind_of
from tasks.values import Page

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPE_ODT = "application/vnd.oasis.opendocument.text"
MEDIA_TYPE_XML = "application/xml"
MAIN = "word/document.xml"
NOTES = ("footnote", "endnote")
PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
Parts = Callable[[str], Element | None]
"""A part's root by its path in the package; None where there is none."""
TablesIn = Callable[[str], list[ShownTable]]


def read(page: Page, tick: Tick) -> Reading:
    kind = kind_of(page.content)
    try:
        if kind is Kind.ODT:
            return reading_of(MEDIA_TYPE_ODT, outline_of(by_office(page, kind, "odt", "docx")))
        if kind is Kind.DOCX:
            return _read(page, tick)
        root = parse_word(page.content)
    except (*ZIP_FAULTS, *XML_FAULTS) as error:
        raise damaged(page.uri, kind.value, error) from error
    return reading_of(MEDIA_TYPE_XML, _outline(_flat_parts(root), MAIN))


def _read(page: Page, tick: Tick) -> Reading:
    package = Package(page.content)
    pictures = Pictures(package, _main(package), tick)
    outline = _outline_of(package, pictures.tables_in)
    if not any(line.text.strip() and line.confidence >= 1 for line in outline.lines):
        sheets = pictures.sheets()
        if pictures.are_waiting:
            raise missing_extra(page.uri, "a Word document whose pages are pictures", "ocr")
        if any(sheet.glyphs for sheet in sheets):
            return Reading(MEDIA_TYPE, compose_sheets(sheets))
    return reading_of(MEDIA_TYPE, outline)


def outline_of(content: bytes) -> Outline:
    """The lines and tables of a DOCX without its pictures. Raises one of `ZIP_FAULTS` and `XML_FAULTS`."""
    return _outline_of(Package(content))


def _outline_of(package: Package, tables_in: TablesIn = lambda _: []) -> Outline:

    def part(name: str) -> Element | None:
        found = package.part(name)
        return None if found is None else parse_word(found)

    return _outline(part, _main(package), tables_in)


def _main(package: Package) -> str:
    """The part that is the document; WPS and others may call it otherwise than Word does."""
    relations = package.part("_rels/.rels")
    for relation in () if relations is None else parse_xml(relations).iter(RELATION):
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", MAIN)).lstrip("/")
    return MAIN


def _outline(part: Parts, main: str, tables_in: TablesIn = lambda _: []) -> Outline:
    document = part(main)
    if document is None:
        raise KeyError(f"it has no part {main}")
    folder = posixpath.dirname(main)

    def beside(name: str) -> Element | None:
        return part(posixpath.join(folder, name))

    notes = {}
    for kind in NOTES:
        root = beside(f"{kind}s.xml")
        for note in () if root is None else root.iter(W + kind):
            notes[kind, note.get(W + "id", "")] = note
    walk = WordBody(Styles(beside("styles.xml")), Numbering(beside("numbering.xml")), notes, tables_in)
    body = document if document.tag == W + "body" else document.find(W + "body")
    if body is None:
        raise KeyError("it has no body")
    return walk.read(body)


def _flat_parts(root: Element) -> Parts:
    """The parts of a document in one file: a flat package, or Word 2003's XML, whose root has them all."""
    parts = {
        str(part.get(PKG + "name", "")).lstrip("/"): data[0]
        for part in root.iter(PKG + "part")
        if (data := part.find(PKG + "xmlData")) is not None and len(data)
    }
    if parts:
        return parts.get
    return lambda name: root if name in (MAIN, "word/styles.xml") else None
