"""What a label looks like: its number, its width, its length. The meaning stays."""

from __future__ import annotations

import random
import re

from tests.generate.plan import Plan

NUMBER = re.compile(r"^(?:（([一二三四五六七八九十]+)）|([一二三四五六七八九十]+)、|(\d+)\.)")
CIRCLED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
CHINESE = "一二三四五六七八九十"
SHORT = {
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "（二）部分公开",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "1.申请人无正当理由逾期不补正",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": (
        "2.申请人逾期未按收费通知要求缴纳费用"
    ),
    "1.专职人员数（不包括政府公报及政府网站工作人员数）": "1.专职人员数",
    "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）": (
        "（四）政府信息公开专项经费"
    ),
    "一、本年新收政府信息公开申请数量": "一、本年新收申请数量",
    "二、上年结转政府信息公开申请数量": "二、上年结转申请数量",
}
LONG = {
    "（一）主动公开政府信息数": "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
    "（一）回应公众关注热点或重大舆情数": (
        "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）"
    ),
    "规范性文件": "行政规范性文件",
    "7.属于行政执法案卷": "7.属于行政执法案卷信息",
    "1.专职人员数": "1.专职人员数（不包括政府公报及政府网站工作人员数）",
    "（七）总计": "（七）总计（以上各项之和）",
}
SPACED = (
    "统计指标",
    "单位",
    "总计",
    "规章",
    "自然人",
    "其他",
    "信息内容",
    "行政许可",
    "行政处罚",
    "指标名称",
    "行政复议",
)
ASCII = str.maketrans("（），；：“”", '(),;:""')


def restyle_number(label: str, manner: str, rng: random.Random) -> str:
    """The leading number dropped, in half width, or in another manner of writing."""
    found = NUMBER.match(label)
    if not found:
        return label
    rest = label[found.end() :]
    bracket, comma, digit = found.groups()
    if manner == "number-dropped":
        return rest
    if manner == "number-halfwidth":
        return (f"({bracket})" if bracket else f"{comma}." if comma else f"{digit}.") + rest
    if bracket:
        index = CHINESE.find(bracket)
        circled = CIRCLED[index] if len(bracket) == 1 and index >= 0 else f"（{bracket}）"
        return rng.choice((circled, f"{bracket}）", f"（{bracket}）、")) + rest
    if digit:
        return rng.choice((f"{digit}、", f"{digit}．", f"（{digit}）", f"{digit})", f"{digit} ")) + rest
    return rng.choice((f"{comma}，", f"{comma}．", f"{comma} 、", f"（{comma}）")) + rest


def restyle(label: str, plan: Plan, rng: random.Random, manner_seed: int) -> str:
    """A label in the manner of the page; `manner_seed` makes one manner per page."""
    if plan.has("label-short"):
        label = SHORT.get(label, label)
    elif plan.has("label-long"):
        label = LONG.get(label, label)
    for manner in ("number-dropped", "number-halfwidth", "number-changed"):
        if plan.has(manner):
            label = restyle_number(label, manner, random.Random(manner_seed))
    if plan.has("label-spaced") and label in SPACED:
        label = rng.choice((" ", "　")).join(label)
    if plan.has("ascii-punctuation"):
        label = label.translate(ASCII)
    return label
