"""Every format behind one door: `read` chooses a reader by what the bytes are (`tasks.kinds`).

A reader is a module of this folder with a function `read(page, tick) -> Reading` (`reading.py`). It is
imported when the first document of its kind comes, so that what it needs may be an extra. To add a format: a
`Kind`, a module here, a line in `READERS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, cast

from tasks.clean.readers.reading import Reader, Reading, Tick, no_tick
from tasks.clean.readers.refusals import locked, missing_extra, refused
from tasks.kinds import Kind, kind_of
from tasks.values import Page


class Entry(NamedTuple):
    """Where a format's reader is, and the extra that brings what it imports (None: the core does)."""

    module: str
    extra: str | None = None


READERS = {
    Kind.TEXT: Entry("web"),
    Kind.PDF: Entry("pdf"),
    Kind.IMAGE: Entry("ocr", "ocr"),
    Kind.OFD: Entry("ofd"),
    Kind.DOCX: Entry("docx"),
    Kind.WORD_XML: Entry("docx"),
    Kind.DOC: Entry("doc"),
    Kind.MHTML: Entry("mhtml"),
    Kind.RTF: Entry("rtf"),
    Kind.ODT: Entry("docx"),
    Kind.ODS: Entry("sheet"),
    Kind.SHEET: Entry("sheet"),
    Kind.SHEET_XML: Entry("sheet"),
    Kind.ZIP: Entry("archive"),
    Kind.RAR: Entry("archive"),
    Kind.SEVEN_ZIP: Entry("archive"),
}


def read(page: Page, tick: Tick = no_tick) -> Reading:
    """The page's text and blocks. Raises `TerminalError` for what no reader takes."""
    if not page.content.strip():
        raise refused(page.uri, "The file is empty.", "Fetch it again, or remove it.")
    kind = kind_of(page.content)
    if kind is Kind.ENCRYPTED:
        raise locked(page.uri, kind.value)
    entry = READERS.get(kind)
    if entry is None:
        raise refused(page.uri, f"It is {kind.value}, which holds no report.", "Leave it out.")
    return _reader(entry, kind, page.uri)(page, tick)


def _reader(entry: Entry, kind: Kind, uri: str) -> Reader:
    try:
        module = import_module(f"{__name__}.{entry.module}")
    except ModuleNotFoundError as error:
        if entry.extra is None:
            raise
        raise missing_extra(uri, kind.value, entry.extra) from error
    return cast(Reader, module.read)


__all__ = ["Reading", "Tick", "no_tick", "read"]
