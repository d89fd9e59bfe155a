"""Quantities printed in text: number, multiplier, approximation and unit, with their place.

Here belongs how a quantity is written. What it counts, and whether it is this year's, is the
narrative reader's business. Units are data: seeds/units.csv.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import cn2an

import seeds
from tasks.frozen import frozen
from tasks.seeking import Seeker, seeker

MULTIPLIERS = {"百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
_SPACE = "[ \t\u00a0\u2002\u2003\u3000]{0,3}"
# A longer number is an index number or a misprint, no statistic; it would not be exact either.
DIGITS_MAX = 15
_DIGITS = rf"[0-9０-９]{{1,3}}(?:[,，][0-9０-９]{{3}}){{1,4}}(?![0-9０-９])|[0-9０-９]{{1,{DIGITS_MAX}}}"
_NUMERAL = "[零〇○一二两三四五六七八九十百千万]{1,12}"
# 三个方面, 两项: Chinese numerals before these count nothing that is reported.
_COUNTED_IN_WORDS = {"kind", "matter", "share"}
# Words before a numeral that make it no quantity: ordinals, dates, names of rules.
_NOT_BEFORE = "第每某同另任哪这那逐年月统专唯单"
# “惠企20条” is the name of a policy.
_NAME_OPENED = re.compile(r"[“‘「][^“”‘’「」，。；：0-9]{1,6}$")
_NAME_CLOSED = frozenset("”’」")
_NAME_BEFORE = 8  # characters before its number in which it opens


@frozen
class Unit:
    """A measure word: `kind` groups those that count the same sort of thing, `factor` converts
    into the kind's base (元 → 万元 for money)."""

    name: str
    kind: str
    factor: float


@frozen
class Quantity:
    """A number with its unit. `value` has the multiplier applied but not the unit's factor.

    `start`/`end` enclose number and unit, with an approximating word before or behind, and a second unit in
    brackets: 12次（期）.
    """

    value: float
    unit: Unit
    is_approximate: bool
    start: int
    end: int


@cache
def units() -> dict[str, Unit]:
    return {r["unit"]: Unit(r["unit"], r["kind"], float(r["factor"] or 1)) for r in seeds.rows("units.csv")}


@cache
def _quantities() -> Seeker:
    names = "|".join(re.escape(name) for name in sorted(units(), key=len, reverse=True))
    pattern = re.compile(
        rf"(?P<before>大约|约|将近|接近|近|逾|超过){{0,1}}{_SPACE}"
        rf"(?:(?<![0-9０-９A-Za-z.．,〔［\[〈/第])(?P<sign>[-－+＋]?)(?P<digits>{_DIGITS})(?P<fraction>[.．][0-9０-９]{{1,8}})?"
        rf"|(?<![{_NOT_BEFORE}零〇○一二两三四五六七八九十百千万亿])(?P<numeral>{_NUMERAL}))"
        rf"{_SPACE}(?P<about>余|多|来|几)?(?:(?P<times>十万|百万|千万|百|千|万|亿)(?!元))?(?P<about2>余|多|来)?"
        rf"{_SPACE}(?:(?P<unit>{names})(?!性)(?:[（(<‹〈](?:{names})[）)>›〉])?|(?P<listed>(?=[、和及与,，])))"
    )
    return seeker(pattern)


@lru_cache(maxsize=4096)
def numeral_value(numeral: str) -> float | None:
    """二十三 → 23, 两 → 2, 一千零五 → 1005; None for what is no number (一二三, 一一十一)."""
    try:
        return float(cn2an.cn2an(numeral.replace("〇", "零").replace("○", "零"), "smart"))
    except (ValueError, KeyError):  # cn2an knows no other way to say so of 一一十一
        return None


def arabic_value(digits: str) -> float:
    """12,846 → 12846, １２．５ → 12.5; digits of either width, separators of either width."""
    return float(digits.translate(_FULL_WIDTH).replace(",", ""))


def find_quantities(text: str, offset: int = 0) -> list[Quantity]:
    """Every number that has a unit, in order; numbers listed before a unit (3、4和5件) share it.

    Offsets are counted from `offset`. Numbers without a measure word are no quantities.
    """
    found: list[Quantity] = []
    waiting: list[re.Match[str]] = []
    for match in _quantities().finditer(text):
        if match["listed"] is not None:
            if waiting and not _only_comma_between(text, waiting[-1], match):
                waiting.clear()
            waiting.append(match)
            continue
        unit = units()[match["unit"]]
        if waiting and _only_comma_between(text, waiting[-1], match):
            found.extend(q for m in waiting if (q := _quantity(m, unit, offset)) is not None)
        waiting.clear()
        quantity = _quantity(match, unit, offset)
        if quantity is not None:
            found.append(quantity)
    return found


def _only_comma_between(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return text[first.end() : second.start()].strip() in {"、", "和", "及", "与", "以及"}


def _quantity(match: re.Match[str], unit: Unit, offset: int) -> Quantity | None:
    text, end, at = match.string, match.end(), match.start()
    if text[end : end + 1] in _NAME_CLOSED and _NAME_OPENED.search(text, max(0, at - _NAME_BEFORE), at):
        return None
    is_approximate = bool(match["before"] or match["about"] or match["about2"])
    start = at if match["before"] else match.start("numeral" if match["numeral"] else "sign")
    if match["numeral"]:
        value = numeral_value(match["numeral"])
        if value is None and match["numeral"] in MULTIPLIERS:  # 百余条, 近千条, 上万人次
            if text[max(0, start - 1) : start] == "上":
                start, is_approximate = start - 1, True
            value = MULTIPLIERS[match["numeral"]] if is_approximate else None
        if value is None or unit.kind in _COUNTED_IN_WORDS:
            return None
    else:
        value = arabic_value(match["digits"] + (match["fraction"] or ""))
        if match["sign"] in {"-", "－"}:
            value = -value
    value = round(value * MULTIPLIERS.get(match["times"] or "", 1), 8)
    return Quantity(value, unit, is_approximate, offset + start, offset + end)
