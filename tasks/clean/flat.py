"""Tables that lost their markup: rows of pipes, rows of tabs → table blocks.

Works on line blocks whatever their source. A run of lines becomes a table only where something in it
says so (a number alone in a cell, a label of a form or of a metadata table); menus with bars stay lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, groupby, pairwise

from tasks.clean.compose import Draft
from tasks.clean.labels import (
    LONGEST_LABEL,
    fold,
    is_article,
    is_label,
    is_metadata_label,
    is_value,
    row_labels,
    units,
)
from tasks.clean.spaces import BARS, SPACE
from tasks.clean.traits import is_title
from tasks.values import Cell, Table

PIPE = re.compile(f"[{BARS}]")
TAB = re.compile("\t")
MIN_ROWS = 2  # one line with bars or tabs is a menu or a footer
MIN_NUMBERS = 10  # but so many cells of nothing but numbers are a row of table 4
RULER_DASHES = 3
# Edges of cells drawn in characters.
DRAWN = re.compile(r"[+┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝┏┳┓┣╋┫┗┻┛][-=─━═+┬┼┴╦╬╩┳╋┻ ]{3,}[+┐┤┘╗╣╝┓┫┛]")
OPENED_SHARE = 0.9  # of a table's rows begin with a bar if bars open them
MIN_LONE_BARS = 4  # lines that are a bar each: fewer are ornament

Span = tuple[int, int]


def find_tables(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks, runs of lines that are tables joined to table blocks."""
    if PIPE.search(text):
        drafts = _without_lone_bars(text, _without_drawn_rules(text, drafts))
        drafts = _join(text, drafts, PIPE, _pipe_rows)
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


def _without_lone_bars(text: str, drafts: list[Draft]) -> list[Draft]:
    """The blocks without lines that are nothing but a bar, among lines that are one cell each (`stacked`)."""

    def is_cell(draft: Draft) -> bool:
        return is_short(draft) and (is_bar(draft) or not PIPE.search(text, draft.start, draft.end))

    def is_bar(draft: Draft) -> bool:
        return text[draft.start : draft.end] in BARS

    result: list[Draft] = []
    for may_be_cells, lines in groupby(drafts, is_cell):
        run = list(lines)
        cells = [draft for draft in run if not is_bar(draft)] if may_be_cells else run
        result.extend(cells if len(run) - len(cells) >= MIN_LONE_BARS else run)
    return result


def _without_drawn_rules(text: str, drafts: list[Draft]) -> list[Draft]:
    """The blocks without lines that draw the edges of cells (+---+, ├──┼──┤) above or below bars."""

    def is_rule(draft: Draft) -> bool:
        return draft.table is None and DRAWN.fullmatch(text, draft.start, draft.end) is not None

    edged = [None, *drafts, None]
    return [
        draft
        for above, draft, below in zip(edged, drafts, edged[2:], strict=False)
        if not is_rule(draft)
        or not any(one and one.table is None and _has(text, one, PIPE) for one in (above, below))
    ]


def _paragraph(text: str, draft: Draft, mark: re.Pattern[str]) -> Draft | None:
    """A paragraph alone between marks, without them: the rest of a table that laid out the page."""
    if is_short(draft) or draft.table is not None or not _has(text, draft, mark):
        return None
    start, end = line_of(text, draft)
    cells = [span for span in _cut(text, start, end, _marks(text, start, end, mark)) if span[1] > span[0]]
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


def is_short(draft: Draft) -> bool:
    """Whether a line may be a cell."""
    return draft.table is None and draft.end - draft.start <= LONGEST_LABEL


def trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    core = piece.lstrip(SPACE)
    start += len(piece) - len(core)
    return start, start + len(core.rstrip(SPACE))


def line_of(text: str, draft: Draft) -> Span:
    """The whole line a block stands in, with the white space (tabs!) its offsets leave out."""
    end = text.find("\n", draft.end)
    return text.rfind("\n", 0, draft.start) + 1, len(text) if end < 0 else end


