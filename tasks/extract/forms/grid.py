"""A table block as the forms see it: printed cells, and entries (labels with the values behind them).

Nothing here knows a form. Rows are taken as hints: a row that lost its end goes on in the next one, a
label may be wrapped over two, several numbers may stand in one cell. What cannot be known from the
grid alone (which column a value belongs to) is left to the readers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from tasks.extract.forms.cells import EMPTY, TEXT, Value, is_page_number, is_unit, parts, read_value
from tasks.values import Block, Cell, Document

# A form has at most some 80 rows, several in one table 200; what follows in a longer table is none.
MAX_ROWS = 600
# Labels above a row of values that are kept: the header of table 4 has some twenty.
MAX_NAMES = 40
# A longer cell is prose that a page wrapped into a table.
LONGEST_LABEL = 200
MIN_COUNTED = 5  # columns that a row numbers; fewer may be figures
LONGEST_BEGINNING = 30  # characters of a line above a table that may belong to its first label


class Kind(Enum):
    """What a cell is to a form."""

    LABEL = "label"
    UNIT = "unit"
    VALUE = "value"  # a number, a mark for none, or words that are no label
    BLANK = "blank"
    SKIP = "skip"  # a page number: no cell at all


class Printed(NamedTuple):
    """A cell of the grid with what it says."""

    cell: Cell
    text: str
    value: Value
    kind: Kind

    @property
    def number(self) -> float | None:
        return self.value.value


@dataclass(slots=True)
class Entry:
    """Labels and the values behind them up to the next label.

    `chunks`: the values row by row; `is_full`: its only row reaches the right edge of the grid, so no
    cell of it is missing; `row`: the row of the last label.
    """

    names: list[Printed]
    row: int
    chunks: list[list[Printed]] = field(default_factory=list)
    unit: str = ""
    is_full: bool = False

    @property
    def values(self) -> list[Printed]:
        if len(self.chunks) == 1:
            return self.chunks[0]
        return [p for chunk in self.chunks for p in chunk]

    def taking(self, count: int) -> list[Printed]:
        """The values, of as many rows as it takes to have `count` of them."""
        taken: list[Printed] = []
        for chunk in self.chunks:
            if len(taken) >= count:
                break
            taken.extend(chunk)
        return taken


@dataclass(slots=True)
class Grid:
    """The rows of a table as printed cells, spans repeated, each cell once a row."""

    rows: list[list[Printed]]
    was_cut: bool = False
    entries: list[Entry] = field(init=False)
    edge: int = field(init=False)

    def __post_init__(self) -> None:
        self.edge = max((right_edge(row) for row in self.rows), default=0)
        self.entries = list(_entries(self.rows, self.edge))

    @property
    def keeps_blanks(self) -> bool:
        """Whether blank cells stand behind a number of some row."""
        return any(
            first.number is not None and any(p.kind is Kind.BLANK for p in entry.values[1:])
            for entry in self.entries
            for first in entry.values[:1]
        )


def read_grid(document: Document, block: Block, before: Block | None = None) -> Grid:
    """A table block as a grid. The line above it may hold the beginning of its first label."""
    table = block.table
    assert table is not None
    rows: list[list[Printed]] = [[] for _ in range(min(table.rows, MAX_ROWS))]
    for cell in table.cells:
        if cell.row >= MAX_ROWS:
            continue
        printed = _printed(cell, document.text[cell.start : cell.end])
        for row in rows[cell.row : cell.row + cell.rowspan]:
            row.extend(printed)
    grid = Grid([_in_order(row) for row in rows], was_cut=table.rows > MAX_ROWS)
    if (
        before is not None
        and before.table is None
        and before.end - before.start <= LONGEST_BEGINNING
        and grid.entries
    ):
        above = _printed(Cell(-1, 0, 1, 1, before.start, before.end), document.text_of(before))
        grid.entries[0].names[:0] = [p for p in above if p.kind is Kind.LABEL]
    return grid


def _in_order(row: list[Printed]) -> list[Printed]:
    """Cells from left to right, those that reach down from above among them; beside a cell of several
    numbers blank ones, or the same again, are what is left of its span."""
    cols = [p.cell.col for p in row]
    if any(left > right for left, right in pairwise(cols)):
        row.sort(key=lambda p: p.cell.col)
    if len(set(cols)) == len(cols):
        return row
    several = {col for col, count in Counter(cols).items() if count > 1}
    texts = {col: tuple(p.text for p in row if p.cell.col == col) for col in sorted(several)}
    again = {col for col, said in texts.items() if said == texts[min(several)]} - {min(several)}
    return [p for p in row if p.kind is not Kind.BLANK and p.cell.col not in again]


def read_lines(document: Document, blocks: Sequence[Block]) -> Grid | None:
    """Paragraphs of numbers alone as a grid of one row (a row that lost its table); None if one has words."""
    row: list[Printed] = []
    for i, block in enumerate(blocks):
        text = document.text_of(block)
        if text[:1].isalpha():
            return None
        row += _printed(replace(_place_of(document, block), col=i), text)
    row = [p for p in row if p.kind is not Kind.SKIP]
    if not row or any(p.kind is not Kind.VALUE or p.value.semantic == TEXT for p in row):
        return None
    return Grid([row])


def _place_of(document: Document, block: Block) -> Cell:
    """A line as a cell: on its page, and as sure as it was read."""
    places = [place for place in document.places if place.start < block.end and place.end > block.start]
    page = places[0].page if places else None
    sure = min((place.confidence for place in places), default=1.0)
    return Cell(0, 0, 1, 1, block.start, block.end, page=page, confidence=sure)


def _printed(cell: Cell, raw: str) -> list[Printed]:
    value, kind, spans = _reading(raw)
    if kind is Kind.SKIP:
        return []
    if spans:  # several numbers
        return [
            one
            for start, end in spans
            for one in _printed(replace(cell, start=cell.start + start, end=cell.start + end), raw[start:end])
        ]
    return [Printed(cell, raw.strip(), value, kind)]


@lru_cache(maxsize=8192)
def _reading(raw: str) -> tuple[Value, Kind, list[tuple[int, int]]]:
    """What a cell says, what it is, and where its numbers stand if it holds several."""
    value = read_value(raw) if len(raw) <= LONGEST_LABEL else Value(None, "", TEXT)
    if value.semantic == EMPTY:
        return value, Kind.BLANK, []
    if value.semantic != TEXT:
        return value, Kind.VALUE, []
    if is_page_number(raw.strip()):
        return value, Kind.SKIP, []
    if is_unit(raw):
        return value, Kind.UNIT, []
    spans = parts(raw)
    is_label = spans or any(char.isalpha() for char in raw)  # 50%, 2015.3.1 are no words
    return value, Kind.LABEL if is_label else Kind.VALUE, spans


def is_numbering(row: Sequence[Printed]) -> bool:
    """Whether a row counts its columns: 1, 2, 3 … below the heads."""
    numbers = [p.number for p in row if p.kind is not Kind.BLANK]
    return len(numbers) >= MIN_COUNTED and numbers == list(range(1, len(numbers) + 1))


def right_edge(row: Sequence[Printed]) -> int:
    """The column behind the row's last cell."""
    return row[-1].cell.col + row[-1].cell.colspan if row else 0


