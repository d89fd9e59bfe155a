"""Tables printed one cell a line → table blocks. Where a row begins is told by the forms' own labels.

A run of short lines is such a table when enough of them are labels of a statutory form and enough are
values. Blank value lines may stand or be gone: a row is short then.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tasks.clean.compose import Draft
from tasks.clean.labels import (
    HEAD,
    LEAF,
    article_labels,
    column_labels,
    fold,
    is_column,
    is_label,
    is_value,
    numbers_in,
    row_labels,
    units,
)
from tasks.clean.line_cells import is_short
from tasks.clean.numbering import CHAPTER
from tasks.clean.spaces import BARS
from tasks.values import Cell, Table

# A statutory form has at least this many labels and values; fewer make a list of words, not a form.
MIN_LABELS = 4
MIN_VALUES = 4
SURE_LABELS = 10  # so many labels need one value only: the rest of the form is blank
# One unknown line (a label printed in other words) may stand among the cells, more end the table.
MAX_UNKNOWN = 1
VALUE_CHARS = 8
MAX_BLANKS = 15  # blank value cells one row can have (table 4)
MAX_WRAPPED = 3  # lines that one label is wrapped over
SINGLE_SHARE = 0.1  # with fewer single line breaks than this the page has a blank line after each line

TOTAL = "总计"
SERIAL = ("序号", "编号", "行号")  # heads of a column of numbers before the labels

ROW, GROUP, COLUMN, ARTICLE, VALUE, UNKNOWN, HEADING = range(7)
Span = tuple[int, int]


def find_stacked(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks, runs of one-cell lines that are a form joined to table blocks."""
    result: list[Draft] = []
    i = 0
    while i < len(drafts):
        stop = i
        while stop < len(drafts) and is_short(drafts[stop]):
            stop += 1
        if stop - i >= MIN_LABELS + MIN_VALUES and _has_values(text, drafts[i:stop]):
            result.extend(_read_run(text, drafts[i:stop]))
        else:
            stop = max(stop, i + 1)
            result.extend(drafts[i:stop])
        i = stop
    return result


def _has_values(text: str, run: list[Draft]) -> bool:
    lines = [text[draft.start : draft.end] for draft in run]
    return any(is_value(line) if len(line) <= VALUE_CHARS else numbers_in(line) for line in lines)


def _read_run(text: str, run: list[Draft]) -> list[Draft]:
    """A run of short lines with the tables in it joined."""
    run = _unwrapped(text, run)
    words = [text[draft.start : draft.end] for draft in run]
    kinds = _kinds(words)
    result: list[Draft] = []
    i = 0
    while i < len(run):
        stop = _stretch(kinds, i)
        labels = sum(kind <= ARTICLE for kind in kinds[i:stop])
        values = sum(kind == VALUE for kind in kinds[i:stop])
        if labels >= MIN_LABELS and (values >= MIN_VALUES or (values and labels >= SURE_LABELS)):
            result.append(_table(text, run[i:stop], words[i:stop], kinds[i:stop]))
            i = stop
        else:
            result.append(run[i])
            i += 1
    return result


def _unwrapped(text: str, run: list[Draft]) -> list[Draft]:
    """The same lines, those that only together are a label joined: 本年新 and 制作数量."""
    result: list[Draft] = []
    i = 0
    while i < len(run):
        lengths = range(min(MAX_WRAPPED, len(run) - i), 1, -1)
        stop = i + next((length for length in lengths if _is_wrapped(text, run[i : i + length])), 1)
        result.append(replace(run[i], end=run[stop - 1].end))
        i = stop
    return result


def _is_wrapped(text: str, lines: list[Draft]) -> bool:
    pieces = [text[line.start : line.end] for line in lines]
    if not is_label("".join(pieces)) or all(map(is_label, pieces)) or any(map(is_value, pieces)):
        return False
    return not any(fold(piece) in row_labels() for piece in pieces[1:])  # 本年度 above 主动公开政府信息数


def _kinds(words: list[str]) -> list[int]:
    kinds: list[int] = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        kinds.append(_kind(word, following, kinds[-1] if kinds else UNKNOWN))
    return kinds


