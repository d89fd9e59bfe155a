"""Blackening personal names and direct contacts in words that are published.

Every character of what is found is replaced by █, so that offsets stay true. The rules are data
(`seeds/masking.csv`); a report's own contacts (table `contacts`) are blackened wherever its text repeats
them. Rules find what is written as such things usually are; they do not know every name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import seeds

BLACK = "█"

SHORTEST_CONTACT = 7
"""Characters of a contact worth looking for: shorter ones (12345, 114) are public hotlines."""

CONTACT_KINDS = ("phone", "fax", "email")
"""Kinds of contacts that are blackened in texts; an office's address and web site stay."""

LOOKAROUND = re.compile(r"\(\?<?[!=][^()]*\)")


@dataclass(frozen=True, slots=True)
class Mask:
    """The rules, compiled. `sieve` is a pattern for DuckDB's RE2 that matches wherever a rule may."""

    rules: tuple[re.Pattern[str], ...]
    sieve: str

    def __call__(self, text: str, contacts: Sequence[str]) -> str:
        """The text with what the rules find, and these contacts, blackened; as many characters as before."""
        for contact in sorted(contacts, key=lambda each: (-len(each), each)):  # one may lie in another
            text = text.replace(contact, BLACK * len(contact))
        for rule in self.rules:
            text = rule.sub(_blacken, text)
        return text


@cache
def mask() -> Mask:
    """The mask of seeds/masking.csv: group 1 of a rule, else all it matches, is blackened."""
    surnames = "(?:" + "|".join(row["surname"] for row in seeds.rows("surnames.csv")) + ")"
    patterns = [row["pattern"].replace("{surname}", surnames) for row in seeds.rows("masking.csv")]
    # RE2 has no looking around; without it a pattern matches more, never less.
    sieve = "|".join(f"(?:{LOOKAROUND.sub('', pattern)})" for pattern in patterns)
    return Mask(tuple(re.compile(pattern) for pattern in patterns), sieve)


def _blacken(match: re.Match[str]) -> str:
    group = 1 if match.re.groups else 0
    start, end = match.start(group) - match.start(), match.end(group) - match.start()
    whole = match.group()
    return whole[:start] + BLACK * (end - start) + whole[end:]
