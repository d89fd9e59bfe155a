"""Tables that lost their markup: rows of pipes, rows of tabs → table blocks.

Works on line blocks whatever their source. A run of lines becomes a table only where something in it
says so (a number alone in a cell, a label of a form or of a metadata table); menus with bars stay lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from tasks.clean.barred import (
    PIPE,
    in_lines,
    rows_of_bars,
    with_their_bars,
    without_drawn_rules,
    without_lone_bars,
)
from tasks.clean.compose import Draft
from tasks.clean.labels import LONGEST_LABEL, is_article, is_label, is_metadata_label, is_value
from tasks.clean.line_cells import Span, as_table, cut, has_mark, is_short, line_of, marks_of
from tasks.clean.traits import is_title

TAB = re.compile("\t")
MIN_ROWS = 2  # one line with bars or tabs is a menu or a footer
MIN_NUMBERS = 10  # but so many cells of nothing but numbers are a row of table 4


def find_tables(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks, runs of lines that are tables joined to table blocks."""
    if PIPE.search(text):
        drafts = without_lone_bars(text, with_their_bars(text, without_drawn_rules(text, drafts)))
        drafts = in_lines(text, _join(text, drafts, PIPE, rows_of_bars))
    if any("\t" in text[d.start : d.end] for d in drafts if d.table is None):
        drafts = _join(text, drafts, TAB, _tab_rows)
    return drafts


def _join(
    text: str,
    drafts: list[Draft],
    mark: re.Pattern[str],
    rows_of: Callable[[str, list[Draft]], list[list[Span]]],
) -> list[Draft]:
    result: list[Draft] = []
    i = 0
    while i < len(drafts):
        paragraph = _paragraph(text, drafts[i], mark)
        if paragraph is not None:
            result.append(paragraph)
            i += 1
            continue
        stop = _run(text, drafts, i, mark)
        rows = rows_of(text, drafts[i:stop]) if stop > i else []
        kept = _without_titles(text, rows)
        if (len(kept) >= MIN_ROWS or _is_numbers(text, kept)) and _is_table(text, kept):
            below = bisect_left(drafts, kept[-1][-1][1] + 1, i, stop, key=lambda draft: draft.start)
            result.append(as_table(drafts[i:below], kept))
            i = below
            continue
        stop = max(stop, i + 1)
        result.extend(_bare(drafts[i], rows) if stop == i + 1 else drafts[i:stop])
        i = stop
    return result


def _paragraph(text: str, draft: Draft, mark: re.Pattern[str]) -> Draft | None:
    """A paragraph alone between marks, without them: the rest of a table that laid out the page."""
    if is_short(draft) or draft.table is not None or not has_mark(text, draft, mark):
        return None
    start, end = line_of(text, draft)
    cells = [span for span in cut(text, start, end, marks_of(text, start, end, mark)) if span[1] > span[0]]
    return replace(draft, start=cells[0][0], end=cells[0][1]) if len(cells) == 1 else None


def _is_numbers(text: str, rows: list[list[Span]]) -> bool:
    """A row alone that is table 4 without its header: numbers and blanks, many of them."""
    words = [text[start:end] for row in rows for start, end in row]
    return len(words) >= MIN_NUMBERS and all(is_value(word) for word in words if word)


def _without_titles(text: str, rows: list[list[Span]]) -> list[list[Span]]:
    """The rows without those at the end that hold one cell of words: below metadata stands the title."""
    stop = len(rows)
    while stop:
        words = [text[start:end] for start, end in rows[stop - 1] if end > start]
        if len(words) != 1 or is_metadata_label(words[0]) or not is_title(words[0]):
            break
        stop -= 1
    return rows[:stop]


def _bare(draft: Draft, rows: list[list[Span]]) -> list[Draft]:
    """A line alone that is one cell, without the bars around it."""
    cells = [(start, end) for start, end in rows[0] if end > start] if rows else []
    return [replace(draft, start=cells[0][0], end=cells[0][1])] if len(cells) == 1 else [draft]


def _is_table(text: str, rows: list[list[Span]]) -> bool:
    """Whether some row says it is one: a number beside a label, or labels of a form or a metadata table."""
    labels = 0
    for row in rows:
        words = [text[start:end] for start, end in row]
        if len(words) > 1 and any(is_value(word) for word in words if word):
            return True
        labels += sum(1 for word in words if word and (is_label(word) or is_metadata_label(word)))
    return labels >= 2


def _run(text: str, drafts: list[Draft], i: int, mark: re.Pattern[str]) -> int:
    """The end of the run of lines with `mark` that begins at block i (i itself if none does).

    A line without mark belongs to it if it is a label of a form with a marked line below, the head of a
    group of rows; at the beginning only 第二十条第（一）项 is, another may be a section's heading.
    """
    stop, seen = i, False
    while stop < len(drafts) and drafts[stop].table is None:
        if has_mark(text, drafts[stop], mark):
            if _paragraph(text, drafts[stop], mark) is not None:
                break
            seen = True
        elif not (
            _leads_to(text, drafts, stop, mark, is_article if stop == i else is_label)
            or (seen and _begins_cell(text, drafts, stop, mark))
        ):
            break
        stop += 1
    return stop if seen else i


def _leads_to(
    text: str, drafts: list[Draft], i: int, mark: re.Pattern[str], is_head: Callable[[str], bool]
) -> bool:
    word = text[drafts[i].start : drafts[i].end]
    if len(word) > LONGEST_LABEL or i + 1 == len(drafts) or drafts[i + 1].table is not None:
        return False
    return has_mark(text, drafts[i + 1], mark) and is_head(word)


def _begins_cell(text: str, drafts: list[Draft], i: int, mark: re.Pattern[str]) -> bool:
    """A line that is the upper part of a form's label, the rest of which begins the marked line below."""
    if i + 1 == len(drafts) or drafts[i + 1].table is not None or not has_mark(text, drafts[i + 1], mark):
        return False
    upper, below = drafts[i], drafts[i + 1]
    rest = mark.split(text[below.start : below.end], maxsplit=1)[0]
    return is_label(text[upper.start : upper.end] + rest)


def _tab_rows(text: str, run: list[Draft]) -> list[list[Span]]:
    rows = []
    for start, end in (line_of(text, draft) for draft in run):
        rows.append(cut(text, start, end, marks_of(text, start, end, TAB)))
    return rows
