"""Table 4 of the 2019 and 2021 forms: reconsiderations and lawsuits, fifteen numbers in three groups of five.

The numbers have no label of their own: a header of outcomes stands above them, or (header lost) a
heading that names both, or table 3. Fewer than fifteen are settled by the groups' sums.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import seeds
from tasks.extract.forms import labels
from tasks.extract.forms.cells import EMPTY
from tasks.extract.forms.grid import Entry, Grid, Kind, Printed, is_numbering
from tasks.extract.forms.placed import BY_ORDER, BY_SUMS, Placed, Read, unplaced
from tasks.extract.forms.sums import agreed, gapped_ways, group_ways
from tasks.frozen import frozen

TABLE = 4
COLUMNS = tuple(seeds.rows("forms/table4_columns.csv"))
WIDTH, GROUP = len(COLUMNS), 5
MIN_HEADS = 3  # outcomes in a row that make a header
MIN_BARE = 5  # numbers without a header that may be the table


@frozen
class Groups:
    """Which of the three groups (复议, direct lawsuits, lawsuits after 复议) numbers belong to."""

    first: int
    count: int
    confidence: float = 1.0
    order: tuple[int, ...] = (0, 1, 2)  # of the whole table's groups from left to right
    leaves: tuple[int, ...] = (0, 1, 2, 3, 4)  # of a group's outcomes

    @property
    def width(self) -> int:
        return self.count * GROUP

    def column(self, place: int) -> dict[str, str]:
        """The form's column for the place of a number in the row."""
        group, outcome = place // GROUP, self.leaves[place % GROUP]
        group = self.order[group] if self.count == len(self.order) else self.first + group
        return COLUMNS[group * GROUP + outcome]

    @property
    def is_usual(self) -> bool:
        """Whether the numbers stand as in the form, so that its sums can place them."""
        return self.leaves == tuple(range(GROUP))


WHOLE = Groups(0, 3)
_RECONSIDERATION, _LAWSUIT = re.compile("复议"), re.compile("诉讼|起诉")
_AFTER, _DIRECT = re.compile("复议后"), re.compile("未经复议")
_RECONSIDERED, _SUED = re.compile("(?:行政)?复议"), re.compile("(?:行政)?诉讼")
_AFTER_SUED, _DIRECT_SUED = re.compile("复议后.{0,4}"), re.compile("未经复议.{0,6}")
SECTION = re.compile("复议.{0,20}诉讼")
_WORDS = re.compile("结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉|行政复议|行政诉讼")


def read_table4(grid: Grid, above: str | None, keeps_blanks: bool) -> Iterator[Read]:
    """The row of numbers under the header of outcomes; `above`: the lines that announce the table."""
    heads: list[str] = _WORDS.findall(above or "")
    names: list[Printed] = []  # that stand among them on the grid
    outcomes: list[str] = []  # over the rows below, where each group is a row of its own
    for entry in grid.entries:
        heads += [p.text for p in entry.names]
        names += entry.names
        if not _count(entry.values) and not _has_row(entry):
            continue
        if not _leaves(heads):
            heads = [*outcomes, *heads]
        if _leaves(heads) >= MIN_HEADS:
            groups = _groups(heads)
            if groups is WHOLE:
                whole = replace(WHOLE, order=_order(names), leaves=_outcomes(heads))
                yield from _read(entry.chunks, whole, keeps_blanks)
                return
            yield from _read(entry.chunks, replace(groups, leaves=_outcomes(heads)), keeps_blanks)
            outcomes = [head for head in heads if labels.fold(head) in labels.table4_leaves()]
            outcomes = outcomes if groups.count == 1 else []
        elif SECTION.search(entry.names[-1].text) and _count(entry.values) >= MIN_BARE:
            yield from _read(entry.chunks, WHOLE, keeps_blanks)
            return
        heads, names = [], []
    if above is not None and not grid.entries:
        if is_bare_row([p for row in grid.rows for p in row]):
            yield from _read(grid.rows, _groups(heads), keeps_blanks)
    elif above is not None:
        bare = (
            row
            for row in grid.rows
            if not any(p.kind is Kind.LABEL for p in row) and is_bare_row(row) and not is_numbering(row)
        )
        for row in itertools.islice(bare, 1):
            yield from _read([row], _groups(heads), keeps_blanks)


def _has_row(entry: Entry) -> bool:
    """Whether a row of marks or blank cells stands below outcomes."""
    return _leaves([p.text for p in entry.names]) >= MIN_HEADS and any(len(c) >= GROUP for c in entry.chunks)


def is_bare_row(row: Sequence[Printed]) -> bool:
    """Whether numbers without words may be the table: enough of them, or all its cells."""
    return _count(row) >= MIN_BARE or len(row) == WIDTH


def is_header(grid: Grid) -> bool:
    """Whether a grid ends with the table's header, its numbers lost to the next."""
    last = grid.entries[-1] if grid.entries else None
    return last is not None and not last.values and _leaves([p.text for p in last.names]) >= MIN_HEADS


def read_tail(grid: Grid) -> Iterator[Read]:
    """Fifteen numbers without label below the last row of table 3, in the same table."""
    for entry in grid.entries[-1:]:
        for chunk in entry.chunks[1:]:
            if len(chunk) >= WIDTH:
                yield from _read([chunk], WHOLE, False)


