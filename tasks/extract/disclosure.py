"""How many pieces of information were disclosed: the year's total, or the part of one channel.

A number of disclosed pieces is the total when no channel is named for it, or when 主动公开 stands before
it, several are named and no total has been printed yet (通过网站等渠道主动公开政府信息412条 is the total).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from tasks.extract import totals
from tasks.extract.choices import Choice, choose
from tasks.extract.lexicon import compile_pattern
from tasks.extract.paring import pared, pared_behind, unbracketed

TOTAL = "proactive_total"
WEBSITE, WEBSITE_MEMBER = "proactive_website", "website"
NORMATIVE, NORMATIVE_DOCUMENTS = "规范性文件", "proactive_normative_documents"
# Between a channel and the number stand its name and words of disclosing; more is another subject.
MAX_REST = 14
# What an account or a gazette has published is its number whatever it was about: 微信发布气象动态等内容96条.
MAX_PUBLISHED = 40
_PUBLISHING = frozenset({"proactive_wechat", "proactive_weibo", "proactive_gazette"})
_PUBLISHED = re.compile("^(?:公开|发布|公布|推送|推出|刊登|刊发|刊载)")

_CLAUSE = re.compile(r"[，：；]")
_PAGE = re.compile("(?:通过|在|利用)[^，；]{0,16}(?:公开|政务)(?:专栏|专区)")
# So many clauses back a channel is still the one spoken of, if no pieces were counted since.
RUNNING = 3
# 业务工作类信息主动公开210条 is the number of a class, 主动公开重点领域信息52条 of a few.
_CLASS = re.compile(r"(?<!各)类(?:别的?)?(?:信息|文件|事项)?(?:共|的)?$")
_CHOSEN = re.compile("重点|栏目")
_PART_YEAR = re.compile("上半年|下半年|[一二三四1-4]季度")
_MANY = re.compile("等(?:多种|各种|各类|多个)")
_SUCH = re.compile("等(?:平台|渠道|载体|方式|形式|途径|媒体|媒介)")
_OTHER, _OTHER_MEMBER, _OTHERS = "proactive_other_channels", "other", re.compile("其[他它]|另外")
_VISITS = re.compile(
    r"^[^，；]{0,16}(?:网站|微信|微博|公众号|平台)[^，；]{0,8}(?:访问|浏览|点击|粉丝|关注|订阅)[^，；]{0,8}\d|公报》?[^，；]{0,8}\d+期"
    r"|(?:网站|公众号|微信|微博)(?:紧紧|始终|紧密|主动)?(?:围绕|紧扣|聚焦|坚持|立足|紧贴|突出)[^0-9]{0,40}$"
)
# 发布包括：政策法规、业务通告等信息275条: the colon opens examples, not a clause.
_OPENS_LIST = re.compile(r"(?<=包括|含有|涵盖|涉及)：(?=[^，；：0-9]{2,90}等)")
# 公开了各类信息，主要包括机构概况、财政预算等内容，共计86条: what the information was about, then its sum.
_TELLS = re.compile(
    r"(?<=信息|文件|资料)[，：](?:具体|主要|其?内容|信息|范围){0,3}(?:包括|包含|涵盖|涉及|有)了?(?!其中)[^；。0-9]{2,120}?"
    r"，?(?=(?:共计|合计|总计|总共|共|累计)有?约?$)"
)
_DISCLOSED = re.compile("公开|发布|公布|推送")
_PIECES = re.compile(r"\d[余多]?[条篇则件份项]")
_COUNTED = re.compile(r"\d[余多]?[条篇则]")
_PART = re.compile(r"其中|另外|此外|分别")


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
        r"|等|20\d\d年度?|{disclose}|{info}|{count}){1,10}(?:(?<=公开|发布|推送|登载|刊登)[^，；、0-9]{2,6}(?:信息|文件)(?:{count}){0,2})?$"
    )


def disclosed(words: str, before: str, after: str, total_known: bool, site_known: bool = False) -> str | None:
    """The indicator of a number of disclosed pieces, None if it is not the number of any.

    `words`: the clause that belongs to the number; `before`: the sentence up to it, `after`: behind it;
    `total_known`: the year's total has been printed before, `site_known`: the web site's part has.
    """
    words, before = (_TELLS.sub("", _OPENS_LIST.sub("", text)) for text in (words, before))
    clauses, said = _CLAUSE.split(before), _CLAUSE.split(words)[-1]
    if (code := _by_the_clause_before(pared(said), clauses)) is not None:
        return code
    said = _with_channels_before(said, clauses)
    named = _channels(pared(said))
    plain = unbracketed(said)
    words = pared(plain)
    total = totals.certain().search(words) or totals.certain().search(plain)
    if _is_none(words, total):
        return None
    if _sums_up(words, before):
        code = _summed(clauses)
        return None if code == TOTAL and total_known else code
    is_limited = _is_limited(words, plain, before)
    is_subject = site_known and _other()[1].search(words) and not totals.general().search(plain)
    is_total = total is not None and not _is_class(total) and not is_limited and not is_subject
    is_part = total_known or _PART.search(before) or not is_total or _is_one(named)
    is_beside = site_known and named.count and WEBSITE_MEMBER not in named.members
    is_first = not (total_known or is_beside or _COUNTED.search(before))
    if is_first and _by_many(named) and (totals.plain().search(plain) or totals.listed().search(words)):
        return TOTAL
    if named.indicator and is_part and _is_disclosed(named, after):
        return named.indicator
    if named.count and not named.indicator and (_is_one(named) or named.nameless):
        return None  # a channel that has no indicator, or several with one that has none
    if not named.count and _is_page(said, after):
        return WEBSITE
    if is_total:
        return (None if named.count or _PART.match(words) else _visited(clauses)) or TOTAL
    running = None if named.count or not _disclosing().search(words) else _running(clauses)
    if running and (running.indicator or running.nameless):
        return running.indicator
    is_further = bool(is_beside or (named.count and not is_first and _COUNTED.search(before)))
    is_other = is_limited or is_further or _is_part(words, before) or _other()[1].search(words)
    if named.indicator or total_known or is_other:
        return None
    return TOTAL if totals.plain().search(plain) or totals.listed().search(words) else None


def _by_the_clause_before(words: str, clauses: list[str]) -> str | None:
    """What a number counts that only the clause before it says."""
    if len(clauses) < 2:
        return None
    if NORMATIVE in clauses[-2] and _unnamed().search(words):
        return NORMATIVE_DOCUMENTS
    return _of_the_year(words, clauses[-2])


def _with_channels_before(words: str, clauses: list[str]) -> str:
    """通过网站，微信公众号等平台公开: a comma within the list of channels."""
    if len(clauses) < 2 or "等" not in words or not choose("channel", words).rest.startswith("等"):
        return words
    listed = choose("channel", clauses[-2])
    return f"{clauses[-2]}、{words}" if listed.count and not listed.rest else words


def _is_none(words: str, total: re.Match[str] | None) -> bool:
    """Said of something else than disclosing, or of a part of the year."""
    told = pared(total.string[total.start() :]) if total else words
    return _other()[0].search(told) is not None or _PART_YEAR.search(words) is not None


def _is_class(total: re.Match[str]) -> bool:
    return _CLASS.search(total.string, 0, total.start()) is not None


def _is_part(words: str, before: str) -> bool:
    return bool(_PART.match(words) or _is_parted(before))


def _is_limited(words: str, plain: str, before: str) -> bool:
    """Some of what was disclosed: 其中…, after parts, on chosen subjects."""
    is_some = _is_part(words, before) or _CHOSEN.search(words)
    return bool(is_some) and not totals.general().search(plain)


def _sums_up(words: str, before: str) -> bool:
    """上半年公开101条，下半年公开133条，全年合计234条."""
    parts = before.rpartition("；")[2]
    return (
        len(_COUNTED.findall(parts)) > 1
        and "其中" not in parts
        and (_DISCLOSED.search(parts + words) is not None or parts.count("信息") > 1)
        and totals.summing().search(words) is not None
    )


def _summed(clauses: list[str]) -> str | None:
    """What the parts add up to: the one channel's that was named for all of them, else the year's total."""
    named = [choice for clause in clauses[:-1] if (choice := choose("channel", clause)).count]
    if len(named) == 1 and choose("channel", clauses[0]).count:
        return named[0].indicator
    return TOTAL


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
        if (named := _channels(_tending().sub("", clause))).count:
            return named
    return None


@cache
def _tending() -> re.Pattern[str]:
    """加强公开平台建设: a channel that is looked after, not one that something was disclosed on."""
    return compile_pattern("[^，；、]{0,8}{account}(?:的)?{tending}")


def _channels(words: str) -> Choice:
    """The channels named; a site among several others makes them the body's all, not its other ones, and one
    without an indicator of its own is among those: 头条号等其他方式."""
    named = choose("channel", words)
    if named.nameless and _OTHER_MEMBER in named.members and _OTHERS.search(words):
        return replace(named, indicator=_OTHER, nameless=False)
    if named.indicator == _OTHER and WEBSITE_MEMBER in named.members and not _OTHERS.search(words):
        return replace(named, indicator=None)
    return named


def _visited(clauses: list[str]) -> str | None:
    """The channel that the clause before speaks of: 网站访问量173万次，主动公开信息8032条."""
    if len(clauses) < 2 or not _VISITS.search(clauses[-2]):
        return None
    return choose("channel", clauses[-2]).indicator


def _is_page(words: str, after: str) -> bool:
    """A page for disclosure is the site's beside another channel: 通过公开专栏发布21条，通过微信发布50条."""
    clauses = _CLAUSE.split(after)
    return bool(_PAGE.search(words) and len(clauses) > 1 and choose("channel", clauses[1]).count)


def _by_many(named: Choice) -> bool:
    """Channels are named as examples: 通过网站、报纸等多种渠道; 网站、微信、抖音等平台."""
    if named.mentions < 2:
        return False
    return _MANY.match(named.rest) is not None or (
        WEBSITE_MEMBER in named.members and _SUCH.match(named.rest) is not None
    )


def _is_one(named: Choice) -> bool:
    """One channel is named, and not as an example: 通过网站主动公开12条, but not 通过网站等渠道."""
    return named.mentions == 1 and not named.rest.startswith("等")


def _is_disclosed(named: Choice, after: str) -> bool:
    rest = pared_behind(named.rest, after)
    is_published = _PUBLISHED.match(rest) is not None
    longest = MAX_PUBLISHED if is_published and named.indicator in _PUBLISHING else MAX_REST
    is_whatever = is_published and named.indicator == "proactive_gazette"
    return len(rest) <= longest and (is_whatever or not _other()[1].search(rest))
