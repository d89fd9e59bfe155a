"""Characters → lines of text: what stands at one height, from left to right, with the blanks that count.

Knows nothing of tables and paragraphs. In Chinese text a blank between two characters is layout; only a gap
of a character's width is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from tasks.clean.paged.sheet import DOWNWARDS, HORIZONTAL, Box, Glyph, hull
from tasks.clean.spaces import CJK

# Characters whose middles are nearer than this share of their size stand on one line.
SAME_LINE = 0.5
# The same character again, this near in sizes: printed twice to look bold, or as its own shadow.
OVERPRINT = 0.22
# Gaps, in sizes, that are a blank: between Latin words and beside CJK characters.
LATIN_BLANK = 0.2
CJK_BLANK = 0.75
# A gap of so many sizes parts two stretches of text: columns of a table without rules, date and signature.
STRETCH_GAP = 1.6
# A line with so many gaps of a blank's width is a row of a table; prose has one or two (a date, a signature).
ROW_GAPS = 3
BLANK = " \u00a0\u3000\u2002\u2003\t"
# Closing marks take half of their square: the gap behind them is wider than it looks.
CLOSING = "，。、；：）》」』】”’！？"
# Marks with which no cell of a table ends.
COMMAS = "，。、；：,;:"


@dataclass(slots=True)
class TextLine:
    """A line: its text, its box, the characters it is made of, and what they have in common."""

    text: str
    box: Box
    glyphs: list[Glyph]
    page: int = 0

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def top(self) -> float:
        return self.box[1]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def bottom(self) -> float:
        return self.box[3]

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return median(glyph.size for glyph in self.glyphs)

    @property
    def is_bold(self) -> bool:
        return all(glyph.is_bold for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        return min(glyph.confidence for glyph in self.glyphs)


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[TextLine]:
    """The lines that the characters make, from the top; turned text is read in its own direction."""
    given = list(glyphs)
    level = [glyph for glyph in given if glyph.angle == HORIZONTAL]
    turned = [glyph for glyph in given if glyph.angle != HORIZONTAL]
    lines = [line for row in _rows(level) if (line := _line(row, page)) is not None]
    if turned:
        lines += _turned_lines(turned, page)
        lines.sort(key=lambda line: line.top)
    return lines


def _turned_lines(glyphs: list[Glyph], page: int) -> list[TextLine]:
    """Lines of text that runs down or up, each with its box on the page."""
    lines = []
    for row in _rows([turn(glyph) for glyph in glyphs]):
        line = _line(row, page)
        if line is not None:
            angle = next(glyph.angle for glyph in glyphs)
            lines.append(TextLine(line.text, _turned_back(line.box, angle), line.glyphs, page))
    return lines


def turn(glyph: Glyph) -> Glyph:
    """A character of turned text, laid level: the page turned around its upper left corner."""
    left, top, right, bottom = glyph[1:5]
    box = (top, -right, bottom, -left) if glyph.angle == DOWNWARDS else (-bottom, left, -top, right)
    return Glyph(glyph.text, *box, glyph.size, glyph.is_bold, HORIZONTAL, glyph.run, glyph.confidence)


def _turned_back(box: Box, angle: int) -> Box:
    left, top, right, bottom = box
    if angle == DOWNWARDS:
        return (-bottom, left, -top, right)
    return (top, -right, bottom, -left)


def _rows(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """Characters by the height they stand at, each row from left to right."""
    row: list[Glyph] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda one: one.middle):
        reach = SAME_LINE * min(glyph.size, row[0].size) if row else 0.0
        if row and glyph.middle - middle > reach:
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(glyph)
        middle += (glyph.middle - middle) / len(row)
    if row:
        yield sorted(row, key=lambda one: one.left)


def _line(row: list[Glyph], page: int) -> TextLine | None:
    seen = list(_without_overprints(row))
    shown = [glyph for glyph in seen if glyph.text not in BLANK]
    if not shown:
        return None
    return TextLine(_joined(shown, seen), hull([glyph[1:5] for glyph in shown]), shown, page)


def _without_overprints(row: list[Glyph]) -> Iterator[Glyph]:
    """The characters, each once where it is printed several times with hardly a shift."""
    last: dict[str, Glyph] = {}
    for glyph in row:
        before = last.get(glyph.text)
        if before is not None and glyph.left - before.left < OVERPRINT * glyph.size:
            continue
        last[glyph.text] = glyph
        yield glyph


def _joined(shown: list[Glyph], seen: list[Glyph]) -> str:
    """The text of a line, with a blank wherever one is seen."""
    printed = {id(glyph) for glyph in shown}
    pieces = [shown[0].text]
    before, has_blank = shown[0], False
    for glyph in seen[seen.index(shown[0]) + 1 :]:
        if id(glyph) not in printed:
            has_blank = True
            continue
        if _is_apart(before, glyph, has_blank):
            pieces.append(" ")
        pieces.append(glyph.text)
        before, has_blank = glyph, False
    return "".join(pieces)


def _is_apart(before: Glyph, after: Glyph, has_blank: bool) -> bool:
    """Whether a blank stands between two characters: by the gap, or by a printed one beside Latin text."""
    gap = (after.left - before.right) / max(before.size, after.size)
    is_cjk = CJK.match(before.text[-1]) is not None, CJK.match(after.text[0]) is not None
    if all(is_cjk):
        return gap > CJK_BLANK and before.text[-1] not in CLOSING
    if any(is_cjk):
        return gap > CJK_BLANK
    return gap > LATIN_BLANK or has_blank


def is_row(line: TextLine) -> bool:
    """Whether a line is parted by several gaps as wide as a character: a row of a table, however full.

    The white behind a comma is none: words of a scan end where their ink does."""
    gaps = (
        after.left - before.right > CJK_BLANK * max(before.size, after.size)
        for before, after in pairwise(line.glyphs)
        if before.text[-1] not in COMMAS
    )
    return sum(gaps) >= ROW_GAPS


def stretches(line: TextLine) -> list[TextLine]:
    """The line parted at its wide gaps."""
    return part_line(line, lambda a, b: b.left - a.right > STRETCH_GAP * max(a.size, b.size))


def part_line(line: TextLine, is_cut: Callable[[Glyph, Glyph], bool]) -> list[TextLine]:
    """The line parted between each two characters where `is_cut` says so."""
    parts: list[list[Glyph]] = [[line.glyphs[0]]]
    for before, after in pairwise(line.glyphs):
        if is_cut(before, after):
            parts.append([])
        parts[-1].append(after)
    if len(parts) == 1:
        return [line]
    return [TextLine(_joined(part, part), hull([g[1:5] for g in part]), part, line.page) for part in parts]
