"""What a heading is about: one taxonomy for all four generations of the report.

Here: concepts from the words of seeds/section_concepts.csv. Not here: finding headings (`sections`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import seeds
from tasks.extract.lines import BLANK

VAGUE = 3  # the rank of words any heading may hold (工作情况); they name a concept at the top level only
CLOSING = frozenset({"problems", "measures", "problems_measures", "plans"})


@cache
def _concepts() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    rows = seeds.rows("section_concepts.csv")
    return tuple((row["concept"], int(row["rank"]), re.compile(row["pattern"])) for row in rows)


@lru_cache(maxsize=2048)
def concept_of(heading: str, above: str | None = None) -> str | None:
    """The concept a heading names: the lowest rank wins, then the word that stands first, else the parent's.

    Below a section of problems or measures the items are not sections on their subjects.
    """
    words = re.sub(rf"[{BLANK}]", "", heading)
    best: tuple[int, int] | None = None
    concept = above
    for name, rank, pattern in _concepts():
        if (above in CLOSING and name not in CLOSING) or (above and rank == VAGUE):
            continue
        match = pattern.search(words)
        if match and (best is None or (rank, match.start()) < best):
            best, concept = (rank, match.start()), name
    return concept
