"""Whose number a quantity is: this year's, or last year's, a cumulative one, a plan, a change, a share.

The words stand in seeds/scope_words.csv; the nearest year named before the number governs it.
"""

from __future__ import annotations

import re
from functools import cache

import seeds

THIS_YEAR, LAST_YEAR, CUMULATIVE, PLAN, CHANGE, THRESHOLD, SHARE, OTHER = (
    "this_year", "last_year", "cumulative", "plan", "change", "threshold", "share", "other",
)  # fmt: skip

_YEAR = re.compile(r"(?<![0-9〔\[［(（])(20\d\d)\s*(?:年|-20\d\d)|(?:今年|本年|全年|当年|年内|一年来)")
_TITLE = re.compile(r"《[^《》]{0,80}》")
_CLAUSE = re.compile(r"[，：；]")


@cache
def _words() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((r["scope"], r["where"], re.compile(r["pattern"])) for r in seeds.rows("scope_words.csv"))


def scope_of(before: str, after: str, year: int | None, concept: str | None) -> str:
    """The scope of a quantity with the sentence `before` it and the words `after` it.

    `before` is the sentence up to the number, `year` the year reported on.
    """
    plain = _TITLE.sub("", before)
    clause = _CLAUSE.split(plain)[-1]
    for scope, where, pattern in _words():
        text = {"near": clause[-12:], "clause": clause, "sentence": plain, "after": after}[where]
        if pattern.search(text):
            return scope
    years = [int(y) if y else year for y in _YEAR.findall(plain)]
    if years and year is not None and (last := years[-1]) is not None and last != year:
        return LAST_YEAR if last < year else PLAN
    if concept == "plans" and not years:
        return PLAN
    return THIS_YEAR
