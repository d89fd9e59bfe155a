"""Forms printed the other way round, items across and columns down: known by their labels, turned back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tasks.extract.forms import labels
from tasks.extract.forms.grid import Grid, Kind
from tasks.values import Block

# So many items of a form side by side are its rows, laid across; of table 2 a block has two to four.
MIN_ACROSS = 3
MIN_ITEMS = 2
# Above them may stand rows of a title.
TITLES = 2
# So many heads of columns below each other are its columns.
MIN_DOWN = 3


def is_turned(grid: Grid) -> bool:
    """Whether the items of a form stand side by side, the heads of its columns in the rows below."""
    keys = [{labels.fold(p.text) for p in row if p.kind is Kind.LABEL} for row in grid.rows]
    return any(_are_turned(keys[i], keys[i + 1 :]) for i in range(min(TITLES + 1, len(keys))))


def _are_turned(across: set[str], down: Sequence[set[str]]) -> bool:
    """`across`: the labels of a row, each once, however often a span repeats it; `down`: those of each row
    under it."""
    outcomes = _heads(down, labels.table4_leaves())
    if len(set(outcomes)) >= MIN_DOWN and len(outcomes) >= len(down) - TITLES:
        return len(across & labels.table4_leaves()) <= 1  # more are table 4's own header
    if sum(_is_item(key) for key in across) >= MIN_ACROSS:
        return len(set(_heads(down, labels.table3_members()))) >= MIN_DOWN
    items = across & {item for item, _ in labels.table2_columns()}
    return len(items) >= MIN_ITEMS and bool(_heads(down, labels.table2_heads()))


def turned(block: Block) -> Block:
    """The same table, its rows as columns."""
    table = block.table
    assert table is not None
    cells = [
        replace(cell, row=cell.col, col=cell.row, rowspan=cell.colspan, colspan=cell.rowspan)
        for cell in table.cells
    ]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    return replace(block, table=replace(table, rows=table.cols, cols=table.rows, cells=tuple(cells)))


def _is_item(key: str) -> bool:
    """A row of table 3 by a label that no column has, too."""
    found = labels.matcher_table3().find(key)
    return bool(found) and found.is_exact and key not in labels.table3_members()


def _heads(rows: Iterable[set[str]], heads: Iterable[str]) -> list[str]:
    """The heads that stand in a row of their own, row by row."""
    known = frozenset(heads)
    return [key for row in rows if len(row & known) == 1 for key in row & known]
