"""Where tables without rules stand that hold numbers: rows of numbers below each other, and what belongs to
them.

A line with numbers apart from its words is an anchor: a row of a table has one. Lines between two anchors of
the same columns belong to the table, those above them if they head its columns, those beside a label if
they go on with it. Prose runs across the columns and ends a table. How the lines of a table become rows and
cells is `valued_cells`; tables that hold words alone are `unruled`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasks.clean.numbering import CHAPTER
from tasks.clean.paged.paragraphs import OTHER_SIZE
from tasks.clean.paged.pieces import (
    Columns,
    Span,
    across,
    has_even_blanks,
    heads_of,
    is_number,
    overlap,
    parted,
    pieces,
)
from tasks.clean.paged.rows import TextLine
from tasks.clean.paged.tables import SheetTable
from tasks.clean.paged.valued_cells import table_of
from tasks.clean.paged.valued_words import INSIDE_GAP

# Rows that make a table; one row does if it has so many numbers (of lawsuits there is but one).
MIN_ROWS = 2
MIN_NUMBERS = 3
# Numbers alone in a line are a row from so many on; fewer are if they stand in the columns of others.
MIN_BARE = 3
# Numbers of one column overlap or share a side within so many sizes.
SAME_COLUMN = 0.5
# Lines so many sizes apart are not of one table.
FAR = 5.0
# What runs into the numbers is a heading or prose if it covers this share of the page's text ...
WIDE = 0.5
# ... or is numbered as a chapter; so many header lines stand above the first row at most.
MOST_HEADS = 14
# Heads that touch are told from prose by their number: so many of the columns below them have one.
HEADS_SHARE = 0.6


@dataclass(slots=True)
class Region:
    """Lines first to stop (excluded) of a page with the rows of numbers among them, these' columns, and the
    width of the page's text."""

    first: int
    stop: int
    anchors: list[int]
    columns: list[Span]
    width: float

    @property
    def left(self) -> float:
        return self.columns[0][0]

    @property
    def known(self) -> Columns:
        return Columns.of_numbers(self.columns)


def find_valued(lines: Sequence[TextLine]) -> list[TextLine | SheetTable]:
    """The lines from the top, those of tables that hold numbers replaced by the tables."""
    result: list[TextLine | SheetTable] = []
    done = 0
    for region in _regions(lines):
        table = table_of(lines[region.first : region.stop], region.columns)
        if table is not None:
            result += [*lines[done : region.first], table]
            done = region.stop
    return [*result, *lines[done:]]


def numbers_of(line: TextLine, columns: Sequence[Span] = ()) -> list[TextLine]:
    """The numbers of a line that stand apart from its words, or where `columns` begin."""
    if has_even_blanks(line):
        return []
    parts = pieces(line)
    if columns:
        parts = [part for piece in parts for part in parted(piece, Columns.of_numbers(columns))]
    numbers = [part for part in parts if is_number(part)]
    if not any(map(str.isdigit, line.text)) and len(numbers) < MIN_BARE:
        return []  # a mark in place of a unit
    return numbers if len(numbers) < len(parts) or len(numbers) >= MIN_BARE else []


def _regions(lines: Sequence[TextLine]) -> Iterator[Region]:
    """The tables of a page from the top, with the lines that belong to them."""
    stop = 0
    found = list(_rows_of_numbers(lines))
    for i, region in enumerate(found):
        if not _is_table(region, lines):
            continue
        below = found[i + 1].anchors[0] if i + 1 < len(found) else len(lines)
        region.first = _top(lines, region, stop)
        region.stop = stop = _bottom(lines, region, below)
        yield region


def _is_table(region: Region, lines: Sequence[TextLine]) -> bool:
    first = region.anchors[0]
    if len(region.anchors) >= MIN_ROWS or len(numbers_of(lines[first])) >= MIN_NUMBERS:
        return True
    return first > 0 and _heads(lines[first - 1], lines[first], region)


def _heads(above: TextLine, line: TextLine, region: Region) -> bool:
    """Whether a line has a head for each piece of the line below."""
    heads = heads_of(pieces(above), region.known)
    parts = pieces(line)
    return len(heads) == len(parts) > 1 and all(
        overlap(across(head), across(part)) > 0 for head, part in zip(heads, parts, strict=True)
    )


