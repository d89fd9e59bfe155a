"""Dots and dashes in a row → the ruled line they are: some producers draw each alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tasks.clean.paged.sheet import Box, Rule

# So many dots, none farther from the next than so many points, are a line.
FEWEST_DOTS = 6
WIDEST_GAP = 3.5
# Dots of a line stand within so many points of each other, across it.
ASTRAY = 0.25


def dotted_rules(dots: Sequence[Box]) -> Iterator[Rule]:
    """The level and the upright lines that dots make, those of a corner belonging to both."""
    for left, right, y in _runs([(top, bottom, left, right) for left, top, right, bottom in dots]):
        yield Rule(left, y, right, y)
    for top, bottom, x in _runs([(left, right, top, bottom) for left, top, right, bottom in dots]):
        yield Rule(x, top, x, bottom)


def _runs(dots: Sequence[Box]) -> Iterator[tuple[float, float, float]]:
    """From where to where and at which height dots stand in a row; each is given as across and along."""
    by_height = sorted(((low + high) / 2, begin, end) for low, high, begin, end in dots)
    row: list[tuple[float, float, float]] = []
    for dot in by_height:
        if row and dot[0] - row[-1][0] > ASTRAY:
            yield from _cut(row)
            row = []
        row.append(dot)
    yield from _cut(row)


def _cut(row: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    """The stretches of a row without a wide gap that are long enough to be lines."""
    along = sorted((begin, end) for _, begin, end in row)
    breaks = [i for i, (a, b) in enumerate(pairwise(along), 1) if b[0] - a[1] > WIDEST_GAP]
    for first, stop in pairwise([0, *breaks, len(along)]):
        if stop - first >= FEWEST_DOTS:
            yield along[first][0], max(end for _, end in along[first:stop]), row[0][0]
