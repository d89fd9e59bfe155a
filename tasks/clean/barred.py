"""Rows of cells parted by bars, and what bars and dashes draw around them.

Bars may open and close the rows or only part the cells; a row may be broken over lines. Not here: which runs
of lines are tables (`flat`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import chain, groupby

from tasks.clean.compose import Draft
from tasks.clean.labels import fold, is_label, is_value, row_labels, units
from tasks.clean.line_cells import Span, cut, has_mark, is_short, line_of, marks_of, trimmed
from tasks.clean.spaces import BARS

# Edges of cells drawn in characters.
DRAWN = re.compile(r"[+┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛][-=─━═+┬┼┴╦╬╩┳╋┻ ]{3,}[+┐┤┘╗╣╝┓┫┛]")
PIPE = re.compile(f"[{BARS}]")
RULER_DASHES = 3
MIN_LONE_BARS = 4  # lines that are a bar each: fewer are ornament
OPENED_SHARE = 0.9  # of a table's rows begin with a bar if bars open them


def with_their_bars(text: str, drafts: list[Draft]) -> list[Draft]:
    """The blocks, a bar alone in its line put to the cell it closes or opens, where the cell before it is
    closed or opened by a bar in its own line; other bars alone are blank cells."""
    result: list[Draft] = []
    barred: Draft | None = None  # the last cell with its bar
    for draft in drafts:
        if barred and result and _is_one_cell(text, barred, result[-1], draft):
            result[-1] = replace(result[-1], end=draft.end)
        else:
            result.append(draft)
        if not is_short(draft):
            barred = None
        elif not _is_bar(text, result[-1]) and has_mark(text, result[-1], PIPE):
            barred = result[-1]
    return result


def in_lines(text: str, drafts: list[Draft]) -> list[Draft]:
    """The blocks; a cell put to its bar that came into no table is lines again."""
    result: list[Draft] = []
    for draft in drafts:
        if draft.table is not None or text.find("\n", draft.start, draft.end) < 0:
            result.append(draft)
            continue
        start = draft.start
        for line in text[draft.start : draft.end].split("\n"):
            first, last = trimmed(text, start, start + len(line))
            start += len(line) + 1
            if last > first:
                result.append(replace(draft, start=first, end=last))
    return result


def _is_one_cell(text: str, barred: Draft, upper: Draft, lower: Draft) -> bool:
    """Whether two lines are a cell and its bar, on the same side as that of another cell."""
    if _is_bar(text, lower):
        return text[barred.end - 1] in BARS and is_short(upper) and not has_mark(text, upper, PIPE)
    opens = _is_bar(text, upper) and text[barred.start] in BARS
    return opens and is_short(lower) and not has_mark(text, lower, PIPE)


def _is_bar(text: str, draft: Draft) -> bool:
    return draft.table is None and text[draft.start : draft.end] in BARS


def without_lone_bars(text: str, drafts: list[Draft]) -> list[Draft]:
    """The blocks without lines that are nothing but a bar, among lines that are one cell each (`stacked`)."""

    def is_cell(draft: Draft) -> bool:
        return is_short(draft) and (_is_bar(text, draft) or not PIPE.search(text, draft.start, draft.end))

    result: list[Draft] = []
    for may_be_cells, lines in groupby(drafts, is_cell):
        run = list(lines)
        cells = [draft for draft in run if not _is_bar(text, draft)] if may_be_cells else run
        result.extend(cells if cells and len(run) - len(cells) >= MIN_LONE_BARS else run)
    return result


def without_drawn_rules(text: str, drafts: list[Draft]) -> list[Draft]:
    """The blocks without lines that draw the edges of cells (+---+, ├──┼──┤) above or below bars."""

    def is_rule(draft: Draft) -> bool:
        return draft.table is None and DRAWN.fullmatch(text, draft.start, draft.end) is not None

    edged = [None, *drafts, None]
    return [
        draft
        for above, draft, below in zip(edged, drafts, edged[2:], strict=False)
        if not is_rule(draft)
        or not any(one and one.table is None and has_mark(text, one, PIPE) for one in (above, below))
    ]


def rows_of_bars(text: str, run: list[Draft]) -> list[list[Span]]:
    """Rows of a table of bars; bars may open and close the rows or only part the cells."""
    lines = [line_of(text, draft) for draft in run]
    bars = [marks_of(text, start, end, PIPE) for start, end in lines]
    opens = [text[draft.start] in BARS for draft in run]
    closes = [text[draft.end - 1] in BARS for draft in run]
    # A row that is closed is over: what opens the lines behind it opens rows, or is a blank first cell.
    begins = [opens[0], *(opened for opened, closed in zip(opens[1:], closes, strict=False) if closed)]
    is_opened = sum(opens) > len(run) / 2 and sum(begins) >= OPENED_SHARE * len(begins)
    is_closed = sum(closes) > len(run) / 2
    rows: list[list[Span]] = []
    for first, last in _equal_rows(bars) or _broken_rows(text, run, bars, is_opened):
        row = cut(text, lines[first][0], lines[last][1], list(chain(*bars[first : last + 1])))
        if is_opened and len(row) > 1 and row[0][0] == row[0][1]:
            row = row[1:]
        if is_closed and len(row) > 1 and row[-1][0] == row[-1][1]:
            row = row[:-1]
        if not _is_ruler(text, row):
            rows.append(row)
    return rows


def _equal_rows(bars: list[list[int]]) -> list[Span]:
    """Rows as first and last line, each with the same number of bars; none if that does not work out.

    Then a row may be broken anywhere, before a bar, behind one, or inside a cell.
    """
    width = Counter(map(len, bars)).most_common(1)[0][0]
    rows: list[Span] = []
    begin, held = 0, 0
    for i, here in enumerate(bars):
        held += len(here)
        if held == width:
            rows.append((begin, i))
            begin, held = i + 1, 0
        elif held > width:
            return []
    return rows if held == 0 and width > 1 else []


def _broken_rows(text: str, run: list[Draft], bars: list[list[int]], is_opened: bool) -> list[Span]:
    """Rows as first and last line where rows differ in length: what goes on is told line by line."""
    width = Counter(map(len, bars)).most_common(1)[0][0]
    rows: list[Span] = []
    begin, held = 0, 0
    for i, draft in enumerate(run):
        held += len(bars[i])
        if i + 1 < len(run):
            following = run[i + 1]
            if held and held + len(bars[i + 1]) <= width:
                # the next line begins with a bar where the others do not, or this one is not closed
                if (text[following.start] in BARS) != is_opened:
                    continue
                if is_opened and text[draft.end - 1] not in BARS:
                    continue
            if _goes_on(text, run[begin], draft, following):
                continue
        rows.append((begin, i))
        begin, held = i + 1, 0
    return rows


def _goes_on(text: str, first: Draft, last: Draft, following: Draft) -> bool:
    """Whether the line below belongs to the row: the rest of a label, or values of a row that has one."""
    if first is last and not has_mark(text, last, PIPE):
        return not is_label(text[last.start : last.end])
    head = PIPE.split(text[following.start : following.end], maxsplit=1)[0].strip()
    if not is_value(head) and head not in units():
        return False
    label = next((part for part in PIPE.split(text[first.start : last.end]) if part.strip()), "")
    return fold(label) in row_labels()


def _is_ruler(text: str, row: list[Span]) -> bool:
    """The line of dashes under a markdown header."""
    return all(end - start >= RULER_DASHES and set(text[start:end]) <= set("-: ") for start, end in row)
