"""Numbers printed without a measure word: a zero said to be one, a list whose unit is given once.

Here belongs which of them are quantities and in which unit; `numbers` has those with a measure word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tasks.extract.numbers import Quantity, Unit, arabic_value, units

# A zero needs no unit: it is zero in any.
ZERO = Unit("", "zero", 1)
# The sum whose parts may go without unit: 共12条：网站8、报刊4.
_SUMMED = frozenset({"piece", "item"})
# Fewer numbers without unit are no list.
_LISTED_MIN = 2

_DIGIT = re.compile("[0-9０-９零]")
_SPACE = "[ \u00a0\u3000]{0,3}"
_END = rf"(?={_SPACE}(?:[，；、。]|$))"
# 受理申请0。: behind what is counted it needs no verb either.
_ZERO = re.compile(
    r"(?:为|是|：|申请|申请公开|信息|事项|复议|诉讼|投诉|举报|申诉|咨询|数|数量|总量|件)"
    rf"{_SPACE}(零|[0０]){_END}"
)
# 1专6兼: so many full time, so many part time.
_BOTH_STAFF = re.compile(r"(?<![0-9])([0-9]{1,3})专(?:职)?[、，和]?([0-9]{1,3})兼")
_STAFF = (Unit("专职", "full_time", 1), Unit("兼职", "part_time", 1))
# 公开政府信息189（其中…）: a sum that lost its unit, its parts behind it; 公开政府信息189。
_SUM = re.compile(
    rf"(?<=信息|申请)(?:总数|数量|总量|数)?(?:共计|共|达|为)?{_SPACE}((?!20[0-9]{{2}}(?![0-9]))[1-9][0-9]{{0,5}})([余多]?)(?=，其中|\x00{{3}}|。|；|$)"
)
# 行政复议数量（件）2: the unit in brackets before the number, as in the head of a table.
_UNIT_BEFORE = re.compile(
    rf"（(?:单位：)?([条件份篇次人个]|人次|万元|元)）：?{_SPACE}([0-9]{{1,9}}(?:\.[0-9]{{1,4}})?){_END}"
)
_PIECE = Unit("条", "piece", 1)
_ANNOUNCED = re.compile(r"单位：?[ \u3000]{0,3}([^0-9，；、。：（）]{1,4})(?=[）；，：])")
_DIGITS = "[0-9０-９]{1,3}(?:，[0-9０-９]{3}(?![0-9０-９])){1,3}|[0-9０-９]{1,9}"
_NUMBER = re.compile(rf"(?<=[\u4e00-\u9fff》”：]){_SPACE}({_DIGITS}){_END}")


def find_bare(text: str, known: Sequence[Quantity]) -> list[Quantity]:
    """The quantities without a measure word in a text of widened punctuation; `known`: the others."""
    if _DIGIT.search(text) is None:
        return []
    zeros = (Quantity(0.0, ZERO, False, m.start(1), m.end(1)) for m in _ZERO.finditer(text))
    sums = (Quantity(float(m[1]), _PIECE, bool(m[2]), m.start(1), m.end()) for m in _SUM.finditer(text))
    headed = (
        Quantity(float(m[2]), unit, False, m.start(2), m.end(2))
        for m in _UNIT_BEFORE.finditer(text)
        if (unit := units().get(m[1]))
    )
    found = [*zeros, *_staff(text), *headed, *sums, *_listed(text, known)]
    return list({q.start: q for q in found}.values())  # what has a unit is rather that than a bare zero


def _staff(text: str) -> Iterator[Quantity]:
    for match in _BOTH_STAFF.finditer(text) if "兼" in text else ():
        for group, unit in enumerate(_STAFF, start=1):
            yield Quantity(float(match[group]), unit, False, match.start(group), match.end(group) + 1)


def _listed(text: str, known: Sequence[Quantity]) -> list[Quantity]:
    """The numbers of lists in the unit that was announced for them, else in that of the sum before."""
    announced = _ANNOUNCED.search(text)
    known = [q for q in known if q.unit.kind != "share"]
    if announced is None and not known:
        return []
    lists: dict[int, list[re.Match[str]]] = {}
    starts = [q.start for q in known]
    for match in _NUMBER.finditer(text, announced.end() if announced else known[0].end):
        place = bisect_left(starts, match.end())
        if place == 0 or known[place - 1].end < match.start(1):
            lists.setdefault(place, []).append(match)
    found: list[Quantity] = []
    for place, numbers in lists.items():
        unit = units().get(announced[1]) if announced else known[place - 1].unit
        if unit is None or (not announced and unit.kind not in _SUMMED):
            continue
        # a single one between others has lost its unit
        if len(numbers) < _LISTED_MIN and not 0 < place < len(known):
            continue
        found.extend(Quantity(arabic_value(m[1]), unit, False, m.start(1), m.end(1)) for m in numbers)
    return found
