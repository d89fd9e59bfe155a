"""A labelled page written anew as a Word document, a workbook or OFD, as an office would set it: by
python-docx, openpyxl and our own writer, from what the page says, without the frame of the web site."""

from __future__ import annotations

import re
from io import BytesIO

import docx
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tasks.values import Block, Document, Table
from tests.formats.ofd import WIDTH as OFD_WIDTH
from tests.formats.ofd import OfdWriter, Spanned

WIDTH = 8  # columns over which a sheet's prose is merged
NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,8})(?:\.\d{1,4})?")


def has_layout(document: Document) -> bool:
    """Whether all tables fill their grids: one that was flattened to text has no layout to write."""
    tables = [block.table for block in document.body() if block.table is not None]
    return all(cell is not None for table in tables for row in table.grid() for cell in row)


def as_docx_unruled(document: Document) -> bytes:
    """With tables that have no borders."""
    return as_docx(document, "Normal Table")


def as_docx(document: Document, style: str = "Table Grid") -> bytes:
    file = BytesIO()
    word = docx.Document()
    for block in document.body():
        if block.table is None:
            run = word.add_paragraph().add_run(document.text_of(block))
            run.bold = block.is_bold
        else:
            _word_table(word, document, block.table, style)
    word.save(file)
    return file.getvalue()


def _word_table(word: docx.document.Document, document: Document, table: Table, style: str) -> None:
    grid = word.add_table(table.rows, table.cols, style)
    for cell in table.cells:
        place = grid.cell(cell.row, cell.col)
        if cell.rowspan > 1 or cell.colspan > 1:
            last = grid.cell(
                min(cell.row + cell.rowspan, table.rows) - 1, min(cell.col + cell.colspan, table.cols) - 1
            )
            place = place.merge(last)
        place.text = document.text_of(cell)


def as_xlsx(document: Document) -> bytes:
    file = BytesIO()
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    row = 1
    for block in document.body():
        row = _sheet_block(sheet, document, block, row)
    book.save(file)
    return file.getvalue()


def _sheet_block(sheet: Worksheet, document: Document, block: Block, row: int) -> int:
    """Write a block from this row on; the first row behind it."""
    if block.table is None:
        sheet.cell(row, 1, document.text_of(block))
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=WIDTH)
        return row + 1
    for cell in block.table.cells:
        top, left = row + cell.row, cell.col + 1
        text = document.text_of(cell)
        sheet.cell(top, left, float(text) if NUMBER.fullmatch(text) else text)
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_cells(
                start_row=top,
                end_row=min(top + cell.rowspan, row + block.table.rows) - 1,
                start_column=left,
                end_column=min(left + cell.colspan - 1, block.table.cols),
            )
    return row + block.table.rows + 1


def as_ofd(document: Document) -> bytes:
    writer = OfdWriter()
    for block in document.body():
        if block.table is None:
            for line in document.text_of(block).splitlines():
                writer.paragraph(line)
        else:
            cells = [
                Spanned(
                    cell.row,
                    cell.col,
                    min(cell.rowspan, block.table.rows - cell.row),
                    min(cell.colspan, block.table.cols - cell.col),
                    document.text_of(cell),
                )
                for cell in block.table.cells
            ]
            writer.spanned(cells, _widths(cells, block.table.cols))
    return writer.content()


def _widths(cells: list[Spanned], cols: int) -> list[float]:
    """Columns as wide as what they hold is long, within bounds."""
    longest = [2] * cols
    for cell in cells:
        if cell.cols == 1:
            longest[cell.col] = max(longest[cell.col], min(len(cell.words), 16))
    return [OFD_WIDTH * (one + 2) / sum(n + 2 for n in longest) for one in longest]
