"""Pages and confidence of what a paged document states: prose by the lines it stands in.

Text that was recognised in an image (OCR) is less than certain. A number in prose is as sure as its line, or
as the form that states the same value. Cells of forms know their own place (`forms`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tasks.values import Document, Fact, Place

FORM = "form"


def located(document: Document, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts with their pages, and no surer than their text is."""
    if not document.places:
        return tuple(facts)
    facts = list(facts)
    sure = {_value(fact): fact.confidence for fact in facts if fact.origin == FORM}
    starts = [place.start for place in document.places]
    return tuple(_located(fact, document.places, starts, sure) for fact in facts)


Value = tuple[str, str | None, float]


def _value(fact: Fact) -> Value:
    return fact.indicator, fact.member, fact.value


def _located(fact: Fact, places: Sequence[Place], starts: list[int], sure: dict[Value, float]) -> Fact:
    if fact.origin == FORM:
        return fact
    lines = list(_lines(fact.evidence_start, fact.evidence_end, places, starts))
    if not lines:
        return fact
    reading = min(line.confidence for line in lines)
    confidence = min(fact.confidence, max(reading, sure.get(_value(fact), 0.0)))
    return replace(fact, confidence=confidence, page=lines[0].page)


def _lines(start: int, end: int, places: Sequence[Place], starts: list[int]) -> Iterator[Place]:
    """The printed lines that a stretch of the text touches."""
    for place in places[max(0, bisect_right(starts, start) - 1) :]:
        if place.start >= end:
            return
        if place.end > start:
            yield place
