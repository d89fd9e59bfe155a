"""A form that is a list (indicator, unit, number): the form of 2014, or a province's or city's own.

Rows are found by their labels, the year's number by the header (`columns`). Where no header is read and
a row has several numbers, nothing is guessed in silence: a cumulative second column can be told by never
being smaller, and is given with low confidence; else the numbers stay unplaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tasks.extract.forms import labels
from tasks.extract.forms.cells import named_money
from tasks.extract.forms.columns import (
    CUMULATIVE,
    LABEL,
    OTHER,
    SIDE,
    YEAR,
    Columns,
    read_columns,
    role_of,
)
from tasks.extract.forms.entries import find_labels, upright
from tasks.extract.forms.grid import Entry, Grid, Kind, Printed
from tasks.extract.forms.local_labels import find_local
from tasks.extract.forms.placed import BY_LIKENESS, BY_ORDER, Placed, Read, unplaced
from tasks.frozen import frozen

TABLE = 1
# A label known only by likeness is sure when the form goes on with it: at most so many rows below the last.
NEXT_ROWS = 2
HEADER_ROWS = 3  # in which the heads of two halves stand
MIN_COUNTED = 5  # values that go up by one from row to row so often are serial numbers
COUNTED_SHARE = 0.8  # of the rows that have a value beside it
MIN_BELOW = 5  # rows in which the first column never exceeds the second: the second is cumulative
_CUMULATIVE = {"proactive_total": "proactive_cumulative"}


@frozen
class Matched:
    """A row whose label is known."""

    entry: Entry
    row: labels.Row
    confidence: float


@dataclass(slots=True)
class State:
    """What a form's next table goes on with when it was split: the columns and the last row."""

    columns: Columns = field(default_factory=Columns)
    order: int = 0


@frozen
class ListForm:
    """One kind of list form with the finder of its labels."""

    name: str
    find: Callable[[str], labels.Found]
    is_ordered: bool

    def read(self, grid: Grid, year: int | None, state: State) -> list[Read]:
        """Every row with a known label; `state` is what a table before left, and is carried on."""
        matched = list(self._matched(grid, state))
        if not matched:
            return []
        columns = read_columns(grid, matched[0].entry, year)
        _drop_serials(grid.entries, (-1,) if columns.begins_aside else (-1, 0))
        if columns.slots:
            state.columns = columns
        usual = _usual([m.entry for m in matched])
        return [read for m in matched for read in self._cells(m, state.columns, grid.edge, usual)]

    def _matched(self, grid: Grid, state: State) -> Iterator[Matched]:
        for entry, found in find_labels(_half_by_half(grid, upright(grid.entries)), self.find):
            if not self.is_ordered:
                if entry.chunks:
                    yield Matched(entry, found.rows[0], 1.0 if found.is_exact else BY_LIKENESS)
                continue
            self._pass(entry.names[:-1], state)
            row = found.after(state.order)
            is_next = state.order < row.order <= state.order + NEXT_ROWS
            is_sure = is_next or (found.is_exact and len(found.rows) == 1)
            state.order = row.order
            if entry.chunks:
                yield Matched(entry, row, 1.0 if is_sure else BY_LIKENESS)

    def _pass(self, names: Sequence[Printed], state: State) -> None:
        """Rows whose values are gone stand among the labels in front of the next row's."""
        for name in names:
            found = self.find(name.text) if name.cell.row >= 0 else labels.Found()
            if found and found.is_exact:
                state.order = found.after(state.order).order

    def _cells(self, matched: Matched, columns: Columns, edge: int, usual: Columns) -> list[Read]:
        entry, row = matched.entry, matched.row
        roles, sure = _roles(entry, columns, edge, usual)
        if roles is None:
            return unplaced(TABLE, row.path, entry.values)
        placed: list[Read] = []
        for i, role in roles.items():
            if role == SIDE or not 0 <= i < len(entry.values):
                continue
            indicator = row.indicator
            if role == CUMULATIVE:
                indicator = _CUMULATIVE.get(indicator or "")
            elif role == OTHER:
                indicator = None
            printed = entry.values[i]
            col = printed.cell.col
            placed.append(
                Placed(
                    printed,
                    self.name,
                    TABLE,
                    row.order,
                    col,
                    row.path,
                    role,
                    indicator,
                    row.unit,
                    printed_unit=entry.unit or named_money(entry.names[-1].text),
                    confidence=min(matched.confidence, sure),
                )
            )
        return placed


