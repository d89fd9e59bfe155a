"""Which form rows the entries of a grid are, by their labels; a label may be wrapped over two cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tasks.extract.forms.grid import Entry, Kind
from tasks.extract.forms.labels import Found


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
