"""Lines cut into cells at marks, and cells put together to table blocks.

Here: the offsets of lines and cells, whatever parts them. Not here: which lines are rows (`flat`, `barred`,
`spaced`, `stacked`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tasks.clean.compose import Draft
from tasks.clean.labels import LONGEST_LABEL
from tasks.clean.spaces import SPACE
from tasks.values import Cell, Table

Span = tuple[int, int]


def is_short(draft: Draft) -> bool:
    """Whether a line may be a cell."""
    return draft.table is None and draft.end - draft.start <= LONGEST_LABEL


def trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    core = piece.lstrip(SPACE)
    start += len(piece) - len(core)
    return start, start + len(core.rstrip(SPACE))


def line_of(text: str, draft: Draft) -> Span:
    """The whole line a block stands in, with the white space (tabs!) its offsets leave out."""
    end = text.find("\n", draft.end)
    return text.rfind("\n", 0, draft.start) + 1, len(text) if end < 0 else end


def has_mark(text: str, draft: Draft, mark: re.Pattern[str]) -> bool:
    return mark.search(text, *line_of(text, draft)) is not None


def marks_of(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[int]:
    return [m.start() for m in mark.finditer(text, start, end)]


def cut(text: str, start: int, end: int, marks: list[int]) -> list[Span]:
    """The cells between the marks, each without the white space around it."""
    return [trimmed(text, left + 1, right) for left, right in pairwise([start - 1, *marks, end])]


def as_table(run: list[Draft], rows: list[list[Span]]) -> Draft:
    """A table block in place of a run of lines; short rows are left-aligned."""
    cells = tuple(
        Cell(r, c, 1, 1, start, end) for r, row in enumerate(rows) for c, (start, end) in enumerate(row)
    )
    cols = max(map(len, rows))
    start, end = rows[0][0][0], max(run[-1].end, rows[-1][-1][1])
    return replace(run[0], start=start, end=end, table=Table(len(rows), cols, cells), level=None, align=None)
