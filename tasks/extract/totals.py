"""Which words make a number of disclosed pieces the year's total.

Here: the phrases. Not here: whether a number in a clause that has them is one after all (`disclosure`).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.extract.lexicon import compile_pattern

_INFORMATION = "(?:[^，；]{0,4}信息|文件)(?:总数|总量|数量|数|量)?"
_MORE = "(?:[、和及](?:工作|政务|部门)?(?:动态|公告|通知|文件|资料|资讯|稿件)(?:信息)?){0,2}"
# 公开税务信息 is a tax office's total; 发布疫情信息 is a subject among others.
_GENERAL = (
    "(?:(?:各类|各种|各项|政府|政务|工作|公开|有关|相关|本级|部门|动态|公众|重要|本局|新){0,3}(?:信息|资讯)|文件)"
    "(?:总数|总量|数量|数|量)?"
)


@cache
def certain() -> re.Pattern[str]:
    """Words that make a number the total whatever else is said: 主动公开政府信息, 全年公开, 各渠道合计."""
    return compile_pattern(
        rf"(?<![转更整定列]为)主动(?:向社会|对外)?公开{{whose}}(?:{{info}}|{_INFORMATION}|事项)?"
        rf"{_MORE}(?:{{count}}){{0,3}}$"
        r"|^(?:其中)?(?:20\d\d年度?|全年|本年度?|年内|今年|当年)(?:共|新增|向社会)?(?:主动)?公开(?:{count}){0,3}$"
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
def plain() -> re.Pattern[str]:
    said = (
        rf"(?:公开|主动发布|主动公布|公开发布|公开公布)了?{{whose}}{_INFORMATION}{_MORE}|(?:发布|公布)了?{{whose}}{_GENERAL}{_MORE}"
        r"|(?:公开|公布|发布)了?[^，；、0-9的]{1,6}政府信息(?:总数|总量|数量|数)?"
        rf"|^[^，；]{{0,12}}(?:全年|年内|一年来)(?:{{count}})*(?:发布|公布)了?{_INFORMATION}"
        r"|(?:公开|发布)[^，；]{4,60}(?:和|及|等)(?:各类|各项|相关)(?:政府|政务)信息"
        r"|向(?:社会|公众|群众|社会公众)提供了?(?:各类|政府|政务|公开){0,2}信息"
    )
    return compile_pattern(rf"(?:{said})(?:{{count}}){{0,3}}$")


@cache
def listed() -> re.Pattern[str]:
    """公布政策、动态、公告等政府信息, examples taken out."""
    return compile_pattern(
        r"(?:公开|公布|发布)了?等(?:各类(?:政府|政务)?|政府|政务)信息(?:总数|总量|数量|数|量)?(?:{count}){0,3}$"
    )


@cache
def general() -> re.Pattern[str]:
    """Information as such was disclosed, not that on a subject: 其中主动公开信息158条."""
    return compile_pattern(rf"公开了?{{whose}}(?:{_GENERAL})?(?:{{count}}){{0,3}}$")


@cache
def summing() -> re.Pattern[str]:
    return compile_pattern(
        r"^(?:以上|各类|全部|20\d\d年度?|全年|本年度?|年内){0,3}(?:合计|总计|共计|总共|共)(?:主动)?(?:公开|发布|公布)?"
        r"(?:{info})?(?:{count}){0,2}$"
    )
