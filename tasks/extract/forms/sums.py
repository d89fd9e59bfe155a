"""Where values stand in a form that lost its blanks: the places on which all solutions of its sums agree.

Tables 3 and 4 have parts and a total in each row; table 3 also sums down its columns. Values keep their
order, so a row of k values under n columns has few ways to stand; the sums leave fewer still.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Steps of the search over a whole table. A table that needs more has too many solutions to agree on much.
MAX_STEPS = 4000

Way = tuple[int, ...]  # the column of each value, rising
Numbers = Sequence[float | None]


def row_ways(numbers: Numbers, columns: int) -> list[Way]:
    """The ways to put numbers under `columns` columns so that all but the last sum to the last.

    A mark or blank counts nothing.
    """
    ways = itertools.combinations(range(columns), len(numbers)) if len(numbers) <= columns else ()
    return [way for way in ways if holds(way, numbers, columns)]


def holds(way: Way, numbers: Numbers, columns: int) -> bool:
    """Whether the parts make the total, the last column."""
    total, parts = 0.0, 0.0
    for place, number in zip(way, numbers, strict=True):
        if place == columns - 1:
            total = number or 0
        else:
            parts += number or 0
    return total == parts


def group_ways(numbers: Numbers, groups: int, columns: int) -> list[Way]:
    """The ways to part numbers among groups of columns, each with its total last (table 4: 3 × 5)."""
    if groups == 1:
        return row_ways(numbers, columns)
    found = []
    for size in range(min(columns, len(numbers)) + 1):
        heads = group_ways(numbers[:size], 1, columns)
        if heads:
            tails = group_ways(numbers[size:], groups - 1, columns)
            found += [(*head, *(columns + p for p in tail)) for head in heads for tail in tails]
    return found


def gapped_ways(numbers: Numbers, gaps: Sequence[int], groups: int, columns: int) -> list[Way]:
    """The ways of numbers and blanks that lost cells only in front of the values `gaps` (their indexes).

    Where none makes all sums, a total that is blank may be one left blank.
    """
    lost = groups * columns - len(numbers)
    ways = []
    for places in itertools.combinations_with_replacement(gaps, lost):
        ways.append(tuple(i + sum(place <= i for place in places) for i in range(len(numbers))))
    exact = [way for way in ways if _all_hold(way, numbers, groups, columns, False)]
    return exact or [way for way in ways if _all_hold(way, numbers, groups, columns, True)]


def _all_hold(way: Way, numbers: Numbers, groups: int, columns: int, may_lack_totals: bool) -> bool:
    placed = dict(zip(way, numbers, strict=True))
    for first in range(0, groups * columns, columns):
        total = placed.get(first + columns - 1)
        parts = sum(placed.get(place) or 0 for place in range(first, first + columns - 1))
        if parts != (total or 0) and (total is not None or not may_lack_totals):
            return False
    return True


def agreed(ways: Sequence[Way], numbers: Numbers) -> dict[int, int]:
    """Column → value (its index) where every way puts the same number."""
    if not ways:
        return {}
    first, *others = [dict(zip(way, range(len(numbers)), strict=True)) for way in ways]
    return {
        place: i
        for place, i in first.items()
        if numbers[i] is not None
        and all(place in other and numbers[other[place]] == numbers[i] for other in others)
    }


@dataclass(slots=True)
class Line:
    """A row of table 3: its numbers, the ways they may stand, and its sign in the sums down the columns
    (`signs[0]`: outcomes = total; `signs[1]`: received + carried over = total + carried forward)."""

    numbers: Numbers
    ways: list[Way]
    signs: tuple[int, int]

    def pattern(self, way: Way, columns: int) -> tuple[float, ...]:
        out = [0.0] * columns
        for place, number in zip(way, self.numbers, strict=True):
            out[place] = number or 0.0
        return tuple(out)


def narrow(lines: Sequence[Line], columns: int, equations: Sequence[bool]) -> None:
    """Leave each line the ways that stand in some solution of the sums down the columns.

    `equations` says which of the two sums can be drawn up (all their rows are there). When there is no
    solution (the page's sums do not hold) or too many to try, the ways stay.
    """
    used = [i for i, ok in enumerate(equations) if ok]
    if not used:
        return
    terms: list[dict[tuple[float, ...], list[Way]]] = []
    for line in lines:
        by_term: dict[tuple[float, ...], list[Way]] = {}
        for way in line.ways:
            pattern = line.pattern(way, columns)
            term = tuple(line.signs[e] * x for e in used for x in pattern)
            by_term.setdefault(term, []).append(way)
        terms.append(by_term)
    if not all(terms):
        return
    kept = _supported([list(by_term) for by_term in terms])
    if kept:
        for line, by_term, alive in zip(lines, terms, kept, strict=True):
            line.ways = [way for term in alive for way in by_term[term]]


def _supported(choices: list[list[tuple[float, ...]]]) -> list[set[tuple[float, ...]]]:
    """For each variable its values that stand in some solution of sum = 0; [] if unknown or none."""
    order = sorted(range(len(choices)), key=lambda i: len(choices[i]))
    ranked = [choices[i] for i in order]
    width = len(ranked[0][0])
    low, high = [(0.0,) * width], [(0.0,) * width]
    for options in reversed(ranked):
        low.append(_add(low[-1], (min(o[c] for o in options) for c in range(width))))
        high.append(_add(high[-1], (max(o[c] for o in options) for c in range(width))))
    low.reverse()
    high.reverse()
    alive: list[set[tuple[float, ...]]] = [set() for _ in ranked]
    chosen: list[tuple[float, ...]] = []
    steps = 0

    def search(depth: int, sums: tuple[float, ...]) -> bool:
        nonlocal steps
        steps += 1
        if steps > MAX_STEPS:
            return False
        if depth == len(ranked):
            for seen, term in zip(alive, chosen, strict=True):
                seen.add(term)
            return True
        for term in ranked[depth]:
            after = _add(sums, term)
            if all(
                s + lo <= 0 <= s + hi
                for s, lo, hi in zip(after, low[depth + 1], high[depth + 1], strict=True)
            ):
                chosen.append(term)
                done = search(depth + 1, after)
                chosen.pop()
                if not done:
                    return False
        return True

    if not search(0, (0.0,) * width) or not alive[0]:
        return []
    back = dict(zip(order, alive, strict=True))
    return [back[i] for i in range(len(choices))]


def _add(left: Sequence[float], right: Iterable[float]) -> tuple[float, ...]:
    return tuple(a + b for a, b in zip(left, right, strict=True))
