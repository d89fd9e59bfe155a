"""Table 2 of the 2019 and 2021 forms: rules, permissions, penalties, fees, procurement.

Small blocks (第二十条第（一）项 …), each with a header of its own and one or two items below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tasks.extract.forms import labels
from tasks.extract.forms.cells import EMPTY
from tasks.extract.forms.grid import Entry, Grid, Printed
from tasks.extract.forms.placed import BY_LIKENESS, Placed, Read, unplaced

TABLE = 2
INDICATOR_COLUMN = "信息内容"  # heads the items; a new header begins with it


@dataclass(slots=True)
class Heads:
    """The header that holds for the items below it, column by column as read."""

    cols: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    is_used: bool = False

    def take(self, names: Iterable[Printed]) -> None:
        """Column heads among the labels in front of an item; the first after an item begins anew."""
        for printed in names:
            key = labels.fold(printed.text)
            is_head = key in labels.table2_heads()
            if key == INDICATOR_COLUMN or (is_head and self.is_used):
                self.cols, self.names, self.units, self.is_used = [], [], [], False
            if is_head:
                self.cols.append(printed.cell.col)
                self.names.append(key)
                self.units.append(_money(printed.text))
            elif self.names and not self.is_used:
                self.is_used = bool(labels.table2_items().find(printed.text))


def _money(head: str) -> str:
    head = "".join(head.split())
    return "万元" if "万元" in head else "元" if "元" in head else ""


def read_table2(grid: Grid) -> Iterator[Read]:
    """Every item with values, under the header above it."""
    heads = Heads()
    for entry in grid.entries:
        heads.take(entry.names)
        found = labels.table2_items().find(entry.names[-1].text)
        if not found or not heads.names:
            continue
        item = found.rows[0].path
        values = list(_under(entry, heads))
        if not values:
            yield from unplaced(TABLE, item, entry.values)
        for i, printed in values:
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
                    printed_unit=heads.units[i] or entry.unit,
                    confidence=1.0 if found.is_exact else BY_LIKENESS,
                )


def _under(entry: Entry, heads: Heads) -> Iterator[tuple[int, Printed]]:
    """(head, value): by order when there are as many, else by column where no cell of the row is missing."""
    count = len(heads.names)
    values = entry.taking(count)
    if len(values) == count:
        yield from enumerate(values)
    elif entry.is_full and all(p.cell.col in heads.cols or p.value.semantic == EMPTY for p in values):
        yield from ((heads.cols.index(p.cell.col), p) for p in values if p.cell.col in heads.cols)
    elif len(values) > count and _are_blank(values[count:]):
        yield from enumerate(values[:count])


def _are_blank(values: Sequence[Printed]) -> bool:
    return all(p.value.semantic == EMPTY for p in values)
