"""Tables whose cells are parted by mere spaces → table blocks: `（一）收到申请数 件 3`, a line of 15 numbers.

Spaces also stand inside labels, so a line is read from its end: numbers and units are cells, what is before
them must be a label of a statutory form. Without the forms' labels no line of words is a row; among such
rows another label may stand. Inline elements side by side (<span>s in a row's <div>) are cells as they are.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tasks.clean.compose import Draft
from tasks.clean.labels import (
    LONGEST_LABEL,
    TOKEN,
    is_article,
    is_column,
    is_label,
    is_value,
    numbers_in,
    units,
)
from tasks.clean.line_cells import Span, as_table, trimmed

# Rows with numbers that make a run of lines a table; a line or two may be prose that names a form's row, but
# not below the head of a part of table 2 (第二十条第（一）项).
MIN_ROWS = 3
MIN_BESIDE = 5  # so many numbers beside a label are no prose
MIN_ALONE = 10  # so many numbers in a line need no header above
LONGEST_UNKNOWN = 30  # characters of a label no form knows, among rows that are known
SENTENCE = re.compile("[，,。；;：:]")
LINE_CHARS = 2 * LONGEST_LABEL

HEADER, DATA, UNKNOWN = range(3)


def find_spaced(text: str, drafts: list[Draft]) -> list[Draft]:
    """The same blocks, runs of lines that are rows parted by spaces joined to table blocks."""
    if not any(_may_be_data(text, draft) for draft in drafts):
        return drafts
    result: list[Draft] = []
    i = 0
    while i < len(drafts):
        run, rows, data = _run(text, drafts, i)
        words = [text[line.start : line.end] for line in run]
        has_numbers = any(map(numbers_in, words))
        is_wide = any(len(row) > MIN_BESIDE for row in rows)
        if data >= (1 if is_wide or any(map(is_article, words)) else MIN_ROWS) or (
            has_numbers and (len(rows) > 1 or len(rows[0]) >= MIN_ALONE)
        ):
            result.append(as_table(run, rows))
        else:
            run = run or [drafts[i]]
            result.extend(run)
        i += len(run)
    return result


def _may_be_data(text: str, draft: Draft) -> bool:
    """A short line that ends like a number or a mark for none, behind white space."""
    if draft.table is not None or draft.end - draft.start > LINE_CHARS:
        return False
    words = text[draft.start : draft.end].split()
    return (len(words) > 1 or len(draft.cuts) > 1) and (is_value(words[-1]) or words[-1][-1:].isdigit())


def _run(text: str, drafts: list[Draft], i: int) -> tuple[list[Draft], list[list[Span]], int]:
    """The lines from i on that are rows, their cells, and how many hold numbers."""
    run: list[Draft] = []
    rows: list[list[Span]] = []
    data = 0
    for k in range(i, len(drafts)):
        draft = drafts[k]
        row = _row(text, draft)
        if row is None or (not run and not _may_begin(text[draft.start : draft.end], row)):
            break
        run.append(draft)
        rows.append(row[1])
        data += row[0] == DATA
    return run, rows, data


def _may_begin(line: str, row: tuple[int, list[Span]]) -> bool:
    """Not with a lone label, which may be a section's heading, nor with words no form knows."""
    return row[0] == DATA or (row[0] == HEADER and (len(row[1]) > 1 or is_article(line)))


def _row(text: str, draft: Draft) -> tuple[int, list[Span]] | None:
    """Whether a line is a row with numbers, a header, or a row in other words, and its cells, or None."""
    if draft.table is not None or draft.end - draft.start > LINE_CHARS:
        return None
    if len(draft.cuts) > 1:
        return _row_of_elements(text, draft)
    tokens = [m.span() for m in TOKEN.finditer(text, draft.start, draft.end)]
    words = [text[start:end] for start, end in tokens]
    k = _first_value(words)
    if k == 0:
        return (DATA, tokens) if numbers_in(text[draft.start : draft.end]) else None
    if len(words) == 1:
        return (HEADER, tokens) if is_label(words[0]) else None
    whole = (tokens[0][0], tokens[k - 1][1])
    labels = [whole] if is_label(text[whole[0] : whole[1]]) else tokens[:k]
    if not all(is_label(word) or is_column(word) for word in (text[start:end] for start, end in labels)):
        if k == len(words) or whole[1] - whole[0] > LONGEST_UNKNOWN or SENTENCE.search(text, *whole):
            return None
        return UNKNOWN, [whole, *tokens[k:]]
    return (DATA if k < len(words) else HEADER), labels + tokens[k:]


def _row_of_elements(text: str, draft: Draft) -> tuple[int, list[Span]] | None:
    """A line of inline elements side by side: each is a cell, an empty one too."""
    cells = [trimmed(text, start, end) for start, end in pairwise([*draft.cuts, draft.end])]
    words = [text[start:end] for start, end in cells]
    k = _first_value(words)
    if any(words[k:]):
        return (DATA, cells) if all(len(word) <= LONGEST_LABEL for word in words[:k]) else None
    filled = [word for word in words if word]
    if all(is_label(word) or is_column(word) for word in filled):
        return HEADER, cells
    return None


def _first_value(words: list[str]) -> int:
    """Where the numbers, units and blanks at the end of a row begin."""
    k = len(words)
    while k and (not words[k - 1] or words[k - 1] in units() or is_value(words[k - 1])):
        k -= 1
    return k
