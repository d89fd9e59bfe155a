"""Which lines of words are one cell in a table without rules.

Lines near to each other in a column are, unless the next one is numbered or both stand beside numbers. Not
here: which row and column a cell stands in (`valued_cells`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from tasks.clean.paged.pieces import Span, across, is_number, overlap
from tasks.clean.paged.rows import TextLine
from tasks.clean.paged.sheet import Box, hull

# Lines of one cell are no farther apart than this, in sizes, ...
INSIDE_GAP = 0.9
# ... nor than this more than the nearest ones of the table.
MORE_GAP = 0.35
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


class Setting(Enum):
    """What tells in a table where a cell of several lines begins."""

    SPACED = "lines of a cell are nearer to each other than cells"
    MIDDLE = "cells stand in the middle of their rows: as many lines above the numbers as below"
    NUMBERED = "most labels are numbered"
    TOP = "nothing: cells are taken to begin beside their numbers"


def labels_of(words: Sequence[tuple[int, TextLine]], numbers: Sequence[list[TextLine]]) -> list[Words]:
    """Lines of words that are one cell, joined."""
    gaps = list(_gaps(words, numbers))
    limit = min(INSIDE_GAP, min((gap for gap, _ in gaps), default=0.0) + MORE_GAP)
    is_spaced = any(gap > limit and is_next for gap, is_next in gaps)
    setting = Setting.SPACED if is_spaced else _setting(words, numbers)
    labels: list[Words] = []
    heads = _heads(words) | _header_rows(words, numbers)
    for row, line in words:
        above = _above(labels, line)
        if (
            above is None
            or id(above.lines[-1]) in heads
            or _gap(above, line) > limit
            or _begins(above, row, line, numbers, setting)
        ):
            labels.append(Words([line], [row]))
        else:
            above.lines.append(line)
            above.rows.append(row)
    return labels


def _setting(words: Sequence[tuple[int, TextLine]], numbers: Sequence[list[TextLine]]) -> Setting:
    """What tells where cells begin in a table of even distances."""
    lines: list[list[TextLine]] = [[] for _ in numbers]
    for row, line in words:
        lines[row].append(line)
    for row in range(1, len(numbers) - 1):
        is_alone = numbers[row] and not numbers[row - 1] and not numbers[row + 1]
        if is_alone and any(_is_around(above, lines[row], lines[row + 1]) for above in lines[row - 1]):
            return Setting.MIDDLE
    return Setting.NUMBERED if _are_numbered(words, numbers) else Setting.TOP


def _is_around(above: TextLine, beside: Sequence[TextLine], below: Sequence[TextLine]) -> bool:
    """Whether a line goes on below the numbers with nothing beside them in its column."""
    if any(overlap(across(above), across(line)) > 0 for line in beside):
        return False
    return any(
        overlap(across(above), across(line)) > 0
        and line.top - above.bottom < INSIDE_GAP * line.size
        and not BEGINS.match(line.text)
        for line in below
    )


def _header_rows(words: Sequence[tuple[int, TextLine]], numbers: Sequence[list[TextLine]]) -> set[int]:
    """Lines (their ids) that end a cell since a header stands there: alone above several that stand beside no
    numbers (a title), or beside heads of the columns of numbers."""
    count = Counter(row for row, _ in words)
    left = min((line[0].left for line in numbers if line), default=0.0)
    headed = {row for row, line in words if line.right > left and len(line.text) > 1 and not numbers[row]}
    return {
        id(line)
        for row, line in words
        if not numbers[row]
        and (
            (count[row] == 1 and count[row + 1] > 1 and not numbers[row + 1])
            or (row in headed and line.right <= left)
        )
    }


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
        if above is not None and not _begins(above, row, line, numbers, Setting.SPACED):
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


def _begins(
    above: Words, row: int, line: TextLine, numbers: Sequence[list[TextLine]], setting: Setting
) -> bool:
    """Whether a line begins a cell: it is numbered, or stands beside numbers as the lines above do."""
    if BEGINS.match(line.text) or is_number(line) or is_number(above.lines[-1]):
        return True
    if setting is Setting.MIDDLE:
        return _is_whole(above, row, numbers)
    return bool(numbers[row]) and (setting is Setting.TOP or any(numbers[one] for one in above.rows))


def _is_whole(label: Words, row: int, numbers: Sequence[list[TextLine]]) -> bool:
    """Whether a label has as many lines below its numbers as above them."""
    for i, own in enumerate(label.rows):
        if numbers[own]:
            above, below = i, len(label.rows) - i - 1
            break
        if i and any(numbers[label.rows[i - 1] + 1 : own]):
            above, below = i, len(label.rows) - i
            break
    else:
        return False
    return below >= above or any(numbers[label.rows[-1] + 1 : row + 1])
