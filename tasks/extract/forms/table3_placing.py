"""The rows of table 3 and where their values belong: by the header, by their number, by the statutory sums.

Each step settles the rows that those before it left open. Not here: which rows there are (`table3`), what the
header says (`table3_header`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.extract.forms import labels
from tasks.extract.forms.grid import Entry, Grid, Kind, Printed
from tasks.extract.forms.placed import BY_ORDER, BY_SUMS
from tasks.extract.forms.sums import Line, agreed, holds, narrow, row_ways
from tasks.extract.forms.table3_header import IN_ORDER, WIDTH, columns_of, names_applicants, other_columns

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
MIN_ALONE = 5  # rows of one value each that make a column


@dataclass(slots=True)
class TableRow:
    """A row of the form with its values; `places`: column 0–6 → index of its value, None while not known."""

    row: labels.Row
    entry: Entry
    values: list[Printed]
    confidence: float
    places: dict[int, int] | None = None

    @property
    def numbers(self) -> list[float | None]:
        return [p.number for p in self.values]

    @property
    def spare_labels(self) -> int:
        """Cells of labels that a table without spans leaves blank behind this row's own."""
        return 2 - self.row.path.count("/")

    @property
    def leading_blanks(self) -> int:
        return next((i for i, p in enumerate(self.values) if p.kind is not Kind.BLANK), len(self.values))


def place_values(rows: Sequence[TableRow], grid: Grid, keeps_blanks: bool) -> None:
    """Settle `places` of the rows, at least one; what nothing settles stays None."""
    heads, order = columns_of(grid, rows[0].entry.row)
    if order != IN_ORDER and not _sums_say(rows, order):
        heads, order = {}, IN_ORDER
    others = other_columns(grid, rows[0].entry.row) if len(heads) == WIDTH else frozenset()
    _drop_serials(rows)
    _drop_blank_columns(rows)
    _drop_blank_edge(rows)
    _place_by_heads(rows, heads, others)
    if not names_applicants(grid):
        _place_alone(rows)
    _place_by_count(rows, order)
    if order == IN_ORDER:
        _place_by_sums(rows, keeps_blanks)


def _sums_say(rows: Iterable[TableRow], order: Sequence[int]) -> bool:
    """Whether the sums over the rows come out by a header's own order sooner than by the form's: a wrong span
    moves heads too, 总计 among them."""
    if order[-1] == WIDTH - 1:
        return True
    own = usual = 0
    for row in rows:
        numbers = [p.number or 0 for p in row.values]
        if len(numbers) == WIDTH and any(numbers):
            own += 2 * numbers[order.index(WIDTH - 1)] == sum(numbers)
            usual += 2 * numbers[-1] == sum(numbers)
    return own > usual


def _drop_serials(rows: Sequence[TableRow]) -> None:
    """A column of row numbers (行次) in front of the seven is none of the form's."""
    firsts = [row.values[0].number for row in rows if len(row.values) > WIDTH]
    if len(firsts) < max(MIN_ALONE, len(rows)):
        return
    if all(b is not None and a is not None and b == a + 1 for a, b in pairwise(firsts)):
        for row in rows:
            row.values = row.values[1:]


def _drop_blank_columns(rows: Sequence[TableRow]) -> None:
    """Where exactly seven columns of the grid say anything, and every row has them all, others between them
    are none of the form's."""
    cols = {p.cell.col for row in rows for p in row.values if p.kind is not Kind.BLANK}
    if len(cols) == WIDTH and all(cols <= {p.cell.col for p in row.values} for row in rows):
        for row in rows:
            row.values = [p for p in row.values if p.cell.col in cols]


def _drop_blank_edge(rows: Sequence[TableRow]) -> None:
    """Columns at the right edge that are blank in every row beyond the seven are none of the form's."""
    while all(len(r.values) > WIDTH and r.values[-1].kind is Kind.BLANK for r in rows):
        for row in rows:
            row.values = row.values[:-1]


