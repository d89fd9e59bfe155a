"""What stands in a line of a table without rules: pieces, parted by their gaps and at the columns' gutters.

Not here: which lines are a table (`valued`), how pieces make its cells (`valued_cells`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest
from typing import Self

from tasks.clean.paged.rows import CJK_BLANK, LATIN_BLANK, STRETCH_GAP, TextLine, part_line
from tasks.clean.paged.sheet import Glyph

# A number, with its unit at most, or a mark for none.
NUMBER = re.compile(r"[-+－]?\d[\d,，.]*(?:[%％]|[万亿]?元|[件条个人次份篇])?|[/／—–-]{1,3}")
DIGITS = "0123456789,."
# A gap of so many sizes parts two numbers.
NUMBER_GAP = 0.4
# Blanks that differ less, in sizes, are the same character's.
EVEN = 0.1
# So far, in sizes, a piece may reach over the edge of its column.
SLACK = 0.3
# Cells that touch begin and end so near, in sizes, to where their columns do.
TOUCHING = 0.03

Span = tuple[float, float]
"""From left to right."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table as far as they are known: those of `numbers`, all (`spans`), and where else
    words begin below each other (`begins`)."""

    numbers: Sequence[Span]
    spans: Sequence[Span]
    begins: Sequence[float] = ()

    @classmethod
    def of_numbers(cls, numbers: Sequence[Span]) -> Self:
        """As long as no others are known."""
        return cls(numbers, numbers)

    @property
    def gutters(self) -> list[Span]:
        edges = [(left, left) for left in (self.spans[0][0], *self.begins)]
        return edges + [(a[1], b[0]) for a, b in pairwise(self.spans)]


def is_number(piece: TextLine) -> bool:
    return NUMBER.fullmatch(piece.text.replace(" ", "")) is not None


def pieces(line: TextLine) -> list[TextLine]:
    """The line parted at wide gaps, and in front of a number at narrower ones; before other numbers one that
    was drawn behind its label without a gap, too."""
    parts = part_line(line, _is_gap)
    found: list[TextLine] = []
    for part, after in zip_longest(parts, parts[1:]):
        touches = after is not None and is_number(after) and not is_number(part)
        found += part_line(part, _number_test(part)) if touches else [part]
    return found


def _number_test(part: TextLine) -> Callable[[Glyph, Glyph], bool]:
    """Where the number begins that a piece ends with, drawn with a stroke of its own."""
    digits = len(part.glyphs) - len(list(takewhile(lambda g: g.text in DIGITS, reversed(part.glyphs))))

    def is_cut(before: Glyph, after: Glyph) -> bool:
        return digits < len(part.glyphs) and after is part.glyphs[digits] and before.run != after.run

    return is_cut


def has_even_blanks(line: TextLine) -> bool:
    """Whether all gaps of a line are the same blank: nothing stands in columns."""
    gaps = [(b.left - a.right) / max(a.size, b.size) for a, b in pairwise(line.glyphs)]
    wide = [gap for gap in gaps if gap > CJK_BLANK]
    return len(wide) > 1 and max(wide) < STRETCH_GAP and max(wide) - min(wide) < EVEN


def _is_gap(before: Glyph, after: Glyph) -> bool:
    gap = (after.left - before.right) / max(before.size, after.size)
    if not after.text[0].isdigit():
        return gap > STRETCH_GAP
    if not before.text[-1].isdigit():
        return gap > CJK_BLANK
    return gap > (NUMBER_GAP if before.run == after.run else LATIN_BLANK)


def parted(piece: TextLine, columns: Columns, *, is_head: bool = False) -> list[TextLine]:
    """The piece cut between columns: at blanks, and where a new stroke shows cells that touch.

    Digits do so where a column of numbers begins, heads of columns where one is left for another.
    """
    strokes = _strokes(piece)
    is_telling = 2 * len(strokes) <= len(piece.glyphs)  # else each character is a stroke of its own
    begun = strokes[0]
    cuts: set[int] = set()
    gutters = columns.gutters
    for before, stroke in pairwise(strokes):
        is_cut = _is_gutter(before[-1], stroke[0], gutters) or _is_number_begun(
            before, stroke, columns.numbers
        )
        if is_head and not is_cut:
            is_cut = is_telling and _is_column_left(begun, stroke, columns.spans)
            is_cut = is_cut or _is_column_full(begun, stroke, columns.spans)
        if is_cut:
            cuts.add(id(stroke[0]))
            begun = stroke
        else:
            begun = [*begun, *stroke]
    return part_line(piece, lambda _, after: id(after) in cuts)


def heads_of(whole: Sequence[TextLine], columns: Columns) -> list[TextLine]:
    """The pieces of a line cut further; without numbers it may hold heads of columns that touch."""
    has_numbers = any(map(is_number, whole))
    first = columns.numbers[0][0]
    return [
        part for one in whole for part in parted(one, columns, is_head=not has_numbers and one.right > first)
    ]


def _strokes(piece: TextLine) -> list[list[Glyph]]:
    """The characters of each stroke, parted at blanks."""
    strokes = [[piece.glyphs[0]]]
    for before, after in pairwise(piece.glyphs):
        if before.run != after.run or _has_blank(before, after):
            strokes.append([])
        strokes[-1].append(after)
    return strokes


def _has_blank(before: Glyph, after: Glyph) -> bool:
    return after.left - before.right > LATIN_BLANK * after.size


def _is_gutter(before: Glyph, after: Glyph, gutters: Sequence[Span]) -> bool:
    """Whether a blank stands between columns, or where one begins."""
    slack = SLACK * after.size
    return _has_blank(before, after) and any(
        before.right <= right + slack and after.left >= left - slack for left, right in gutters
    )


def _is_number_begun(before: Sequence[Glyph], stroke: Sequence[Glyph], columns: Sequence[Span]) -> bool:
    after = stroke[0]
    if before[-1].text[-1].isdigit() or not after.text[0].isdigit():
        return False
    return any(abs(after.left - column[0]) < SLACK * after.size for column in columns)


def _is_column_left(begun: Sequence[Glyph], stroke: Sequence[Glyph], spans: Sequence[Span]) -> bool:
    """Whether what has begun stands in one column or before all, and the stroke behind it in another one."""
    left = _into((begun[0].left, begun[-1].right), spans)
    right = _into((stroke[0].left, stroke[-1].right), spans)
    if len(right) != 1 or left == right:
        return False
    return len(left) == 1 or (not left and abs(stroke[0].left - right[0][0]) < SLACK * stroke[0].size)


def _is_column_full(begun: Sequence[Glyph], stroke: Sequence[Glyph], spans: Sequence[Span]) -> bool:
    """Whether what has begun with a column ends with it, or where the next one begins."""
    near = TOUCHING * stroke[0].size
    own = [span for span in spans if abs(begun[0].left - span[0]) < near]
    if not own:
        return False
    return abs(begun[-1].right - own[0][1]) < near or any(
        abs(stroke[0].left - span[0]) < near for span in spans if span != own[0]
    )


def _into(span: Span, spans: Sequence[Span]) -> list[Span]:
    return [one for one in spans if overlap(span, one) > 0]


def overlap(a: Span, b: Span) -> float:
    """How far two spans overlap; negative if they are apart."""
    return min(a[1], b[1]) - max(a[0], b[0])


def across(piece: TextLine) -> Span:
    return piece.left, piece.right
