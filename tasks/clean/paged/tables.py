"""Tables of a page: the text that stands in each cell, and tables joined over page breaks.

Here: which characters belong to which cell, how the lines of a cell make its text, when two tables are parts
of one. Not here: the lines' geometry (`grid`), tables without rules (`unruled`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tasks.clean.paged.grid import Raster
from tasks.clean.paged.joints import joint
from tasks.clean.paged.rows import TextLine, lines_of
from tasks.clean.paged.sheet import Box, Glyph

NUMBERED = re.compile(r"[（(①②③④⑤⑥⑦⑧⑨⑩]|第[一二三四五六七八九十百\d]+[条章节项]")
# A cell with this much text that holds most of its table's text is a frame around prose, not a datum.
CONTENT_CHARS = 400
CONTENT_SHARE = 0.6
# How sure a cell is whose place no rule shows; sums of the form make it surer, or less.
INFERRED = 0.9


@dataclass(slots=True)
class SheetCell:
    """A cell of a table: its place in the grid, its box, its lines of text; how sure its place is."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box
    page: int
    lines: list[TextLine] = field(default_factory=list)
    placed: float = 1.0

    @property
    def text(self) -> str:
        """Its text; a line that ended only because the cell did goes on without a break."""
        width = self.box[2] - self.box[0]
        text = ""
        for before, line in zip([None, *self.lines], self.lines, strict=False):
            text += (joint(before, line, width) if before is not None else "") + line.text
        return text

    @property
    def confidence(self) -> float:
        return min((line.confidence for line in self.lines), default=1.0) * self.placed


@dataclass(slots=True)
class SheetTable:
    """A table: the edges of its columns (points), its number of rows, its cells in reading order.

    `pages`: first and last page; `box`: its place on the first.
    """

    xs: list[float]
    rows: int
    cells: list[SheetCell]
    box: Box
    pages: tuple[int, int]

    @property
    def cols(self) -> int:
        return len(self.xs) - 1

    @property
    def top(self) -> float:
        return self.box[1]

    def row(self, number: int) -> list[SheetCell]:
        return [cell for cell in self.cells if cell.row == number]

    def is_data(self) -> bool:
        """Whether it is a table: several columns, and no cell of prose that is most of it."""
        if self.cols < 2:
            return False
        sizes = [sum(len(line.text) for line in cell.lines) for cell in self.cells]
        most, total = max(sizes, default=0), sum(sizes)
        return total > 0 and not (most > CONTENT_CHARS and most > CONTENT_SHARE * total)


def fill(raster: Raster, glyphs: Sequence[Glyph], page: int) -> tuple[SheetTable, list[Glyph]]:
    """The table with the text in it, and the characters outside of it."""
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    left, top, right, bottom = raster.box
    for word in _words(glyphs):
        y = word[0].middle
        if not (top <= y <= bottom and word[-1].right > left and word[0].left < right):
            outside.extend(word)
            continue
        middle = raster.place_at((word[0].left + word[-1].right) / 2, y)
        for glyph in word:
            place = middle if len(word) > 1 else raster.place_at(glyph.centre, glyph.middle)
            if place is None:
                outside.append(glyph)
            else:
                inside.setdefault(place, []).append(glyph)
    cells = [
        SheetCell(p.row, p.col, p.rowspan, p.colspan, p.box, page, lines_of(inside.get(i, ()), page))
        for i, p in enumerate(raster.places)
    ]
    return SheetTable(raster.xs, len(raster.ys) - 1, cells, raster.box, (page, page)), outside


def _words(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Digits drawn in one stroke stay together: a number too wide for its cell runs over the lines."""
    words: list[list[Glyph]] = []
    for glyph in glyphs:
        before = words[-1][-1] if words else None
        if (
            before is not None
            and glyph.text in "0123456789.,"
            and before.text in "0123456789.,"
            and glyph.run == before.run
            and glyph.angle == before.angle == 0
            and abs(glyph.left - before.right) < 0.2 * glyph.size
            and abs(glyph.middle - before.middle) < 0.2 * glyph.size
        ):
            words[-1].append(glyph)
        else:
            words.append([glyph])
    return words


# -------------------------------------------------------- over a page break

# Edges of columns on two pages are the same when they differ by less than this, in points.
SAME_EDGE = 4.0


def join(upper: SheetTable, lower: SheetTable) -> SheetTable | None:
    """Both as one table if the lower goes on with the upper on the next page, else None."""
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
        if not words or any(any(map(str.isdigit, word)) for word in words):
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
