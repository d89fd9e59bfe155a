"""One grid read as a statutory form: which row and column each value cell belongs to.

The rows are found by their labels. The columns come from the header where it stands above the
values, else from the order of the cells when none is missing, else from the statutory sums.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import seeds
from tasks.extract.forms import labels
from tasks.extract.forms.cells import EMPTY, NUMBER, TEXT, ZERO, Value, in_unit, read_value
from tasks.values import Block, Cell, Document, FormCell

TABLE3 = tuple(seeds.rows("forms/table3_columns.csv"))
TABLE4 = tuple(seeds.rows("forms/table4_columns.csv"))
# Fewer matching labels than this are a coincidence, not a form.
MIN_LABELS = 3
# A cell's place was settled by the sums alone, or not at all.
BY_SUMS = 0.9
_UNITS = frozenset("条 件 次 篇 人 个 人次 万元 元 份 项 宗 家 期 场".split())
_YEAR = re.compile(r"(20\d\d)\s*年?度?")


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell of the grid with what it says."""

    cell: Cell
    text: str
    value: Value

    @property
    def is_label(self) -> bool:
        return self.value.semantic == TEXT and self.text not in _UNITS


@dataclass(frozen=True, slots=True)
class Placed:
    """A value cell and the form row and column it belongs to, with the certainty of that.

    `form` is None where tables 3 and 4 do not tell their generation; `unit` is the indicator's.
    """

    printed: Printed
    form: str | None
    table_no: int
    row_no: int
    col_no: int
    row_path: str
    col_path: str
    indicator: str | None
    unit: str
    printed_unit: str = ""
    member: str | None = None
    confidence: float = 1.0

    @property
    def value(self) -> float | None:
        return in_unit(self.printed.value, self.unit, self.printed_unit)

    def form_cell(self, generation: str) -> FormCell:
        return FormCell(
            form=self.form or generation,
            table_no=self.table_no,
            row_no=self.row_no,
            col_no=self.col_no,
            row_path=self.row_path,
            col_path=self.col_path,
            raw=self.printed.text,
            value=self.value,
            semantic=self.printed.value.semantic,
            indicator=self.indicator,
            dimension="applicant" if self.member else None,
            member=self.member,
            text_start=self.printed.cell.start,
            text_end=self.printed.cell.end,
        )


@dataclass(slots=True)
class Grid:
    """The rows of a table block as printed cells, spans repeated, each cell once a row."""

    document: Document
    block: Block
    rows: list[list[Printed]] = field(init=False)

    def __post_init__(self) -> None:
        assert self.block.table is not None
        cells: dict[Cell, Printed] = {}
        for cell in self.block.table.cells:
            text = self.document.text_of(cell).strip()
            cells[cell] = Printed(cell, text, read_value(text))
        self.rows = [
            [cells[c] for c in dict.fromkeys(place for place in row if place is not None)]
            for row in self.block.table.grid()
        ]


def _split(row: Sequence[Printed]) -> tuple[list[Printed], list[Printed]]:
    """The label cells of a row and the value cells behind the last of them."""
    last = max((i for i, p in enumerate(row) if p.is_label), default=-1)
    return [p for p in row[: last + 1] if p.is_label], [p for p in row[last + 1 :] if p.text not in _UNITS]


# ------------------------------------------------------------------- table 2


def read_table2(grid: Grid) -> Iterator[Placed]:
    """Rules, permissions, penalties, fees: small blocks, each with a header of its own."""
    columns = labels.table2_columns()
    heads: dict[int, str] = {}
    head_units: dict[str, str] = {}
    for row in grid.rows:
        found = {p.cell.col: labels.fold(p.text) for p in row if labels.fold(p.text) in labels.table2_heads()}
        if found:
            heads = found
            head_units = {
                labels.fold(p.text): "元" for p in row if "元" in p.text and "万元" not in p.text
            }
            continue
        names, values = _split(row)
        item = next((labels.fold(p.text) for p in names if labels.fold(p.text) in labels.table2_items()), None)
        if item is None or not values or not heads:
            continue
        order = sorted(heads)
        for i, printed in enumerate(values):
            by_column = heads.get(printed.cell.col)
            by_order = heads[order[i]] if i < len(order) and len(values) == len(order) else None
            head = by_order or by_column
            column = columns.get((item, head)) if head else None
            if column is None or head is None:
                continue
            yield Placed(
                printed,
                column.form,
                2,
                column.order,
                1,
                column.item,
                column.column,
                column.indicator,
                column.unit,
                printed_unit=head_units.get(head, ""),
            )


