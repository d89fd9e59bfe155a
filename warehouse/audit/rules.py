"""The rules of the audit: each a file RULE.sql beside this module, read here with its header.

A header line is `-- key: text`; text goes on in lines indented under it. The query gives one row for each
comparison that the rule makes, those that hold too:

    document_id, passed      the report, and whether it satisfies the rule
    severity                 milder than the header's, where a finding is less certain
    expected, actual         what the rule asks for and what stands there, as text
    indicator, dimension, member
    about_zh, about_en       what is compared: {about} in the messages
    expected_document_id, expected_evidence, expected_start, expected_end
    actual_evidence, actual_start, actual_end

All but the first two may be missing. A query reads `scope` (the reports to audit), the relations of
`warehouse.audit.relations` that are narrowed to it, and the warehouse's tables for what lies beyond.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
CATEGORIES = ("arithmetic", "consistency", "timeliness", "completeness", "plausibility", "duplication")
MACROS, LISTS = "macros", "lists"  # the SQL files beside the rules that are none

_LINE = re.compile(r"-- +(?:(?P<key>[a-z_]+): +)?(?P<text>\S.*)")


class Severity(StrEnum):
    """How grave a finding is, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its header and its query. Messages may name {about}, {expected} and {actual}."""

    rule: str
    category: str
    severity: str
    asks_zh: str
    asks_en: str
    basis: str
    message_zh: str
    message_en: str
    query: str


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by name."""
    files = sorted(file for file in FOLDER.glob("*.sql") if file.stem not in (MACROS, LISTS))
    return tuple(read_rule(file.stem, file.read_text("utf-8")) for file in files)


def foundations() -> tuple[str, str]:
    """SQL that the rules build on: their macros, and the lists in the text (which read the relations)."""
    macros, lists = ((FOLDER / f"{name}.sql").read_text("utf-8") for name in (MACROS, LISTS))
    return macros, lists


def read_rule(name: str, text: str) -> Rule:
    """The rule in a file. Raises ValueError for a header that is not whole."""
    header: dict[str, str] = {}
    key = None
    lines = text.splitlines()
    while lines and (match := _LINE.fullmatch(lines[0])) is not None:
        key = match["key"] or key
        if key is None:
            raise ValueError(f"{name}.sql: the header begins with no key: {lines[0]}")
        header[key] = f"{header[key]} {match['text']}" if key in header else match["text"]
        del lines[0]
    fields = set(Rule.__dataclass_fields__) - {"query"}
    if set(header) != fields or header["rule"] != name:
        raise ValueError(f"{name}.sql: the header must have {', '.join(sorted(fields))}, rule: {name}")
    if header["category"] not in CATEGORIES or header["severity"] not in list(Severity):
        raise ValueError(f"{name}.sql: unknown category or severity")
    return Rule(**header, query="\n".join(lines).strip() + "\n")
