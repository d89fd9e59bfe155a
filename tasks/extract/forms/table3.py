"""Table 3 of the 2019 and 2021 forms: applications by outcome (rows) and applicant (seven columns).

Rows are found by their labels. The seven columns are filled in order where seven values stand, by the
header where no cell is missing, else by the statutory sums over the row and down the columns.
"""

from __future__ import annotations

from collections.abc import Iterator

from tasks.extract.forms import labels
from tasks.extract.forms.entries import find_labels
from tasks.extract.forms.grid import Entry, Grid, Kind, is_numbering
from tasks.extract.forms.placed import BY_LIKENESS, Placed, Read, unplaced
from tasks.extract.forms.table3_header import COLUMNS, WIDTH
from tasks.extract.forms.table3_placing import TableRow, place_values

TABLE = 3
# A label known only by likeness is sure when the form goes on with it: at most so many rows below the last.
NEXT_ROWS = 2
LABEL_CELLS = 2  # cells of labels that may stand blank before the values
MIN_HEADS = 3  # of table 4's columns: labels of its header


def read_table3(grid: Grid, keeps_blanks: bool) -> Iterator[Read]:
    """Every row whose label is known, each value under its applicant. `keeps_blanks`: the page's layout
    lets a row lose blank cells at its end only."""
    rows = list(_rows(grid))
    if rows:
        place_values(rows, grid, keeps_blanks)
    for row in rows:
        yield from _read(row)


def _rows(grid: Grid) -> Iterator[TableRow]:
    """The entries with known labels. Blank cells of a row broken off belong to it."""
    matcher = labels.matcher_table3()
    order = 0
    for entry, found in find_labels(grid.entries, matcher.find):
        if not entry.chunks or _is_header(entry):
            continue
        row = found.after(order)
        is_next = order < row.order <= order + NEXT_ROWS
        order = row.order
        values = entry.values if len(entry.values) <= WIDTH + LABEL_CELLS else entry.taking(WIDTH)
        yield TableRow(row, entry, values, 1.0 if found.is_exact or is_next else BY_LIKENESS)


def _is_header(entry: Entry) -> bool:
    """Applicants, or table 4's outcomes, and their 总计: no row of this table."""
    keys = [labels.fold(p.text) for p in entry.names]
    if len(labels.table4_leaves().intersection(keys)) >= MIN_HEADS:  # 总计 may span three rows
        return True
    is_empty = is_numbering(entry.values) or all(p.kind is Kind.BLANK for p in entry.values)
    return is_empty and sum(key in labels.table3_members() for key in keys) > 1


def _read(row: TableRow) -> Iterator[Read]:
    places = row.places or {}
    used = set(places.values())
    yield from unplaced(TABLE, row.row.path, [p for i, p in enumerate(row.values) if i not in used])
    for place, i in sorted(places.items()):
        column = COLUMNS[place]
        yield Placed(
            row.values[i],
            None,
            TABLE,
            row.row.order,
            place + 1,
            row.row.path,
            column["column_path"],
            row.row.indicator,
            row.row.unit,
            member=None if column["applicant"] == "total" else column["applicant"],
            confidence=row.confidence,
        )
