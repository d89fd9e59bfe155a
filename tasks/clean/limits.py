"""How far a page is read: no further than anyone writes a report. What lies behind is text without blocks."""

from __future__ import annotations

from dataclasses import replace

from tasks.clean.compose import Draft
from tasks.clean.spaces import SPACE

# The longest reports have 60,000 characters and, one cell a line, 4,000 lines. More is a dump or an attack.
MAX_TEXT = 500_000
MAX_LINES = 30_000


def within_limits(text: str, drafts: list[Draft]) -> tuple[list[Draft], int]:
    """The blocks up to the limits of size, and how many characters of others are not read.

    A line that crosses the limit ends there; a table is not divided.
    """
    if len(drafts) <= MAX_LINES and (not drafts or drafts[-1].end <= MAX_TEXT):
        return drafts, 0
    end = min(MAX_TEXT, drafts[MAX_LINES].start if len(drafts) > MAX_LINES else MAX_TEXT)
    kept = [_up_to(text, draft, end) for draft in drafts if draft.start < end]
    return kept, sum(draft.end - draft.start for draft in drafts) - sum(d.end - d.start for d in kept)


def _up_to(text: str, draft: Draft, end: int) -> Draft:
    if draft.end <= end or draft.table is not None:
        return draft
    return replace(draft, end=draft.start + len(text[draft.start : end].rstrip(SPACE)))
