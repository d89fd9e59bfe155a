"""The body of a Word document → `Outline`: paragraphs as lines, tables with spans, text boxes and the tables
that pictures show in place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from tasks.clean.lines import Line, Outline, RawCell, RawTable
from tasks.clean.readers.word_names import VAL, W, as_number, number_in, value_in
from tasks.clean.readers.word_numbering import Numbering
from tasks.clean.readers.word_pictures import ShownTable
from tasks.clean.readers.word_styles import Styles, paragraph_traits
from tasks.clean.readers.word_text import DRAWN, DROPPED, ParagraphText, boxes_in
from tasks.clean.readers.xml import Element

PARAGRAPH, TABLE, ROW, CELL = W + "p", W + "tbl", W + "tr", W + "tc"
# Edges of columns so near each other (in twentieths of a point; 0.2 cm) are meant to be one edge: cells of
# two rows that were drawn by hand, or converted from another format.
NEAR = 120
MAX_SPAN = 100
CONTENTS = "Table of Contents"


class WordBody:
    """The pass over a document's body. `notes` are the foot- and endnotes by kind and id; `tables_in` gives
    the tables that a picture shows, by the name of its relation."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        notes: dict[tuple[str, str], Element],
        tables_in: Callable[[str], list[ShownTable]],
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._tables_in = tables_in
        self._cited: list[Element] = []
        self._lines: list[Line] = []
        self._tables: list[RawTable] = []
        self._open: list[RawTable] = []

    def read(self, body: Element) -> Outline:
        self._blocks(body)
        while self._cited:  # notes stand behind the text
            self._blocks(self._cited.pop(0))
        return Outline(self._lines, self._tables, [0])

    def _blocks(self, element: Element) -> None:
        for child in element:
            tag = child.tag
            if tag == PARAGRAPH:
                self._paragraph(child)
            elif tag == TABLE:
                self._table(child)
            elif tag in DRAWN:
                for box in boxes_in(child):
                    self._blocks(box)
            elif tag not in DROPPED and isinstance(tag, str) and not is_contents(child):
                self._blocks(child)  # content controls, insertions, sections of Word 2003

    # ---------------------------------------------------------------- paragraphs

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(W + "pPr")
        style = self._styles.traits(value_in(properties, "pStyle"))
        traits = paragraph_traits(properties).over(style)
        if traits.is_contents:
            return
        text = ParagraphText(self._styles, bool(style.is_bold))
        text.gather(paragraph)
        for reference in text.notes:
            kind, name = reference.tag.removeprefix(W).removesuffix("Reference"), reference.get(W + "id", "")
            if (note := self._notes.pop((kind, name), None)) is not None:
                self._cited.append(note)
        words = text.text
        if words.strip():
            label = self._label(properties, traits.list_id, traits.list_level)
            level = traits.level or None
            for part in (label + words.lstrip() if label else words).split("\n"):
                if part.strip():
                    self._lines.append(Line(part, 0, level, text.is_bold, traits.align or None))
        for box in text.boxes:
            self._blocks(box)
        for name in text.pictures:
            for shown in self._tables_in(name):
                self._shown(shown)

    def _label(self, properties: Element | None, list_id: str | None, level: int | None) -> str:
        """The number that Word prints before the paragraph, with a blank where it would run into the text."""
        if list_id is None or list_id == "0":  # 0: taken out of its style's list
            return listed_2003(properties)
        label = self._numbering.label(list_id, level or 0)
        return f"{label} " if label[-1:].isalnum() and label.isascii() else label

    # -------------------------------------------------------------------- tables

    def _table(self, element: Element) -> None:
        table = RawTable(len(self._lines), 0)
        if self._open:
            self._open[-1].inner.append(table)
        self._tables.append(table)
        self._open.append(table)
        columns = Columns(element)
        above: dict[int, RawCell] = {}  # by column: the cell that a `continue` below it prolongs
        for row in children(element, ROW):
            above = self._row(row, table, columns, above)
        self._open.pop()
        table.last = len(self._lines)

    def _shown(self, shown: ShownTable) -> None:
        """A table that a picture shows, at the picture's place."""
        table = RawTable(len(self._lines), 0)
        if self._open:
            self._open[-1].inner.append(table)
        self._tables.append(table)
        for row in shown:
            cells = []
            for one in row:
                cell = self._blank(one.colspan)
                cell.rowspan = one.rowspan
                for words in filter(None, one.text.split("\n")):
                    self._lines.append(Line(words, confidence=one.confidence))
                cell.last = len(self._lines)
                cells.append(cell)
            table.rows.append(cells)
        table.last = len(self._lines)

    def _row(
        self, row: Element, table: RawTable, columns: Columns, above: dict[int, RawCell]
    ) -> dict[int, RawCell]:
        """Read a row; the cells that may go on in the next one, by their column."""
        cells: list[RawCell] = []
        going_on: dict[int, RawCell] = {}
        properties = row.find(W + "trPr")
        at = number_in(properties, "gridBefore") or 0
        if at:
            cells.append(self._blank(columns.span(0, at)))
        for element in children(row, CELL):
            own = element.find(W + "tcPr")
            width = min(max(number_in(own, "gridSpan") or 1, 1), MAX_SPAN)
            merged = value_in(own, "vMerge")
            merged = value_in(own, "vmerge") if merged is None else merged
            if merged in ("", "continue") and at in above:
                cell = above[at]
                cell.rowspan += 1
                self._into(cell, element)
            elif value_in(own, "hMerge") in ("", "continue") and cells:
                cell = cells[-1]
                cell.colspan += columns.span(at, width)
                self._into(cell, element)
                at += width
                continue
            else:
                cell = self._cell(element, columns.span(at, width))
                cells.append(cell)
            if merged is not None:
                going_on[at] = cell
            at += width
        table.rows.append(cells)
        return going_on

    def _blank(self, span: int) -> RawCell:
        here = len(self._lines)
        return RawCell(1, span, False, here, here)

    def _cell(self, element: Element, span: int) -> RawCell:
        cell = self._blank(span)
        self._blocks(element)
        cell.last = len(self._lines)
        return cell

    def _into(self, cell: RawCell, element: Element) -> None:
        """A merged cell's further parts hold nothing that shows, unless the merge is a program's mistake."""
        if cell.first == cell.last and cell.last == len(self._lines):
            self._blocks(element)
            cell.last = len(self._lines)


