"""Tables printed one cell a line → table blocks. Where a row begins is told by the forms' own labels.

A run of short lines is such a table when enough of them are labels of a statutory form and enough are
values. Blank value lines may stand or be gone: a row is short then.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from tasks.clean.compose import Draft
from tasks.clean.labels import (
    LONGEST_LABEL,
    UNITS,
    article_labels,
    column_labels,
    fold,
    is_value,
    row_labels,
)
from tasks.values import Cell, Table

# A statutory form has at least this many labels and values; fewer make a list of words, not a form.
MIN_LABELS = 4
MIN_VALUES = 4
# One unknown line (a label printed in other words) may stand among the cells, more end the table.
MAX_UNKNOWN = 1
MAX_BLANKS = 7  # blank value cells one row can have (table 3)

ROW, GROUP, COLUMN, ARTICLE, VALUE, UNKNOWN = range(6)
Span = tuple[int, int]


def find_stacked(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks, runs of one-cell lines that are a form joined to table blocks."""
    result: list[Draft] = []
    i = 0
    while i < len(drafts):
        stop = i
        while stop < len(drafts) and _is_short(drafts[stop]):
            stop += 1
        if stop - i >= MIN_LABELS + MIN_VALUES and _has_values(text, drafts[i:stop]):
            result.extend(_read_run(text, drafts[i:stop]))
        else:
            stop = max(stop, i + 1)
            result.extend(drafts[i:stop])
        i = stop
    return result


def _is_short(draft: Draft) -> bool:
    return draft.table is None and draft.end - draft.start <= LONGEST_LABEL


def _has_values(text: str, run: list[Draft]) -> bool:
    found = 0
    for draft in run:
        if draft.end - draft.start <= 4 and is_value(text[draft.start : draft.end]):
            found += 1
            if found >= MIN_VALUES:
                return True
    return False


def _read_run(text: str, run: list[Draft]) -> list[Draft]:
    """A run of short lines with the tables in it joined."""
    words = [text[draft.start : draft.end] for draft in run]
    kinds = _kinds(words)
    result: list[Draft] = []
    i = 0
    while i < len(run):
        stop = _stretch(kinds, i)
        labels = sum(kind <= ARTICLE for kind in kinds[i:stop])
        values = sum(kind == VALUE for kind in kinds[i:stop])
        if labels >= MIN_LABELS and values >= MIN_VALUES:
            result.append(_table(text, run[i:stop], words[i:stop], kinds[i:stop]))
            i = stop
        else:
            result.append(run[i])
            i += 1
    return result


def _kinds(words: list[str]) -> list[int]:
    rows, columns, articles = row_labels(), column_labels(), article_labels()
    kinds: list[int] = []
    for word in words:
        folded = fold(word)
        before = kinds[-1] if kinds else UNKNOWN
        if word in UNITS or is_value(word):
            kinds.append(VALUE)
        elif folded in columns and (folded not in rows or before == COLUMN):
            kinds.append(COLUMN)
        elif folded in rows:
            kinds.append(ROW if rows[folded] else GROUP)
        elif folded in articles:
            kinds.append(ARTICLE)
        else:
            kinds.append(UNKNOWN)
    return kinds


def _stretch(kinds: list[int], i: int) -> int:
    """The end of the cells that begin at i: it begins with a label and ends with a known cell."""
    if kinds[i] in (UNKNOWN, VALUE):
        return i
    stop, unknown = i, 0
    for k in range(i, len(kinds)):
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
    gaps = [text.count("\n", before.end, after.start) for before, after in pairwise(run)]
    usual = min(gaps)  # line breaks between two cells: pages with a blank line after each line have two
    for i, (draft, kind) in enumerate(zip(run, kinds, strict=True)):
        if rows:
            blanks = gaps[i - 1] // usual - 1
            place = text.find("\n", run[i - 1].end) + 1
            rows[-1].extend([(place, place)] * min(blanks, MAX_BLANKS))
        if not rows or _begins_row(kind, kinds[i - 1], words[i], rows[-1], text):
            rows.append([])
        rows[-1].append((draft.start, draft.end))
    cells = tuple(Cell(r, c, 1, 1, s, e) for r, row in enumerate(rows) for c, (s, e) in enumerate(row))
    table = Table(len(rows), max(map(len, rows)), cells)
    return replace(run[0], end=run[-1].end, table=table, level=None, align=None)


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
        return columns.get(fold(word), 1) > deepest or word in above
    return previous != GROUP or kind == ARTICLE
