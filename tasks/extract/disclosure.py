"""How many pieces of information were disclosed: the year's total, or the part of one channel.

A number of disclosed pieces is the total when no channel is named for it, or when 主动公开 stands before
it and no total has been printed yet (通过网站等渠道主动公开政府信息412条 is the total). Several channels
together have a code only where the field has one (微博微信); a longer list counts as other channels.
"""

from __future__ import annotations

import re
from functools import cache

import seeds
from tasks.extract.lexicon import compile_pattern

TOTAL = "proactive_total"
_JOINT = {frozenset({"weibo", "wechat"}): "proactive_weibo_wechat"}
# A list of this many channels is 其他方式: no code covers it, and none of them alone.
MANY = 3

_CLAUSE = re.compile(r"[，：；]")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return (
        compile_pattern(r"(?:主动|向社会|对外|及时|全年|年度|共|{disclose}|{info}|{count}){0,8}$"),
        compile_pattern(
            r"主动(?:向社会|对外)?公开(?:了|各类|各级|本级|全[市县区州旗镇乡省]|我[市县区州旗镇乡局委]|新增|有关|单位|部门|机关|的){0,4}"
            r"(?:{info}){0,2}(?:{count}){0,3}$"
        ),
        compile_pattern(
            r"(?:公开|发布|公布)(?:了|各类|各级|全[市县区州旗镇乡省]|我[市县区州旗镇乡局委]|新增|有关|单位|部门|的){0,3}"
            r"(?:政府|政务|公开)(?:公开)?信息(?:数|总数|总量)?(?:{count}){0,3}$"
        ),
        re.compile(r"其中|另外|此外|分别"),
        # Between the channel's name and the words of disclosing: 等载体, 平台. More is another subject.
        compile_pattern(r"^(?:{channel_tail}){0,6}$"),
        compile_pattern("{no_disclosing}"),
    )


@cache
def _channels() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    return tuple((r["channel"], r["indicator"], compile_pattern(r["pattern"])) for r in seeds.rows("channels.csv"))


def disclosed(prefix: str, before: str, total_known: bool) -> str | None:
    """The indicator of a number of disclosed pieces, None if it is not the number of any.

    `prefix`: the words that belong to the number; `before`: the sentence up to it;
    `total_known`: the year's total has been printed before.
    """
    tail, total, plain_total, part, between, other = _patterns()
    words = _CLAUSE.split(prefix)[-1]
    if other.search(words):
        return None
    is_total = bool(total.search(words))
    head = words[: tail.search(words).start()]  # type: ignore[union-attr]  # the pattern matches ''
    indicator, rest = _channel(head)
    if indicator and between.search(rest) and (total_known or part.search(before) or not is_total):
        return indicator
    if is_total:
        return TOTAL
    clauses = _CLAUSE.split(before)
    if not head and words and len(clauses) > 1 and (running := _channel(clauses[-2])[0]):
        return running
    if plain_total.search(words) and not indicator:
        return TOTAL
    return None


def _channel(text: str) -> tuple[str | None, str]:
    """The indicator of the channels a phrase names, and what stands behind the last of them."""
    found: dict[str, str] = {}
    last = 0
    for channel, indicator, pattern in _channels():
        for match in pattern.finditer(text):
            found[channel] = indicator
            last = max(last, match.end())
    rest = text[last:]
    if len(found) == 1:
        return next(iter(found.values())), rest
    if (joint := _JOINT.get(frozenset(found))) is not None:
        return joint, rest
    if "other" in found or len(found) >= MANY:
        return "proactive_other_channels", rest
    return None, rest
