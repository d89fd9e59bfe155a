"""The numbers of automatic lists, which a Word document counts and does not hold: 一、 （一） 1. ①.

Bullets give nothing: they say no more than the line break.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.clean.readers.word_names import VAL, W, as_number, number_in, value_in
from tasks.clean.readers.xml import Element

DIGITS = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MAX_NUMBER = 9999  # more items no list has
LEVELS = 9
PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: its first number, the format of a number, and the text around it (`（%1）`)."""

    start: int
    format: str
    text: str


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._kinds: dict[str, str] = {}  # list → the definition whose counters it shares
        self._counters: dict[str, list[int | None]] = {}
        if root is None:
            return
        definitions = {element.get(W + "abstractNumId"): element for element in root.iter(W + "abstractNum")}
        for element in root.iter(W + "num"):
            name, kind = element.get(W + "numId"), value_in(element, "abstractNumId")
            if name is None or kind not in definitions:
                continue
            own = {as_number(each.get(W + "ilvl")): each for each in element.iter(W + "lvlOverride")}
            self._levels[name] = {**_levels(definitions[kind]), **_overridden(definitions[kind], own)}
            self._kinds[name] = f"{kind}/{name}" if own else kind or ""

    def label(self, list_id: str, level: int) -> str:
        """Count the list's next item and give its number as printed, "" for a bullet or an unknown list."""
        levels = self._levels.get(list_id)
        if levels is None or level not in levels or not 0 <= level < LEVELS:
            return ""
        counters = self._counters.setdefault(self._kinds[list_id], [None] * LEVELS)
        now = counters[level]
        counters[level] = levels[level].start if now is None else now + 1
        counters[level + 1 :] = [None] * (LEVELS - level - 1)
        if levels[level].format in ("bullet", "none"):
            return ""

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            its = levels.get(at)
            if its is None:
                return ""
            count = counters[at]
            return printed(its.start if count is None else count, its.format)

        return PLACE.sub(number, levels[level].text)


def _levels(definition: Element) -> dict[int, Level]:
    found = {}
    for element in definition.findall(W + "lvl"):
        level = as_number(element.get(W + "ilvl"))
        if level is not None:
            found[level] = _level(element)
    return found


def _level(element: Element) -> Level:
    text = element.find(W + "lvlText")
    start = number_in(element, "start")
    return Level(
        1 if start is None else start,
        value_in(element, "numFmt") or "decimal",
        "" if text is None else text.get(VAL, ""),
    )


def _overridden(definition: Element, own: dict[int | None, Element]) -> dict[int, Level]:
    """The levels that a list defines anew, or begins at another number."""
    base = _levels(definition)
    found: dict[int, Level] = {}
    for level, element in own.items():
        anew = element.find(W + "lvl")
        start = number_in(element, "startOverride")
        its = base.get(level or 0) if anew is None else _level(anew)
        if its is not None:
            found[level or 0] = Level(its.start if start is None else start, its.format, its.text)
    return found


def printed(number: int, form: str) -> str:
    """A number in one of Word's formats; those unknown as digits."""
    if not 0 < number <= MAX_NUMBER:
        return str(number)
    if form in (
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    ):
        return chinese(number, DIGITS)
    if form in ("japaneseCounting", "ideographDigital", "japaneseDigitalTenThousand", "koreanDigital"):
        return chinese(number, DIGITS)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return chinese(number, FORMAL, "拾佰仟")
    return _in_series(number, form) or str(number)


def _in_series(number: int, form: str) -> str | None:
    if form in ("ideographTraditional", "ideographZodiac"):
        series = STEMS if form == "ideographTraditional" else BRANCHES
        return series[number - 1] if number <= len(series) else None
    if form.startswith("decimalEnclosedCircle"):
        return CIRCLED[number - 1] if number <= len(CIRCLED) else None
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate({ord("0") + n: "０１２３４５６７８９"[n] for n in range(10)})
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return roman(number) if form == "lowerRoman" else roman(number).upper()
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalEnclosedParen":
        return f"({number})"
    return f"{number}." if form == "decimalEnclosedFullstop" else None


def chinese(number: int, digits: str, units: str = "十百千") -> str:
    """1 … 9999 in Chinese numerals: 十一, 一百零五."""
    out, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            zero = zero or bool(out)
            continue
        out += (digits[0] if zero else "") + digits[digit] + (units[place - 1] if place else "")
        zero = False
    return out.removeprefix(digits[1]) if 10 <= number < 20 and digits == DIGITS else out


def roman(number: int) -> str:
    out = ""
    for value, letters in ROMAN:
        out += letters * (number // value)
        number %= value
    return out
