"""The columns of a list form (the 2014 form, local forms): which of a row's values is this year's.

The header says it: by grid column where no cell of the row is missing, else in reading order. What no
header says is the reader's matter (`listform`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import seeds
from tasks.extract.forms.grid import Entry, Grid, Kind, Printed
from tasks.frozen import frozen

# The role of a column; `side` columns (serial, code, remark) and `unit` hold no statistics.
YEAR, YEAR_TOTAL, CUMULATIVE, OTHER = "year", "year_total", "cumulative", "other"
LABEL, UNIT, SIDE = "label", "unit", "side"
LONGEST_HEAD = 12  # characters; a longer cell is a title
_YEAR = re.compile(r"(20\d\d)\s*年?度?")


@frozen
class Columns:
    """The header's columns right of the labels: (grid column, role) in reading order.

    `edge`: the right edge of the grids for which the grid columns hold, -1 if only the order does;
    `is_sure` unless several columns may be this year's.
    """

    slots: tuple[tuple[int, str], ...] = ()
    beside: tuple[tuple[int, str], ...] = ()  # the columns of further halves, behind labels of their own
    edge: int = -1
    is_sure: bool = True

    @property
    def figures(self) -> int:
        """Columns that hold statistics."""
        return sum(role not in (UNIT, SIDE) for _, role in self.slots)

    @property
    def begins_aside(self) -> bool:
        """Whether a code's column stands between labels and figures."""
        return any(role == SIDE for _, role in self.slots[:-1])

    def roles(self, entry: Entry, edge: int) -> dict[int, str] | None:
        """Index of a value of the entry → role; None where the columns are not certain."""
        if entry.is_full and edge == self.edge >= 0:
            by_col = dict(self.slots + self.beside)
            found = {i: by_col.get(p.cell.col, SIDE) for i, p in enumerate(entry.chunks[0])}
            if any(role not in (UNIT, SIDE) for role in found.values()):
                return found
        return self._by_order(entry)

    def _by_order(self, entry: Entry) -> dict[int, str] | None:
        values = entry.values
        roles = [role for _, role in self.slots if role != UNIT]
        first, last = 0, len(values)
        has_unit = len(roles) < len(self.slots)
        if has_unit and not entry.unit and last == len(roles) + 1 and values[0].number is None:
            first = 1  # the unit's cell is blank or a dash
        while roles and roles[-1] == SIDE and len(roles) > last - first:
            roles.pop()  # a remark that is words is no value
        while last - first > len(roles) and values[last - 1].kind is Kind.BLANK:
            last -= 1
        return dict(enumerate(roles, first)) if roles and last - first == len(roles) else None


def read_columns(grid: Grid, first: Entry, year: int | None) -> Columns:
    """The header above the first row; without slots when there is none worth the name."""
    above = [[p for p in row if p.kind is not Kind.BLANK] for row in grid.rows[: first.row]]
    begin = _header_row(above, year)
    if begin is None:
        return Columns()
    end = begin + 1
    while end < len(above) and any(role_of(p.text, year) for p in above[end]):
        end += 1
    rows = above[begin:end]
    is_regular = all(
        max(p.cell.col + p.cell.colspan for p in row) == grid.edge for row in grid.rows[begin:end]
    )
    slots = _by_grid(rows, first.names[-1].cell.col, year) if is_regular else _by_order(rows, year)
    return _halves(slots, grid.edge if is_regular else -1)


def _header_row(rows: Sequence[Sequence[Printed]], year: int | None) -> int | None:
    """The first row with a head of labels, else of figures beside another cell."""
    roles = [[role_of(p.text, year) for p in row] for row in rows]
    for wanted, least in (((LABEL,), 1), ((UNIT, YEAR, YEAR_TOTAL, CUMULATIVE), 2)):
        for i, row in enumerate(roles):
            if len(row) >= least and any(role in wanted for role in row):
                return i
    return None


def _by_grid(rows: Iterable[Sequence[Printed]], label_col: int, year: int | None) -> list[tuple[int, str]]:
    """A head stands over all columns it spans; the lowest over a column counts."""
    found: dict[int, str] = {}
    for row in rows:
        for p in row:
            role = role_of(p.text, year)
            for col in range(p.cell.col, p.cell.col + p.cell.colspan):
                if col > label_col and len(p.text) <= LONGEST_HEAD:
                    found[col] = role or OTHER
    return sorted(found.items())


def _by_order(rows: Iterable[Sequence[Printed]], year: int | None) -> list[tuple[int, str]]:
    heads = [(p.cell.col, role_of(p.text, year)) for row in rows for p in row if len(p.text) <= LONGEST_HEAD]
    begin = next((i + 1 for i, (_, role) in enumerate(heads) if role == LABEL), 0)
    return [(col, role or OTHER) for col, role in heads[begin:]]


def _halves(slots: Sequence[tuple[int, str]], edge: int) -> Columns:
    """A header that begins again with labels is that of two halves of a list, side by side."""
    halves: list[list[tuple[int, str]]] = [[]]
    for slot in slots:
        if slot[1] != LABEL:
            halves[-1].append(slot)
        elif halves[-1]:
            halves.append([])
    first, *others = [_one_year(half, edge) for half in halves]
    return replace(first, beside=tuple(slot for other in others for slot in other.slots))


def _one_year(slots: Sequence[tuple[int, str]], edge: int) -> Columns:
    """Where a header has 本期实际 and 本年累计, only the latter is the year's; of several, the last.

    A lone column of figures is the year's whatever its head."""
    figures = [i for i, (_, role) in enumerate(slots) if role not in (UNIT, SIDE)]
    years = [i for i in figures if slots[i][1] in (YEAR, YEAR_TOTAL)]
    totals = [i for i in years if slots[i][1] == YEAR_TOTAL]
    chosen = (totals or years or [-1])[-1]
    if len(figures) == 1 and slots[figures[0]][1] == OTHER:
        chosen = figures[0]
    fixed = tuple(
        (col, YEAR if i == chosen else OTHER if i in years else role) for i, (col, role) in enumerate(slots)
    )
    is_sure = len(totals) == 1 or len(years) <= 1
    return Columns(fixed, edge=edge, is_sure=is_sure) if figures else Columns()


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(r["pattern"]), r["role"]) for r in seeds.rows("forms/column_roles.csv"))


def role_of(head: str, year: int | None) -> str | None:
    """What a column's head says: 2017年度 of a report on 2017 → year, 历年累计 → cumulative."""
    text = "".join(head.split())
    if len(text) > LONGEST_HEAD:
        return None
    for pattern, role in _patterns():
        if pattern.search(text):
            return role
    if match := _YEAR.search(text):
        return YEAR if year is None or int(match[1]) == year else OTHER
    return None
