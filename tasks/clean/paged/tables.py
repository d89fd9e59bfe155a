"""Tables of a page: the text that stands in each cell.

Here: which characters belong to which cell, how the lines of a cell make its text. Not here: the lines'
geometry (`grid`), tables without rules (`valued`, `unruled`), what goes on over a page break (`breaks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.clean.paged.grid import Raster
from tasks.clean.paged.joints import joint
from tasks.clean.paged.rows import TextLine, lines_of
from tasks.clean.paged.sheet import Box, Glyph

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

    @property
    def is_ruled(self) -> bool:
        """Whether rules show its cells."""
        return all(cell.placed == 1 for cell in self.cells)

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
