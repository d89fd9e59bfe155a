"""Labels of local forms: known ones, else what their words say (channel + 公开, mode + 申请, kind + 答复).

Provinces and cities wrote their own tables, but built the labels alike. The parts are data:
seeds/forms/form_local.csv (whole labels), seeds/forms/local_patterns.csv (endings and what they ask for),
seeds/choices.csv and seeds/lexicon.csv (the words of each group).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import seeds
from tasks.extract.choices import choose
from tasks.extract.forms.labels import MAX_ALIKE, REMEMBERED, Found, Matcher, Row, fold
from tasks.extract.lexicon import compile_pattern

LOCAL = "local"


@cache
def matcher_local() -> Matcher:
    return Matcher(
        (r["label"], Row(LOCAL, i, r["label"], r["indicator"] or None, r["unit"]))
        for i, r in enumerate(seeds.rows("forms/form_local.csv"), 1)
    )


@lru_cache(maxsize=REMEMBERED)
def find_local(label: str) -> Found:
    """The indicator a label of a local form names; unsure unless the label is a known one."""
    found = matcher_local().find(label)
    if found and found.is_exact:
        return found
    code = _composed(fold(label))
    return Found((Row(LOCAL, 0, label, code, _units()[code]),), False) if code else found


def _composed(key: str) -> str | None:
    """What the words of a folded label say; None if they name nothing, several things, or another matter."""
    if len(key) > MAX_ALIKE:
        return None
    for pattern, group, code in _patterns():
        if pattern.search(key):
            if not group:
                return code or None
            choice = choose(group, key)
            if choice.count:
                return choice.indicator
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = seeds.rows("forms/local_patterns.csv")
    return tuple((compile_pattern(r["pattern"]), r["group"], r["indicator"]) for r in rows)


@cache
def _units() -> dict[str, str]:
    return {r["indicator"]: r["unit"] for r in seeds.rows("indicators.csv")}
