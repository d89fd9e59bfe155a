"""The values of the generator: cells and grids of a form, blocks of a page, the finished page.

No randomness and no markup here.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, str | None, str | None]
"""(indicator, dimension, member), as in a gold fact."""


def stream(seed: int, name: str) -> random.Random:
    """A random stream of its own for each concern, so that one mutation does not move the others."""
    return random.Random(f"{seed}/{name}")


@dataclass(slots=True)
class Cell:
    """A cell as in HTML: it stands once, at its upper left corner.

    `role`: label | head | unit | value | blank | title | foot | serial | remark |
    other (a number without a code) | multi. Only a `value` cell has a `key`; its `value` is in the
    canonical unit, None when the cell prints no number.
    """

    text: str = ""
    role: str = "label"
    rowspan: int = 1
    colspan: int = 1
    key: Key | None = None
    value: float | None = None
    parts: list[Cell] = field(default_factory=list)  # of a `multi` cell: several value cells in one text


@dataclass(slots=True)
class Grid:
    """One table. `name`: form2014 | table2 | table3 | table4 | local | merged; `head`: header rows."""

    name: str
    rows: list[list[Cell]]
    head: int = 0

    @property
    def width(self) -> int:
        """Columns of the widest row, spans from above included."""
        return max((len(row) for row in places(self)), default=0)


def places(grid: Grid) -> list[list[tuple[Cell, bool]]]:
    """Every place of the grid as (cell that covers it, whether the cell starts here)."""
    held: dict[tuple[int, int], Cell] = {}
    laid: list[list[tuple[Cell, bool]]] = []
    for r, row in enumerate(grid.rows):
        c = 0
        starts: set[int] = set()
        for cell in row:
            while (r, c) in held:
                c += 1
            starts.add(c)
            for dr in range(cell.rowspan):
                for dc in range(cell.colspan):
                    held[(r + dr, c + dc)] = cell
            c += cell.colspan
        width = 1 + max((cc for rr, cc in held if rr == r), default=-1)
        laid.append([(held[(r, cc)], cc in starts) for cc in range(width) if (r, cc) in held])
    return laid


@dataclass(slots=True)
class Clause:
    """A piece of prose and the facts it states: (indicator, value, unit, origin)."""

    text: str
    facts: list[tuple[str, float, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """A part of the page. `kind`: title | heading | para | right | center | table."""

    kind: str
    clauses: list[Clause] = field(default_factory=list)
    grid: Grid | None = None

    @property
    def text(self) -> str:
        """The prose of the block."""
        return "".join(clause.text for clause in self.clauses)


def words(kind: str, text: str) -> Block:
    """A block of prose without facts."""
    return Block(kind, [Clause(text)])


@dataclass(frozen=True, slots=True)
class Generated:
    """A page with its gold and the names of the mutations that made it.

    `undecidable` are the form cells that the layout does not place, printed ones with their value, blank
    ones with None. The printed ones are in gold's `dont_care`; an engine that reports any of these cells
    wrongly must not be sure of it.
    """

    seed: int
    name: str
    content: bytes
    gold: dict[str, Any]
    mutations: tuple[str, ...]
    undecidable: tuple[tuple[Key, float | None], ...] = ()
