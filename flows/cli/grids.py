"""The cells of a form as a grid of labels: which go down, which across. Only arrangement, no printing.

A form of few rows and many columns (table 4) is turned, so that its labels can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

Row = dict[str, Any]
Label = tuple[int, str]
"""A row's or column's number in the page's table, and its labels from the outermost in, joined by /."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A form: the labels of its lines and columns, and the cell at each place that has one."""

    down: list[Label]
    across: list[Label]
    cells: dict[tuple[Label, Label], Row]

    def lines(self) -> Iterator[tuple[int, str, list[Row | None]]]:
        """Each line: how deep it stands, its label without what the line above said, its cells."""
        above: list[str] = []
        for place in self.down:
            path = place[1].split("/")
            depth = _shared(path, above)
            yield depth, "/".join(path[depth:]), [self.cells.get((place, column)) for column in self.across]
            above = path


def grid(cells: Iterable[Row]) -> Grid:
    """The form that these cells make."""
    rows: dict[Label, None] = {}
    columns: dict[Label, None] = {}
    places: dict[tuple[Label, Label], Row] = {}
    for cell in cells:
        row = (cell["row_no"], cell["row_path"] or "")
        column = (cell["col_no"], cell["col_path"] or "")
        rows.setdefault(row)
        columns.setdefault(column)
        places[row, column] = cell
    down, across = _merged(sorted(rows, key=_number), places), sorted(columns, key=_number)
    if len(across) > len(down):
        return Grid(across, down, {(column, row): cell for (row, column), cell in places.items()})
    return Grid(down, across, places)


def _number(label: Label) -> int:
    return label[0]


def _merged(rows: list[Label], places: dict[tuple[Label, Label], Row]) -> list[Label]:
    """Neighbours of one label without a column in common become one row, their cells moved in `places`:
    in table 2 each cell has a row number of its own.
    """
    filled: dict[Label, set[Label]] = {}
    for row, column in places:
        filled.setdefault(row, set()).add(column)
    kept: list[Label] = []
    for row in rows:
        if kept and kept[-1][1] == row[1] and not filled[kept[-1]] & filled[row]:
            for column in filled[row]:
                places[kept[-1], column] = places.pop((row, column))
            filled[kept[-1]] |= filled[row]
        else:
            kept.append(row)
    return kept


def tables(cells: Iterable[Row]) -> Iterator[tuple[int, str, list[Row]]]:
    """Number, form and cells of each table, in the order of the page."""
    for (number, form), group in groupby(cells, key=lambda cell: (cell["table_no"], cell["form"])):
        yield number, form, list(group)


def _shared(path: list[str], above: list[str]) -> int:
    shared = 0
    while shared < min(len(path) - 1, len(above)) and path[shared] == above[shared]:
        shared += 1
    return shared
