"""Named groups of words (seeds/lexicon.csv) that the rules in seeds/ are written with."""

from __future__ import annotations

import re
from functools import cache

import seeds

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def _groups() -> dict[str, str]:
    return {r["name"]: r["pattern"] for r in seeds.rows("lexicon.csv")}


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A rule's regular expression, {name} standing for the lexicon's group of that name."""
    return re.compile(_PLACEHOLDER.sub(lambda m: f"(?:{_groups()[m[1]]})", pattern))
