"""Ruled lines → the cells they enclose. A wall between two places of the raster is there when most of it is
drawn, so gaps at corners, double lines and lines in pieces do no harm.

Only geometry: no text is looked at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tasks.clean.paged.sheet import Box, Rule

# Lines nearer than this, in points, are one: a double line, the borders of neighbouring cells. The lowest row
# (6 pt type) and the narrowest column (one character) are wider.
SNAP = 3.0
# Lines this near touch.
TOUCH = 4.0
# This share of a wall is drawn if there is one.
WALL_SHARE = 0.5
# More lines than this are a drawing or a map.
MOST_LINES = 4000


class Line(NamedTuple):
    """A ruled line: where it stands, and from where to where it goes."""

    at: float
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: its upper left corner in the raster, its spans, its box on the page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(slots=True)
class Raster:
    """A ruled table: the positions of its lines and the cells between them, in reading order."""

    xs: list[float]
    ys: list[float]
    places: list[Place]
    owner: dict[tuple[int, int], int]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def place_at(self, x: float, y: float) -> int | None:
        """The number of the cell that covers a point, None outside."""
        row, col = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self.owner.get((row, col))


def rasters(rules: Sequence[Rule]) -> list[Raster]:
    """The ruled tables of a page, boxes of a single cell left out, the smallest first."""
    found: list[Raster] = []
    lines = 0
    for band in _bands(rules):
        level = _merged([Line(r.top, r.left, r.right) for r in band if r.is_level])
        upright = _merged([Line(r.left, r.top, r.bottom) for r in band if not r.is_level])
        lines += len(level) + len(upright)
        if lines > MOST_LINES:
            return []
        found += filter(None, (_raster(*group) for group in _groups(level, upright)))
    tables = [raster for raster in found if len(raster.places) > 1]
    return sorted(tables, key=lambda one: (one.xs[-1] - one.xs[0]) * (one.ys[-1] - one.ys[0]))


def _bands(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules from the top, cut where nothing is ruled: each table has columns of its own."""
    band: list[Rule] = []
    end = 0.0
    for rule in sorted(rules, key=lambda one: one.top):
        if band and rule.top > end + TOUCH:
            yield band
            band = []
        end = max(end, rule.bottom) if band else rule.bottom
        band.append(rule)
    if band:
        yield band


def _merged(lines: list[Line]) -> list[Line]:
    """Lines in one, pieces that follow each other joined."""
    merged: list[Line] = []
    for at, group in _clusters(lines):
        begin = end = None
        for line in sorted(group, key=lambda one: one.begin):
            if end is not None and begin is not None and line.begin - end <= SNAP:
                end = max(end, line.end)
                continue
            if begin is not None and end is not None:
                merged.append(Line(at, begin, end))
            begin, end = line.begin, line.end
        if begin is not None and end is not None:
            merged.append(Line(at, begin, end))
    return merged


def _clusters(lines: list[Line]) -> Iterator[tuple[float, list[Line]]]:
    """Lines that stand together, with their mean position."""
    group: list[Line] = []
    for line in sorted(lines):
        if group and (line.at - group[-1].at > SNAP or line.at - group[0].at > 2 * SNAP):
            yield sum(one.at for one in group) / len(group), group
            group = []
        group.append(line)
    if group:
        yield sum(one.at for one in group) / len(group), group


def _groups(level: list[Line], upright: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Lines that hang together by touching, level and upright ones."""
    owner = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright, len(level)):
            if (
                h.begin - TOUCH <= v.at <= h.end + TOUCH
                and v.begin - TOUCH <= h.at <= v.end + TOUCH
                and root(i) != root(j)
            ):
                owner[root(j)] = root(i)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, line in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(upright, len(level)):
        groups.setdefault(root(j), ([], []))[1].append(line)
    yield from (group for group in groups.values() if group[0] and group[1])


def _raster(level: list[Line], upright: list[Line]) -> Raster | None:
    """The table that lines hanging together make; open sides are closed where the other lines end."""
    left = min(*(h.begin for h in level), *(v.at for v in upright))
    right = max(*(h.end for h in level), *(v.at for v in upright))
    top = min(*(v.begin for v in upright), *(h.at for h in level))
    bottom = max(*(v.end for v in upright), *(h.at for h in level))
    upright = upright + [Line(x, top, bottom) for x in (left, right) if _is_open(upright, x)]
    level = level + [Line(y, left, right) for y in (top, bottom) if _is_open(level, y)]
    xs = [at for at, _ in _clusters(upright)]
    ys = [at for at, _ in _clusters(level)]
    if len(xs) < 2 or len(ys) < 2:
        return None
    walls = _walls(upright, xs, ys)
    floors = _walls(level, ys, xs)
    places = list(_places(xs, ys, walls, floors))
    owner = {
        (row, col): i
        for i, place in enumerate(places)
        for row in range(place.row, place.row + place.rowspan)
        for col in range(place.col, place.col + place.colspan)
    }
    return Raster(xs, ys, places, owner)


def _is_open(lines: list[Line], side: float) -> bool:
    return all(abs(line.at - side) > TOUCH for line in lines)


def _walls(lines: list[Line], at: list[float], across: list[float]) -> set[tuple[int, int]]:
    """(number of the line in `at`, number of the interval of `across`) wherever a wall is drawn."""
    drawn: dict[tuple[int, int], float] = {}
    for line in lines:
        k = min(range(len(at)), key=lambda i: abs(at[i] - line.at))
        for i in range(len(across) - 1):
            covered = min(line.end, across[i + 1]) - max(line.begin, across[i])
            if covered > 0:
                drawn[k, i] = drawn.get((k, i), 0.0) + covered
    return {(k, i) for (k, i), length in drawn.items() if length >= WALL_SHARE * (across[i + 1] - across[i])}


def _places(
    xs: list[float], ys: list[float], walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> Iterator[Place]:
    """The cells, from the upper left: each as wide as no wall, then as high as no floor stops it."""
    taken: set[tuple[int, int]] = set()
    rows, cols = len(ys) - 1, len(xs) - 1
    for row in range(rows):
        for col in range(cols):
            if (row, col) in taken:
                continue
            right = col + 1
            while right < cols and (right, row) not in walls and (row, right) not in taken:
                right += 1
            bottom = row + 1
            while bottom < rows and _goes_down(bottom, col, right, walls, floors):
                bottom += 1
            taken.update((r, c) for r in range(row, bottom) for c in range(col, right))
            yield Place(row, col, bottom - row, right - col, (xs[col], ys[row], xs[right], ys[bottom]))


def _goes_down(
    row: int, left: int, right: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> bool:
    """Whether a cell of these columns goes on into the row: no floor above it, no wall inside it."""
    if any((row, col) in floors for col in range(left, right)):
        return False
    return not any((col, row) in walls for col in range(left + 1, right))
