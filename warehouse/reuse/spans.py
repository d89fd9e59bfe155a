"""Spans that two texts have in common, in order, word for word: what a reader would mark as copied."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import Indel

SPAN = 8
"""Characters from which an equal run is no chance: Chinese words have two to four."""


def common_spans(text: str, other: str, least: int = SPAN) -> Iterator[tuple[int, int]]:
    """Start and end (exclusive) in `text` of each run of `least` or more characters that `other` has."""
    for step in Indel.opcodes(text, other):
        if step.tag == "equal" and step.src_end - step.src_start >= least:
            yield step.src_start, step.src_end


def shared_characters(text: str, other: str, mark: str = "，") -> int:
    """Characters of `text` in common spans, `mark` not counted."""
    return sum(end - start - text.count(mark, start, end) for start, end in common_spans(text, other))
