"""Two reports side by side: which section of one stands where in the other, and how much of it is the same.

As in `measure`, only own words count (clauses.sql); here every section is held against every other.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.reuse.measure import own_texts
from warehouse.reuse.spans import shared_characters


@dataclass(frozen=True, slots=True)
class Pair:
    """A section of each report by its `seq`; None: the other has none like it. Of the `words` own characters
    of the later report's section, `shared` stand in the earlier one's."""

    before: int | None
    after: int | None
    words: int
    shared: int


def pair_sections(connection: duckdb.DuckDBPyConnection, before: str, after: str) -> list[Pair]:
    """The sections of report `after` in their order, each with the one of `before` that shares most with it;
    then what only `before` has. Sections that share nothing are paired if they have the same heading."""
    texts = own_texts(connection, before, after)
    old, new = texts[before], texts[after]
    headings = _headings(connection, before, after)
    found = {(a, b): shared_characters(new[b], old[a]) for a in old for b in new if old[a] and new[b]}
    partner: dict[int, int] = {}
    for (a, b), shared in sorted(found.items(), key=lambda each: (-each[1], each[0])):
        if shared and b not in partner and a not in partner.values():
            partner[b] = a
    for b in new:
        same = [a for a in old if headings[before][a] == headings[after][b] and a not in partner.values()]
        if b not in partner and same:
            partner[b] = same[0]
    paired = [_pair(partner.get(b), b, new[b], found) for b in new]
    return paired + [Pair(a, None, 0, 0) for a in old if a not in partner.values()]


def _pair(a: int | None, b: int, words: str, found: dict[tuple[int, int], int]) -> Pair:
    shared = 0 if a is None else found.get((a, b), 0)
    return Pair(a, b, len(words) - words.count("，"), shared)


def _headings(connection: duckdb.DuckDBPyConnection, *documents: str) -> dict[str, dict[int, str]]:
    rows = connection.execute(
        "SELECT document_id, seq, heading FROM sections WHERE document_id IN (?, ?)", documents
    ).fetchall()
    return {each: {seq: heading for document, seq, heading in rows if document == each} for each in documents}