def _rows_of_numbers(lines: Sequence[TextLine]) -> Iterator[Region]:
    """Runs of anchors with the same columns and nothing between them that is no part of a table."""
    region: Region | None = None
    width = max((line.right for line in lines), default=0) - min((line.left for line in lines), default=0)
    for i, line in enumerate(lines):
        if region is not None and (_is_far(lines, i) or _is_prose(line, region.left, width)):
            yield region
            region = None
        numbers = numbers_of(line) or _in_columns(line, region)
        if not numbers:
            continue
        spans = [across(number) for number in numbers]
        if region is not None and _are_alike(spans, region.columns, line.size):
            region.anchors.append(i)
            region.columns = _merged([*region.columns, *spans])
            continue
        if region is not None:
            yield region
        region = Region(i, i + 1, [i], _merged(spans), width)
    if region is not None:
        yield region


def _in_columns(line: TextLine, region: Region | None) -> list[TextLine]:
    """Numbers that only the columns of the rows above tell: alone in a line, or touching their label."""
    if region is None:
        return []
    parts = pieces(line)
    return parts if all(map(is_number, parts)) else numbers_of(line, region.columns)


def _is_far(lines: Sequence[TextLine], i: int) -> bool:
    return i > 0 and lines[i].top - lines[i - 1].bottom > FAR * lines[i].size


def _is_prose(line: TextLine, left: float, width: float) -> bool:
    """Whether a line runs into the numbers, which begin at `left`, as no cell of a page so wide does."""
    return line.text.endswith("。") or any(
        part.right > left + part.size
        and (part.right - part.left > WIDE * width or CHAPTER.match(part.text) is not None)
        for part in pieces(line)
    )


def _are_alike(spans: Sequence[Span], columns: Sequence[Span], size: float) -> bool:
    """Whether numbers stand in the columns of others, or others in theirs."""
    return _are_within(spans, columns, size) or _are_within(columns, spans, size)


def _are_within(some: Sequence[Span], columns: Sequence[Span], size: float) -> bool:
    return all(any(_is_same(one, column, size) for column in columns) for one in some)


def _is_same(a: Span, b: Span, size: float) -> bool:
    if overlap(a, b) > 0:
        return True
    return abs((a[0] + a[1]) / 2 - (b[0] + b[1]) / 2) < SAME_COLUMN * size


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The columns that numbers stand in: where they overlap they share one."""
    columns: list[Span] = []
    for left, right in sorted(spans):
        if columns and left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


# ------------------------------------------------ what else belongs to a table


def _top(lines: Sequence[TextLine], region: Region, stop: int) -> int:
    """The first line of the table: its label's beginning above the first numbers, then its header."""
    first = region.anchors[0]
    while first > stop and _is_of_label(lines[first - 1], lines[first], region):
        first -= 1
    if stop == 0 and all(_is_label(line, region) for line in lines[:first]):
        return 0  # labels that go on from the page before
    top = first
    for i in range(first - 1, max(stop, first - MOST_HEADS) - 1, -1):
        if _is_far(lines, i + 1) or not _may_head(lines[i], region, lines):
            break
        heads = heads_of(pieces(lines[i]), region.known)
        if len(heads) > 1 or lines[i].left > region.left - lines[i].size:
            top = i
    return top


def _may_head(line: TextLine, region: Region, lines: Sequence[TextLine]) -> bool:
    """Whether a line above the first numbers may head their columns."""
    anchor, parts = lines[region.anchors[0]], pieces(line)
    if len(parts) == 1 and (CHAPTER.match(line.text) or line.size > (1 + OTHER_SIZE) * anchor.size):
        return False
    if not _is_prose(line, region.left, region.width):
        return True
    heads = heads_of(parts, region.known)
    below = sum(overlap(across(line), column) > 0 for column in region.columns)
    return len(heads) >= HEADS_SHARE * below and len(heads) > len(parts)


def _is_label(line: TextLine, region: Region) -> bool:
    """Whether a line stands left of the numbers, and is no chapter's heading or end of a sentence."""
    if line.right > region.left or line.text[-1] in "。；：":
        return False
    return CHAPTER.match(line.text) is None


def _is_of_label(line: TextLine, below: TextLine, region: Region) -> bool:
    """Whether a line is so near to the one below that they are one cell's, left of the numbers."""
    return line.right <= region.left and below.top - line.bottom <= INSIDE_GAP * line.size


def _bottom(lines: Sequence[TextLine], region: Region, below: int) -> int:
    """The line behind the table: its last label may go on, or blank rows reach the page's end."""
    stop = region.anchors[-1] + 1
    if stop < len(lines) and below == len(lines) and all(_is_label(line, region) for line in lines[stop:]):
        return len(lines)
    while (
        stop < below
        and lines[stop].top - lines[stop - 1].bottom <= INSIDE_GAP * lines[stop].size
        and _is_label(lines[stop], region)
    ):
        stop += 1
    return stop
