"""Tables without rules: lines whose stretches of text stand below each other → table.

Two lines or more with wide gaps at the same places. Where level rules part the rows, a row is what stands
between two of them; else each line is a row, and what was wrapped is left to those who know the labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tasks.clean.paged.paragraphs import OTHER_SIZE
from tasks.clean.paged.rows import TextLine, is_row, stretches
from tasks.clean.paged.sheet import Box, Rule, hull
from tasks.clean.paged.tables import INFERRED, SheetCell, SheetTable
from tasks.clean.paged.valued_cells import MOST_COLS

MIN_ROWS = 2
MIN_COLS = 2
# Columns are parted by at least this many sizes that no line crosses.
COLUMN_GAP = 0.6
# What stands in one column has a side, or the middle, in common within so many sizes, in this share of them.
ALIGNED = 1.5
ALIGNED_SHARE = 0.7
# Lines this many line heights apart are no rows of one table.
ROW_GAP = 4.0
# A line of one stretch among rows is a wrapped or a spanning cell; so many in a row end the table.
MOST_SINGLE = 2
# Level rules across this share of the table part its rows, if there are so many.
RULE_SHARE = 0.6
MIN_RULES = 3

Row = list[TextLine]


def find_unruled(lines: Sequence[TextLine], rules: Sequence[Rule]) -> list[TextLine | SheetTable]:
    """The lines from the top, runs of rows replaced by tables."""
    result: list[TextLine | SheetTable] = []
    rows = [_cells_of(line) for line in lines]
    i = 0
    while i < len(rows):
        stop = _run(lines, rows, i)
        table = _table(rows[i:stop], rules) if stop - i >= MIN_ROWS else None
        if table is not None:
            result.append(table)
            i = stop
        else:  # alone, or ragged: what stands apart is parted by tabs
            result.append(_tabbed(lines[i], rows[i]))
            i += 1
    return result


def _cells_of(line: TextLine) -> Row:
    """The stretches of a line; of one whose columns are but a character apart the line itself: where they are
    told apart by blanks, a bracket's white does not make a column."""
    parts = stretches(line)
    return [line] if any(is_row(part) for part in parts) else parts


def _tabbed(line: TextLine, row: Row) -> TextLine:
    return line if len(row) == 1 else replace(line, text="\t".join(part.text for part in row))


def _run(lines: Sequence[TextLine], rows: list[Row], i: int) -> int:
    """The end of the rows that begin at line i; i itself where none do."""
    if len(rows[i]) < MIN_COLS:
        return i
    stop, single = i + 1, 0
    for k in range(i + 1, len(rows)):
        if lines[k].top - lines[k - 1].bottom > ROW_GAP * lines[k].size:
            break
        columns = _columns([part for row in [*rows[i:stop], rows[k]] if len(row) > 1 for part in row])
        if len(columns) < MIN_COLS or abs(lines[k].size - lines[i].size) > OTHER_SIZE * lines[i].size:
            break
        single = single + 1 if len(rows[k]) < MIN_COLS else 0
        if single > MOST_SINGLE or (single and not _is_in_one(rows[k][0], columns)):
            break
        if not single:
            stop = k + 1
    return stop


def _is_in_one(part: TextLine, columns: list[tuple[float, float]]) -> bool:
    """Whether a stretch stands in one column, not across several."""
    return sum(part.left < right and part.right > left for left, right in columns) <= 1


def _columns(parts: list[TextLine]) -> list[tuple[float, float]]:
    """The columns that stretches of text stand in: where they overlap they share one."""
    columns: list[tuple[float, float]] = []
    for part in sorted(parts, key=lambda one: one.left):
        if columns and part.left < columns[-1][1] + COLUMN_GAP * part.size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], part.right))
        else:
            columns.append((part.left, part.right))
    return columns


def _table(rows: list[Row], rules: Sequence[Rule]) -> SheetTable | None:
    columns = _columns([part for row in rows if len(row) > 1 for part in row])
    if not MIN_COLS <= len(columns) <= MOST_COLS * max(map(len, rows)):
        return None
    if sum(len(row) > 1 for row in rows) < MIN_ROWS:
        return None
    if not _are_aligned(rows, columns):
        return None
    edges = [columns[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(columns))]
    xs = [*edges, columns[-1][1]]
    banded = _bands(rows, rules, (xs[0], xs[-1])) or rows
    cells: list[SheetCell] = []
    for number, row in enumerate(banded):
        cells += _cells(number, row, xs)
    box = hull([part.box for row in rows for part in row])
    page = rows[0][0].page
    return SheetTable(xs, len(banded), cells, box, (page, page))


def _are_aligned(rows: list[Row], columns: list[tuple[float, float]]) -> bool:
    """Whether what stands in a column has a side or the middle in common, in nearly all columns."""
    straight = 0
    for left, right in columns:
        parts = [part for row in rows if len(row) > 1 for part in row if left <= part.left < right]
        reach = ALIGNED * parts[0].size
        sides = (
            [part.left for part in parts],
            [part.right for part in parts],
            [(part.left + part.right) / 2 for part in parts],
        )
        straight += any(max(side) - min(side) <= reach for side in sides)
    return straight >= ALIGNED_SHARE * len(columns)


def _bands(rows: list[Row], rules: Sequence[Rule], ends: tuple[float, float]) -> list[Row]:
    """The rows as level rules part them; nothing where no rules do."""
    top, bottom = rows[0][0].top, max(part.bottom for part in rows[-1])
    width = ends[1] - ends[0]
    floors = sorted(
        rule.top
        for rule in rules
        if rule.is_level
        and top < rule.top < bottom
        and min(rule.right, ends[1]) - max(rule.left, ends[0]) >= RULE_SHARE * width
    )
    if len(floors) < MIN_RULES:
        return []
    bands: list[Row] = [[] for _ in range(len(floors) + 1)]
    for row in rows:
        for part in row:
            bands[sum(floor < (part.top + part.bottom) / 2 for floor in floors)].append(part)
    return [band for band in bands if band]


def _cells(number: int, row: Row, xs: list[float]) -> list[SheetCell]:
    """The cells of a row: each stretch in its column, over several if it crosses their edges."""
    top, bottom = min(part.top for part in row), max(part.bottom for part in row)
    held: dict[int, SheetCell] = {}
    for part in sorted(row, key=lambda one: (one.left, one.top)):
        first = max(i for i in range(len(xs) - 1) if xs[i] <= part.left + 1 or i == 0)
        last = max(i for i in range(len(xs) - 1) if xs[i] < part.right - 1 or i <= first)
        cell = held.get(first)
        if cell is None:
            box: Box = (xs[first], top, xs[last + 1], bottom)
            held[first] = SheetCell(number, first, 1, last - first + 1, box, part.page, [part], INFERRED)
        else:
            cell.lines.append(part)
    covered = {c for cell in held.values() for c in range(cell.col, cell.col + cell.colspan)}
    blank = [
        SheetCell(number, c, 1, 1, (xs[c], top, xs[c + 1], bottom), row[0].page)
        for c in range(len(xs) - 1)
        if c not in covered
    ]
    return [*held.values(), *blank]
