"""Dates as they are printed: digits or Chinese numerals, any separator, split by blanks or line breaks.

Here: reading dates. Not here: which date is the publication's or the signature's (`metadata`).
A month without a day is no date; an impossible day is none either.
"""

from __future__ import annotations

import datetime as dt
import re
from unicodedata import normalize

EARLIEST, LATEST = 1949, 2099  # years outside are typing errors or other numbers

_ZERO = "〇○ＯOoΟο零０0"
_CN = f"{_ZERO}一二三四五六七八九"
_GAP = r"[ \t\r\n\u00a0\u3000\u200b]{0,4}"
_DIGIT = "[0-9０-９]"
_YEAR = f"{_DIGIT}(?:{_GAP}{_DIGIT}){{3}}"
_PAIR = f"{_DIGIT}(?:{_GAP}{_DIGIT})?"
_DIGITS = re.compile(
    rf"(?<![0-9０-９.])(?P<y>{_YEAR}){_GAP}"
    rf"(?:年{_GAP}(?P<m>{_PAIR}){_GAP}(?:月{_GAP}(?P<d>{_PAIR})(?:{_GAP}[日号]|(?![0-9０-９]))"
    rf"|[ \u3000]{_GAP}(?P<d1>{_PAIR}){_GAP}[日号])"
    rf"|(?P<s>[-/.．－—–／、]){_GAP}(?P<m2>[0-9０-９]{{1,2}}){_GAP}(?P=s){_GAP}(?P<d2>[0-9０-９]{{1,2}})(?![0-9０-９]|[.．][0-9])"
    rf"|[ \u3000]{_GAP}(?P<m3>[0-9０-９]{{1,2}}){_GAP}月{_GAP}(?P<d3>{_PAIR}){_GAP}[日号])"
)
_CN_GAP = r"[ \t\r\n\u00a0\u3000]{0,4}"
_CHINESE = re.compile(
    rf"(?P<y>[一二](?:{_CN_GAP}[{_CN}]){{3}}|(?<![0-9０-９])[12][0-9]{{3}}(?={_CN_GAP}年{_CN_GAP}[元正一二三四五六七八九十]))"
    rf"{_CN_GAP}年{_CN_GAP}"
    rf"(?P<m>[一二三四五六七八九十元正{_ZERO}0-9](?:{_CN_GAP}[一二{_ZERO}0-9])?){_CN_GAP}月{_CN_GAP}"
    rf"(?P<d>[一二三四五六七八九十廿卅0-9](?:{_CN_GAP}[一二三四五六七八九十{_ZERO}0-9]){{0,2}}){_CN_GAP}[日号]"
)
_BARE = re.compile(r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])(?![0-9])")
_BLANKS = re.compile(r"\s+|\u200b")
_CN_VALUES = {**dict.fromkeys(_ZERO, 0), **{char: n for n, char in enumerate("一二三四五六七八九", 1)}}


def find_dates(text: str) -> list[tuple[dt.date, int, int]]:
    """All full dates of the text with their places, in order; `text[start:end]` is the printed date."""
    found: list[tuple[dt.date, int, int]] = []
    for match in _DIGITS.finditer(text):
        month = match["m"] or match["m2"] or match["m3"]
        day = match["d"] or match["d1"] or match["d2"] or match["d3"]
        if date := _date(_arabic(match["y"]), _arabic(month), _arabic(day)):
            found.append((date, match.start(), match.end()))
    for match in _CHINESE.finditer(text):
        if date := _date(_year(match["y"]), _counted(match["m"]), _counted(match["d"])):
            found.append((date, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def parse_date(text: str) -> dt.date | None:
    """The first date in the value of a label, where eight digits in a row are a date as well."""
    if dates := find_dates(text):
        return dates[0][0]
    for match in _BARE.finditer(normalize("NFKC", text)):
        if date := _date(int(match["y"]), int(match["m"]), int(match["d"])):
            return date
    return None


def is_date(text: str) -> bool:
    """Whether the text is a date and nothing else."""
    dates = find_dates(text)
    return len(dates) == 1 and not (text[: dates[0][1]] + text[dates[0][2] :]).strip(
        " \t\r\n\u00a0\u3000。.()（）"
    )


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:  # 2月30日: a slip of the page, and nobody can say which day was meant
        return None


def _arabic(digits: str) -> int:
    return int(_BLANKS.sub("", normalize("NFKC", digits)))


def _year(digits: str) -> int:
    return int("".join(str(_CN_VALUES.get(char, char)) for char in _BLANKS.sub("", digits)))


def _counted(numeral: str) -> int:
    """A month's or day's number: 元 十 十一 二十 廿一 三十一 0三 12; 0 when it is none."""
    text = _BLANKS.sub("", numeral).replace("元", "一").replace("正", "一")
    text = text.replace("廿", "二十").replace("卅", "三十")
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    digits = [_CN_VALUES.get(char, int(char) if char.isdigit() else 0) for char in tens + ones]
    if not ten:
        return int("".join(map(str, digits))) if digits else 0
    high = (_CN_VALUES.get(tens, 0) if tens else 1) * 10
    return high + (_CN_VALUES.get(ones, 0) if ones else 0)
