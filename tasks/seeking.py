"""Searching a text only where a match can begin.

Python's `re` goes quickly to the next possible beginning when a pattern, or each of its alternatives, opens
with a letter; one that opens with a look-behind or an option is tried at every character, at twenty times the
cost. The rules in seeds/ are written to be read, so what their matches can open with is worked out here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]  # parsed patterns have no public door
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from tasks.frozen import frozen

_ZERO_WIDTH = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
_CATEGORIES = {sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_SPACE: r"\s"}

Parsed = Sequence[tuple[Any, Any]]


@frozen
class Seeker:
    """A pattern and the characters its matches can open with; None where `re` knows them, or any may."""

    pattern: re.Pattern[str]
    opening: re.Pattern[str] | None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        if self.opening is None:
            return self.pattern.finditer(text, start, end)
        return _tried(self.pattern, self.opening, text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return next(self.finditer(text, start, end), None)


def _tried(
    pattern: re.Pattern[str], opening: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    for place in opening.finditer(text, start, end):
        if place.start() >= start and (match := pattern.match(text, place.start(), end)):
            yield match
            start = match.end()


def seeker(pattern: re.Pattern[str]) -> Seeker:
    """The pattern with what its matches can open with."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    found, may_be_empty = _opening(parsed)
    if not found or may_be_empty or _opens_with_a_letter(parsed):
        return Seeker(pattern, None)
    return Seeker(pattern, re.compile(f"[{''.join(sorted(found))}]", pattern.flags & re.IGNORECASE))


def _opens_with_a_letter(parsed: Parsed) -> bool:
    """Whether `re` goes to the next beginning by itself."""
    op, value = parsed[0]
    if op is sre.SUBPATTERN:
        return _opens_with_a_letter(value[-1])
    if op is sre.BRANCH:
        return all(branch and branch[0][0] is sre.LITERAL for branch in value[1])
    return op in (sre.LITERAL, sre.IN)


def _opening(parsed: Parsed) -> tuple[set[str] | None, bool]:
    """(members of a character class that a match can open with, None for any; whether it may be empty)."""
    found: set[str] = set()
    for op, value in parsed:
        here, may_be_empty = _first(op, value)
        if here is None:
            return None, False
        found |= here
        if not may_be_empty:
            return found, False
    return found, True


def _first(op: Any, value: Any) -> tuple[set[str] | None, bool]:
    """The same of one part of a pattern."""
    if op in _ZERO_WIDTH:
        return set(), True
    if op is sre.LITERAL:
        return {re.escape(chr(value))}, False
    if op is sre.IN:
        return _members(value), False
    if op is sre.SUBPATTERN:
        return _opening(value[-1])
    if op in _REPEATS:
        found, may_be_empty = _opening(value[2])
        return found, may_be_empty or value[0] == 0
    if op is sre.BRANCH:
        openings = [_opening(branch) for branch in value[1]]
        known = [found for found, _ in openings if found is not None]
        is_known = len(known) == len(openings)
        return (set().union(*known) if is_known else None), any(may_be_empty for _, may_be_empty in openings)
    return None, False


def _members(parsed: Parsed) -> set[str] | None:
    """The members of a character class, None for one that says what it excludes."""
    found: set[str] = set()
    for op, value in parsed:
        if op is sre.LITERAL:
            found.add(re.escape(chr(value)))
        elif op is sre.RANGE:
            found.add("-".join(re.escape(chr(end)) for end in value))
        elif op is sre.CATEGORY and value in _CATEGORIES:
            found.add(_CATEGORIES[value])
        else:
            return None
    return found
