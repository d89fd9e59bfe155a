"""A value cell of a form: what is printed in it, as number and semantic."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

NUMBER, ZERO, EMPTY, NOT_APPLICABLE, TEXT = "number", "zero", "empty", "not_applicable", "text"

# A printed count longer than this is a misread or an index number, not a statistic.
MAX_DIGITS = 15

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:,\d{3}){1,5}|\d{1,40})(?P<fraction>\.\d{1,10})?"
    r"(?P<unit>亿元|万元|元|万|件|条|次|项|个|人次|人|篇|份|家|宗|起|期|场|名|处)?"
)
_DASHES = re.compile(r"[-—–―−/\\、·*×xX.…_~无]{1,8}")
_TO_WAN_YUAN = {"亿元": 1e4, "万元": 1.0, "元": 1e-4}


@dataclass(frozen=True, slots=True)
class Value:
    """`value` in the unit printed in the cell (`unit`, '' if none), None unless a number is printed."""

    value: float | None
    unit: str
    semantic: str


_EMPTY = Value(None, "", EMPTY)


@lru_cache(maxsize=8192)
def read_value(raw: str) -> Value:
    """What a cell says: 386400元 → 386400 元; 1，234 → 1234; blank, / and — are no numbers."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", raw)).replace("\u200b", "").replace("\ufeff", "")
    if not text:
        return _EMPTY
    text = text.replace("−", "-").replace("–", "-").replace("—", "-") if len(text) > 1 else text
    match = _NUMBER.fullmatch(text)
    if match is None:
        return Value(None, "", NOT_APPLICABLE if _DASHES.fullmatch(text) else TEXT)
    digits = match["whole"].replace(",", "")
    if len(digits) > MAX_DIGITS:
        return Value(None, "", TEXT)
    value = float(match["sign"] + digits + (match["fraction"] or ""))
    unit = match["unit"] or ""
    if unit == "万":
        value, unit = value * 1e4, ""
    return Value(value, unit, NUMBER if value else ZERO)


def in_unit(value: Value, unit: str, printed: str = "") -> float | None:
    """The cell's value in an indicator's canonical unit; `printed` is the unit its row or column names."""
    if value.value is None or unit != "万元":
        return value.value
    factor = _TO_WAN_YUAN.get(value.unit or printed, 1.0)
    return round(value.value * factor, 8)
