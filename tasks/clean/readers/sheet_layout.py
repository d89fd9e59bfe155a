"""A sheet → lines and tables: sheets carry forms, but also titles, notes and whole reports in their cells.

Rows without any value part the sheet into stretches. A row whose only value is prose is a paragraph wherever
it stands, and so is one that opens or closes a stretch (a title, a line about the unit, a note); what
remains is a table. Spans come from merged cells.
"""

from __future__ import annotations

from dataclasses import dataclass

from tasks.clean.compose import SPACE
from tasks.clean.lines import Line, Outline, RawCell, RawTable

PROSE_CHARS = 60  # no label of a form is longer and alone in its row
FLUSH = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values of a sheet as text, row by row, and its merged cells: top, left, bottom, right."""

    rows: list[list[str]]
    merged: list[tuple[int, int, int, int]]


def lay_out(sheet: Sheet, outline: Outline) -> None:
    """Add the sheet's lines and tables to the outline."""
    rows = [[value.strip(FLUSH) for value in row] for row in sheet.rows]
    filled = [[col for col, value in enumerate(row) if value.strip(SPACE)] for row in rows]
    covered = {
        row for top, _, bottom, _ in sheet.merged if bottom > top for row in range(top + 1, bottom + 1)
    }
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and not _parts(rows, filled, covered, end):
            end += 1
        _stretch(sheet, rows, filled, start, end, outline)
        if end < len(rows) and filled[end]:
            _paragraph(rows[end][filled[end][0]], outline)
        start = end + 1


def _parts(rows: list[list[str]], filled: list[list[int]], covered: set[int], row: int) -> bool:
    """Whether a row is no row of a table: blank (and no merged cell reaches into it), or prose."""
    if not filled[row]:
        return row not in covered
    return len(filled[row]) == 1 and len(rows[row][filled[row][0]]) >= PROSE_CHARS


def _stretch(
    sheet: Sheet, rows: list[list[str]], filled: list[list[int]], start: int, end: int, outline: Outline
) -> None:
    """Rows `start` to `end`: those of one value at either edge are paragraphs, the others a table."""
    first, last = start, end
    while first < last and len(filled[first]) <= 1:
        first += 1
    while last > first and len(filled[last - 1]) <= 1:
        last -= 1
    for row in range(start, first):
        _paragraph("".join(rows[row][col] for col in filled[row]), outline)
    if first < last:
        _table(sheet, rows, filled, first, last, outline)
    for row in range(last, end):
        _paragraph("".join(rows[row][col] for col in filled[row]), outline)


def _paragraph(text: str, outline: Outline) -> None:
    outline.lines.extend(Line(line) for line in text.splitlines() if line.strip())


def _table(
    sheet: Sheet, rows: list[list[str]], filled: list[list[int]], first: int, last: int, outline: Outline
) -> None:
    within = [
        (max(top, first), left, min(bottom, last - 1), right)
        for top, left, bottom, right in sheet.merged
        if top < last and bottom >= first
    ]
    width = 1 + max(max((cols[-1] for cols in filled[first:last] if cols), default=0), 0)
    left_edge = min(cols[0] for cols in filled[first:last] if cols)
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in within}
    hidden = {
        (row, col)
        for top, left, bottom, right in within
        for row in range(top, bottom + 1)
        for col in range(left, min(right, width) + 1)
        if (row, col) != (top, left)
    }
    table = RawTable(len(outline.lines), 0)
    for row in range(first, last):
        cells: list[RawCell] = []
        for col in range(left_edge, width):
            if (row, col) in hidden:
                continue
            begin = len(outline.lines)
            _paragraph(rows[row][col] if col < len(rows[row]) else "", outline)
            rowspan, colspan = spans.get((row, col), (1, 1))
            cells.append(RawCell(rowspan, colspan, False, begin, len(outline.lines)))
        table.rows.append(cells)
    table.last = len(outline.lines)
    outline.tables.append(table)
