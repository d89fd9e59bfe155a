"""A row whose numbers all stand in one cell → a cell for each: table 4 pasted into a table as one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tasks.clean.compose import Draft
from tasks.clean.labels import numbers_in
from tasks.values import Cell, Table

MIN_NUMBERS = 10  # fewer may be one number with spaces in it, or a list inside a cell
MIN_CHARS = 2 * MIN_NUMBERS - 1


def spread_numbers(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks; in tables, a cell of many numbers that is alone in its row parted into cells."""
    return [_with_spread(text, draft, draft.table) if draft.table is not None else draft for draft in drafts]


def _with_spread(text: str, draft: Draft, table: Table) -> Draft:
    spread = _spread(text, table)
    return draft if spread is table else replace(draft, table=spread)


def _spread(text: str, table: Table) -> Table:
    lines = {
        cell.row: numbers
        for cell in table.cells
        if cell.end - cell.start >= MIN_CHARS and len(numbers := _numbers(text, cell)) >= MIN_NUMBERS
    }
    if not lines:
        return table
    filled = Counter(cell.row for cell in table.cells if cell.end > cell.start)
    alone = {row: numbers for row, numbers in lines.items() if filled[row] == 1}
    cells: list[Cell] = []
    for cell in table.cells:
        if cell.row not in alone:
            cells.append(cell)
        elif cell.end > cell.start:
            cells.extend(Cell(cell.row, c, 1, 1, s, e) for c, (s, e) in enumerate(alone[cell.row]))
    cols = max(table.cols, *map(len, alone.values())) if alone else table.cols
    return Table(table.rows, cols, tuple(cells))


def _numbers(text: str, cell: Cell) -> list[tuple[int, int]]:
    found = numbers_in(text[cell.start : cell.end])
    return [(cell.start + start, cell.start + end) for start, end in found]
