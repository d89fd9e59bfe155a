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
# Where on a site: 网站政府信息公开专栏主动公开的信息有35条.
_COLUMN = re.compile(r"^[^，；、]{0,10}?(?:专栏|栏目|板块|频道)")
# So many clauses back a channel is still the one spoken of, if no pieces were counted since.
RUNNING = 3
_BRACKET = re.compile(r"（[^（）]{0,40}）")
_SUM = re.compile("(?:累计|合计|总计|共计)$")
# 公开通知公告、政策法规等信息: what was disclosed, told by examples.
_LISTING = re.compile(
    r"(?<=公开|发布|公布|推送|更新|报道)[^，；]{2,60}?等(?=(?:各类|方面|相关)?(?:政府|政务)?信息)"
    r"|(?<=公开|发布|公布|推送|更新|报道)[^，；]{2,30}、[^，；]{2,30}等(?=(?:共计|合计|总计|共|累计)?$)"
    r"|(?<=报道|宣传)[^，；、]{2,30}(?=(?:相关|有关)内容)"
)
# 业务工作类信息主动公开210条 is the number of a class, 主动公开重点领域信息52条 of a few.
_CLASS = re.compile(r"(?<!各)类(?:别的?)?(?:信息|文件|事项)?(?:共|的)?$")
_CHOSEN = re.compile("重点|栏目")
_PIECES = re.compile(r"\d[余多]?[条篇则件份项]")
_COUNTED = re.compile(r"\d[余多]?[条篇则]")
_PART = re.compile(r"其中|另外|此外|分别")
_INFORMATION = "(?:[^，；]{0,4}信息|文件)(?:总数|总量|数量|数)?"
_MORE = "(?:[、和及](?:工作|政务|部门)?(?:动态|公告|通知|文件|资料|资讯|稿件)(?:信息)?){0,2}"
# 公开税务信息 is a tax office's total; 发布疫情信息 is a subject among others.
_GENERAL = (
    "(?:(?:各类|各种|各项|政府|政务|工作|公开|有关|相关|本级|部门|动态|公众|重要|本局|新){0,3}(?:信息|资讯)|文件)"
    "(?:总数|总量|数量|数)?"
)


@cache
def _total() -> re.Pattern[str]:
    """Words that make a number the total whatever else is said: 主动公开政府信息, 全年公开, 各渠道合计."""
    return compile_pattern(
        rf"(?<![转更整定列]为)主动(?:向社会|对外)?公开{{whose}}(?:{{info}}|{_INFORMATION})?"
        rf"{_MORE}(?:{{count}}){{0,3}}$"
        r"|^(?:其中)?(?:20\d\d年度?|全年|本年度?|年内)(?:共|新增|向社会)?(?:主动)?公开(?:{count}){0,3}$"
        r"|^(?:其中)?(?:20\d\d年度?|全年|本年度?|年内)新增(?:{count}){0,3}$"
        r"|主动公开[^，；、0-9]{1,12}(?:工作|建设|管理|政务|业务)信息(?:{count}){0,3}$"
        r"|(?:渠道|方式|形式)[^，；]{0,4}(?:合计|总计|共计)$"
        r"|^(?:20\d\d年度?)?(?:政府|政务)(?:公开)?信息[^，；]{0,8}(?:公开|公布|发布)$"
        r"|(?:公开|发布|公布)[^，；]{4,80}等(?:多|各)(?:个|类|种|方面|领域){1,2}(?:的)?(?:政府|政务|公开)?信息(?:{count}){0,2}$"
        r"|主动公开[^，；]{4,120}等(?:各类|各?个?方面|领域)(?:的)?(?:政府|政务|公开)?信息(?:{count}){0,2}$"
        r"|主动公开[^，；]{4,120}等(?:政府|政务)信息(?:{count}){0,2}$"
        r"|(?:公开|发布|公布)[^，；]{4,80}等(?:各类|各方面|方面)?(?:政府|政务|公开)?信息(?:共计|合计|总计|共)(?:{count})?$"
        r"|共(?:主动)?(?:公开|发布|公布)[^，；]{4,60}等(?:各类|各方面|方面|相关)?(?:非涉密|政府|政务|公开)?信息(?:{count})?$"
    )


@cache
def _plain_total() -> re.Pattern[str]:
    said = (
        rf"(?:公开|主动发布|主动公布|公开发布|公开公布)了?{{whose}}{_INFORMATION}{_MORE}|(?:发布|公布)了?{{whose}}{_GENERAL}{_MORE}"
        r"|(?:公开|公布|发布)了?[^，；、0-9的]{1,6}政府信息(?:总数|总量|数量|数)?"
        rf"|^[^，；]{{0,12}}(?:全年|年内|一年来)(?:{{count}})*(?:发布|公布)了?{_INFORMATION}"
        r"|(?:公开|发布)[^，；]{4,60}(?:和|及|等)(?:各类|各项|相关)(?:政府|政务)信息"
    )
    return compile_pattern(rf"(?:{said})(?:{{count}}){{0,3}}$")


