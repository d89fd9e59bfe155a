"""The lines of a table without rules → its rows and cells.

Columns are where the numbers stand, then where the words do that overlap no two of them. Lines of words near
to each other in a column are one label, unless the next one is numbered or both stand beside numbers. A row
is a line of numbers with the labels that reach its height, so it does not matter whether cells are set to the
top or to the middle. Not here: where the table begins and ends (`valued`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.clean.paged.pieces import SLACK, Span, across, heads_of, is_number, overlap, pieces
from tasks.clean.paged.rows import TextLine
from tasks.clean.paged.sheet import Box, hull
from tasks.clean.paged.tables import INFERRED, SheetCell, SheetTable

# Lines of one cell are no farther apart than this, in sizes, ...
INSIDE_GAP = 0.9
# ... nor than this more than the nearest ones of the table.
MORE_GAP = 0.35
# What a column must share with a piece, in sizes, for the piece to stand in it.
INTO = 0.25
MIN_COLS = 2
# Labels are numbered when more than this share of them is.
MOST = 0.6
BEGINS = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}(?![\d年月])|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d)"
    r"|[①-⑳]|第[一二三四五六七八九十百\d]+[条章节项]|其中[:：]"
)


@dataclass(slots=True)
class Words:
    """Lines that are one cell, of which line numbers of the table."""

    lines: list[TextLine]
    rows: list[int]

    @property
    def box(self) -> Box:
        return hull([line.box for line in self.lines])

    @property
    def span(self) -> Span:
        return self.box[0], self.box[2]

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


@dataclass(slots=True)
class Row:
    """A row of numbers, or of words alone; where it stands, and its cells."""

    top: float
    bottom: float
    cells: list[Words] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def table_of(lines: Sequence[TextLine], columns: Sequence[Span]) -> SheetTable | None:
    """The table that lines make whose numbers stand in these columns; None where they make none."""
    numbers, words = _sorted(lines, columns, columns)
    # Told apart by columns of words, too, cells of these that stand near to each other come apart.
    spans = _columns(columns, _labels(words, numbers))
    numbers, words = _sorted(lines, columns, spans)
    rows, labels = _rows(numbers), _labels(words, numbers)
    spans = _columns(columns, [*labels, *(cell for row in rows for cell in row.cells)])
    if len(spans) < MIN_COLS:
        return None
    rows = _with_labels(rows, labels)
    cells = [cell for number, row in enumerate(rows) for cell in _cells(number, row, spans)]
    cells = _with_heads(cells, len(spans))
    edges = [spans[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(spans)), spans[-1][1]]
    return _table(edges, rows, cells, lines)


def _sorted(
    lines: Sequence[TextLine], columns: Sequence[Span], spans: Sequence[Span]
) -> tuple[list[list[TextLine]], list[tuple[int, TextLine]]]:
    """The numbers of each line that stand in columns of numbers; all other pieces with their lines."""
    numbers: list[list[TextLine]] = []
    words: list[tuple[int, TextLine]] = []
    for i, line in enumerate(lines):
        whole = pieces(line)
        parts = heads_of(whole, columns, spans)
        numbers.append([part for part in parts if _is_value(part, columns)])
        words += [(i, part) for part in parts if not _is_value(part, columns)]
    return numbers, words


def _is_value(part: TextLine, columns: Sequence[Span]) -> bool:
    return is_number(part) and any(overlap(across(part), column) > 0 for column in columns)


# ------------------------------------------------------------------------ rows


def _rows(numbers: Sequence[list[TextLine]]) -> list[Row]:
    """A row for each line of numbers; digits that did not fit go on below their number."""
    rows: list[Row] = []
    for number, line in enumerate(numbers):
        if not line:
            continue
        if rows and _go_on(rows[-1], line):
            for part in line:
                next(cell for cell in rows[-1].cells if _is_below(cell, part)).lines.append(part)
            continue
        top, bottom = line[0].top, line[0].bottom
        rows.append(Row(top, bottom, [Words([part], [number]) for part in line]))
    return rows


def _go_on(row: Row, line: Sequence[TextLine]) -> bool:
    """Whether digits stand right below numbers that fill their cells, in fewer columns than these."""
    if len(line) >= len(row.cells) or line[0].top - row.bottom > INSIDE_GAP * line[0].size:
        return False
    return all(any(_is_below(cell, part) for cell in row.cells) for part in line)


def _is_below(cell: Words, part: TextLine) -> bool:
    last = cell.lines[-1]
    return abs(last.left - part.left) < SLACK * part.size and len(part.text) <= len(last.text)


def _with_labels(rows: list[Row], labels: Sequence[Words]) -> list[Row]:
    """The rows with what stands beside their numbers; words beside none make rows of their own."""
    alone: list[Row] = []
    for label in labels:
        _, top, _, bottom = label.box
        beside = next((row for row in rows if top <= row.middle <= bottom), None)
        if beside is not None:
            beside.cells.append(label)
            continue
        level = _level(alone, label)
        if level is None:
            alone.append(Row(top, bottom, [label]))
        else:
            level.cells.append(label)
    return sorted([*rows, *alone], key=lambda row: row.middle)


def _level(rows: Sequence[Row], label: Words) -> Row | None:
    """The row whose top words share, else its middle, and that has nothing in their columns."""
    near = label.lines[0].size / 2
    free = [row for row in rows if all(overlap(cell.span, label.span) <= 0 for cell in row.cells)]
    level = [row for row in free if abs(row.top - label.box[1]) < near]
    level += [row for row in free if abs(row.middle - label.middle) < near]
    return level[0] if level else None


# ---------------------------------------------------------------------- labels


def _labels(words: Sequence[tuple[int, TextLine]], numbers: Sequence[list[TextLine]]) -> list[Words]:
    """Lines of words that are one cell, joined."""
    gaps = list(_gaps(words, numbers))
    limit = min(INSIDE_GAP, min((gap for gap, _ in gaps), default=0.0) + MORE_GAP)
    is_even = not any(gap > limit and is_next for gap, is_next in gaps) and not _are_numbered(words, numbers)
    labels: list[Words] = []
    heads = _heads(words)
    for row, line in words:
        above = _above(labels, line)
        if (
            above is None
            or id(above.lines[-1]) in heads
            or _gap(above, line) > limit
            or _begins(above, row, line, numbers, is_even)
        ):
            labels.append(Words([line], [row]))
        else:
            above.lines.append(line)
            above.rows.append(row)
    return labels


def _heads(words: Sequence[tuple[int, TextLine]]) -> set[int]:
    """Lines (their ids) below which several stand side by side: heads over columns."""
    seen: list[Words] = []
    below: Counter[tuple[int, int]] = Counter()
    for row, line in words:
        above = _above(seen, line)
        if above is not None:
            below[id(above.lines[-1]), row] += 1
        seen.append(Words([line], [row]))
    return {line for (line, _), count in below.items() if count > 1}


def _gaps(
    words: Sequence[tuple[int, TextLine]], numbers: Sequence[list[TextLine]]
) -> Iterator[tuple[float, bool]]:
    """The distances, in sizes, of lines that may be one cell's, and whether no line stands between."""
    seen: list[Words] = []
    for row, line in words:
        above = _above(seen, line)
        if above is not None and not _begins(above, row, line, numbers, False):
            yield _gap(above, line), row == above.rows[-1] + 1
        seen.append(Words([line], [row]))