# ------------------------------------------------------------------- table 3


def read_table3(grid: Grid) -> Iterator[Placed]:
    """Applications by outcome (rows) and applicant (seven columns)."""
    matcher = labels.matcher_table3()
    heads: dict[int, int] = {}
    for row in grid.rows:
        names, values = _split(row)
        members = _members(row)
        if len(members) > 1 and not any(p.value.semantic in (NUMBER, ZERO) for p in row):
            heads.update(members)
            continue
        matched = next((rows[0] for p in reversed(names) if (rows := matcher.find(p.text))), None)
        if matched is None:
            continue
        for member, printed, confidence in _place_members(values, heads):
            column = TABLE3[member - 1]
            yield Placed(
                printed,
                None,
                3,
                matched.order,
                member,
                matched.path,
                column["column_path"],
                matched.indicator,
                matched.unit,
                member=None if column["applicant"] == "total" else column["applicant"],
                confidence=confidence,
            )


def _members(row: Sequence[Printed]) -> dict[int, int]:
    known = labels.table3_members()
    return {p.cell.col: known[key] for p in row if (key := labels.fold(p.text)) in known}


def _place_members(values: Sequence[Printed], heads: dict[int, int]) -> Iterator[tuple[int, Printed, float]]:
    """(column 1–7, cell, confidence): by order when seven stand there, else by header, else by the sum."""
    if len(values) == len(TABLE3):
        yield from ((i, p, 1.0) for i, p in enumerate(values, 1))
        return
    under = [(heads[p.cell.col], p) for p in values if p.cell.col in heads]
    beside = [p for p in values if p.cell.col not in heads and p.value.semantic != EMPTY]
    if under and not beside and len({m for m, _ in under}) == len(under):
        yield from ((m, p, 1.0) for m, p in under)
        return
    numbers = [p.value.value for p in values if p.value.value is not None]
    if len(numbers) == len(values) >= 2 and sum(n or 0 for n in numbers[:-1]) == numbers[-1]:
        yield len(TABLE3), values[-1], BY_SUMS


# ------------------------------------------------------------------- table 4


def read_table4(grid: Grid) -> Iterator[Placed]:
    """Reconsiderations and lawsuits: fifteen numbers under three groups of five."""
    leaves = labels.table4_leaves()
    heads: list[int] = []
    for row in grid.rows:
        names, values = _split(row)
        cols = [p.cell.col for p in row if labels.fold(p.text) in leaves]
        if len(cols) >= MIN_LABELS and not any(p.value.semantic in (NUMBER, ZERO) for p in row):
            heads += cols
            continue
        if not heads or not values or len(names) > 1:
            continue
        for place, printed, confidence in _place_table4(values, sorted(set(heads))):
            r = TABLE4[place]
            path, indicator = r["column_path"], r["indicator"]
            yield Placed(printed, None, 4, 1, place + 1, "", path, indicator, r["unit"], confidence=confidence)
        return


def _place_table4(values: Sequence[Printed], heads: list[int]) -> Iterator[tuple[int, Printed, float]]:
    if len(values) == len(TABLE4):
        yield from ((i, p, 1.0) for i, p in enumerate(values))
        return
    if len(heads) == len(TABLE4) and all(p.cell.col in heads for p in values):
        yield from ((heads.index(p.cell.col), p, 1.0) for p in values)
        return
    places = solve_table4([p.value.value for p in values])
    if places is not None:
        yield from ((i, p, BY_SUMS) for i, p in zip(places, values, strict=True))