def _place_by_heads(rows: Iterable[TableRow], heads: dict[int, int], others: frozenset[int]) -> None:
    for row in rows:
        under = {heads[p.cell.col]: i for i, p in enumerate(row.values) if p.cell.col in heads}
        beside = [
            p
            for p in row.values
            if p.cell.col not in heads and p.cell.col not in others and p.kind is not Kind.BLANK
        ]
        if heads and not beside and len(under) == len(heads) and row.entry.is_full:
            row.places = under


def _place_alone(rows: Sequence[TableRow]) -> None:
    """A lone column that no head names (件数, 数量) is that of all applicants."""
    if len(rows) >= MIN_ALONE and all(row.places is None and len(row.values) == 1 for row in rows):
        for row in rows:
            row.places, row.confidence = {WIDTH - 1: 0}, min(row.confidence, BY_ORDER)


def _place_by_count(rows: Sequence[TableRow], order: Sequence[int]) -> None:
    """Seven values stand in the order of the header. Blank cells left of them are cells of labels, where rows
    show that the layout has them; a row that may have lost cells at its ends is sure if it says something in
    each."""
    open_rows = [row for row in rows if row.places is None]
    is_padded = _has_spare_labels(open_rows)
    is_regular = all(row.entry.is_full for row in rows)
    is_even = all(len(row.values) == WIDTH for row in open_rows)
    for row in open_rows:
        spare = row.spare_labels if is_padded else max(0, len(row.values) - WIDTH)
        is_whole = is_padded and row.leading_blanks >= spare
        row.values = row.values[min(spare, row.leading_blanks) :]
        while len(row.values) > WIDTH and row.values[-1].kind is Kind.BLANK:
            row.values = row.values[:-1]
        if len(row.values) == WIDTH:
            row.places = {applicant: i for i, applicant in enumerate(order)}
            if not (is_even or is_whole or is_regular or _is_confirmed(row)):
                row.confidence = min(row.confidence, BY_SUMS)


def _has_spare_labels(rows: Sequence[TableRow]) -> bool:
    """Whether the layout left cells of labels blank: a row shows it by its length, or all such rows agree."""
    rows = [row for row in rows if row.spare_labels]
    blank = [row for row in rows if row.leading_blanks >= row.spare_labels]
    if any(len(row.values) >= WIDTH + row.spare_labels for row in blank):
        return True
    return len(blank) == len(rows) and any(len(row.values) > WIDTH for row in rows)


def _is_confirmed(row: TableRow) -> bool:
    """All seven say something, or they make their sum (a row of zeros makes it anywhere)."""
    if all(p.kind is not Kind.BLANK for p in row.values):
        return True
    return any(row.numbers) and holds(tuple(range(WIDTH)), row.numbers, WIDTH)


def _place_by_sums(rows: Sequence[TableRow], keeps_blanks: bool) -> None:
    """Settle rows that lack cells; what all solutions leave open stays open."""
    if all(row.places is not None for row in rows):
        return
    lines = [_line(row, keeps_blanks) for row in rows]
    names = [row.row.indicator for row in rows]
    is_whole = len(names) == len(set(names)) and all(line.ways for line in lines)
    sums_outcomes = is_whole and TOTAL in names and sum(n not in _SIGNS for n in names) >= OUTCOMES
    sums_all = is_whole and all(n in names for n in _SIGNS)
    narrow(lines, WIDTH, (sums_outcomes, sums_all))
    for row, line in zip(rows, lines, strict=True):
        if row.places is None:
            row.places = agreed(line.ways, row.numbers)
            row.confidence = min(row.confidence, BY_SUMS)


def _line(row: TableRow, keeps_blanks: bool) -> Line:
    signs = _SIGNS.get(row.row.indicator or "", _OUTCOME)
    if row.places is not None:
        numbers = [row.values[i].number for _, i in sorted(row.places.items())]
        return Line(numbers, [tuple(sorted(row.places))], signs)
    ways = row_ways(row.numbers, WIDTH)
    in_order = tuple(range(len(row.values)))
    if len(in_order) < WIDTH and any(p.kind is Kind.BLANK for p in row.values):
        ways = [in_order]  # the row keeps its blanks, so only the end can be lost
    elif keeps_blanks and len(in_order) < WIDTH:
        ways = [*ways, in_order] if ways and in_order not in ways else [in_order]
    return Line(row.numbers, ways, signs)
