"""Which titles of a list are annual reports: the rules are `seeds/report_titles.csv`, in their order."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import seeds
from tasks.traditional import simplified

ACCEPTED, REJECTED = "accepted", "rejected"

_BLANKS = re.compile(r"\s+")
_YEAR = r"(?:(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})"
_OF_A_YEAR = re.compile(_YEAR)
_ANNUAL = re.compile(r"年度?报告|年报|年度工作报告")
_BODY = re.compile(rf"^(?:{_YEAR}年?度?)?[一-鿿（）()·]{{2,40}}$")


class Decision(NamedTuple):
    decision: str
    reason: str


def decide(title: str, list_title: str = "") -> Decision:
    """Whether what a list calls `title` is an annual report, and by which rule.

    Under a list of annual reports (`list_title`) a body's bare name, or a bare year, is one as well.
    """
    plain = _plain(title)
    for decision, reason, pattern in _rules():
        if pattern.search(plain):
            return Decision(decision, reason)
    if _ANNUAL.search(_plain(list_title)):
        if _is_body(plain):
            return Decision(ACCEPTED, "a body's name in a list of annual reports")
        if _OF_A_YEAR.search(plain) and _ANNUAL.search(plain):
            return Decision(ACCEPTED, "a year in a list of annual reports")
    return Decision(REJECTED, "no annual report by its title")


def is_of_a_year(title: str) -> bool:
    """The title names a year and a report: it is one report's, not a list's."""
    plain = _plain(title)
    return bool(_OF_A_YEAR.search(plain)) and decide(plain).decision == ACCEPTED


def _is_body(title: str) -> bool:
    endings = tuple(row["ending"] for row in seeds.rows("body_endings.csv"))
    return bool(_BODY.match(title)) and title.rstrip("）)").endswith(endings)


def _plain(title: str) -> str:
    return simplified(_BLANKS.sub("", unicodedata.normalize("NFKC", title)))


@cache
def _rules() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    rows = seeds.rows("report_titles.csv")
    return tuple((row["decision"], row["reason"], re.compile(row["pattern"])) for row in rows)
