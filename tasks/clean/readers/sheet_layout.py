"""A sheet → lines and tables: sheets carry forms, but also titles, notes and whole reports in their cells.

Rows without any value part the sheet into stretches. A row whose only value is prose is a paragraph wherever
it stands, and so is one that opens or closes a stretch (a title, a line about the unit, a note); what
remains is a table. Spans come from merged cells; columns in which no value begins are none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from tasks.clean.lines import Line, Outline, RawCell, RawTable
from tasks.clean.spaces import SPACE

MAX_COLS = 300  # what stands farther right is not looked at
MAX_ROWS = 20_000  # a list of everything that a county published in a year
PROSE_CHARS = 60  # no label of a form is longer and alone in its row
SENTENCE = "。"  # nor holds one
FLUSH = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The values of a sheet as text, row by row, and its merged cells: top, left, bottom, right."""

    rows: list[list[str]]
    merged: list[tuple[int, int, int, int]]

    def without(self, rows: Collection[int], cols: Collection[int]) -> Sheet:
        """The sheet as it is seen when these rows and columns are hidden.

        A merged cell is seen as long as a part of it is: its value moves into that.
        """
        if not rows and not cols:
            return self
        down = [row for row in range(len(self.rows)) if row not in rows]
        across = [col for col in range(max(map(len, self.rows), default=0)) if col not in cols]
        values = [self.rows[row] for row in down]
        seen = Sheet([[row[col] for col in across if col < len(row)] for row in values], [])
        for top, left, bottom, right in self.merged:
            first, last = bisect_left(down, top), bisect_right(down, bottom) - 1
            begin, end = bisect_left(across, left), bisect_right(across, right) - 1
            if first <= last and begin <= end:
                seen.merged.append((first, begin, last, end))
                seen._put(first, begin, self._value(top, left))
        return seen

    def _value(self, row: int, col: int) -> str:
        return self.rows[row][col] if row < len(self.rows) and col < len(self.rows[row]) else ""

    def _put(self, row: int, col: int, value: str) -> None:
        self.rows[row].extend([""] * (col + 1 - len(self.rows[row])))
        self.rows[row][col] = value


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
    if len(filled[row]) > 1:
        return False
    value = rows[row][filled[row][0]]
    return len(value) >= PROSE_CHARS or SENTENCE in value


def _stretch(
    sheet: Sheet, rows: list[list[str]], filled: list[list[int]], start: int, end: int, outline: Outline
) -> None:
    """Rows `start` to `end`: those of one value at either edge are paragraphs, the others a table."""
    first, last = start, end
    headers = {top for top, _, bottom, _ in sheet.merged if bottom > top}  # a cell goes down from it
    while first < last and len(filled[first]) <= 1 and first not in headers:
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
    columns = sorted({col for row in filled[first:last] for col in row})
    spans, hidden = _merged(sheet, first, last, columns)
    table = RawTable(len(outline.lines), 0)
    for row in range(first, last):
        cells: list[RawCell] = []
        for place, col in enumerate(columns):
            if (row, place) in hidden:
                continue
            begin = len(outline.lines)
            _paragraph(rows[row][col] if col < len(rows[row]) else "", outline)
            rowspan, colspan = spans.get((row, place), (1, 1))
            cells.append(RawCell(rowspan, colspan, False, begin, len(outline.lines)))
        table.rows.append(cells)
    table.last = len(outline.lines)
    outline.tables.append(table)


Place = tuple[int, int]


def _merged(sheet: Sheet, first: int, last: int, columns: list[int]) -> tuple[dict[Place, Place], set[Place]]:
    """Of the merged cells in rows `first` to `last`: their spans by row and place among the columns, and the
    places that they cover."""
    spans: dict[Place, Place] = {}
    hidden: set[Place] = set()
    for top, left, bottom, right in sheet.merged:
        above, below = max(top, first), min(bottom, last - 1)
        begin, end = bisect_left(columns, left), bisect_right(columns, right)
        if above > below or begin >= end:
            continue
        spans[above, begin] = (below - above + 1, end - begin)
        hidden.update((row, place) for row in range(above, below + 1) for place in range(begin, end))
        hidden.discard((above, begin))
    return spans, hidden
