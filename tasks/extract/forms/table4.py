"""Table 4 of the 2019 and 2021 forms: reconsiderations and lawsuits, fifteen numbers in three groups of five.

The numbers have no label of their own: a header of outcomes stands above them, or (header lost) a
heading that names both, or table 3. Fewer than fifteen are settled by the groups' sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import seeds
from tasks.extract.forms import labels
from tasks.extract.forms.cells import EMPTY
from tasks.extract.forms.grid import Grid, Kind, Printed
from tasks.extract.forms.placed import BY_SUMS, Placed, Read, unplaced
from tasks.extract.forms.sums import agreed, group_ways

TABLE = 4
COLUMNS = tuple(seeds.rows("forms/table4_columns.csv"))
WIDTH, GROUP = len(COLUMNS), 5
MIN_HEADS = 3  # outcomes in a row that make a header
MIN_BARE = 5  # numbers without a header that may be the table

_RECONSIDERATION, _LAWSUIT = re.compile("复议"), re.compile("诉讼|起诉")
_AFTER, _DIRECT = re.compile("复议后"), re.compile("未经复议")
SECTION = re.compile("复议.{0,20}诉讼")


def read_table4(grid: Grid, follows: bool) -> Iterator[Read]:
    """The row of numbers under the header of outcomes; `follows`: the text above announces the table."""
    heads: list[str] = []
    for entry in grid.entries:
        heads += [p.text for p in entry.names]
        if not any(p.kind is Kind.VALUE for p in entry.values):
            continue
        if sum(labels.fold(head) in labels.table4_leaves() for head in heads) >= MIN_HEADS:
            yield from _read(entry.chunks, *_groups(heads))
            return
        heads = []
    for row in grid.rows if follows else ():
        if not any(p.kind is Kind.LABEL for p in row) and _count(row) >= MIN_BARE:
            yield from _read([row], 0, WIDTH // GROUP)
            return


def read_tail(grid: Grid) -> Iterator[Read]:
    """Fifteen numbers without label below the last row of table 3, in the same table."""
    for entry in grid.entries[-1:]:
        for chunk in entry.chunks[1:]:
            if len(chunk) >= WIDTH:
                yield from _read([chunk], 0, WIDTH // GROUP)


def _count(row: Sequence[Printed]) -> int:
    return sum(p.number is not None for p in row)


def _groups(heads: Sequence[str]) -> tuple[int, int]:
    """(first group, number of groups) of a header: the whole table, or 复议 and 诉讼 apart."""
    words = [h for h in heads if labels.fold(h) not in labels.table4_leaves()]
    reconsidered = any(_RECONSIDERATION.search(w) and not _LAWSUIT.search(w) for w in words)
    direct = any(_DIRECT.search(w) for w in words)
    after = any(_AFTER.search(w) for w in words)
    leaves = len(heads) - len(words)
    if leaves == WIDTH - GROUP and not reconsidered:
        return 1, 2
    if leaves == GROUP:
        if direct != after:
            return (1 if direct else 2), 1
        if reconsidered:
            return 0, 1
    return 0, WIDTH // GROUP


def _read(chunks: Sequence[list[Printed]], first: int, groups: int) -> Iterator[Read]:
    width = groups * GROUP
    values: list[Printed] = []
    for chunk in chunks:
        if any(p.kind is Kind.VALUE for p in chunk) and (not values or len(values) + len(chunk) <= WIDTH):
            values = values + chunk
    if _count(values[width:]):  # a header cut short above the whole table
        first, groups, width = 0, WIDTH // GROUP, WIDTH
    values = _trimmed(values, width)
    if len(values) == width:
        places, confidence = dict(enumerate(range(width))), 1.0
    else:
        numbers = [p.number for p in values]
        ways = group_ways(numbers, groups, GROUP) if len(numbers) < width else []
        places, confidence = agreed(ways), BY_SUMS
    yield from unplaced(TABLE, "", [p for i, p in enumerate(values) if i not in places])
    for i, place in places.items():
        r = COLUMNS[first * GROUP + place]
        yield Placed(
            values[i],
            None,
            TABLE,
            1,
            int(r["order"]),
            "",
            r["column_path"],
            r["indicator"],
            r["unit"],
            confidence=confidence,
        )


def _trimmed(values: list[Printed], width: int) -> list[Printed]:
    """Without the blank cells at the edges that are too many."""
    while len(values) > width and values[-1].value.semantic == EMPTY:
        values = values[:-1]
    while len(values) > width and values[0].value.semantic == EMPTY:
        values = values[1:]
    return values