def _kind(word: str, following: str, before: int) -> int:
    if word in units() or is_value(word) or numbers_in(word):
        return VALUE
    folded = fold(word)
    roles = row_labels().get(folded)
    if is_column(word) and (roles is None or before == COLUMN):
        return COLUMN
    if roles is not None:
        heads_rows = roles == HEAD or (roles != LEAF and following[:1].isdigit() and not is_value(following))
        return GROUP if heads_rows else ROW
    if folded in article_labels():
        return ARTICLE
    if following in units():  # a row's label in words of its own: its unit follows
        return ROW
    return HEADING if CHAPTER.match(word) is not None and not is_value(following) else UNKNOWN


def _stretch(kinds: list[int], i: int) -> int:
    """The end of the cells that begin at i: it begins with a label and ends with a known cell."""
    following = kinds[i + 1] if i + 1 < len(kinds) else UNKNOWN
    if kinds[i] >= VALUE or (kinds[i] in (ROW, GROUP) and following in (COLUMN, ARTICLE)):
        return i  # a row's label above the header is a section's heading
    stop, unknown = i, 0
    for k in range(i, len(kinds)):
        if kinds[k] == HEADING:
            break
        if kinds[k] == UNKNOWN:
            unknown += 1
            if unknown > MAX_UNKNOWN:
                break
        else:
            unknown = 0
            stop = k + 1
    return stop


def _table(text: str, run: list[Draft], words: list[str], kinds: list[int]) -> Draft:
    rows: list[list[Span]] = []
    gaps = [_gap(text[before.end : after.start]) for before, after in pairwise(run)]
    usual = _usual(gaps)
    is_numbered = fold(words[0]) in SERIAL
    for i, (draft, kind) in enumerate(zip(run, kinds, strict=True)):
        blanks: list[Span] = []
        if i:
            place = text.find("\n", run[i - 1].end) + 1
            blanks = [(place, place)] * min(gaps[i - 1] // usual - 1, MAX_BLANKS)
        begins = not rows or _begins_row(kind, kinds[i - 1], words[i], rows[-1], text)
        if begins and kind == VALUE:  # blank cells before the first number are of the numbers' row
            rows.append(blanks)
        else:
            if rows:
                rows[-1].extend(blanks)
            if begins and is_numbered and kinds[i - 1] == VALUE and fold(words[i]) not in SERIAL:
                serial = rows[-1].pop()
                rows[len(rows) - (not rows[-1]) :] = [[serial]]
            elif begins:
                rows.append([])
        numbers = numbers_in(words[i]) or [(0, len(words[i]))]
        rows[-1].extend((draft.start + start, draft.start + end) for start, end in numbers)
    cells = tuple(Cell(r, c, 1, 1, s, e) for r, row in enumerate(rows) for c, (s, e) in enumerate(row))
    table = Table(len(rows), max(map(len, rows)), cells)
    return replace(run[0], end=run[-1].end, table=table, level=None, align=None)


def _gap(between: str) -> int:
    """What parts two cells: bars alone in their lines, else line breaks."""
    return sum(map(between.count, BARS)) or between.count("\n")


def _usual(gaps: list[int]) -> int:
    """Line breaks between two cells; pages with a blank line after each line have two."""
    if gaps.count(1) > SINGLE_SHARE * len(gaps):
        return 1
    return max(1, min((gap for gap in gaps if gap > 1), default=1))


def _begins_row(kind: int, previous: int, word: str, row: list[Span], text: str) -> bool:
    """Rows begin at a row's label (its groups before it are of the row), at each line of a header, and
    at the first number under a header (table 4 has no row labels)."""
    if kind == UNKNOWN:
        return False
    if kind == VALUE:
        return previous == COLUMN
    if kind == COLUMN:
        if previous != COLUMN:
            return True
        columns, above = column_labels(), [text[start:end] for start, end in row]
        deepest = max(columns.get(fold(cell), 1) for cell in above)
        if word in above:  # 结果维持 … 总计 stand twice in one line of table 4's header
            before = above[-1]
            return fold(before) != TOTAL and above.index(word) != above.index(before) + 1
        return columns.get(fold(word), 1) > deepest
    return previous != GROUP or kind == ARTICLE
