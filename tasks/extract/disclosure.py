"""How many pieces of information were disclosed: the year's total, or the part of one channel.

A number of disclosed pieces is the total when no channel is named for it, or when 主动公开 stands before
it, several are named and no total has been printed yet (通过网站等渠道主动公开政府信息412条 is the total).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.choices import Choice, choose
from tasks.extract.lexicon import compile_pattern

TOTAL = "proactive_total"
NORMATIVE, NORMATIVE_DOCUMENTS = "规范性文件", "proactive_normative_documents"
# Between a channel and the number stand its name and words of disclosing; more is another subject.
MAX_REST = 14

_CLAUSE = re.compile(r"[，：；]")
# So many clauses back a channel is still the one spoken of, if no pieces were counted since.
RUNNING = 3
_COUNTED = re.compile(r"\d[余多]?[条篇则]")
_PART = re.compile(r"其中|另外|此外|分别")
_INFORMATION = "(?:[^，；]{0,4}信息|文件)(?:总数|总量|数量|数)?"


@cache
def _total() -> re.Pattern[str]:
    """Words that make a number the total whatever else is said: 主动公开政府信息, 全年公开, 各渠道合计."""
    return compile_pattern(
        rf"主动(?:向社会|对外)?公开{{whose}}(?:{{info}}|{_INFORMATION})?(?:{{count}}){{0,3}}$"
        r"|^(?:其中)?(?:20\d\d年度?|全年|本年度?|年内)(?:共|新增|向社会)?(?:主动)?公开(?:{count}){0,3}$"
        r"|^(?:其中)?(?:20\d\d年度?|全年|本年度?|年内)新增(?:{count}){0,3}$"
        r"|(?:渠道|方式|形式)[^，；]{0,4}(?:合计|总计|共计)$"
        r"|^(?:政府|政务)(?:公开)?信息[^，；]{0,8}(?:公开|公布|发布)$"
    )


@cache
def _plain_total() -> re.Pattern[str]:
    return compile_pattern(rf"(?:公开|发布|公布)(?:了)?{{whose}}{_INFORMATION}(?:{{count}}){{0,3}}$")


@cache
def _other() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return compile_pattern("{no_disclosing}"), compile_pattern("{content_class}")


@cache
def _unnamed() -> re.Pattern[str]:
    """Disclosed, without saying what: the clause before names it (制发规范性文件12件，主动公开12件)."""
    return compile_pattern("^(?:其中|全部|均|已|并)?(?:主动)?公开(?:{count}){0,2}$")


@cache
def _disclosing() -> re.Pattern[str]:
    return compile_pattern(r"^(?:主动|向社会|对外|全年|共|{disclose}|{info}|{count}){1,8}$")


def disclosed(words: str, before: str, total_known: bool) -> str | None:
    """The indicator of a number of disclosed pieces, None if it is not the number of any.

    `words`: the clause that belongs to the number; `before`: the sentence up to it;
    `total_known`: the year's total has been printed before.
    """
    words = _CLAUSE.split(words)[-1]
    no_disclosing, content = _other()
    if no_disclosing.search(words):
        return None
    clauses = _CLAUSE.split(before)
    if len(clauses) > 1 and NORMATIVE in clauses[-2] and _unnamed().search(words):
        return NORMATIVE_DOCUMENTS
    named = choose("channel", words)
    is_total = bool(_total().search(words))
    is_part = total_known or _PART.search(before) or not is_total or _is_one(named)
    if named.indicator and is_part and _is_disclosed(named.rest):
        return named.indicator
    if is_total:
        return TOTAL
    if not named.count and _disclosing().search(words) and (running := _running(clauses[:-1])):
        return running
    if _plain_total().search(words) and not named.indicator and not total_known and not content.search(words):
        return TOTAL
    return None


def _running(clauses: list[str]) -> str | None:
    """The channel that the clauses before name: 编印公报6期，每期3,000册，登载信息（44条）."""
    for clause in reversed(clauses[-RUNNING:]):
        if _COUNTED.search(clause):
            return None
        if (named := choose("channel", clause)).count:
            return named.indicator
    return None


def _is_one(named: Choice) -> bool:
    """One channel is named, and not as an example: 通过网站主动公开12条, but not 通过网站等渠道."""
    return named.mentions == 1 and not named.rest.startswith("等")


def _is_disclosed(rest: str) -> bool:
    return len(rest) <= MAX_REST and not _other()[1].search(rest)