def _half_by_half(grid: Grid, entries: Iterator[Entry]) -> Iterator[Entry]:
    """The entries; of a list in two halves side by side those of the left half first."""
    heads = [p for row in grid.rows[:HEADER_ROWS] for p in row if role_of(p.text, None) == LABEL]
    halves = sorted({p.cell.col for p in heads})
    if len(halves) != 2:
        yield from entries
        return
    in_halves = list(entries)
    yield from sorted(in_halves, key=lambda entry: entry.names[-1].cell.col >= halves[1])


FORM_2014 = ListForm("form-2014", lambda label: labels.matcher_2014().find(label), True)
FORM_LOCAL = ListForm("form-local", find_local, False)


def _roles(entry: Entry, columns: Columns, edge: int, usual: Columns) -> tuple[dict[int, str] | None, float]:
    """Index of a value → role of its column, and how sure that is; None where nobody can tell."""
    sure = 1.0 if columns.is_sure else BY_ORDER
    if columns.slots and (roles := columns.roles(entry, edge)) is not None:
        return roles, sure
    numbers = [i for i, p in enumerate(entry.values) if p.kind is Kind.VALUE and p.number is not None]
    if columns.figures > 1:
        return (None if numbers else {}), sure
    if columns.slots or not usual.slots:
        if len(numbers) > 1:
            return None, sure
        last = numbers[0] if numbers else len(entry.values) - 1
        return {last: _only(columns)}, sure
    return usual.roles(entry, -1), BY_ORDER


def _only(columns: Columns) -> str:
    """The role of the one column of figures; without header it is the year's."""
    return next((role for _, role in columns.slots if role in (YEAR, CUMULATIVE, OTHER)), YEAR)


def _usual(entries: Sequence[Entry]) -> Columns:
    """For a form without header whose rows have two numbers: this year's and a cumulative one, if no row
    denies it; columns that fit nothing if one does; none at all when rows have one number."""
    pairs = [numbers for e in entries if len(numbers := _numbers(e)) > 1]
    if not pairs:
        return Columns()
    is_below = all(len(p) == 2 and p[0] <= p[1] for p in pairs)
    if is_below and sum(p[0] < p[1] for p in pairs) >= MIN_BELOW:
        return Columns(((0, YEAR), (1, CUMULATIVE)), is_sure=False)
    return Columns(((0, OTHER),) * 9, is_sure=False)


def _numbers(entry: Entry) -> list[float]:
    return [p.number for p in entry.values if p.number is not None]


def _drop_serials(entries: Sequence[Entry], ends: Sequence[int]) -> None:
    """Take out the serial numbers and codes among the values: a first or last one that counts the rows.

    One cell per line the next row's serial number stands behind this row's value.
    """
    for at in ends:
        rows = [e for e in entries if len(e.values) > 1]
        shown: list[Printed] = [e.values[at] for e in rows]
        counted = {
            i
            for i in range(len(shown) - 1)
            if shown[i].number is not None and shown[i + 1].number == (shown[i].number or 0) + 1
        }
        if len(counted) >= MIN_COUNTED and len(counted) >= COUNTED_SHARE * (len(shown) - 1):
            for i in {*counted, *(i + 1 for i in counted)}:
                rows[i].chunks = [[p for p in chunk if p is not shown[i]] for chunk in rows[i].chunks]
