"""A clause of disclosure pared down to who, where, verb and object: names and examples in it say nothing.

Here belongs what may be left out of a clause without changing what its number counts: remarks in brackets,
the name of the body that acts, examples, the column of a site, the name of an account. What the rest means
is the business of `disclosure`.
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.lexicon import compile_pattern

_BRACKET = re.compile(r"（[^（）]{0,40}）")
_SUM = re.compile("(?:累计|合计|总计|共计)$")
# 公开和更新信息: one doing.
_DOUBLED = re.compile(
    "(?<=公开|发布|公布|推送)(?:和|、|并|及|与|以及)(?:及时)?(?:更新|发布|公布|推送|公示|公开)(?!栏|平台|网|目录)"
)
# Where on a site: 网站政府信息公开专栏主动公开的信息有35条.
_COLUMN = re.compile(r"^[^，；、]{0,10}?(?:专栏|专区|栏目|板块|频道)")
_VERB = (
    "(?<=公开|发布|公布|推送|更新|报道|收录|刊登|登载|刊发|编发|上传|发送|推出|新增)"
    "(?!栏|平台|网|目录|系统|专栏)"
)
_GAP = "(?:(?!公开|发布|公布|推送|固定|重点)[^，；、]){0,9}?"
# 公开通知公告、政策法规等信息: what was disclosed, told by examples.
_LISTING = re.compile(
    rf"{_VERB}[^，；]{{2,80}}?等{_GAP}(?=(?:政府|政务)?信息)"
    rf"|{_VERB}[^，；]{{2,60}}、[^，；]{{2,30}}等(?=(?:文件|(?:共计|合计|总计|共|累计)?$))"
    r"|(?<=报道|宣传)[^，；、]{2,30}(?=(?:相关|有关)内容)"
)
# 公文类政府信息, 政务类信息: one class, which is all there is if no other is counted beside it.
_CLASS = re.compile(
    r"(?<=公开|发布|公布|推送|更新|编发|上传)[^，；、的]{1,8}类(?=(?:别的?)?(?:政府|政务|工作|公开)?(?:信息|文件|消息|动态|稿件|文章)(?:共计|合计|总计|共|累计|达)?$)"
)
_OTHER_CLASS = re.compile(
    r"^[，、；和及]{0,2}[^，；、。0-9]{0,16}(?:类|信息|文件|动态|公告)[^，；、。0-9]{0,6}[0-9]"
)
# 其中网站报送信息260条: reported by way of the site, on which it then stands.
_BY_THE_SITE = re.compile("(?<=^其中网站)报送|(?<=^其中政府网站)报送|(?<=^其中门户网站)报送")
# A longer name than this stands before no verb of disclosing.
NAME_MAX = 24


@cache
def _body() -> re.Pattern[str]:
    """The body that acts, at the head of a clause: 市文化广电局公开 is no channel, 水利部已公开 no column."""
    return compile_pattern(
        r"^(?P<when>(?:其中|另外|同时|20\d\d年度?(?:以来)?|全年|本年度?|年内|今年|一年来){0,3})(?!{by})"
        r"(?:(?!{account})[^，；、。：]){1,20}?(?:局|厅|委|委员会|办|办公室|部|处|镇|乡|街道|集团|公司|中心|大学|学院|医院|"
        r"开发区|管委会|政府)"
        r"(?=(?:20\d\d年度?|全年|年内|本年度?|今年|共计|共|累计|已|新增|主动|依法|及时|对外|向社会){0,4}"
        r"(?:{by}|公开|发布|公布|推送|更新|编发))"
    )


@cache
def _account() -> re.Pattern[str]:
    """What stands between a channel and the verb: 微信公众号某某街道办事处公开."""
    return compile_pattern(
        rf"^[^，；、0-9]{{2,{NAME_MAX}}}?(?=(?:全年|年内|共计|共|累计|新增|主动|依法|及时){{0,3}}"
        r"(?:公开|发布|公布|推送|更新|编发|推出|发表|刊发|登载|发送|上传|上载|新增)(?!目录|指南|制度|栏))"
    )


def pared(words: str) -> str:
    """A clause with its examples as 等, the body that acts as 本局."""
    if body := _body().match(words):  # `sub` would try it at every place
        words = f"{body['when']}本局{words[body.end() :]}"
    return _BY_THE_SITE.sub("发布", _LISTING.sub(_in_short, _DOUBLED.sub("", words)))


def _in_short(listing: re.Match[str]) -> str:
    return "等各类" if "等各类" in listing[0] else "等"


def unbracketed(words: str) -> str:
    """公开信息（含转发）12条 without the remark."""
    return _BRACKET.sub("", words)


def pared_behind(rest: str, after: str) -> str:
    """The words between a channel and the number without column, account and sum; `after`: what stands behind
    the number: a class counts for the channel only where no other class is counted beside it."""
    rest = _SUM.sub("", _COLUMN.sub("", unbracketed(rest)))
    if not _OTHER_CLASS.search(after):
        rest = _CLASS.sub("", rest)
    account = None if rest.startswith("等") else _account().match(rest)
    return rest[account.end() :] if account else rest
