"""Tables over a page break: when two are parts of one, and how rows and cells that the break cut become one.

Not here: how a page's tables are found (`grid`, `valued`, `unruled`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tasks.clean.paged.joints import joint
from tasks.clean.paged.pieces import NUMBER, is_number, overlap
from tasks.clean.paged.tables import SheetCell, SheetTable
from tasks.clean.paged.valued_words import BEGINS

NUMBERED = re.compile(r"[（(①②③④⑤⑥⑦⑧⑨⑩]|第[一二三四五六七八九十百\d]+[条章节项]")

# Edges of columns on two pages are the same when they differ by less than this, in points.
SAME_EDGE = 4.0


def join(upper: SheetTable, lower: SheetTable) -> SheetTable | None:
    """Both as one table if the lower goes on with the upper on the next page, else None."""
    if not upper.is_ruled and not lower.is_ruled:
        return _join_unruled(upper, lower)
    shift = upper.xs[0] - lower.xs[0]
    ends = abs(upper.xs[-1] - lower.xs[-1] - shift)
    if upper.pages[1] + 1 != lower.pages[0] or ends > SAME_EDGE:
        return None
    edges = [x + shift for x in lower.xs]
    if not _is_within(edges, upper.xs) and not _is_within(upper.xs, edges):
        return None
    xs = upper.xs if len(upper.xs) >= len(edges) else edges
    above = _recolumned(upper.cells, upper.xs, xs, 0.0)
    below = _recolumned(lower.cells, lower.xs, xs, shift)
    repeated = _repeated_rows(above, below)
    below = [replace(cell, row=cell.row - repeated) for cell in below if cell.row >= repeated]
    cells, rows = _sewn(above, upper.rows, below, lower.rows - repeated)
    return SheetTable(xs, rows, cells, upper.box, (upper.pages[0], lower.pages[1]))


def _is_within(few: list[float], many: list[float]) -> bool:
    return all(min(abs(x - other) for other in many) <= SAME_EDGE for x in few)


def _recolumned(cells: list[SheetCell], own: list[float], xs: list[float], shift: float) -> list[SheetCell]:
    """The cells with their columns counted by the edges `xs`."""
    numbers = [min(range(len(xs)), key=lambda i: abs(xs[i] - x - shift)) for x in own]
    return [
        replace(cell, col=numbers[cell.col], colspan=numbers[cell.col + cell.colspan] - numbers[cell.col])
        for cell in cells
    ]


def _said(cells: list[SheetCell], row: int) -> list[tuple[int, int, int, str]]:
    return [(c.col, c.colspan, c.rowspan, c.text) for c in cells if c.row == row]


def _repeated_rows(above: list[SheetCell], below: list[SheetCell]) -> int:
    """How many rows of the header stand again at the top of the next page: words, no numbers."""
    count = 0
    while (row := _said(below, count)) and row == _said(above, count):
        words = [text for *_, text in row if text]
        if not words or any(any(map(str.isdigit, word)) and NUMBER.fullmatch(word) for word in words):
            break
        count += 1
    spans = [cell.row + cell.rowspan for cell in below if cell.row < count]
    return count if max(spans, default=0) == count else 0


def _sewn(
    above: list[SheetCell], upper_rows: int, below: list[SheetCell], lower_rows: int
) -> tuple[list[SheetCell], int]:
    """The cells of both, those that the page break cut made one again."""
    last = {c.col: c for c in above if c.row + c.rowspan == upper_rows}
    first = {c.col: c for c in below if c.row == 0}
    pairs = [(a, first[col]) for col, a in last.items() if col in first and a.colspan == first[col].colspan]
    is_cut_row = _is_cut_row(last, first, pairs)
    overlap = 1 if is_cut_row else 0
    joined: list[SheetCell] = []
    gone: set[int] = set()
    for a, b in pairs:
        if is_cut_row or _is_cut_cell(a, b):
            gone |= {id(a), id(b)}
            joined.append(
                replace(a, rowspan=a.rowspan + b.rowspan - overlap, lines=[*a.lines, *b.lines])
                if a.lines
                else replace(
                    a, rowspan=a.rowspan + b.rowspan - overlap, lines=b.lines, box=b.box, page=b.page
                )
            )
    kept = [c for c in above if id(c) not in gone]
    moved = [replace(c, row=c.row + upper_rows - overlap) for c in below if id(c) not in gone]
    cells = sorted([*kept, *joined, *moved], key=lambda c: (c.row, c.col))
    return cells, upper_rows + lower_rows - overlap


def _is_cut_cell(a: SheetCell, b: SheetCell) -> bool:
    """Whether a cell over several rows goes on below the break: one part is blank, both say the same, or the
    words go on."""
    if a.rowspan == 1 and b.rowspan == 1:
        return False
    return not a.lines or not b.lines or a.text == b.text or _goes_on(a, b)


def _is_cut_row(
    last: dict[int, SheetCell], first: dict[int, SheetCell], pairs: list[tuple[SheetCell, SheetCell]]
) -> bool:
    """Whether the break went through a row: of each column one half is blank, or the label goes on; what
    spans more rows goes on anyway."""
    if len(pairs) < max(len(last), len(first)):
        return False
    spanning = [(a, b) for a, b in pairs if a.rowspan > 1 and b.rowspan > 1]
    own = [pair for pair in pairs if pair not in spanning]
    if not all(_is_cut_cell(a, b) for a, b in spanning):
        return False
    if not any(b.lines for _, b in own) or not any(a.lines for a, _ in own):
        return False
    both = [(a, b) for a, b in own if a.lines and b.lines]
    if not both:
        return not any(_begins_anew(b.text) for _, b in own if b.lines)
    # Rows of one group are numbered alike: a label without a number goes on, however its line ended.
    return all(_goes_on(a, b) or (spanning and _is_rest(a.text, b.text)) for a, b in both)


def _is_rest(above: str, below: str) -> bool:
    return _begins_anew(above) and not _begins_anew(below) and not any(map(str.isdigit, below))


def _goes_on(a: SheetCell, b: SheetCell) -> bool:
    """Whether a label's last line above the break was full, so that its words go on below."""
    text = joint(a.lines[-1], b.lines[0], a.box[2] - a.box[0])
    return text == "" and not _begins_anew(b.text) and not b.text[0].isdigit()


