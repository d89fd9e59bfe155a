"""Which form rows the entries of a grid are, by their labels.

A label may be wrapped over two cells; labels may stand in a row with the numbers below them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from tasks.extract.forms.grid import Entry, Kind
from tasks.extract.forms.labels import Found

MIN_ACROSS = 3  # labels side by side over numbers; two may be a label and its unit


def find_labels(entries: Iterable[Entry], find: Callable[[str], Found]) -> Iterator[tuple[Entry, Found]]:
    """The entries whose label is known: the last before the values, alone or behind its beginning.

    The beginning stands in the cell before it, or is all there is in the blank row above.
    """
    before: Entry | None = None
    for entry in entries:
        label = entry.names[-1].text
        head = entry.names[-2] if len(entry.names) > 1 else None
        if head is None and before is not None and all(p.kind is Kind.BLANK for p in before.values):
            head = before.names[-1]
        before = entry
        found = find(label)
        if head is not None and not (found and found.is_exact):
            whole = find(head.text + label)
            found = whole if whole and (whole.is_exact or not found) else found
        if found:
            yield entry, found


def upright(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries; a row of labels with one row of values right below them is an entry for each label."""
    if named := _of_one_body(entries):
        yield from named
        return
    for entry in entries:
        names = [p for p in entry.names if p.cell.row == entry.row]
        values = entry.values
        if len(names) >= MIN_ACROSS and [p.cell.col for p in names] == [p.cell.col for p in values]:
            for name, value in zip(names, values, strict=True):
                yield Entry([name], entry.row, [[value]])
        else:
            yield entry


def _of_one_body(entries: Sequence[Entry]) -> list[Entry]:
    """A row of labels and one row of values that begins with a name (县卫生局): an entry for each label."""
    if len(entries) != 1 or len(entries[0].chunks) != 1:
        return []
    entry = entries[0]
    heads = {p.cell.col: p for p in entry.names if p.cell.row < entry.row}
    values = entry.values
    own = [p for p in entry.names if p.cell.row == entry.row]
    if len(own) != 1 or len(heads) < MIN_ACROSS or any(p.cell.col not in heads for p in values):
        return []
    return [Entry([heads[p.cell.col]], heads[p.cell.col].cell.row, [[p]]) for p in values]
