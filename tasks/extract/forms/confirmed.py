"""What the sums of a form say about numbers that were recognised in an image (OCR), or whose places no rule
shows.

A number in a sum that comes out was read right: its confidence is 1. One in sums that do not is in doubt.
What no sum holds keeps the confidence of its reading, below 1. Printed numbers are left as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple

import seeds
from tasks.extract.forms.placed import Placed
from tasks.extract.forms.table3_placing import CARRIED_FORWARD, CARRIED_OVER, RECEIVED
from tasks.extract.forms.table3_placing import TOTAL as OUTCOMES

# A recognised number in a sum that does not come out: it may be any of the sum's numbers.
DOUBTED = 0.5
TABLE_3 = 3

Key = tuple[str, str | None]
"""Indicator and applicant (None: all)."""


class Way(Enum):
    ACROSS = "a row of table 3"
    DOWN = "a column of table 3"
    ELSEWHERE = "anywhere"


class Sum(NamedTuple):
    """Numbers that must make the same as others; `name` says which, in words, `way` where they stand."""

    name: str
    left: tuple[Key, ...]
    right: tuple[Key, ...]
    way: Way = Way.ELSEWHERE


def confirmed(placed: Sequence[Placed]) -> tuple[list[Placed], list[str]]:
    """The cells with the confidence that reading and sums leave, and the sums that do not come out."""
    if all(p.printed.cell.confidence >= 1 for p in placed):
        return list(placed), []
    stated = _stated(placed)
    right: set[Key] = set()
    doubted: set[Key] = set()
    failed: list[str] = []
    sums = [(one, *_sides(one, stated)) for one in _sums(placed, stated)]
    is_shifted = _is_shifted(sums)
    for one, left, other in sums:
        keys = {key for key in (*one.left, *one.right) if key in stated}
        if left != other:
            doubted |= keys
            failed.append(f"{one.name}: {left:g} ≠ {other:g}")
        elif not (is_shifted and one.way is Way.DOWN):
            right |= keys
    return [p._replace(confidence=_confidence(p, right, doubted)) for p in placed], failed


def _sides(one: Sum, stated: dict[Key, float]) -> tuple[float, float]:
    left, right = (sum(stated.get(key, 0.0) for key in side) for side in (one.left, one.right))
    return left, right


def _is_shifted(sums: Sequence[tuple[Sum, float, float]]) -> bool:
    """Whether most rows of table 3 that say more than zeros fail: a column may stand under another's name,
    where the sums down come out all the same."""
    across = [left == right for one, left, right in sums if one.way is Way.ACROSS and (left or right)]
    return 2 * sum(across) < len(across)


def _confidence(p: Placed, right: set[Key], doubted: set[Key]) -> float:
    reading = p.printed.cell.confidence
    key = (p.indicator or "", p.member)
    if reading >= 1 or key in right:
        return p.confidence
    return min(p.confidence, reading, DOUBTED if key in doubted else 1.0)


def _stated(placed: Sequence[Placed]) -> dict[Key, float]:
    """Each indicator's number; what is printed twice with different numbers is left out of the sums."""
    values: dict[Key, set[float]] = defaultdict(set)
    for p in placed:
        if p.indicator is not None and p.value is not None:
            values[p.indicator, p.member].add(p.value)
    return {key: next(iter(several)) for key, several in values.items() if len(several) == 1}


def _sums(placed: Sequence[Placed], stated: dict[Key, float]) -> Iterator[Sum]:
    """Every sum whose total is printed and at least one of whose parts is."""
    for one in (*_of_indicators(), *_of_table3([p for p in placed if p.table_no == TABLE_3])):
        if one.left[0] in stated and any(key in stated for key in one.right):
            yield one


@cache
def _of_indicators() -> tuple[Sum, ...]:
    """The sums of seeds/indicators.csv that every form prints whole: total = its parts."""
    parts: dict[str, list[Key]] = defaultdict(list)
    for row in seeds.rows("indicators.csv"):
        kind, _, total = row["relation"].partition(":")
        if kind == "sum" and total != OUTCOMES:
            parts[total].append((row["indicator"], None))
    return tuple(Sum(total, ((total, None),), tuple(keys)) for total, keys in parts.items())


def _of_table3(placed: Sequence[Placed]) -> Iterator[Sum]:
    """Across: the applicants make the total. Down: the outcomes make theirs; what came is settled or left."""
    members = {p.member for p in placed}
    rows = {p.indicator: p.row_path for p in placed if p.indicator is not None}
    for indicator, path in rows.items():
        applicants = tuple((indicator, m) for m in sorted(filter(None, members)))
        yield Sum(path, ((indicator, None),), applicants, Way.ACROSS)
    closing = {OUTCOMES, RECEIVED, CARRIED_OVER, CARRIED_FORWARD}
    outcomes = [indicator for indicator in rows if indicator not in closing]
    for member in sorted(members, key=str):
        column = member or "总计"
        parts = tuple((name, member) for name in outcomes)
        yield Sum(f"{column}/总计", ((OUTCOMES, member),), parts, Way.DOWN)
        if RECEIVED in rows and CARRIED_OVER in rows and OUTCOMES in rows and CARRIED_FORWARD in rows:
            came_in = ((RECEIVED, member), (CARRIED_OVER, member))
            left = ((OUTCOMES, member), (CARRIED_FORWARD, member))
            yield Sum(f"{column}/结转", came_in, left, Way.DOWN)
