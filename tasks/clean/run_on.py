"""A whole report in one line → a block for each part. Some copies of pages have spaces for line breaks.

Only where a long line holds several numbered headings behind white space: `…如下: 一、概述 2011年… 二、…`.
The text stays as it is; the blocks end and begin at the white space.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from tasks.clean.compose import Draft

LINE_CHARS = 200  # prose of this length may hold a heading or two, run in
MIN_HEADINGS = 3
HEADING_CHARS = 40
# A heading of level 1 or 2 behind white space.
BEGINNING = re.compile(
    r"(?<=\s)(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])(?=\S)"
)
HEADING = re.compile(rf"[一二三四五六七八九十]{{1,3}}、[^\s。；;]{{2,{HEADING_CHARS}}}(?=\s)")
SPACES = re.compile(r"\s+")


def split_run_on(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks, lines that hold several headings split before and behind each."""
    result: list[Draft] = []
    for draft in drafts:
        if draft.table is None and draft.end - draft.start > LINE_CHARS:
            result.extend(_parts(text, draft))
        else:
            result.append(draft)
    return result


def _parts(text: str, draft: Draft) -> list[Draft]:
    begins = [m.start() for m in BEGINNING.finditer(text, draft.start + 1, draft.end)]
    if sum(HEADING.match(text, begin) is not None for begin in begins) < MIN_HEADINGS:
        return [draft]
    cuts = {draft.start, draft.end, *begins}
    for begin in (draft.start, *begins):
        heading = HEADING.match(text, begin, draft.end)
        gap = SPACES.match(text, heading.end()) if heading else None
        if gap:
            cuts.add(gap.end())
    spans = [(start, start + len(text[start:end].rstrip())) for start, end in pairwise(sorted(cuts))]
    return [replace(draft, start=start, end=end) for start, end in spans if end > start]