@cache
def _generally() -> re.Pattern[str]:
    """Information as such was disclosed, not that on a subject: 其中主动公开信息158条."""
    return compile_pattern(rf"公开了?{{whose}}(?:{_GENERAL})?(?:{{count}}){{0,3}}$")


@cache
def _other() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return compile_pattern("{no_disclosing}"), compile_pattern("{content_class}")


@cache
def _unnamed() -> re.Pattern[str]:
    """Disclosed, without saying what: the clause before names it (制发规范性文件12件，主动公开12件)."""
    return compile_pattern("^(?:其中|全部|均|已|并)?(?:主动)?公开(?:{count}){0,2}$")


@cache
def _disclosing() -> re.Pattern[str]:
    return compile_pattern(
        r"^(?:(?:截至|截止|至)[0-9年月日底末]{2,12})?(?:主动|向社会|对外|全年|共|各[类种][^，；]{0,8}(?:信息|内容)|有针对性地|及时地?|准确|依法|规范"
        r"|{disclose}|{info}|{count}){1,10}$"
    )


def disclosed(words: str, before: str, total_known: bool) -> str | None:
    """The indicator of a number of disclosed pieces, None if it is not the number of any.

    `words`: the clause that belongs to the number; `before`: the sentence up to it;
    `total_known`: the year's total has been printed before.
    """
    words = _CLAUSE.split(words)[-1]
    no_disclosing, content = _other()
    plain = _BRACKET.sub("", words)  # 公开信息（含转发）12条
    total = _total().search(plain)
    if no_disclosing.search(plain, total.start() if total else 0):
        return None
    clauses = _CLAUSE.split(before)
    if len(clauses) > 1 and NORMATIVE in clauses[-2] and _unnamed().search(words):
        return NORMATIVE_DOCUMENTS
    if len(clauses) > 1 and (of_year := _of_the_year(words, clauses[-2])):
        return of_year
    named = choose("channel", words)
    parted = _is_parted(before)
    is_class = total is not None and _CLASS.search(plain, 0, total.start()) is not None
    is_limited = (parted or _PART.match(words) or _CHOSEN.search(words)) and not _generally().search(plain)
    is_total = total is not None and not is_class and not is_limited
    is_part = total_known or _PART.search(before) or not is_total or _is_one(named)
    if not (total_known or _COUNTED.search(before)) and _by_many(named) and _plain_total().search(plain):
        return TOTAL
    if named.indicator and is_part and _is_disclosed(named.rest):
        return named.indicator
    if named.count and not named.indicator and (_is_one(named) or named.nameless):
        return None  # a channel that has no indicator, or several with one that has none
    if is_total:
        return TOTAL
    running = None if named.count or not _disclosing().search(words) else _running(clauses)
    if running and (running.indicator or running.nameless):
        return running.indicator
    is_further = bool(named.count and _COUNTED.search(before))
    is_other = _PART.match(words) or parted or is_limited or is_further or content.search(words)
    if named.indicator or total_known or is_other:
        return None
    return TOTAL if _plain_total().search(plain) else None


def _is_parted(before: str) -> bool:
    """Parts have been counted already: 其中动态信息40条，…"""
    clauses = before.rpartition("；")[2]
    part = clauses.find("其中")
    return part >= 0 and _PIECES.search(clauses, part) is not None


def _of_the_year(words: str, clause: str) -> str | None:
    """网站累计公开信息531条，其中当年新增198条: the year's share of what has been disclosed so far."""
    if not re.search("累计|历年", clause) or not _share_of_year().search(words):
        return None
    named = choose("channel", clause)
    return named.indicator if named.count else TOTAL


@cache
def _share_of_year() -> re.Pattern[str]:
    return compile_pattern(
        r"^(?:其中)?(?:20\d\d年度?|全年|本年度?|年内|当年|今年)(?:共|新增?|又|主动|{disclose}|{info}|{count}){0,5}$"
    )


def _running(clauses: list[str]) -> Choice | None:
    """The channels that the clauses up to the number name: 编印公报6期，每期3,000册，登载信息（44条）."""
    for clause in reversed(clauses[-RUNNING:]):
        if _COUNTED.search(clause):
            return None
        if (named := choose("channel", clause)).count:
            return named
    return None


def _by_many(named: Choice) -> bool:
    """Channels are named as examples: 通过网站、报纸等多种渠道."""
    return named.mentions > 1 and re.match("等(?:多种|各种|各类|多个)", named.rest) is not None


def _is_one(named: Choice) -> bool:
    """One channel is named, and not as an example: 通过网站主动公开12条, but not 通过网站等渠道."""
    return named.mentions == 1 and not named.rest.startswith("等")


def _is_disclosed(rest: str) -> bool:
    rest = _COLUMN.sub("", rest)
    rest = _SUM.sub("", _LISTING.sub("等", _BRACKET.sub("", rest)))
    return len(rest) <= MAX_REST and not _other()[1].search(rest)
