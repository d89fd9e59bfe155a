"""Tables as marked up → grids. Which tables are data and which only lay out the page; spans resolved.

Not here: tables found in plain lines (`flat`), offsets (`compose`), what a table means (extraction).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from tasks.clean.lines import Line, RawCell, RawTable

# HTML itself caps colspan at 1000; no statutory form has more than 20 columns, no local one more than 60.
MAX_COLSPAN = 100
# A grid wider than this that no row fills by its own cells comes from spans that are nonsense.
MAX_COLS = 200
# Places (rows times columns) of the largest grid given on: a reader may lay it out in full.
MAX_PLACES = 2_000_000
# A cell with this much text holding most of its table's text is the page's content cell, not a datum.
CONTENT_CHARS = 400
CONTENT_SHARE = 0.6
# A table in a cell with at most this share of the text is a way to lay out that cell (Word does it).
INNER_SHARE = 0.2
# So many long lines in one cell are paragraphs.
PROSE_LINES = 3
PROSE_CHARS = 60
# A table of no more columns may be headings (with their numbers) and what is said under them.
WIDEST_PROSE = 3

# A cell at its place: row, col, rowspan, colspan, the cell as marked up.
Placed = tuple[int, int, int, int, RawCell]


class Grid(NamedTuple):
    rows: int
    cols: int
    cells: list[Placed]


def place(rows: list[list[RawCell]]) -> Grid:
    """Cells to places as HTML lays them out; spans end where the table or another cell begins.

    Columns at the right edge in which no cell begins are dropped, so an overlong colspan costs nothing;
    where spans blow the table up all of them are ignored.
    """
    taken_until: list[int] = []  # for each column the first row in which it is free again
    placed: list[Placed] = []
    height = len(rows)
    widest = max(MAX_COLS, 2 * max(map(len, rows), default=0))
    for r, row in enumerate(rows):
        col = 0
        for cell in row:
            while col < len(taken_until) and taken_until[col] > r:
                col += 1
            rowspan = cell.rowspan
            if rowspan != 1:
                rowspan = min(rowspan or height, height - r)  # 0 means: down to the last row
            colspan = cell.colspan
            if colspan != 1:
                colspan = _free_width(taken_until, r, col, min(max(colspan, 1), MAX_COLSPAN))
            if col + colspan > len(taken_until):
                taken_until.extend([0] * (col + colspan - len(taken_until)))
            taken_until[col : col + colspan] = [r + rowspan] * colspan
            placed.append((r, col, rowspan, colspan, cell))
            col += colspan
        if len(taken_until) > widest:
            return place([[replace(cell, rowspan=1, colspan=1) for cell in row] for row in rows])
    cols = 1 + max((cell[1] for cell in placed), default=-1)
    return Grid(height, cols, [_trim(cell, cols) for cell in placed])


def _trim(cell: Placed, cols: int) -> Placed:
    row, col, rowspan, colspan, raw = cell
    return cell if col + colspan <= cols else (row, col, rowspan, cols - col, raw)


def _free_width(taken_until: list[int], row: int, col: int, wanted: int) -> int:
    for width in range(1, wanted):
        if col + width < len(taken_until) and taken_until[col + width] > row:
            return width
    return wanted


def is_data(table: RawTable, lines: list[Line], sizes: list[int]) -> bool:
    """Whether a table is a table: several columns, at most a scrap of a table in it, no cell of prose.

    `sizes[i]` is the number of characters in the page's lines before line i.
    """
    width = max(map(len, table.rows), default=0)
    if width < 2 or width * len(table.rows) > MAX_PLACES:
        return False
    total = sizes[table.last] - sizes[table.first]
    inner = sum(sizes[part.last] - sizes[part.first] for part in table.inner)
    if total == 0 or inner > INNER_SHARE * total:
        return False
    if width <= WIDEST_PROSE and _tells(table, lines):
        return False
    for row in table.rows:
        for cell in row:
            size = sizes[cell.last] - sizes[cell.first]
            if size >= PROSE_LINES * PROSE_CHARS and _is_content(lines[cell.first : cell.last], size, total):
                return False
    return True


def _tells(table: RawTable, lines: list[Line]) -> bool:
    """Whether a table is prose beside its headings: most rows end in a cell of sentences."""
    last = [lines[row[-1].last - 1].text for row in table.rows if row and row[-1].last > row[-1].first]
    return len(last) >= PROSE_LINES and sum("。" in text for text in last) > len(last) / 2


def _is_content(lines: list[Line], size: int, total: int) -> bool:
    if size > CONTENT_CHARS and size > CONTENT_SHARE * total:
        return True
    return sum(1 for line in lines if len(line.text) > PROSE_CHARS) >= PROSE_LINES
