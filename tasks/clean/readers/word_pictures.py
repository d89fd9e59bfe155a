"""Pictures in a Word document that show what others would have typed: tables, or whole pages.

Here: which part a relation means, and what its picture shows, recognised by the extra `ocr` where that is
installed. Not here: recognition itself (`ocr`), the place of a picture in the text (`word_body`).
"""

from __future__ import annotations

import posixpath
from types import ModuleType
from typing import NamedTuple

from tasks.clean.paged import Sheet, compose_sheets
from tasks.clean.readers.package import Package
from tasks.clean.readers.reading import Tick
from tasks.clean.readers.refusals import installed_ocr
from tasks.clean.readers.xml import parse_xml
from tasks.errors import TerminalError
from tasks.kinds import Kind, kind_of
from tasks.values import Table

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# No more pictures are recognised, each of which takes seconds: a report pasted in pages has 30.
MAX_PICTURES = 60
# Sides below which a picture is a logo, a code or a button.
LEAST_SIDES = (150, 80)


class ShownCell(NamedTuple):
    rowspan: int
    colspan: int
    text: str
    confidence: float


ShownTable = list[list[ShownCell]]
"""A table's cells row by row, each where it begins."""


class Pictures:
    """The pictures of a document whose body is the part `main`."""

    def __init__(self, package: Package, main: str, tick: Tick) -> None:
        self._package = package
        self._tick = tick
        self._parts = _related(package, main)
        self._sheets: dict[str, list[Sheet]] = {}
        self.are_waiting = False  # for the extra that would read them

    def tables_in(self, relation: str) -> list[ShownTable]:
        """The ruled tables that a picture shows, each picture's once; nothing without the extra `ocr`."""
        if relation in self._sheets or len(self._sheets) >= MAX_PICTURES:
            return []
        content = self._package.part(self._parts.get(relation, "")) or b""
        if kind_of(content) is not Kind.IMAGE:
            return []
        ocr = installed_ocr()
        if ocr is None:
            self.are_waiting = True
            return []
        sheets = self._sheets[relation] = self._recognised(content, relation, ocr)
        tabled = [sheet for sheet in sheets if ocr.has_table(sheet)]
        made = compose_sheets(tabled) if tabled else None
        return [_shown(made.text, d.table) for d in made.drafts if d.table is not None] if made else []

    def sheets(self) -> list[Sheet]:
        """Every picture that was looked at as a page, in the order of the text."""
        found = [sheet for sheets in self._sheets.values() for sheet in sheets]
        for number, sheet in enumerate(found, 1):
            sheet.number = number
        return found

    def _recognised(self, content: bytes, name: str, ocr: ModuleType) -> list[Sheet]:
        """What a picture's pages show; of a damaged one nothing, the text beside it is read all the same."""
        sheets: list[Sheet] = []
        try:
            for pixels, dpi in ocr.frames(content, name):
                if pixels.shape[1] >= LEAST_SIDES[0] and pixels.shape[0] >= LEAST_SIDES[1]:
                    sheets.append(ocr.read_image(pixels, len(sheets) + 1, dpi))
                    self._tick()
        except TerminalError:
            return sheets
        return sheets


def _related(package: Package, main: str) -> dict[str, str]:
    """The parts inside the package by the names of the body's relations; none that lead out of it."""
    folder, name = posixpath.split(main)
    relations = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
        for one in (() if relations is None else parse_xml(relations).iter(RELATION))
        if one.get("TargetMode") != "External"
    }


def _shown(text: str, table: Table) -> ShownTable:
    rows: ShownTable = [[] for _ in range(table.rows)]
    for cell in table.cells:
        words = text[cell.start : cell.end]
        rows[cell.row].append(ShownCell(cell.rowspan, cell.colspan, words, cell.confidence))
    return rows
