"""Table 3 of the 2019 and 2021 forms: applications by outcome (rows) and applicant (seven columns).

Rows are found by their labels. The seven columns are filled in order where seven values stand, by the
header where no cell is missing, else by the statutory sums over the row and down the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import seeds
from tasks.extract.forms import labels
from tasks.extract.forms.grid import Entry, Grid, Kind, Printed
from tasks.extract.forms.placed import BY_LIKENESS, BY_SUMS, Placed, Read, unplaced
from tasks.extract.forms.sums import Line, agreed, holds, narrow, row_ways

TABLE = 3
COLUMNS = tuple(seeds.rows("forms/table3_columns.csv"))
WIDTH = len(COLUMNS)
TOTAL, RECEIVED, CARRIED_OVER, CARRIED_FORWARD = (
    "outcome_total",
    "applications_received",
    "applications_carried_over",
    "applications_carried_forward",
)
# Signs of a row in the sums down the columns: outcomes − total, received + over − total − forward.
_SIGNS = {TOTAL: (-1, -1), RECEIVED: (0, 1), CARRIED_OVER: (0, 1), CARRIED_FORWARD: (0, -1)}
_OUTCOME = (1, 0)
OUTCOMES = 19  # rows of outcomes in the form of 2019; the later one has two more
# A label known only by likeness is sure when the form goes on with it: at most so many rows below the last.
NEXT_ROWS = 2
LABEL_CELLS = 2  # cells of labels that may stand blank before the values
MIN_HEADS = 3  # of table 4's columns: labels of its header


@dataclass(slots=True)
class TableRow:
    """A row of the form with its values; `places`: the column 0–6 of each, None while not known."""

    row: labels.Row
    entry: Entry
    values: list[Printed]
    confidence: float
    places: list[int] | None = None


def read_table3(grid: Grid) -> Iterator[Read]:
    """Every row whose label is known, each value under its applicant."""
    rows = list(_rows(grid))
    heads = _heads(grid, rows[0].values) if rows else {}
    edge = _blank_edge(rows)
    for row in rows:
        row.values = row.values[: len(row.values) - edge]
        row.places = _places(row.values, heads)
        if row.places is not None and not row.entry.is_full and not _is_confirmed(row):
            row.confidence = min(row.confidence, BY_SUMS)
    _solve(rows)
    for row in rows:
        yield from _read(row)


def _rows(grid: Grid) -> Iterator[TableRow]:
    """The entries with known labels. Blank cells of a row broken off belong to it."""
    matcher = labels.matcher_table3()
    order = 0
    before: Entry | None = None
    for entry in grid.entries:
        found = matcher.find(entry.names[-1].text)
        if not found:
            found = _wrapped(matcher, entry, before)
        before = entry
        if not found or not entry.chunks or _is_header(entry):
            continue
        row = found.after(order)
        is_next = order < row.order <= order + NEXT_ROWS
        order = row.order
        values = entry.values if len(entry.values) <= WIDTH + LABEL_CELLS else entry.taking(WIDTH)
        yield TableRow(row, entry, values, 1.0 if found.is_exact or is_next else BY_LIKENESS)


def _is_header(entry: Entry) -> bool:
    """Applicants, or table 4's outcomes, and their 总计: no row of this table."""
    keys = [labels.fold(p.text) for p in entry.names]
    if sum(key in labels.table4_leaves() for key in keys) >= MIN_HEADS:
        return True
    is_blank = all(p.kind is Kind.BLANK for p in entry.values)
    return is_blank and sum(key in labels.table3_members() for key in keys) > 1


def _wrapped(matcher: labels.Matcher, entry: Entry, before: Entry | None) -> labels.Found:
    """A label broken over two cells: the last two of this entry, or the blank row above and this one."""
    head = entry.names[-2] if len(entry.names) > 1 else None
    if head is None and before is not None and all(p.kind is Kind.BLANK for p in before.values):
        head = before.names[-1]
    return matcher.find(head.text + entry.names[-1].text) if head is not None else labels.Found()