def _leaves(heads: Sequence[str]) -> int:
    return sum(labels.fold(head) in labels.table4_leaves() for head in heads)


def _count(row: Sequence[Printed]) -> int:
    return sum(p.number is not None for p in row)


def _groups(heads: Sequence[str]) -> Groups:
    """The groups a header stands over: the whole table, or 复议 and 诉讼 apart.

    A header of one group that names none is 复议: the lawsuits' groups need their names.
    """
    words = ["".join(h.split()) for h in heads if labels.fold(h) not in labels.table4_leaves()]
    reconsidered = any(_RECONSIDERATION.search(w) and not _LAWSUIT.search(w) for w in words)
    sued = any(_LAWSUIT.search(w) and not SECTION.search(w) for w in words)
    direct, after = (any(p.search(w) for w in words) for p in (_DIRECT, _AFTER))
    leaves = len(heads) - len(words)
    if leaves == WIDTH - GROUP and not reconsidered:
        return Groups(1, 2, 1.0 if sued or direct or after else BY_ORDER)
    if leaves == GROUP and direct != after:
        return Groups(1 if direct else 2, 1)
    if leaves == GROUP and not sued:
        return Groups(0, 1, 1.0 if reconsidered else BY_ORDER)
    return WHOLE


def _order(names: Sequence[Printed]) -> tuple[int, ...]:
    """The groups as the header has them from left to right: some print lawsuits first."""
    said = [("".join(p.text.split()), p.cell) for p in names]

    def is_left(first: re.Pattern[str], second: re.Pattern[str]) -> bool:
        lefts = {cell.row: cell.col for word, cell in reversed(said) if first.fullmatch(word)}
        return any(cell.col > lefts.get(cell.row, cell.col) for word, cell in said if second.fullmatch(word))

    lawsuits = (2, 1) if is_left(_AFTER_SUED, _DIRECT_SUED) else (1, 2)
    return (*lawsuits, 0) if is_left(_SUED, _RECONSIDERED) else (0, *lawsuits)


def _outcomes(heads: Sequence[str]) -> tuple[int, ...]:
    """The outcomes of a group as the header has them, if it has the same in each: some print 总计 first."""
    usual = [labels.fold(r["column_path"].rsplit("/", 1)[-1]) for r in COLUMNS[:GROUP]]
    said = [key for head in heads if (key := labels.fold(head)) in usual]
    groups = {tuple(said[i : i + GROUP]) for i in range(0, len(said), GROUP)}
    own = groups.pop() if len(groups) == 1 else ()
    return tuple(map(usual.index, own)) if sorted(own) == sorted(usual) else tuple(range(GROUP))


def _read(chunks: Sequence[Sequence[Printed]], groups: Groups, keeps_blanks: bool) -> Iterator[Read]:
    values, gaps = _joined(chunks)
    if groups.count < WHOLE.count and (len(values) >= WIDTH or _count(values[groups.width :])):
        groups = WHOLE  # a header cut short above the whole table
    values = _trimmed(values, groups.width)
    if len(values) == groups.width:
        places, confidence = {i: i for i in range(groups.width)}, groups.confidence
    else:
        numbers = [p.number for p in values]
        ways = []
        if len(values) < groups.width and groups.is_usual:
            ways = (
                gapped_ways(numbers, gaps, groups.count, GROUP)
                if keeps_blanks
                else group_ways(numbers, groups.count, GROUP)
            )
        places, confidence = agreed(ways, numbers), min(BY_SUMS, groups.confidence)
    used = set(places.values())
    yield from unplaced(TABLE, "", [p for i, p in enumerate(values) if i not in used])
    for place, i in places.items():
        r = groups.column(place)
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


def _joined(chunks: Sequence[Sequence[Printed]]) -> tuple[list[Printed], list[int]]:
    """The values of a row that may be broken over several, and where cells may have been lost: at the
    breaks and at its ends, unless a blank cell stands at the end."""
    chunks = [c for i, c in enumerate(chunks) if i + 1 == len(chunks) or not is_numbering(c)]
    valued = [i for i, chunk in enumerate(chunks) if any(p.kind is Kind.VALUE for p in chunk)]
    whole = [i for i, chunk in enumerate(chunks) if len(chunk) >= GROUP]
    first = (valued or whole or [0])[0]
    if valued and first - 1 in whole and len(chunks[first - 1]) + len(chunks[first]) <= WIDTH:
        first -= 1  # the row's beginning is blank
    values: list[Printed] = []
    gaps: list[int] = []
    for chunk in chunks[first:]:
        if values and len(values) + len(chunk) > WIDTH:
            break
        gaps.append(len(values))
        values += chunk
    gaps.append(len(values))
    is_blank = [p.kind is Kind.BLANK for p in values]
    return values, [
        g for g in gaps if not (is_blank and is_blank[0 if g == 0 else -1] and g in (0, len(values)))
    ]


def _trimmed(values: list[Printed], width: int) -> list[Printed]:
    """Without the blank cells at the edges that are too many."""
    while len(values) > width and values[-1].value.semantic == EMPTY:
        values = values[:-1]
    while len(values) > width and values[0].value.semantic == EMPTY:
        values = values[1:]
    return values
