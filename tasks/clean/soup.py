"""Tables made of <div>s → table blocks: a box whose children are rows of small boxes.

Works on the tree of block elements alone: the box, its rows, their cells. Classes are not read, they are
another site's another day. What `display: table` declares is a table already (`styles`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tasks.clean.compose import Draft
from tasks.clean.labels import LONGEST_LABEL, is_column, is_value, numbers_in
from tasks.values import Cell, Table

# A grid has rows enough to be no accident; heads of groups are rows of one cell, but not most are.
MIN_ROWS = 3
WIDE_SHARE = 0.5
MIN_VALUES = 3  # numbers alone in a box: without them boxes are a menu or a gallery
# Where boxes are heads of a form's columns, a header and one row of numbers are a table (a part of table 2).
MIN_HEADS, FORM_ROWS, FORM_VALUES = 2, 2, 1
MAX_BOXES = 100  # no report has more tables; each box is looked for among all blocks
CELL_CHARS = 2 * LONGEST_LABEL  # a longer box is no cell
VALUE_CHARS = 12


def find_soup(text: str, drafts: list[Draft], parents: Sequence[int]) -> list[Draft]:
    """The same blocks, grids of boxes joined to table blocks."""
    boxes, forms = _boxes_with_values(text, drafts, parents)
    if not boxes:
        return drafts
    children: dict[int, list[int]] = defaultdict(list)
    for element in range(1, len(parents)):
        children[parents[element]].append(element)
    for box in boxes[:MAX_BOXES]:
        rows = [children[row] for row in children[box]]
        if _is_grid(rows, FORM_ROWS if box in forms else MIN_ROWS):
            drafts = _join(text, drafts, parents, box, rows)
    return drafts


def _boxes_with_values(
    text: str, drafts: list[Draft], parents: Sequence[int]
) -> tuple[list[int], frozenset[int]]:
    """(boxes, forms): elements that hold enough lone numbers two or three levels down, the innermost first,
    and those among them that hold heads of a form's columns too."""
    held: Counter[int] = Counter()
    heads: Counter[int] = Counter()
    for draft in drafts:
        if draft.table is not None:
            continue
        line = text[draft.start : draft.end]
        row = parents[draft.container]
        around = {parents[row], parents[parents[row]]}
        count = int(is_value(line)) if len(line) <= VALUE_CHARS else len(numbers_in(line))
        if count:
            held.update(dict.fromkeys(around, count))
        elif len(line) <= VALUE_CHARS and is_column(line):
            heads.update(around)
    forms = frozenset(box for box, count in heads.items() if count >= MIN_HEADS)
    boxes = [box for box, count in held.items() if count >= (FORM_VALUES if box in forms else MIN_VALUES)]
    return sorted(boxes, reverse=True), forms


def _is_grid(rows: list[list[int]], min_rows: int) -> bool:
    wide = sum(len(row) > 1 for row in rows)
    return wide >= min_rows and wide >= WIDE_SHARE * len(rows)


def _join(
    text: str, drafts: list[Draft], parents: Sequence[int], box: int, rows: list[list[int]]
) -> list[Draft]:
    """The drafts with those inside the box as one table, if each is short enough to be a cell's line."""
    place = {cell: (r, c) for r, row in enumerate(rows) for c, cell in enumerate(row)}
    inside: list[tuple[int, tuple[int, int] | None]] = []
    for i, draft in enumerate(drafts):
        element = draft.container
        while element > box and element not in place:
            element = parents[element]
        if element in place:
            inside.append((i, place[element]))
        elif element == box or parents[element] == box:
            inside.append((i, None))
    if not inside or any(
        where is None or drafts[i].table is not None or drafts[i].end - drafts[i].start > CELL_CHARS
        for i, where in inside
    ):
        return drafts
    first, last = inside[0][0], inside[-1][0]
    table = _table(drafts, [(i, where) for i, where in inside if where is not None], rows)
    run = drafts[first : last + 1]
    whole = replace(run[0], end=run[-1].end, table=table, container=box, level=None, align=None)
    return [*drafts[:first], whole, *drafts[last + 1 :]]


def _table(drafts: list[Draft], inside: list[tuple[int, tuple[int, int]]], rows: list[list[int]]) -> Table:
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for i, where in inside:
        start = spans[where][0] if where in spans else drafts[i].start
        spans[where] = (start, drafts[i].end)
    cells: list[Cell] = []
    reached = drafts[inside[0][0]].start
    for r, row in enumerate(rows):
        for c in range(len(row)):
            start, reached = spans.get((r, c), (reached, reached))
            cells.append(Cell(r, c, 1, 1, start, reached))
    return Table(len(rows), max(map(len, rows)), tuple(cells))
