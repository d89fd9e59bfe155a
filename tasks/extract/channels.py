"""Which channels of disclosure a clause names, and whether a number of pieces is theirs.

Here: one channel, several, channels as examples (通过网站等渠道). Not here: the year's total and what decides
between it and a channel (`disclosure`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.extract.choices import Choice, choose
from tasks.extract.lexicon import phrase
from tasks.extract.paring import pared_behind

WEBSITE, WEBSITE_MEMBER = "proactive_website", "website"
OTHER, _OTHER_MEMBER = "proactive_other_channels", "other"
# Between a channel and the number stand its name and words of disclosing; more is another subject.
MAX_REST = 14
# What an account or a gazette has published is its number whatever it was about: 微信发布气象动态等内容96条.
MAX_PUBLISHED = 40
PUBLISHING = frozenset({"proactive_wechat", "proactive_weibo", "proactive_gazette"})

_CLAUSE = re.compile(r"[，：；]")


def channels_in(words: str) -> Choice:
    """The channels named; a site among several others makes them the body's all, not its other ones, and one
    without an indicator of its own is among those: 头条号等其他方式."""
    named = choose("channel", words)
    if named.nameless and _OTHER_MEMBER in named.members and phrase("others").search(words):
        return replace(named, indicator=OTHER, nameless=False)
    if named.indicator == OTHER and WEBSITE_MEMBER in named.members and not phrase("others").search(words):
        return replace(named, indicator=None)
    return named


def is_page(words: str, after: str) -> bool:
    """A page for disclosure is the site's beside another channel: 通过公开专栏发布21条，通过微信发布50条."""
    clauses = _CLAUSE.split(after)
    return bool(
        phrase("disclosure_page").search(words) and len(clauses) > 1 and choose("channel", clauses[1]).count
    )


def are_examples(named: Choice) -> bool:
    """Channels are named as examples: 通过网站、报纸等多种渠道; 网站、微信、抖音等平台; 公开栏等渠道."""
    if phrase("many_ways").match(named.rest) is not None:
        return True
    is_example = named.mentions == 1 and not PUBLISHING & {named.indicator}
    is_list = named.mentions > 1 and WEBSITE_MEMBER in named.members
    return (is_example or is_list) and phrase("such_ways").match(named.rest) is not None


def is_one(named: Choice, words: str) -> bool:
    """One channel is named, or sites alone, and not as an example: 通过市网站和本局网站公开12条, but not
    通过公开平台、网站 or 通过网站等渠道."""
    are_sites = named.members == {WEBSITE_MEMBER} and "平台" not in words
    return (named.mentions == 1 or are_sites) and not named.rest.startswith("等")


def is_disclosed(named: Choice, after: str) -> bool:
    rest = pared_behind(named.rest, after)
    item = phrase("counted_behind").match(after)
    if item and not (choose("channel", item[0]).count or phrase("of_information").search(rest)):
        return False  # 网站发布要闻37条、简报12条: the first of several kinds
    if phrase("listed_subjects").search(rest):
        return True  # whatever it was about
    is_published = phrase("published").match(rest) is not None
    longest = MAX_PUBLISHED if is_published and named.indicator in PUBLISHING else MAX_REST
    is_whatever = is_published and named.indicator == "proactive_gazette"
    return len(rest) <= longest and (is_whatever or not phrase("content_class").search(rest))