def _are_numbered(words: Sequence[tuple[int, TextLine]], numbers: Sequence[list[TextLine]]) -> bool:
    """Whether most rows of numbers stand beside a numbered label."""
    rows = {row for row, _ in words if numbers[row]}
    numbered = {row for row, line in words if numbers[row] and BEGINS.match(line.text)}
    return len(numbered) > MOST * len(rows)


def _above(labels: Sequence[Words], line: TextLine) -> Words | None:
    """What stands nearest above a line, below and above each other for the greater part of the shorter."""
    for label in reversed(labels):
        last = label.lines[-1]
        shorter = min(last.right - last.left, line.right - line.left)
        if overlap(across(last), across(line)) > shorter / 2 and last.top < line.top:
            return label
    return None


def _gap(above: Words, line: TextLine) -> float:
    return max(0.0, line.top - above.lines[-1].bottom) / line.size


def _begins(above: Words, row: int, line: TextLine, numbers: Sequence[list[TextLine]], is_even: bool) -> bool:
    """Whether a line begins a cell: it is numbered, or stands beside numbers as the lines above do.

    Where neither distances nor numbering tell (`is_even`), cells are taken to begin beside their numbers.
    """
    if BEGINS.match(line.text):
        return True
    return bool(numbers[row]) and (is_even or any(numbers[one] for one in above.rows))


