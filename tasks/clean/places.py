"""Cells that were found in the text of a paged document: where they are printed, told by their lines.

Cells of ruled tables know their place from the reader; those of tables told by tabs, blanks or labels alone
(`flat`, `spaced`, `stacked`) get theirs here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tasks.clean.compose import Draft
from tasks.values import Cell, Place, Table


def with_places(drafts: list[Draft], places: Sequence[Place]) -> list[Draft]:
    """The same blocks, each cell of their tables with page, box and confidence."""
    if not places:
        return drafts
    starts = [place.start for place in places]
    return [
        replace(draft, table=_with_places(draft.table, places, starts)) if draft.table is not None else draft
        for draft in drafts
    ]


def _with_places(table: Table, places: Sequence[Place], starts: list[int]) -> Table:
    if all(cell.page is not None for cell in table.cells):
        return table
    cells = (cell if cell.page is not None else _placed(cell, places, starts) for cell in table.cells)
    return Table(table.rows, table.cols, tuple(cells))


def _placed(cell: Cell, places: Sequence[Place], starts: list[int]) -> Cell:
    """The cell with the place of the line it stands in; its confidence is the line's."""
    place = places[max(0, bisect_right(starts, cell.start) - 1)]
    return replace(cell, page=place.page, bbox=place.box, confidence=place.confidence)