def _begins_anew(text: str) -> bool:
    """Whether a label is numbered: it is one of its own."""
    head = text.lstrip()
    return bool(NUMBERED.match(head)) or any(mark in head[1:4] for mark in "、.．）)")


# ------------------------------------------------------- tables without rules


def _join_unruled(upper: SheetTable, lower: SheetTable) -> SheetTable | None:
    """Both as one table if their numbers stand in the same columns, since no edges show more."""
    if upper.pages[1] + 1 != lower.pages[0]:
        return None
    is_wider = lower.cols > upper.cols
    many, few = (lower, upper) if is_wider else (upper, lower)
    columns = _matched(few, many)
    if columns is None:
        return None
    moved = [_moved(cell, columns) for cell in few.cells]
    above, below = (moved, lower.cells) if is_wider else (upper.cells, moved)
    above, below, rows = _with_cut_labels(above, below, upper.rows, lower.rows)
    cells = [*above, *(replace(cell, row=cell.row + upper.rows) for cell in below)]
    return SheetTable(many.xs, upper.rows + rows, cells, upper.box, (upper.pages[0], lower.pages[1]))


def _matched(few: SheetTable, many: SheetTable) -> list[int] | None:
    """For each column of `few` that of `many` above or below it; None if they are not the same.

    Columns of numbers must be as many; those of labels are counted from the numbers if their places tell
    nothing. One of them may be but a header that stands as many columns wide.
    """
    own, others = list(pairwise(few.xs)), list(pairwise(many.xs))
    found = [max(range(many.cols), key=lambda i: overlap(one, others[i])) for one in own]
    numbers, wanted = _number_columns(few.cells), _number_columns(many.cells)
    if not (numbers and wanted):
        return found if found == list(range(many.cols)) else None
    if len(numbers) != len(wanted):
        return None
    found = [wanted[numbers.index(i)] if i in numbers else place for i, place in enumerate(found)]
    if not all(overlap(own[i], others[found[i]]) > 0 for i in numbers):
        return None
    if not _is_rising(found):
        first, target = numbers[0], wanted[0]
        found[:first] = range(target - first, target)
    return found if _is_rising(found) and found[0] >= 0 else None


def _is_rising(numbers: list[int]) -> bool:
    return all(a < b for a, b in pairwise(numbers))


def _moved(cell: SheetCell, numbers: list[int]) -> SheetCell:
    last = numbers[cell.col + cell.colspan - 1]
    return replace(cell, col=numbers[cell.col], colspan=last - numbers[cell.col] + 1)


def _number_columns(cells: list[SheetCell]) -> list[int]:
    return sorted({cell.col for cell in cells if _is_number(cell)})


def _with_cut_labels(
    above: list[SheetCell], below: list[SheetCell], upper_rows: int, lower_rows: int
) -> tuple[list[SheetCell], list[SheetCell], int]:
    """The cells of both, and how many rows the lower has, where its first row is but the rest of the labels
    that the upper ends with."""
    rest = [cell for cell in below if cell.row == 0 and cell.lines]
    last = [cell for cell in above if cell.row == upper_rows - 1 and cell.lines and not _is_number(cell)]
    if not last or any(_is_number(cell) or BEGINS.match(cell.text) for cell in rest):
        return above, below, lower_rows
    whole = {id(cell): cell for cell in last}
    for cell in rest:
        label = max(last, key=lambda one: overlap(_span(one), _span(cell)))
        whole[id(label)] = replace(label, lines=[*whole[id(label)].lines, *cell.lines])
    above = [whole.get(id(cell), cell) for cell in above]
    return above, [replace(cell, row=cell.row - 1) for cell in below if cell.row > 0], lower_rows - 1


def _is_number(cell: SheetCell) -> bool:
    return any(map(is_number, cell.lines))


def _span(cell: SheetCell) -> tuple[float, float]:
    """From where to where the words of a cell reach."""
    return min(line.left for line in cell.lines), max(line.right for line in cell.lines)