# --------------------------------------------------------------------- columns


def _columns(numbers: Sequence[Span], cells: Sequence[Words]) -> list[Span]:
    """The columns: where numbers stand, and words that cross no two of what is narrower."""
    spans = list(numbers)
    for cell in sorted(cells, key=lambda one: one.span[1] - one.span[0]):
        into = [i for i, span in enumerate(spans) if _is_into(cell, span)]
        if not into:
            spans.append(cell.span)
        elif len(into) == 1:
            left, right = spans[into[0]]
            spans[into[0]] = min(left, cell.span[0]), max(right, cell.span[1])
    return sorted(spans)


def _is_into(cell: Words, span: Span) -> bool:
    shared = overlap(cell.span, span)
    return shared > min(INTO * cell.lines[0].size, (span[1] - span[0]) / 2)


def _cells(number: int, row: Row, spans: Sequence[Span]) -> Iterator[SheetCell]:
    """The cells of a row from the left, blank ones among them."""
    held: dict[int, SheetCell] = {}
    page = row.cells[0].lines[0].page
    for words in sorted(row.cells, key=lambda one: (one.span[0], one.box[1])):
        into = [i for i, span in enumerate(spans) if _is_into(words, span)] or [_nearest(words, spans)]
        if into[0] in held:
            held[into[0]].lines.extend(words.lines)
            continue
        box = (spans[into[0]][0], words.box[1], spans[into[-1]][1], words.box[3])
        count = into[-1] - into[0] + 1
        held[into[0]] = SheetCell(number, into[0], 1, count, box, page, words.lines, INFERRED)
    covered = 0
    for col, (left, right) in enumerate(spans):
        if col in held:
            yield held[col]
            covered = col + held[col].colspan
        elif col >= covered:
            yield SheetCell(number, col, 1, 1, (left, row.top, right, row.bottom), page)


def _with_heads(cells: Sequence[SheetCell], cols: int) -> list[SheetCell]:
    """The cells; above the first numbers heads reach down and to the right edge, and no blank is a cell."""
    numbers = [cell for cell in cells if any(map(is_number, cell.lines))]
    first, left = min(cell.row for cell in numbers), min(cell.col for cell in numbers)
    if not any(cell.lines and cell.col >= left for cell in cells if cell.row < first):
        return list(cells)  # labels that go on from the page before
    kept = [cell for cell in cells if cell.row >= first]
    heads: list[SheetCell] = []
    for cell in (cell for cell in cells if cell.row < first):
        if cell.lines:
            heads.append(cell)
            continue
        for head in heads:
            if head.col == cell.col and head.colspan == 1 and head.row + head.rowspan == cell.row:
                head.rowspan += 1
    for row in range(first):
        last = max((head for head in heads if head.row <= row < head.row + head.rowspan), key=_end)
        if last.rowspan == 1:
            last.colspan = cols - last.col
    return [*heads, *kept]


def _end(cell: SheetCell) -> int:
    return cell.col + cell.colspan


def _nearest(words: Words, spans: Sequence[Span]) -> int:
    return max(range(len(spans)), key=lambda i: overlap(words.span, spans[i]))


def _table(
    edges: list[float], rows: Sequence[Row], cells: list[SheetCell], lines: Sequence[TextLine]
) -> SheetTable:
    page = lines[0].page
    return SheetTable(edges, len(rows), cells, hull([line.box for line in lines]), (page, page))