def solve_table4(numbers: Sequence[float | None]) -> tuple[int, ...] | None:
    """The only way to put these numbers, in order, under the fifteen columns so that each group of
    four sums to its total; None if there is no such way or more than one."""
    ways = []
    for first, second in itertools.combinations_with_replacement(range(len(numbers) + 1), 2):
        groups = (numbers[:first], numbers[first:second], numbers[second:])
        for places in itertools.product(*(_group_ways(group) for group in groups)):
            ways.append(tuple(5 * i + p for i, group in enumerate(places) for p in group))
            if len(ways) > 1:
                return None
    return ways[0] if ways else None


def _group_ways(numbers: Sequence[float | None]) -> list[tuple[int, ...]]:
    """The places 0–4 under which the numbers of one group make four parts and their total."""
    if len(numbers) > 5:
        return []
    ways = itertools.combinations(range(5), len(numbers))
    return [way for way in ways if _sum_holds(dict(zip(way, numbers, strict=True)))]


def _sum_holds(group: dict[int, float | None]) -> bool:
    return sum(group.get(i) or 0 for i in range(4)) == (group.get(4) or 0)


# ------------------------------------------ the form of 2014 and local forms


@dataclass(frozen=True)
class ListForm:
    """A form that is a list: indicator, unit, number. The 2014 form or a local one."""

    form: str
    matcher: labels.Matcher
    year: int | None

    def read(self, grid: Grid) -> Iterator[Placed]:
        columns = Columns(grid, self.year)
        order, pending = 0, ""
        for row in grid.rows:
            cells = list(row)
            for i, printed in enumerate(cells):
                if not printed.is_label:
                    continue
                rows = self.matcher.find(printed.text) or self.matcher.find(pending + printed.text)
                rest = list(itertools.takewhile(lambda p: not p.is_label, cells[i + 1 :]))
                if not rows:
                    pending = printed.text if not any(p.value.semantic != EMPTY for p in rest) else ""
                    continue
                pending = ""
                match = next((r for r in rows if r.order > order), rows[0])
                order = match.order if match.table == "2014" else 0
                yield from self._cells(match, rest, columns)

    def _cells(self, row: labels.Row, rest: list[Printed], columns: Columns) -> Iterator[Placed]:
        unit = next((p.text for p in rest if p.text in _UNITS), "")
        values = [p for p in rest if p.text not in _UNITS]
        for printed, role in columns.roles(values):
            indicator = row.indicator
            if role == "cumulative":
                indicator = "proactive_cumulative" if indicator == "proactive_total" else None
            elif role == "other":
                indicator = None
            col = printed.cell.col
            yield Placed(printed, self.form, 1, row.order, col, row.path, role, indicator, row.unit, unit)


class Columns:
    """What the columns of a list form say: this year's number, a cumulative one, another year's."""

    def __init__(self, grid: Grid, year: int | None) -> None:
        self.grid, self.year = grid, year

    @cached_property
    def by_column(self) -> dict[int, str]:
        """Grid column → role, from the header row; empty when there is no header worth the name."""
        for row in self.grid.rows[:6]:
            roles = {p.cell.col: role for p in row if (role := self._role(p.text)) is not None}
            named = {col: role for col, role in roles.items() if role != "label"}
            if named and len(named) < len(roles):
                return _one_year(named)
        return {}

    def _role(self, head: str) -> str | None:
        text = re.sub(r"\s", "", head)
        if len(text) > 12:
            return None
        for entry in seeds.rows("forms/column_roles.csv"):
            if re.search(entry["pattern"], text):
                return entry["role"]
        if match := _YEAR.search(text):
            return "year" if self.year is None or int(match[1]) == self.year else "other"
        return None

    def roles(self, values: list[Printed]) -> Iterator[tuple[Printed, str]]:
        """The role of each value cell of a row; without a header the last one is this year's."""
        if self.by_column and any(p.cell.col in self.by_column for p in values):
            for printed in values:
                if (role := self.by_column.get(printed.cell.col)) is not None:
                    yield printed, role
        elif values:
            yield values[-1], "year"


def _one_year(roles: dict[int, str]) -> dict[int, str]:
    """Where a header has 本期实际 and 本年累计, only the latter is the year's; of several, the last."""
    years = [c for c, role in roles.items() if role.startswith("year")]
    chosen = next((c for c in years if roles[c] == "year_total"), years[-1] if years else None)
    return {c: role if c not in years else "year" if c == chosen else "other" for c, role in roles.items()}
