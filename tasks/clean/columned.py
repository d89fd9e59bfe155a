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
    if not any(len(row) >= MIN_COLUMNS and row[-1].last - row[-1].first >= MIN_LINES for row in rows):
        return rows
    result: list[list[RawCell]] = []
    for row in rows:
        count = _lines_each(row, lines)
        if not count:
            result.append(row)
            continue
        tall = [cell for cell in row if cell.last - cell.first != count]
        if any(cell.rowspan > 1 for cell in row) or any(cell.last - cell.first > 1 for cell in tall):
            return rows  # spans that nobody can divide
        for i in range(count):
            parts = [
                cell
                if cell.last - cell.first != count and i == 0
                else replace(cell, first=cell.first + i, last=cell.first + i + 1)
                for cell in row
                if i == 0 or cell.last - cell.first == count
            ]
            result.append([replace(c, rowspan=count) if any(c is one for one in tall) else c for c in parts])
    return result


def _lines_each(row: list[RawCell], lines: list[Line]) -> int:
    """How many lines each of the row's columns has, 0 if it is a row like others."""
    sizes = Counter(size for cell in row if (size := cell.last - cell.first) >= MIN_LINES)
    count, cells = sizes.most_common(1)[0] if sizes else (0, 0)
    if cells < MIN_COLUMNS or count > MAX_LINES:
        return 0
    valued = sum(
        all(
            not (text := line.text.strip()) or is_value(text) or text in units()
            for line in lines[cell.first : cell.last]
        )
        for cell in row
        if cell.last - cell.first == count
    )
    return count if valued >= MIN_VALUED else 0
