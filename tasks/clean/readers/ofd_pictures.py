"""Pictures on an OFD's pages: pages that are scans, tables that are pictures, recognised by the extra `ocr`.

Here: where a picture stands and which part of the package it is. Not here: text and lines (`ofd`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tasks.clean.paged.sheet import Box, Sheet
from tasks.clean.readers.page_pictures import add_part, is_scan, may_show_table
from tasks.clean.readers.refusals import installed_ocr, missing_extra


class Picture(NamedTuple):
    """A picture on a page, in points, and what gives its bytes."""

    box: Box
    content: Callable[[], bytes]


def with_pictures(sheet: Sheet, pictures: list[Picture], uri: str) -> Sheet:
    """The page with what its pictures show: everything where it is a scan, else the tables."""
    whole = is_scan(sheet, [picture.box for picture in pictures])
    shown = [one for one in pictures if may_show_table(one.box, sheet)]
    ocr = installed_ocr() if shown else None
    if ocr is None:
        if whole:
            raise missing_extra(uri, "an OFD file whose pages are images", "ocr")
        return sheet
    for box, content in shown:
        for pixels, dpi in ocr.frames(content(), uri):
            part = ocr.read_image(pixels, sheet.number, dpi, width=box[2] - box[0])
            if whole or ocr.has_table(part):
                add_part(sheet, part, box[0], box[1])
            break
    return sheet
