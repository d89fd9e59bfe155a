"""Grids as lines of text: pipes, tabs, one cell a line; and which facts such a layout still places."""

from __future__ import annotations

import random

from tests.generate.model import Cell, Grid, Key
from tests.generate.plan import Plan

VANISHING = frozenset({"lines-vanished", "div-spans"})


def cell_lines(grid: Grid, plan: Plan, rng: random.Random) -> list[str]:
    """The lines of a grid whose spans are already undone."""
    out: list[str] = []
    for row in grid.rows:
        texts = [cell.text for cell in row]
        if plan.layout == "tabs":
            out.append("\t".join(texts))
        elif plan.layout == "pipes":
            out.append(" | ".join(texts) + " |")
        elif plan.layout == "pipes-broken":
            out += broken(row, rng)
        else:
            for cell in row:
                if cell.text or plan.layout == "lines":
                    out += one_cell(cell, plan, rng, cell is row[-1])
    return out


def one_cell(cell: Cell, plan: Plan, rng: random.Random, is_last: bool) -> list[str]:
    """The lines of a cell that has lines of its own: a label broken in two, a bar behind it or, behind the
    last of a row, in the line below."""
    if plan.has("cells-barred"):
        return [cell.text, "   |"] if is_last and cell.text else [f"{cell.text} |"]
    lines = [cell.text]
    if plan.has("label-lines") and not any(map(str.isdigit, cell.text)) and len(cell.text) > 5:
        at = rng.randrange(3, len(cell.text) - 1) if rng.random() < 0.4 else len(cell.text)
        lines = [line for line in (cell.text[:at], cell.text[at:]) if line]
    return [*lines, "|"] if plan.has("bar-lines") else lines


def broken(row: list[Cell], rng: random.Random) -> list[str]:
    """A row with pipes, now and then broken before a cell or inside a long label."""
    texts = [cell.text for cell in row]
    if rng.random() < 0.2 and row[0].role == "label" and len(texts[0]) > 9:
        texts[0] = texts[0][:6] + "\n" + texts[0][6:]
    at = rng.randrange(1, len(texts)) if len(texts) > 1 and rng.random() < 0.4 else 0
    if not texts[-1] and len(texts) > 1:
        at = len(texts) - 1
    if at:
        texts[at] = "\n" + texts[at]
    return (" | ".join(texts) + " |").replace(" | \n", " |\n").split("\n")


def facts_of(cells: list[Cell]) -> list[tuple[Key, float]]:
    """The printed figures with a code among these cells."""
    flat = [part for cell in cells for part in (cell.parts or [cell])]
    return [(cell.key, cell.value) for cell in flat if cell.key is not None and cell.value is not None]


def undecided(grid: Grid, plan: Plan) -> list[tuple[Key, float | None]]:
    """The cells of rows where blanks left no trace: present figures cannot be told apart; None: a blank.

    Blanks vanish in some layouts, and between tabs in HTML, where white space runs together.
    A row with all its figures or with one place for a figure is decided; so is one without any.
    """
    out: list[tuple[Key, float | None]] = []
    collapsing = plan.layout == "tabs" and plan.container in ("html-p", "html-br")
    for row in grid.rows:
        vanishing = collapsing or plan.layout in VANISHING or any(cell.role == "multi" for cell in row)
        slots = [part for cell in row for part in (cell.parts or [cell]) if part.role in ("value", "other")]
        if vanishing and 0 < sum(not cell.text for cell in slots) < len(slots):
            out += [(cell.key, cell.value) for cell in slots if cell.key is not None]
    return out
