"""RTF → `Reading`: through LibreOffice, which keeps tables as they are; without it, or where it fails, the
text with cells parted by bars, which the step makes tables of as in any plain text (merged cells then count
as one).
"""

from __future__ import annotations

from striprtf.striprtf import rtf_to_text

from tasks.clean.readers.docx import outline_of
from tasks.clean.readers.office import by_office
from tasks.clean.readers.reading import Reading, Tick, reading_of
from tasks.clean.readers.refusals import damaged
from tasks.clean.readers.xml import XML_FAULTS
from tasks.clean.text import read_text
from tasks.errors import TerminalError
from tasks.kinds import ZIP_FAULTS, Kind
from tasks.values import Page

MEDIA_TYPE = "application/rtf"
MAX_BYTES = 30_000_000  # pictures are written as digits
# What striprtf raises for what it did not expect.
FAULTS = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)


def read(page: Page, tick: Tick) -> Reading:
    try:
        return reading_of(MEDIA_TYPE, outline_of(by_office(page, Kind.RTF, "rtf", "docx")))
    except (TerminalError, *ZIP_FAULTS, *XML_FAULTS):
        tick()
        return Reading(MEDIA_TYPE, read_text(_text(page)))


def _text(page: Page) -> str:
    content = page.content[:MAX_BYTES].decode("latin-1")
    try:
        return str(rtf_to_text(content, encoding="gb18030", errors="replace"))  # type: ignore[no-untyped-call]
    except FAULTS as error:
        raise damaged(page.uri, Kind.RTF.value, error) from error
