"""Rows of a table that are but the room between the two lines of a double rule, taken out of it.

Not here: lines that stand so near to each other that they count as one (`grid`).
"""

from __future__ import annotations

from dataclasses import replace

from tasks.clean.paged.tables import SheetCell, SheetTable

# A row lower than this share of the text's size can't hold a line of it.
GUTTER = 0.6


def without_gutters(table: SheetTable, size: float) -> SheetTable:
    """The table without blank rows that are too low for text of this size."""
    gone = {row for row in range(table.rows) if _is_gutter(table, row, GUTTER * size)}
    if not gone:
        return table
    cells = [_lifted(cell, gone) for cell in table.cells if cell.row not in gone]
    return replace(table, rows=table.rows - len(gone), cells=cells)


def _is_gutter(table: SheetTable, row: int, height: float) -> bool:
    own = table.row(row)
    return bool(own) and all(
        cell.rowspan == 1 and not cell.lines and cell.box[3] - cell.box[1] < height for cell in own
    )


def _lifted(cell: SheetCell, gone: set[int]) -> SheetCell:
    """The cell in its place and of its height when these rows are gone."""
    above = sum(row < cell.row for row in gone)
    inside = sum(cell.row <= row < cell.row + cell.rowspan for row in gone)
    return replace(cell, row=cell.row - above, rowspan=cell.rowspan - inside)
