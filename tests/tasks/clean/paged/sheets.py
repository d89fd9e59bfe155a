"""Pages of a fixed layout set by hand: text and rules where a test wants them."""

from __future__ import annotations

from tasks.clean.compose import Composed
from tasks.clean.paged import Glyph, Rule, Sheet, compose_sheets

SIZE = 12.0
LEFT, RIGHT = 72.0, 72.0 + 36 * SIZE


def typed(text: str, left: float, top: float, size: float = SIZE, *, bold: bool = False) -> list[Glyph]:
    """A line of type; digits and Latin letters take half a square."""
    glyphs = []
    for character in text:
        right = left + (size if ord(character) > 0x2000 else size / 2)
        if character != " ":
            glyphs.append(Glyph(character, left, top, right, top + size, size, bold))
        left = right
    return glyphs


def ruled(xs: list[float], ys: list[float]) -> list[Rule]:
    """All the lines of a raster."""
    level = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return [*level, *(Rule(x, ys[0], x, ys[-1]) for x in xs)]


def sheet(*lines: list[Glyph], rules: list[Rule] | None = None, number: int = 1) -> Sheet:
    return Sheet(number, 595, 842, [glyph for line in lines for glyph in line], rules or [])


def composed(*sheets: Sheet) -> Composed:
    return compose_sheets(list(sheets))


def blocks(*sheets: Sheet) -> list[str]:
    """The text of each block."""
    made = composed(*sheets)
    return [made.text[draft.start : draft.end] for draft in made.drafts]


def rows(made: Composed, no: int = 0) -> list[list[str]]:
    """The cells of a table of the document, row by row, each where it begins."""
    table = [draft.table for draft in made.drafts if draft.table is not None][no]
    grid: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row].append(made.text[cell.start : cell.end])
    return grid
