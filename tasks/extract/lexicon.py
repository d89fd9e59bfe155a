"""Named groups of words (seeds/lexicon.csv) that the rules in seeds/ are written with, and the phrases
(seeds/phrases.csv) that the code asks for by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import seeds

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_NO_MARK = re.compile(r"\\.|\[[^\]]*\]")  # in it a bar or a bracket stands for itself

Find = Callable[[str], re.Match[str] | None]


@cache
def _groups() -> dict[str, str]:
    return {r["name"]: r["pattern"] for r in seeds.rows("lexicon.csv")}


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A rule's regular expression, {name} standing for the lexicon's group of that name."""
    return re.compile(_PLACEHOLDER.sub(lambda m: f"(?:{_groups()[m[1]]})", pattern))


@cache
def phrase(name: str) -> re.Pattern[str]:
    """The pattern of that name in seeds/phrases.csv; of several rows each is one way to say it."""
    return compile_pattern("|".join(_phrases()[name]))


@cache
def _phrases() -> dict[str, list[str]]:
    phrases: dict[str, list[str]] = {}
    for row in seeds.rows("phrases.csv"):
        phrases.setdefault(row["name"], []).append(row["pattern"])
    return phrases


def finder(pattern: str) -> Find:
    """How to look for a rule's words: at the text's beginning only if they must stand there.

    `search` tries a pattern that opens with ^ at every place.
    """
    compiled = compile_pattern(pattern)
    return compiled.match if _is_anchored(pattern) else compiled.search


def _is_anchored(pattern: str) -> bool:
    """Whether all that a pattern matches begins where the text does: ^ before its only alternative."""
    depth = 0
    for char in _NO_MARK.sub("", pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return False
    return pattern.startswith("^")
