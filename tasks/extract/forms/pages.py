"""A document's grids in order, each with what is announced above it; also numbers that lost their table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.extract.forms.cells import is_page_number, parts, read_value
from tasks.extract.forms.grid import Grid, read_grid, read_lines
from tasks.extract.forms.labels import matcher_table3
from tasks.extract.forms.table4 import SECTION, is_bare_row, is_header
from tasks.extract.forms.turned import is_turned, turned
from tasks.frozen import frozen
from tasks.values import Block, BlockKind, Document

LONGEST_HEADING = 60  # characters of a line that announces a table
REACH = 3  # lines of prose below a heading within which its table stands
LONGEST_HEAD = 12  # characters of a line that is a column's head or a piece of one
LONGEST_LINE = 120  # characters of a line of fifteen numbers
_BRACKETS = "（(《【"


@frozen
class Offered:
    """A grid that may be a form. `above`: the lines that announce table 4, None if nothing does;
    `is_bare`: it has no labels; `caption`: the short line right above it."""

    grid: Grid
    above: str | None
    is_bare: bool = False
    caption: str = ""


@dataclass(slots=True)
class Announcement:
    """Whether table 4 is to come: its heading, table 3 or its own header stood above; the words since."""

    reach: int = 0
    words: str = ""

    @property
    def above(self) -> str | None:
        return self.words if self.reach > 0 else None

    def read(self, text: str) -> None:
        """A line of words: the heading, a head of a column, or prose that leads away from it."""
        if len(text) <= LONGEST_HEADING and SECTION.search(text):
            self.reach, self.words = REACH, ""
        elif len(text) <= LONGEST_HEAD:
            self.words += "".join(text.split())
        elif not is_page_number(text):
            self.reach -= 1

    def follow(self, grid: Grid) -> None:
        """A table: what it ends with."""
        self.words = ""
        if is_header(grid):
            self.words = "".join(p.text for p in grid.entries[-1].names)
        if self.words or _ends_table3(grid):
            self.reach = max(self.reach, 1)


def offered(document: Document) -> Iterator[Offered]:
    """Every table, and below the heading of table 4 the paragraphs of numbers."""
    announced = Announcement()
    run: list[Block] = []
    before: Block | None = None
    for block in document.blocks:
        if block.kind is BlockKind.PARAGRAPH and _is_numbers(document, block):
            run.append(block)
            continue
        yield from _bare(document, run, announced)
        run = []
        if block.kind is BlockKind.TABLE:
            grid = read_grid(document, block, before)
            if is_turned(grid):
                grid = read_grid(document, turned(block), before)
            yield Offered(grid, announced.above, caption=_caption(document, before))
            announced.follow(grid)
        else:
            announced.read(document.text[block.start : min(block.end, block.start + LONGEST_LINE)])
        before = block
    yield from _bare(document, run, announced)


def _caption(document: Document, before: Block | None) -> str:
    if before is None or before.table is not None or before.end - before.start > LONGEST_HEADING:
        return ""
    return document.text_of(before)


def _bare(document: Document, run: list[Block], announced: Announcement) -> Iterator[Offered]:
    if run and announced.above is not None:
        grid = read_lines(document, run)
        if grid is not None and is_bare_row(grid.rows[0]):
            yield Offered(grid, announced.above, True)
            announced.words = ""


def _is_numbers(document: Document, block: Block) -> bool:
    """Whether a line holds numbers and marks alone."""
    first = document.text[block.start]
    if first.isalpha() or first in _BRACKETS or block.end - block.start > LONGEST_LINE:
        return False
    text = document.text_of(block)
    return read_value(text).value is not None or bool(parts(text))


def _ends_table3(grid: Grid) -> bool:
    """Whether the last row is table 3's last: 四、结转下年度继续办理."""
    last = grid.entries[-1].names[-1].text if grid.entries else ""
    return any(row.indicator == "applications_carried_forward" for row in matcher_table3().find(last).rows)
