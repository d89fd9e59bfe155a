"""A workbook's sheet saved as text (CSV; Excel's "Unicode text") → `Sheet`.

Such a file has as many cells in each row as the sheet has columns, blank ones too: that tells it from prose
with commas. Not here: text whose lines differ; rows of tabs or bars in it are found by `tasks.clean.flat`.
"""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO
from itertools import islice

from tasks.clean.labels import is_value
from tasks.clean.readers.sheet_layout import MAX_COLS, MAX_ROWS, Sheet

SEPARATORS = ",;\t"
# Fewer rows than a form's smallest table, or fewer columns, are chance.
MIN_ROWS, MIN_COLS = 4, 2
# So many of the rows that hold something have the sheet's width.
WHOLE = 0.95


def saved_sheet(text: str) -> Sheet | None:
    """The sheet that was saved as this text, None if it is no such text."""
    first = text.lstrip("\ufeff\r\n").partition("\n")[0]
    for separator in sorted(SEPARATORS, key=first.count, reverse=True):
        if first.count(separator) + 1 >= MIN_COLS:
            rows = _rows(text.removeprefix("\ufeff"), separator)
            if _is_sheet(rows):
                return Sheet([row[:MAX_COLS] for row in rows], [])
    return None


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(StringIO(text, newline=""), delimiter=separator), MAX_ROWS))
    except csv.Error:  # a field longer than any cell of a sheet: prose in which a quote stays open
        return []


def _is_sheet(rows: list[list[str]]) -> bool:
    filled = [row for row in rows if any(row)]
    if len(filled) < MIN_ROWS:
        return False
    width, times = Counter(map(len, filled)).most_common(1)[0]
    is_grid = width >= MIN_COLS and times >= WHOLE * len(filled)
    return is_grid and any(is_value(value) for row in filled for value in row[1:] if value)