def _run(text: str, drafts: list[Draft], i: int, mark: re.Pattern[str]) -> int:
    """The end of the run of lines with `mark` that begins at block i (i itself if none does).

    A line without mark belongs to it if it is a label of a form with a marked line below, the head of a
    group of rows; at the beginning only 第二十条第（一）项 is, another may be a section's heading.
    """
    stop, seen = i, False
    while stop < len(drafts) and drafts[stop].table is None:
        if _has(text, drafts[stop], mark):
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


def _has(text: str, draft: Draft, mark: re.Pattern[str]) -> bool:
    return mark.search(text, *line_of(text, draft)) is not None


def _leads_to(
    text: str, drafts: list[Draft], i: int, mark: re.Pattern[str], is_head: Callable[[str], bool]
) -> bool:
    word = text[drafts[i].start : drafts[i].end]
    if len(word) > LONGEST_LABEL or i + 1 == len(drafts) or drafts[i + 1].table is not None:
        return False
    return _has(text, drafts[i + 1], mark) and is_head(word)


def _begins_cell(text: str, drafts: list[Draft], i: int, mark: re.Pattern[str]) -> bool:
    """A line that is the upper part of a form's label, the rest of which begins the marked line below."""
    if i + 1 == len(drafts) or drafts[i + 1].table is not None or not _has(text, drafts[i + 1], mark):
        return False
    upper, below = drafts[i], drafts[i + 1]
    rest = mark.split(text[below.start : below.end], maxsplit=1)[0]
    return is_label(text[upper.start : upper.end] + rest)


def _marks(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[int]:
    return [m.start() for m in mark.finditer(text, start, end)]


def _cut(text: str, start: int, end: int, marks: list[int]) -> list[Span]:
    """The cells between the marks, each without the white space around it."""
    return [trimmed(text, left + 1, right) for left, right in pairwise([start - 1, *marks, end])]


# ------------------------------------------------------------------- pipes


def _pipe_rows(text: str, run: list[Draft]) -> list[list[Span]]:
    """Rows of a table of bars; bars may open and close the rows or only part the cells."""
    lines = [line_of(text, draft) for draft in run]
    bars = [_marks(text, start, end, PIPE) for start, end in lines]
    opens = [text[draft.start] in BARS for draft in run]
    closes = [text[draft.end - 1] in BARS for draft in run]
    # A row that is closed is over: what opens the lines behind it opens rows, or is a blank first cell.
    begins = [opens[0], *(opened for opened, closed in zip(opens[1:], closes, strict=False) if closed)]
    is_opened = sum(opens) > len(run) / 2 and sum(begins) >= OPENED_SHARE * len(begins)
    is_closed = sum(closes) > len(run) / 2
    rows: list[list[Span]] = []
    for first, last in _equal_rows(bars) or _broken_rows(text, run, bars, is_opened):
        row = _cut(text, lines[first][0], lines[last][1], list(chain(*bars[first : last + 1])))
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
    if first is last and not _has(text, last, PIPE):
        return not is_label(text[last.start : last.end])
    head = PIPE.split(text[following.start : following.end], maxsplit=1)[0].strip()
    if not is_value(head) and head not in units():
        return False
    label = next((part for part in PIPE.split(text[first.start : last.end]) if part.strip()), "")
    return fold(label) in row_labels()


def _is_ruler(text: str, row: list[Span]) -> bool:
    """The line of dashes under a markdown header."""
    return all(end - start >= RULER_DASHES and set(text[start:end]) <= set("-: ") for start, end in row)


# -------------------------------------------------------------------- tabs


def _tab_rows(text: str, run: list[Draft]) -> list[list[Span]]:
    rows = []
    for start, end in (line_of(text, draft) for draft in run):
        rows.append(_cut(text, start, end, _marks(text, start, end, TAB)))
    return rows
