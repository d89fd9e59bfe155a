"""Table 2 of the 2019 and 2021 forms: rules, permissions, penalties, fees, procurement.

Small blocks (第二十条第（一）项 …), each with a header of its own and one or two items below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tasks.extract.forms import labels
from tasks.extract.forms.cells import named_money
from tasks.extract.forms.grid import Entry, Grid, Kind, Printed
from tasks.extract.forms.placed import BY_LIKENESS, BY_ORDER, Placed, Read, unplaced

TABLE = 2
INDICATOR_COLUMN = "信息内容"  # heads the items; a new header begins with it
MIN_CUT = 3  # characters that are left of a head cut short


@dataclass(slots=True)
class Heads:
    """The header that holds for the items below it, column by column as read."""

    cols: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    others: list[int] = field(default_factory=list)  # columns of heads that are not the form's: 上年数
    is_used: bool = False
    is_cut: bool = False

    def are_right_of(self, label: Printed) -> bool:
        """Whether the heads stand over columns: from left to right, and not over the labels."""
        return self.cols == sorted(set(self.cols)) and min(self.cols) > label.cell.col

    def take(self, names: Iterable[Printed]) -> None:
        """Column heads among the labels in front of an item; the first after an item begins anew."""
        keyed = [(printed, labels.fold(printed.text)) for printed in names]
        counts = Counter(key for _, key in keyed)
        for printed, said in keyed:
            whole = _cut(said, counts[said])
            key = said if whole is None else whole[sum(name in whole for name in self.names) % len(whole)]
            is_head = key in labels.table2_heads()
            if key == INDICATOR_COLUMN or (is_head and self.is_used):
                self.cols, self.names, self.units, self.is_used, self.is_cut = [], [], [], False, False
                self.others = []
            self.is_cut |= whole is not None
            if is_head:
                self.cols.append(printed.cell.col)
                self.names.append(key)
                self.units.append(named_money(printed.text))
            elif self.names and not self.is_used:
                self.is_used = bool(labels.table2_items().find(printed.text))
                self.others.append(printed.cell.col)


def read_table2(grid: Grid, keeps_blanks: bool) -> Iterator[Read]:
    """Every item with values, under the header above it."""
    heads = Heads()
    for entry in grid.entries:
        heads.take(entry.names)
        found = labels.table2_items().find(entry.names[-1].text)
        if not found or not heads.names:
            continue
        item = found.rows[0].path
        values, sure = _under(entry, heads, keeps_blanks)
        if not values:
            yield from unplaced(TABLE, item, entry.values)
        for i, printed in values.items():
            column = labels.table2_columns().get((item, heads.names[i]))
            if column is not None:
                yield Placed(
                    printed,
                    column.form,
                    TABLE,
                    column.order,
                    1,
                    column.item,
                    column.column,
                    column.indicator,
                    column.unit,
                    printed_unit=heads.units[i] or named_money(entry.names[-1].text) or entry.unit,
                    confidence=min(
                        sure, 1.0 if found.is_exact else BY_LIKENESS, BY_ORDER if heads.is_cut else 1.0
                    ),
                )


def _cut(key: str, count: int) -> list[str] | None:
    """The heads that a label printed `count` times begins, in the form's order, if they are as many: 本年新
    beside 本年新, where the page cut 本年新制作数量 and 本年新公开数量."""
    if count < 2 or len(key) < MIN_CUT:
        return None
    whole = [head for head in labels.table2_heads() if head.startswith(key) and head != key]
    return whole if len(whole) == count else None


def _under(entry: Entry, heads: Heads, keeps_blanks: bool) -> tuple[dict[int, Printed], float]:
    """Head → value, and how sure: by order when there are as many, else by column where no cell of the
    row is missing, else by order if only blank cells at the end can be."""
    count = len(heads.names)
    values = entry.taking(count)
    if len(values) == count:
        return dict(enumerate(values)), 1.0
    if entry.is_full and heads.are_right_of(entry.names[-1]):
        placed = {heads.cols.index(p.cell.col): p for p in values if p.cell.col in heads.cols}
        if all(p.cell.col in (*heads.cols, *heads.others) or p.kind is Kind.BLANK for p in values):
            return placed, 1.0
    if len(values) > count and all(p.kind is Kind.BLANK for p in values[count:]):
        return dict(enumerate(values[:count])), 1.0
    filled = [p for p in values if p.kind is not Kind.BLANK]
    if count == len(filled) == 1:  # below a head over several cells, one of which holds the number
        return {0: filled[0]}, BY_ORDER
    return (dict(enumerate(values)), BY_ORDER) if keeps_blanks and len(values) < count else ({}, 0.0)
