"""What the clauses before the one of a number say of the disclosed pieces it counts.

Here belongs what only they say: an announcement whose sum follows, the year's share of all that was disclosed
so far, the channels of a clause behind its list of them. The clause itself is the business of `disclosure`.
"""

from __future__ import annotations

import re

from tasks.extract.choices import choose
from tasks.extract.lexicon import phrase

TOTAL = "proactive_total"
NORMATIVE, NORMATIVE_DOCUMENTS = "规范性文件", "proactive_normative_documents"
# A clause that names a channel and no more says at most so much behind its name: 微信公众号平台.
CHANNEL_ALONE = 6
_LAST_NUMBER = re.compile(r"[0-9][0-9，.]*(?=[^0-9]*$)")


def said_by_the_clause_before(words: str, clauses: list[str]) -> str | None:
    """What a number counts that only the clause before it says."""
    if len(clauses) < 2:
        return None
    if phrase("sum_of_the_year").match(words) and phrase("announces_total").search(clauses[-2]):
        return TOTAL
    is_done = phrase("actually_disclosed").match(words)
    if is_done and phrase("should_be_disclosed").search(_counted(clauses[-2])):
        return TOTAL
    if NORMATIVE in clauses[-2] and phrase("unnamed_disclosing").search(words):
        return NORMATIVE_DOCUMENTS
    return _of_the_year(words, clauses[-2])


def _counted(clause: str) -> str:
    """The words of a clause up to its number, the last one."""
    return _LAST_NUMBER.split(clause)[0]


def is_of_a_class(words: str, clauses: list[str]) -> bool:
    """累计公开规章制度类信息12条，2011年新增2条: the year's share of one class."""
    is_share = len(clauses) > 1 and phrase("share_of_the_year").search(words)
    return bool(is_share) and phrase("class_counted").search(_counted(clauses[-2])) is not None


def with_channels_before(words: str, clauses: list[str]) -> str:
    """网站，微信公众号等平台公开, 网站、微信等平台，公开, 依托公众号，发布: a comma within the list of
    channels, or behind."""
    if len(clauses) < 2:
        return words
    by_many = phrase("by_many_ways").match(clauses[-2]) and choose("channel", clauses[-2]).mentions > 1
    if by_many and not choose("channel", words).count:
        return clauses[-2] + words
    if phrase("by_a_channel").match(clauses[-2]) and not choose("channel", words).count:
        alone = choose("channel", clauses[-2])
        is_told = phrase("ways_told").search(clauses[-2])
        if alone.count == 1 and len(alone.rest) <= CHANNEL_ALONE and not is_told:
            return clauses[-2] + words
    if "等" not in words or not choose("channel", words).rest.startswith("等"):
        return words
    listed = choose("channel", clauses[-2])
    return f"{clauses[-2]}、{words}" if listed.count and not listed.rest else words


def _of_the_year(words: str, clause: str) -> str | None:
    """网站累计公开信息531条，其中当年新增198条: the year's share of what has been disclosed so far."""
    is_new = "新增" in words and phrase("information_disclosed").search(clause)
    is_share = is_new or phrase("of_all_years").search(clause)
    is_of_class = phrase("class_counted").search(_counted(clause))
    if not is_share or is_of_class or not phrase("share_of_the_year").search(words):
        return None
    named = choose("channel", clause)
    return named.indicator if named.count else TOTAL


def goes_on(words: str, clauses: list[str]) -> bool:
    """网站更新目录信息41条，发布动态信息15条: more of what the channel of the clause before has published."""
    before = clauses[-2] if len(clauses) > 1 else ""
    counted = phrase("news_counted").search(before) and choose("channel", before).count
    return bool(counted) and not phrase("whole").search(words)


def visited(clauses: list[str]) -> str | None:
    """The channel that the clause before speaks of: 网站访问量173万次，主动公开信息8032条."""
    if len(clauses) < 2 or not phrase("visits_told").search(clauses[-2]):
        return None
    return choose("channel", clauses[-2]).indicator