def _heads(grid: Grid, first: Sequence[Printed]) -> dict[int, int]:
    """Grid column → applicant 0–6, from the header if it names all seven from left to right, else {}."""
    known = labels.table3_members()
    found: dict[int, int] = {}
    stop = first[0].cell.row if first else 0
    for row in grid.rows:
        for p in row:
            if p.kind is Kind.LABEL and p.cell.row < stop and (key := labels.fold(p.text)) in known:
                found[p.cell.col] = known[key] - 1
    ordered = [found[col] for col in sorted(found)]
    return found if ordered == list(range(WIDTH)) else {}


def _blank_edge(rows: Sequence[TableRow]) -> int:
    """How many columns at the right edge are blank in every row beyond the seven."""
    edge = 0
    while rows and all(len(r.values) > WIDTH + edge and r.values[-1 - edge].kind is Kind.BLANK for r in rows):
        edge += 1
    return edge


def _places(values: Sequence[Printed], heads: dict[int, int]) -> list[int] | None:
    """The columns of a row's values where the layout tells them; -1 for a cell that is none of the seven."""
    if len(values) == WIDTH:
        return list(range(WIDTH))
    if heads and all(p.cell.col in heads or p.kind is Kind.BLANK for p in values):
        under = [heads.get(p.cell.col, -1) for p in values]
        placed = [place for place in under if place >= 0]
        if len(set(placed)) == len(placed) == WIDTH:
            return under
    extra = len(values) - WIDTH
    if extra > 0 and all(p.kind is Kind.BLANK for p in values[:extra]):  # label cells left blank
        return [-1] * extra + list(range(WIDTH))
    return None


def _is_confirmed(row: TableRow) -> bool:
    """Whether a row that may have lost or gained a blank at its ends is right: all seven say something,
    or they make their sum (a row of zeros makes it anywhere)."""
    placed = {place: p for place, p in zip(row.places or (), row.values, strict=True) if place >= 0}
    if all(p.kind is not Kind.BLANK for p in placed.values()):
        return True
    numbers = [p.number for p in placed.values()]
    return any(numbers) and holds(tuple(placed), numbers, WIDTH)


def _solve(rows: Sequence[TableRow]) -> None:
    """Settle rows that lack cells by the sums; what all solutions leave open stays open."""
    open_rows = [r for r in rows if r.places is None]
    if not open_rows:
        return
    lines: dict[int, Line] = {}
    for i, row in enumerate(rows):
        pairs = [(p, v.number) for p, v in zip(row.places or [], row.values, strict=False) if p >= 0]
        numbers = [n for _, n in pairs] if row.places is not None else [v.number for v in row.values]
        ways = [tuple(p for p, _ in pairs)] if row.places is not None else row_ways(numbers, WIDTH)
        lines[i] = Line(numbers, ways, _SIGNS.get(row.row.indicator or "", _OUTCOME))
    names = [row.row.indicator for row in rows]
    is_whole = len(names) == len(set(names)) and all(line.ways for line in lines.values())
    sums_outcomes = is_whole and TOTAL in names and sum(n not in _SIGNS for n in names) >= OUTCOMES
    sums_all = is_whole and all(n in names for n in _SIGNS)
    narrow(list(lines.values()), WIDTH, (sums_outcomes, sums_all))
    for i, row in enumerate(rows):
        if row.places is None and (found := agreed(lines[i].ways)):
            row.places = [found.get(k, -1) for k in range(len(row.values))]
            row.confidence = min(row.confidence, BY_SUMS)


def _read(row: TableRow) -> Iterator[Read]:
    places = row.places or [-1] * len(row.values)
    yield from unplaced(TABLE, row.row.path, [v for p, v in zip(places, row.values, strict=True) if p < 0])
    for place, printed in zip(places, row.values, strict=True):
        if place < 0:
            continue
        column = COLUMNS[place]
        yield Placed(
            printed,
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
