"""Whose number a quantity is: this year's, or last year's, a cumulative one, a plan, a change, a share.

The words stand in seeds/scope_words.csv; the nearest year named before the number governs it.
"""

from __future__ import annotations

import re
from functools import cache

import seeds
from tasks.extract.lexicon import Find, finder, phrase

THIS_YEAR, LAST_YEAR, CUMULATIVE, PLAN, CHANGE, THRESHOLD, SHARE, OTHER = (
    "this_year", "last_year", "cumulative", "plan", "change", "threshold", "share", "other",
)  # fmt: skip

# 2011年全年 names no year but 2011
_THE_YEAR = r"(?:今年|本年|(?<!\d年)(?<!\d年度)全年|当年|年内|一年来)"
_YEAR = re.compile(rf"(?<![0-9〔\[［(（])(20\d\d)\s*(?:年|-20\d\d)|{_THE_YEAR}")
_OPENING = re.compile(
    r"^(?!较|比|与|同|加上)[^0-9，；]{0,4}(20\d\d)\s*(?:年|-20\d\d)(?![^，；]{0,6}(?:结转|转来|遗留))|"
    + _THE_YEAR
)
_SCHOOL_YEAR = re.compile(
    r"(20\d\d)年\d{1,2}月(?:\d{1,2}日)?起?[至到—-](20\d\d)年\d{1,2}月(?:\d{1,2}日|底)?|(20\d\d)[—-](20\d\d)学年度?"
)
_CARRIED = re.compile("转|遗留|顺延|跨年|延续|承接")
_TITLE = re.compile(r"《[^《》]{0,80}》")
_CLAUSE = re.compile(r"[，：；]")


def _as_year(period: re.Match[str], year: int | None) -> str:
    """A period over two years (2014年9月至2015年8月) is the report's if it ends or begins in its year."""
    own = year is not None and str(year) in period.groups()
    return f"{year}年" if own else period[0]


@cache
def _since(year: int) -> re.Pattern[str]:
    """Since (a month of) the year reported on: within it."""
    return re.compile(rf"(?:[自从])?{year}年(?:[0-9]{{1,2}}月(?:份|[0-9]{{1,2}}日)?)?以来")


@cache
def _of(year: int) -> re.Pattern[str]:
    """累计公开2009年度信息: summed up over the year reported on."""
    return re.compile(rf"累计(?=[^，；]{{0,12}}{year}年度)")


@cache
def _words(year: int | None) -> tuple[tuple[str, str, Find], ...]:
    """(scope, where, its words), those that say so in reports on that year."""
    return tuple(
        (r["scope"], r["where"], finder(r["pattern"]))
        for r in seeds.rows("scope_words.csv")
        if year is None or year <= int(r["until"] or year)
    )


def since_in_the_year(before: str, year: int | None) -> str:
    """The words with since the year reported on (2019年以来, 今年以来) as within it."""
    if year is None or "以来" not in before:
        return before
    return phrase("since_this_year").sub("年内", _since(year).sub(f"{year}年内", before))


def with_years_named(words: str, year: int | None) -> str:
    """Words on applications carried over from or into a year, with that year told from the report's:
    2020年结转至2021年 in a report on 2021 as 上年结转至本年."""
    if year is None or not phrase("carries").search(words):
        return words
    words = words.replace(f"{year - 1}年度", "上年度").replace(f"{year - 1}年", "上年")
    return phrase("into_a_year").sub(lambda m: m[0].replace(str(year), "本"), words)


def scope_of(before: str, after: str, year: int | None, concept: str | None) -> str:
    """The scope of a quantity with the sentence `before` it and the words `after` it.

    `before` is the sentence up to the number, `year` the year reported on.
    """
    before = since_in_the_year(before, year)
    if year is not None and "累计" in before:
        before = _of(year).sub("年内", before)
    plain = _SCHOOL_YEAR.sub(lambda m: _as_year(m, year), _TITLE.sub("", before))
    if _CARRIED.search(plain):
        plain = phrase("carried").sub("结转", plain)
    clauses = _CLAUSE.split(plain)
    reached = phrase("reached").split(clauses[-1])[-1]
    texts = {"near": reached[-12:], "clause": reached, "sentence": plain, "after": after}
    texts["around"] = f"{plain}#{after}"
    for scope, where, find in _words(year):
        if find(texts[where]):
            return scope
    if any(phrase("last_year_alone").match(clause) for clause in clauses[-2:-1]):
        return LAST_YEAR
    governing = _governing_year(clauses, year)
    if governing is not None and year is not None and governing != year:
        return LAST_YEAR if governing < year else PLAN
    if concept == "plans" and governing is None:
        return PLAN
    return THIS_YEAR


def _governing_year(clauses: list[str], year: int | None) -> int | None:
    """The year a number belongs to by the words before it: any named in its own clause, and those that open
    a clause before it. A year inside an earlier clause (较2018年增加16件) governs nothing behind it."""
    named = _years(_YEAR, clauses[-1])
    for clause in reversed(clauses[:-1]):
        if not named and not phrase("duty_began").search(clause):
            named = _years(_OPENING, clause)
    return (int(named[-1]) if named[-1] else year) if named else None


def _years(pattern: re.Pattern[str], clause: str) -> list[str]:
    """The years a clause names, '' for 今年; most clauses name none."""
    return pattern.findall(clause) if "年" in clause or "-20" in clause else []
