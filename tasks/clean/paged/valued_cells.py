"""The lines of a table without rules → its rows and cells.

Columns are where the numbers stand, then where the words do that overlap no two of them. A row is a line of
numbers with the labels that reach its height, so it does not matter whether cells are set to the top or to
the middle. Not here: where the table begins and ends (`valued`), which lines are one label (`valued_words`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.clean.paged.pieces import SLACK, Columns, Span, across, heads_of, is_number, overlap, pieces
from tasks.clean.paged.rows import TextLine
from tasks.clean.paged.sheet import hull
from tasks.clean.paged.tables import INFERRED, SheetCell, SheetTable
from tasks.clean.paged.valued_words import INSIDE_GAP, Words, labels_of

# What a column must share with a piece, in sizes, for the piece to stand in it.
INTO = 0.25
MIN_COLS = 2
# No more columns than so many times what the fullest row holds: else numbers just follow words of any length.
MOST_COLS = 1.5
# So many words with the same left edge show a column.
MIN_BEGUN = 3


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
    numbers, words = _sorted(lines, Columns.of_numbers(columns))
    # Told apart by columns of words, too, cells of these that stand near to each other come apart.
    spans = _columns(columns, labels_of(words, numbers))
    numbers, words = _sorted(lines, Columns(columns, spans, _begins_of(words)))
    rows = _with_labels(_rows(numbers), labels_of(words, numbers))
    # What stands alone at its height (第二十条第（五）项) may stand over all columns and makes none.
    spans = _columns(columns, [cell for row in rows if len(row.cells) > 1 for cell in row.cells])
    spans = _with_heads_beside(spans, columns, rows)
    if not MIN_COLS <= len(spans) <= MOST_COLS * max(len(row.cells) for row in rows):
        return None
    cells = [cell for number, row in enumerate(rows) for cell in _cells(number, row, spans)]
    cells = _with_heads(cells, len(spans))
    edges = [spans[0][0], *((a[1] + b[0]) / 2 for a, b in pairwise(spans)), spans[-1][1]]
    return _table(edges, rows, cells, lines)


def _sorted(
    lines: Sequence[TextLine], columns: Columns
) -> tuple[list[list[TextLine]], list[tuple[int, TextLine]]]:
    """The numbers of each line that stand in columns of numbers; all other pieces with their lines."""
    numbers: list[list[TextLine]] = []
    words: list[tuple[int, TextLine]] = []
    for i, line in enumerate(lines):
        whole = pieces(line)
        parts = heads_of(whole, columns)
        numbers.append([part for part in parts if _is_value(part, columns.numbers)])
        words += [(i, part) for part in parts if not _is_value(part, columns.numbers)]
    return numbers, words


def _begins_of(words: Sequence[tuple[int, TextLine]]) -> list[float]:
    """Where at least so many words begin below each other."""
    lefts = Counter(round(line.left, 1) for _, line in words)
    return [left for left, count in lefts.items() if count >= MIN_BEGUN]


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


def _with_heads_beside(spans: Sequence[Span], numbers: Sequence[Span], rows: Sequence[Row]) -> list[Span]:
    """The columns, those of heads alone joined to the numbers next to them that have no head above: a sheet
    sets words to the left of a cell and numbers to the right."""
    first = min(row.top for row in rows if any(is_number(cell.lines[0]) for cell in row.cells))
    heads = [cell.span for row in rows if row.bottom < first for cell in row.cells]
    heads = [head for head in heads if sum(overlap(head, span) > 0 for span in spans) == 1]
    below = [cell.span for row in rows if row.bottom >= first for cell in row.cells]
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else span
        pair = (last, span)
        alone = [one for one in pair if not _meets(one, below)]
        bare = [one for one in pair if _meets(one, numbers) and not _meets(one, heads)]
        if len(alone) == len(bare) == 1:
            joined[-1] = last[0], span[1]
        else:
            joined.append(span)
    return joined


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(overlap(span, other) > 0 for other in others)


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
