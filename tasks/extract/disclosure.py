"""How many pieces of information were disclosed: the year's total, or the part of one channel.

A number of disclosed pieces is the total when no channel is named for it, or when 主动公开 stands before
it, several are named and no total has been printed yet (通过网站等渠道主动公开政府信息412条 is the total).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from tasks.extract.channels import (
    OTHER,
    PUBLISHING,
    WEBSITE,
    WEBSITE_MEMBER,
    are_examples,
    channels_in,
    is_disclosed,
    is_one,
    is_page,
)
from tasks.extract.choices import Choice, choose
from tasks.extract.clauses import (
    TOTAL,
    goes_on,
    is_of_a_class,
    said_by_the_clause_before,
    visited,
    with_channels_before,
)
from tasks.extract.lexicon import phrase
from tasks.extract.paring import pared, unbracketed

_CLAUSE = re.compile(r"[，：；]")
_LIST = re.compile("[，：；、]")
CHOSEN = "重点领域"
# An account of no kind named, among the group `channel` of seeds/choices.csv.
ACCOUNT = "政务号"
# So many parts are a list, whose sum needs no verb.
LIST = 3
# So many clauses back a channel is still the one spoken of, if no pieces were counted since.
RUNNING = 4


def disclosed(words: str, before: str, after: str, total_known: bool, site_known: bool = False) -> str | None:
    """The indicator of a number of disclosed pieces, None if it is not the number of any.

    `words`: the clause that belongs to the number; `before`: the sentence up to it, `after`: behind it;
    `total_known`: the year's total has been printed before, `site_known`: the web site's part has.
    """
    words, before = (_plainly(text) for text in (words, before))
    clauses, said = _CLAUSE.split(before), _CLAUSE.split(words)[-1]
    if (code := said_by_the_clause_before(pared(said), clauses)) is not None:
        return code
    if phrase("the_rest").fullmatch(words) and choose("channel", "".join(_LIST.split(before)[-2:-1])).count:
        return OTHER
    if phrase("public_already").match(said) and "申请" in before:
        return None  # 收到申请12件，已主动公开3件: how these were answered
    said = with_channels_before(said, clauses)
    pieces = _Pieces(said, before, after, clauses, total_known, site_known)
    return next((code for holds, code in _verdicts(pieces) if holds), None)


class _Pieces:
    """A number of disclosed pieces with what its words say of it, each looked at when it is asked for.

    `said`: its clause, with the channels named before it; `plain`: without brackets, `words`: pared down.
    """

    def __init__(
        self, said: str, before: str, after: str, clauses: list[str], total_known: bool, site_known: bool
    ) -> None:
        self.said, self.before, self.after, self.clauses = said, before, after, clauses
        self.total_known, self.site_known = total_known, site_known
        self.named = channels_in(pared(said))
        self.plain = unbracketed(said)
        self.words = pared(self.plain)
        certain = phrase("certain_total")
        self.total = certain.search(self.words) or certain.search(self.plain)
        self.is_one = is_one(self.named, self.words)
        self.is_one_class = phrase("one_class_counted").search(self.plain) is not None
        self.is_class = phrase("content_class").search(self.words) is not None
        self.is_part = _is_part(self.words, before)

    @cached_property
    def is_below(self) -> bool:
        """The own site's number is known, this is that of the bodies below: 各县（市、区）公开信息420条."""
        return self.site_known and phrase("bodies_below").search(self.plain) is not None

    @cached_property
    def is_share(self) -> bool:
        """发布业务信息354条，占75%."""
        return phrase("share_behind").match(self.after) is not None

    @cached_property
    def is_limited(self) -> bool:
        """Some of what was disclosed: 其中…, after parts, on chosen subjects."""
        is_chosen = phrase("chosen_subjects").search(self.words) is not None
        is_less = self.site_known and CHOSEN in self.plain  # than the site's
        return (self.is_part or is_chosen or is_less) and not phrase("general_disclosing").search(self.plain)

    @cached_property
    def is_total(self) -> bool:
        """主动公开 stands before it, and nothing says that it is that of a class or a subject."""
        if self.total is None or _is_class(self.total) or self.is_limited or self.is_one_class:
            return False
        if self.is_share and phrase("class_counted").search(self.words):
            return False
        is_subject = self.site_known and self.is_class
        return not (is_subject and not phrase("general_disclosing").search(self.plain))

    @cached_property
    def is_beside(self) -> bool:
        """Another channel's, the site's known."""
        return self.site_known and self.named.count > 0 and WEBSITE_MEMBER not in self.named.members

    @cached_property
    def is_first(self) -> bool:
        """No pieces have been counted before it."""
        return not (self.total_known or self.is_beside or phrase("news_counted").search(self.before))

    @cached_property
    def is_other(self) -> bool:
        """Some of what was disclosed, or what a further channel did."""
        is_further = self.named.count and not self.is_first and phrase("news_counted").search(self.before)
        return bool(self.is_limited or self.is_beside or is_further or self.is_part or self.is_class)


