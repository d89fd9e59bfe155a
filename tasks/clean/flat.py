"""Tables that lost their markup: rows of pipes, rows of tabs, one cell a line → table blocks.

Works on line blocks whatever their source. A run of lines becomes a table only where something in it
says so (a number alone in a cell, a label of a form or of a metadata table); menus with bars stay lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, pairwise

from tasks.clean.compose import SPACE, Draft
from tasks.clean.labels import LONGEST_LABEL, is_label, is_metadata_label, is_value
from tasks.clean.stacked import find_stacked
from tasks.values import Cell, Table

PIPE = re.compile(r"[|｜│]")
MIN_ROWS = 2  # one line with bars or tabs is a menu or a footer
LINE_BETWEEN = 30  # a line without tab inside a table of tabs is a group's label, and that is short
RULER_DASHES = 3

Span = tuple[int, int]


def find_tables(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks, runs of lines that are tables joined to table blocks."""
    if PIPE.search(text):
        drafts = _join(text, drafts, _pipe_run, _pipe_rows)
    if any("\t" in text[d.start : d.end] for d in drafts if d.table is None):
        drafts = _join(text, drafts, _tab_run, _tab_rows)
    return find_stacked(text, drafts)


def _join(
    text: str,
    drafts: list[Draft],
    run_of: Callable[[str, list[Draft], int], int],
    rows_of: Callable[[str, list[Draft]], list[list[Span]]],
) -> list[Draft]:
    result: list[Draft] = []
    i = 0
    while i < len(drafts):
        stop = run_of(text, drafts, i)
        if stop > i:
            rows = rows_of(text, drafts[i:stop])
            if len(rows) >= MIN_ROWS and _is_table(text, rows):
                result.append(as_table(drafts[i:stop], rows))
                i = stop
                continue
        stop = max(stop, i + 1)
        result.extend(drafts[i:stop])
        i = stop
    return result


def as_table(run: list[Draft], rows: list[list[Span]]) -> Draft:
    """A table block in place of a run of lines; short rows are left-aligned."""
    cells = tuple(
        Cell(r, c, 1, 1, start, end) for r, row in enumerate(rows) for c, (start, end) in enumerate(row)
    )
    cols = max(map(len, rows))
    start, end = rows[0][0][0], max(run[-1].end, rows[-1][-1][1])
    return replace(run[0], start=start, end=end, table=Table(len(rows), cols, cells), level=None, align=None)


def _is_table(text: str, rows: list[list[Span]]) -> bool:
    """Whether some row says it is one: a number beside a label, or labels of a form or a metadata table."""
    labels = 0
    for row in rows:
        words = [text[start:end] for start, end in row]
        if len(words) > 1 and any(is_value(word) for word in words if word):
            return True
        labels += sum(1 for word in words if word and (is_label(word) or is_metadata_label(word)))
    return labels >= 2


def trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    core = piece.lstrip(SPACE)
    start += len(piece) - len(core)
    return start, start + len(core.rstrip(SPACE))


def line_of(text: str, draft: Draft) -> Span:
    """The whole line a block stands in, with the white space (tabs!) its offsets leave out."""
    end = text.find("\n", draft.end)
    return text.rfind("\n", 0, draft.start) + 1, len(text) if end < 0 else end


# ------------------------------------------------------------------- pipes


def _pipe_run(text: str, drafts: list[Draft], i: int) -> int:
    """The end of the run of lines with bars that begins at block i (i itself if none does)."""
    stop = i
    while stop < len(drafts) and drafts[stop].table is None:
        if not PIPE.search(text, drafts[stop].start, drafts[stop].end):
            break
        stop += 1
    return stop


def _pipe_rows(text: str, run: list[Draft]) -> list[list[Span]]:
    """Rows of a table of bars. A row broken over lines goes on until it has its number of bars."""
    lines = [line_of(text, draft) for draft in run]
    bars = [[m.start() for m in PIPE.finditer(text, start, end)] for start, end in lines]
    width = Counter(map(len, bars)).most_common(1)[0][0]
    rows: list[list[Span]] = []
    begin, held = 0, 0
    for i, here in enumerate(bars):
        held += len(here)
        following = len(bars[i + 1]) if i + 1 < len(bars) else width
        if held < width and held + following <= width:
            continue
        row = _split(text, lines[begin][0], lines[i][1], list(chain(*bars[begin : i + 1])))
        if not _is_ruler(text, row):
            rows.append(row)
        begin, held = i + 1, 0
    return rows


def _is_ruler(text: str, row: list[Span]) -> bool:
    """The line of dashes under a markdown header."""
    return all(end - start >= RULER_DASHES and set(text[start:end]) <= set("-: ") for start, end in row)


def _split(text: str, start: int, end: int, bars: list[int]) -> list[Span]:
    edges = [start - 1, *bars, end]
    row = [trimmed(text, left + 1, right) for left, right in pairwise(edges)]
    if len(row) > 1 and row[-1][0] == row[-1][1]:
        row.pop()  # what follows the closing bar
    if len(row) > 1 and row[0][0] == row[0][1] and text[start:end].lstrip(SPACE)[:1] in "|｜│":
        row.pop(0)  # what stands before an opening bar
    return row


# -------------------------------------------------------------------- tabs


def _tab_run(text: str, drafts: list[Draft], i: int) -> int:
    """The end of the run of tabbed lines that begins at block i, with the label lines among them."""
    stop = i
    while stop < len(drafts) and drafts[stop].table is None:
        if not _has_tab(text, drafts[stop]) and not _leads_to_tabs(text, drafts, stop):
            break
        stop += 1
    return stop if any(_has_tab(text, draft) for draft in drafts[i:stop]) else i


def _has_tab(text: str, draft: Draft) -> bool:
    start, end = line_of(text, draft)
    return "\t" in text[start:end]


def _leads_to_tabs(text: str, drafts: list[Draft], i: int) -> bool:
    """A line without tab that is a form's label, with a tabbed line below it."""
    word = text[drafts[i].start : drafts[i].end]
    if len(word) > LONGEST_LABEL or not is_label(word):
        return False
    return i + 1 < len(drafts) and drafts[i + 1].table is None and _has_tab(text, drafts[i + 1])


def _tab_rows(text: str, run: list[Draft]) -> list[list[Span]]:
    rows = []
    for draft in run:
        start, end = line_of(text, draft)
        tabs = [m.start() for m in re.finditer("\t", text[start:end])]
        edges = [start - 1, *(start + tab for tab in tabs), end]
        rows.append([trimmed(text, left + 1, right) for left, right in pairwise(edges)])
    return rows