def _entries(rows: Iterable[Sequence[Printed]], edge: int) -> Iterator[Entry]:
    entry: Entry | None = None
    wrapped: list[Printed] = []
    for r, row in enumerate(rows):
        kinds = [p.kind for p in row]
        if Kind.LABEL not in kinds:
            has_values = Kind.VALUE in kinds
            if entry is not None and (has_values or len(row) > 1 or 0 < right_edge(row) < edge):  # no spacer
                entry.chunks.append([p for p in row if p.kind in (Kind.VALUE, Kind.BLANK)])
                entry.is_full = entry.is_full and not has_values
            continue
        is_full = right_edge(row) == edge
        begin = kinds.index(Kind.LABEL)
        if entry is not None and _goes_on(entry, kinds, begin):  # and the next row's label begins behind it
            entry.chunks.append(list(row[:begin]))
            wrapped = [p for p in row[begin:] if p.kind is Kind.LABEL]
            continue
        for i, printed in enumerate(row[begin:], begin):
            if printed.kind is Kind.LABEL:
                if entry is not None and entry.row == r and _is_remark(entry, kinds, i):
                    wrapped = [printed]  # or the beginning of the next row's label
                    continue
                if entry is None or entry.chunks:
                    if entry is not None:
                        yield entry
                    entry, wrapped = Entry(wrapped, r), []
                if entry.row != r:
                    entry.unit = ""
                entry.names = [*entry.names[-MAX_NAMES:], printed]
                entry.row, entry.is_full = r, is_full
            elif entry is not None and printed.kind is Kind.UNIT:
                entry.unit = entry.unit or printed.text
            elif entry is not None:
                if not entry.chunks:
                    entry.chunks.append([])
                entry.chunks[-1].append(printed)
    if entry is not None:
        yield entry


def _goes_on(entry: Entry, kinds: Sequence[Kind], begin: int) -> bool:
    """Whether the numbers in front of a row's labels are those that the entry still waits for."""
    if entry.is_full or any(p.kind is Kind.VALUE for p in entry.values):
        return False
    return kinds[:begin].count(Kind.VALUE) > 1 and Kind.VALUE not in kinds[begin:]


def _is_remark(entry: Entry, kinds: Sequence[Kind], i: int) -> bool:
    """Words behind the values of a row with no value behind them: a remark."""
    if not any(p.kind is Kind.VALUE for p in entry.values):
        return False
    return Kind.VALUE not in kinds[i + 1 :] and Kind.BLANK not in kinds[i + 1 :]
