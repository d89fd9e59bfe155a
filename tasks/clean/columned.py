"""Rows of a table whose cells hold a column each, one value a line → a row for each line.

A spreadsheet pasted into one row: labels in the first cell, broken by <br> or <p>, and as many numbers in
each cell beside it. Not here: laying cells out (`tables`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tasks.clean.labels import is_value, units
from tasks.clean.lines import Line, RawCell

MIN_LINES = 3  # a label may be wrapped over two
MAX_LINES = 200  # no form has so many rows
MIN_COLUMNS = 3  # cells of so many lines each: labels and values
MIN_VALUED = 2  # of them hold nothing but values or units


def one_row_a_line(rows: list[list[RawCell]], lines: list[Line]) -> list[list[RawCell]]:
    """The same rows, those of several lines divided; a cell of one line reaches down over them."""
    if not any(len(row) >= MIN_COLUMNS and _size(row[-1]) >= MIN_LINES for row in rows):
        return rows
    result: list[list[RawCell]] = []
    for row in rows:
        count = _lines_each(row, lines)
        if not count:
            result.append(row)
            continue
        if any(cell.rowspan > 1 or _size(cell) not in (0, 1, count) for cell in row):
            return rows  # nobody can divide it
        columns = [cell for cell in row if _size(cell) == count]
        result.append(
            [_line(cell, 0) if _size(cell) == count else replace(cell, rowspan=count) for cell in row]
        )
        result.extend([_line(cell, i) for cell in columns] for i in range(1, count))
    return result


def _size(cell: RawCell) -> int:
    return cell.last - cell.first


def _line(cell: RawCell, i: int) -> RawCell:
    return replace(cell, first=cell.first + i, last=cell.first + i + 1)


def _lines_each(row: list[RawCell], lines: list[Line]) -> int:
    """How many lines each of the row's columns has, 0 if it is a row like others."""
    sizes = Counter(size for cell in row if (size := _size(cell)) >= MIN_LINES)
    count, cells = sizes.most_common(1)[0] if sizes else (0, 0)
    if cells < MIN_COLUMNS or count > MAX_LINES:
        return 0
    columns = [lines[cell.first : cell.last] for cell in row if _size(cell) == count]
    valued = sum(all(map(_may_be_value, column)) for column in columns)
    return count if valued >= MIN_VALUED else 0


def _may_be_value(line: Line) -> bool:
    text = line.text.strip()
    return not text or is_value(text) or text in units()
