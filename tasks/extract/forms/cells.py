"""A value cell of a form: what is printed in it, as number and semantic.

Here belongs the text of one cell. Its place in the grid is `grid`'s matter, its meaning the readers'.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import seeds
from tasks.frozen import frozen

NUMBER, ZERO, EMPTY, NOT_APPLICABLE, TEXT = "number", "zero", "empty", "not_applicable", "text"

# A printed count longer than this is a misread or an index number, not a statistic.
MAX_DIGITS = 15
MAX_PARTS = 60  # numbers one cell may hold; table 4 has fifteen
REMEMBERED = 8192

_DASHES = re.compile(r"[-—–―−/\\、·*×xX.…_~无]{1,8}")
# What is no part of a number: invisible characters, and the mark of a note behind it (NFKC makes ① a digit).
_UNREAD = re.compile(
    r"[\u200b-\u200f\u2060\ufeff]|(?<=[\d０-９])\s?(?:[¹²³⁰⁴-⁹①-⑳⑴-⒇]|[\[［]注?[\d①-⑳]{1,2}[\]］]|[*＊]{1,3})\s*$"
)
# White space inside one number: thousands groups, around the sign and before the unit. Other numbers
# with space between them are several.
_GROUPS = re.compile(r"(?<![\d.])\d{1,3}(?:\s\d{3}){1,4}(?![\d\s])")
_AFTER_SIGN = re.compile(r"^([-+])\s+(?=\d)")
_SIGNS = {
    "增加": "+",
    "新增": "+",
    "增长": "+",
    "增": "+",
    "↑": "+",
    "减少": "-",
    "下降": "-",
    "减": "-",
    "↓": "-",
}
_SAME = ("持平", "不变", "无变化", "无增减")
_TOKEN = re.compile(r"\S+")
_ASIDE = re.compile(r"(?<=[^()])\([^()]{0,40}[\u4e00-\u9fff][^()]{0,40}\)$")  # 6（其中网上3）
_MONEY = re.compile("[(（](?:计量)?(?:单位)?[:：]?(?:人民币)?(亿元|万元|元)[)）]")
_PAGE_NUMBER = re.compile(r"[-—–―·]+\s*\d{1,3}\s*[-—–―·]+|第\s*\d{1,3}\s*页(?:[,，/ ]?\s*共\s*\d{1,3}\s*页)?")


@frozen
class Value:
    """`value` in the unit printed in the cell (`unit`, '' if none), None unless a number is printed;
    `is_change` says that words give its sign (增加5), so it is a difference and nothing else."""

    value: float | None
    unit: str
    semantic: str
    is_change: bool = False


_EMPTY = Value(None, "", EMPTY)
_TEXT = Value(None, "", TEXT)
_NONE = Value(None, "", NOT_APPLICABLE)


@cache
def units() -> dict[str, float]:
    """Units as printed, NFKC, with their factor."""
    return {
        unicodedata.normalize("NFKC", r["unit"]): float(r["factor"] or 1) for r in seeds.rows("units.csv")
    }


@cache
def _number() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(units(), key=len, reverse=True))
    return re.compile(
        r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3}){1,5}|\d{1,40})(?P<fraction>\.\d{1,10})?"
        rf"\s*(?P<many>万(?!元)|)\(?(?P<unit>{names}|)\)?"
    )


@lru_cache(maxsize=REMEMBERED)
def read_value(raw: str) -> Value:
    """What a cell says: 386400元 → 386400 元; 1，234 → 1234; blank, / and — are no numbers."""
    text = unicodedata.normalize("NFKC", _UNREAD.sub("", raw)).strip()
    if not text:
        return _EMPTY
    if not (text[0].isdigit() or text[0] in "+-−–—" or text[-1].isdigit() or len(text) <= MAX_DIGITS):
        return _TEXT
    if len(text) > 1:
        text = text.replace("−", "-").replace("–", "-").replace("—", "-")
    text = _GROUPS.sub(lambda m: re.sub(r"\s", "", m[0]), _AFTER_SIGN.sub(r"\1", text))
    match = _number().fullmatch(text) or _number().fullmatch(_ASIDE.sub("", text))
    if match is None:
        return _NONE if _DASHES.fullmatch("".join(text.split())) else _change(text)
    digits = match["whole"].replace(",", "")
    if len(digits) > MAX_DIGITS:
        return _TEXT
    value = float(match["sign"] + digits + (match["fraction"] or ""))
    if match["many"]:
        value *= 1e4
    return Value(value, match["unit"], NUMBER if value else ZERO)


def _change(text: str) -> Value:
    """增加5 → +5, 减少2项 → -2, 持平 → 0."""
    if text in _SAME:
        return Value(0.0, "", ZERO, True)
    for word, sign in _SIGNS.items():
        if not text.startswith(word):
            continue
        match = _number().fullmatch(sign + text.removeprefix(word).strip())
        if match and len(match["whole"]) <= MAX_DIGITS:
            value = float(sign + match["whole"].replace(",", "") + (match["fraction"] or ""))
            return Value(value, match["unit"], NUMBER if value else ZERO, True)
    return _TEXT


def is_unit(text: str) -> bool:
    """条, 万元, 件/次: what stands in a form's unit column."""
    if len(text) > MAX_DIGITS:
        return False
    words = re.split(r"[/、,]", unicodedata.normalize("NFKC", text).strip("() "))
    return all(word.strip().removeprefix("万") in units() for word in words)


def named_money(label: str) -> str:
    """The unit of money that a label names: 收取费用（元） → 元, 采购总金额 → ''."""
    match = _MONEY.search("".join(label.split()))
    return match[1] if match else ""


def is_page_number(text: str) -> bool:
    """— 2 —, 第3页: a sheet's number between the rows."""
    return len(text) <= MAX_PARTS and _PAGE_NUMBER.fullmatch(text) is not None


def parts(raw: str) -> list[tuple[int, int]]:
    """The places of the numbers of a cell that holds several (table 4 in one cell), else nothing."""
    tokens = [m.span() for m in _TOKEN.finditer(raw)]
    if not 2 <= len(tokens) <= MAX_PARTS:
        return []
    values = [read_value(raw[start:end]) for start, end in tokens]
    if any(v.semantic == TEXT for v in values) or sum(v.value is not None for v in values) < 2:
        return []
    return tokens


def in_unit(value: Value, unit: str, printed: str = "") -> float | None:
    """The cell's value in an indicator's canonical unit; `printed` is the unit its row or column names."""
    if unit != "万元" or value.value is None:
        is_many = printed.startswith("万") and "元" not in printed and not value.unit
        return value.value * 1e4 if is_many and value.value is not None else value.value
    own = value.unit or printed
    return round(value.value * (units().get(own, 1.0) if "元" in own else 1.0), 8)
