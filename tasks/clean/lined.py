"""Forms printed as lines of prose → table blocks: `1.政府网站公开政府信息数：224条`, one row a line.

A line belongs when its words are a row's label of a statutory form and nothing but a number follows; among
such lines the heads of groups. Not here: cells without mark, one a line (`stacked`), pipes and tabs (`flat`).
"""

from __future__ import annotations

import re

from tasks.clean.compose import Draft
from tasks.clean.labels import fold, is_label, is_value, row_labels
from tasks.clean.line_cells import Span, as_table, is_short, trimmed

# Fewer such lines are a report's own list of what it did, read as prose.
MIN_ROWS = 12
LONGEST = 90  # characters of a line: the longest label with its number
DIGIT = re.compile(r"\d")
ROW = re.compile(
    r"(?P<label>[^;；。]{4,70}?)\s{0,4}(?:[:：]|[.…·_]{2,60})\s{0,4}(?P<value>\d[^;；。]{0,20})\s{0,4}[;；。]?"
)


def find_lined(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks, runs of lines that are rows of a form joined to table blocks."""
    rows = {i: row for i, draft in enumerate(drafts) if (row := _row(text, draft))}
    if len(rows) < MIN_ROWS:
        return drafts
    result: list[Draft] = []
    i = 0
    while i < len(drafts):
        stop = i
        while stop < len(drafts) and (
            stop in rows or ((stop > i or i + 1 in rows) and _is_head(text, drafts[stop]))
        ):
            stop += 1
        while stop > i and stop - 1 not in rows:
            stop -= 1
        run = range(i, stop)
        if sum(j in rows for j in run) >= MIN_ROWS:
            cells = [rows.get(j, [(drafts[j].start, drafts[j].end)]) for j in run]
            result.append(as_table(drafts[i:stop], cells))
            i = stop
        else:
            result.append(drafts[i])
            i += 1
    return result


def _row(text: str, draft: Draft) -> list[Span] | None:
    """Label and value of a line that is a row of a form."""
    if draft.table is not None or draft.end - draft.start > LONGEST:
        return None
    if not DIGIT.search(text, draft.start, draft.end):
        return None
    match = ROW.fullmatch(text, draft.start, draft.end)
    if match is None or not is_value(match["value"]) or fold(match["label"]) not in row_labels():
        return None
    return [match.span("label"), trimmed(text, *match.span("value"))]


def _is_head(text: str, draft: Draft) -> bool:
    return is_short(draft) and is_label(text[draft.start : draft.end])