class Columns:
    """The grid of a table: which of its columns are one for the eye."""

    def __init__(self, table: Element) -> None:
        grid = table.find(W + "tblGrid")
        widths = [as_number(column.get(W + "w")) or 0 for column in (() if grid is None else grid)]
        edges = [0, *accumulate(max(width, 0) for width in widths)]
        kept = [edges[0]]
        for edge in edges[1:]:
            if edge - kept[-1] > NEAR:
                kept.append(edge)
        # A grid that says nothing of widths is taken as it is.
        self._places = [bisect_right(kept, edge) - 1 for edge in edges] if len(kept) > 1 else None

    def span(self, first: int, width: int) -> int:
        """How many columns a cell covers that covers `width` of the grid from `first`."""
        if self._places is None or first + width >= len(self._places):
            return width
        return max(1, self._places[first + width] - self._places[first])


def children(element: Element, tag: str) -> Iterator[Element]:
    """The rows of a table, the cells of a row: also those inside content controls and insertions."""
    for child in element:
        if child.tag == tag:
            if not is_deleted(child):
                yield child
        elif child.tag not in (PARAGRAPH, TABLE, ROW, CELL) and child.tag not in DROPPED:
            yield from children(child, tag)


def is_deleted(row: Element) -> bool:
    """A row or cell whose deletion is tracked."""
    properties = row.find(W + "trPr") if row.tag == ROW else row.find(W + "tcPr")
    return properties is not None and (
        properties.find(W + "del") is not None or properties.find(W + "cellDel") is not None
    )


def is_contents(element: Element) -> bool:
    """A content control that holds the table of contents."""
    if element.tag != W + "sdt":
        return False
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(VAL) == CONTENTS


def listed_2003(properties: Element | None) -> str:
    """Word 2003's XML writes the number out: <w:listPr><wx:t wx:val="一、"/>."""
    listed = None if properties is None else properties.find(W + "listPr")
    for child in () if listed is None else listed:
        if isinstance(child.tag, str) and child.tag.endswith("}t"):
            return next((v for k, v in child.attrib.items() if k.endswith("}val")), "").replace("·", "")
    return ""
