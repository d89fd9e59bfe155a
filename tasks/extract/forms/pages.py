"""A document's grids in order, each with what is announced above it; also numbers that lost their table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.extract.forms.cells import is_page_number
from tasks.extract.forms.grid import Grid, read_grid, read_lines
from tasks.extract.forms.labels import matcher_table3
from tasks.extract.forms.table4 import MIN_BARE, SECTION
from tasks.values import Block, BlockKind, Document

LONGEST_HEADING = 60  # characters of a line that announces a table
REACH = 3  # blocks below a heading within which its table stands
LONGEST_LINE = 120  # characters of a line of fifteen numbers


@dataclass(frozen=True, slots=True)
class Offered:
    """A grid that may be a form. `follows`: table 4 is announced above it; `is_bare`: it has no labels."""

    grid: Grid
    follows: bool
    is_bare: bool = False


def offered(document: Document) -> Iterator[Offered]:
    """Every table, and below the heading of table 4 the paragraphs of numbers."""
    reach = 0
    run: list[Block] = []
    for block in (*document.blocks, None):
        if block is not None and block.kind is BlockKind.PARAGRAPH and _is_numbers(document, block):
            run.append(block)
            continue
        if run:
            grid = read_lines(document, run) if reach > 0 else None
            run = []
            if grid is not None and grid.numbers >= MIN_BARE:
                yield Offered(grid, True, True)
        if block is None:
            return
        if block.kind is BlockKind.TABLE:
            grid = read_grid(document, block)
            yield Offered(grid, reach > 0)
            reach = 1 if _ends_table3(grid) else 0
        else:
            text = document.text_of(block)
            if len(text) <= LONGEST_HEADING and SECTION.search(text):
                reach = REACH
            elif not is_page_number(text):
                reach -= 1


def _is_numbers(document: Document, block: Block) -> bool:
    text = document.text[block.start : min(block.end, block.start + LONGEST_LINE)]
    return block.end - block.start <= LONGEST_LINE and not any(char.isalpha() for char in text)


def _ends_table3(grid: Grid) -> bool:
    """Whether the last row is table 3's last: 四、结转下年度继续办理."""
    last = grid.entries[-1].names[-1].text if grid.entries else ""
    return any(row.indicator == "applications_carried_forward" for row in matcher_table3().find(last).rows)
