"""The header of table 3: which column of the grid is which of the seven applicants.

Here: the header as printed. Not here: rows and their values (`table3_placing`).
"""

from __future__ import annotations

import seeds
from tasks.extract.forms import labels
from tasks.extract.forms.grid import Grid, Kind, right_edge

COLUMNS = tuple(seeds.rows("forms/table3_columns.csv"))
WIDTH = len(COLUMNS)
IN_ORDER = tuple(range(WIDTH))
MIN_APPLICANTS = 3  # 总计 and 其他 stand among the rows, too


def columns_of(grid: Grid, stop: int) -> tuple[dict[int, int], tuple[int, ...]]:
    """The header above row `stop`: grid column → applicant 0–6, and the applicants from left to right.

    The columns only if they stand in the form's order, or all of them in another, and no cell of the header
    is missing; else {}. A body may have left out columns."""
    known = labels.table3_members()
    found: dict[int, int] = {}
    is_full = True
    for row in grid.rows[:stop]:
        heads = {p.cell.col: known[key] - 1 for p in row if (key := labels.fold(p.text)) in known}
        is_full = is_full and not (heads and right_edge(row) < grid.edge)
        found |= heads
    ordered = tuple(found[col] for col in sorted(found))
    is_whole = tuple(sorted(ordered)) == IN_ORDER
    is_fit = is_full and (is_whole or list(ordered) == sorted(set(ordered)))
    return found if is_fit else {}, ordered if is_whole else IN_ORDER


def other_columns(grid: Grid, stop: int) -> frozenset[int]:
    """Columns whose lowest head is none of the form's: 小计, 占比, 备注."""
    lowest: dict[int, str] = {}
    for row in grid.rows[:stop]:
        for p in row:
            if p.kind is Kind.LABEL:
                for col in range(p.cell.col, p.cell.col + p.cell.colspan):
                    lowest[col] = labels.fold(p.text)
    known = labels.table3_members()
    return frozenset(col for col, head in lowest.items() if head not in known)


def names_applicants(grid: Grid) -> bool:
    keys = {labels.fold(p.text) for row in grid.rows for p in row if p.kind is Kind.LABEL}
    return len(keys & labels.table3_members().keys()) >= MIN_APPLICANTS