def _verdicts(p: _Pieces) -> Iterator[tuple[object, str | None]]:
    """(whether it holds, the indicator): the first that holds decides."""
    named = p.named
    is_class = is_of_a_class(p.words, p.clauses) or (p.is_one_class and not named.count)
    yield _is_none(p.words, p.total) or is_class or (p.is_below and not named.count), None
    if _sums_up(p.words, p.before):
        yield True, _summed(p.clauses)
    is_plain = _is_plain(p.words, p.plain)
    yield p.is_first and are_examples(named) and (is_plain or phrase("listed_subjects").search(p.said)), TOTAL
    yield named.indicator == WEBSITE and _is_of_many_sites(p), TOTAL
    is_channels = p.total_known or phrase("part_counted").search(p.before) or not p.is_total or p.is_one
    yield named.indicator and is_channels and is_disclosed(named, p.after), named.indicator
    is_beside = p.site_known and not phrase("whole").search(p.said)
    is_alone = p.is_first and not (named.count or p.is_share or p.is_limited or is_beside)
    yield is_alone and _is_list(p.said, p.clauses), TOTAL
    # a channel that has no indicator, or several with one that has none
    yield named.count and not named.indicator and (p.is_one or named.nameless), None
    yield not named.count and is_page(p.said, p.after), WEBSITE
    if p.is_total:
        is_visits = not (named.count or phrase("part_counted").match(p.words))
        yield True, (visited(p.clauses) if is_visits else None) or TOTAL
    is_bare = not named.count and phrase("nothing_but_disclosing").search(p.words)
    if is_bare and (running := _running(p.clauses)):
        yield running.indicator or running.nameless, running.indicator
    yield named.indicator or p.total_known or p.is_other or goes_on(p.words, p.clauses), None
    yield is_plain and not p.is_share, TOTAL


def _is_list(said: str, clauses: list[str]) -> bool:
    """A list of what was disclosed, and the clause before names no channel: 公开机构职能、政策文件等信息."""
    listed = phrase("listed_subjects").search(said)
    return listed is not None and not choose("channel", "".join(clauses[-2:-1])).count


def _plainly(text: str) -> str:
    """The words before a number as one clause, where they list at length what was disclosed, open a part."""
    text = phrase("items_of_information").sub("", text.replace("其中，", "其中"))
    text = phrase("forms_listed").sub("", text)
    called = phrase("account_called").search(text)
    if called and not choose("channel", _CLAUSE.split(text[: called.start()])[-1]).count:
        text = f"{text[: called.start()]}{ACCOUNT}{text[called.end() :]}"
    text = phrase("doubled_disclosing").sub("", text)
    text = phrase("contents_told").sub("", phrase("list_opened").sub("", phrase("remark").sub("", text)))
    return phrase("subjects_listed").sub(lambda listing: listing[0].replace("，", "、"), text)


def _is_none(words: str, total: re.Match[str] | None) -> bool:
    """Said of something else than disclosing, or of a part of the year."""
    told = pared(total.string[total.start() :]) if total else words
    is_due = phrase("should_be_disclosed").search(words)
    return bool(phrase("no_disclosing").search(told) or phrase("part_of_the_year").search(words) or is_due)


def _is_plain(words: str, plain: str) -> bool:
    """Information as such was disclosed; `words` are the `plain` ones pared down."""
    return bool(phrase("plain_total").search(plain) or phrase("listed_total").search(words))


def _is_class(total: re.Match[str]) -> bool:
    return phrase("class_counted").search(total.string, 0, total.start()) is not None


def _is_part(words: str, before: str) -> bool:
    # 其中公开机构职能等信息9条；公开规划计划等信息14条: a sentence that opens so tells parts to its end
    is_opened = before.startswith("其中") or _CLAUSE.split(before)[-1].startswith("其中")
    return bool(is_opened or phrase("part_counted").match(words) or _is_parted(before))


def _sums_up(words: str, before: str) -> bool:
    """上半年公开101条，下半年公开133条，全年合计234条."""
    parts = before.rpartition("；")[2]
    if not phrase("news_counted").search(parts):
        parts = before  # the sum behind a semicolon is that of all clauses
    return (
        (count := len(phrase("news_counted").findall(parts))) > 1
        and "其中" not in parts
        and not before.startswith("其中")
        and (phrase("disclosing").search(parts + words) or parts.count("信息") > 1 or count >= LIST)
        and phrase("summing_up").search(words) is not None
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
    return part >= 0 and phrase("pieces_counted").search(clauses, part) is not None


def _running(clauses: list[str]) -> Choice | None:
    """The channels that the clauses up to the number name: 编印公报6期，每期3,000册，登载信息（44条）."""
    for clause in reversed(clauses[-RUNNING:]):
        if phrase("news_counted").search(clause) or phrase("ways_told").search(clause):
            return None
        if (named := channels_in(phrase("channel_tended").sub("", clause))).count:
            return named
        tended = channels_in(clause)  # 加强微信公众号运维，推送文章12篇
        if tended.indicator in PUBLISHING and phrase("sent_by_account").search(clauses[-1]):
            return tended
    return None


def _is_of_many_sites(p: _Pieces) -> bool:
    """公开平台公开577条，其中网站287条: the platform is all of them."""
    is_platform = "平台" in p.said and "网站" not in p.said
    return is_platform and not p.total_known and phrase("site_is_a_part").match(p.after) is not None
