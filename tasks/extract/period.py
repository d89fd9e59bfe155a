"""The year a report is about: statistical period, title, headings, opening, signature, in that order.

Here: reading the year and saying which words gave it. Not here: dates of publication and signature.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from unicodedata import normalize

from tasks.extract.dates import find_dates
from tasks.extract.lines import BLANK, body_lines, body_start, head_lines
from tasks.extract.titles import year_named
from tasks.values import Document, Section

FIRST_YEAR = 2003  # Guangzhou's and Shanghai's own rules; the national regulation is of 2008
OPENING_MAX = 3000  # characters of the body in which the period is stated
YEAR_LINES = 6  # body lines in which a year may stand alone below a title or above a form
BEFORE_MAX, AFTER_MAX = 40, 12  # characters beside the period that may say what it is
MENTIONS_MIN = 2  # a year named once may be any year

_PERIOD_WORD = re.compile("统计|数据|数字|期限|时限|起止|时间|区间|期间|起于|截至|截止|所列|报告期|年度")
_SENTENCE = re.compile(rf"[^。｡；;]{{1,{OPENING_MAX}}}[。｡；;]?")
_YEAR_BEGINS = re.compile("[2２][0０]")
_UNTIL = re.compile(
    rf"(?P<first>20\d\d)[{BLANK}]?[年.\-/][{BLANK}]?\d{{1,2}}[{BLANK}]?[月.\-/][{BLANK}]?\d{{1,2}}[{BLANK}]?日?"
    rf"[^。；;]{{0,24}}?(?:至|到|止于|截止|—|－|-|~|～)[^。；;\d]{{0,6}}(?:(?P<last>20\d\d)[{BLANK}]?[年.\-/]|同年|当年)?"
    rf"[{BLANK}]?(?P<month>1?\d)[{BLANK}]?[月.\-/][{BLANK}]?(?P<day>\d{{1,2}})"
)
_ENDS = re.compile(r"(?:数据|统计)[^。；;]{0,12}截[止至](?:日期|时间|到|至)?[为是于:]?(20\d\d)年12月31日")
# 自201711日起至20171231日止: 年 and 月 were lost
_LOST = re.compile(r"(?P<year>20\d\d)11日?[^。；;\d]{0,8}(?P=year)1231(?!\d)")
_AT_ITS_END = re.compile(r"截[至止](20\d\d)年(?:年?底|末|12月31日)")
_MENTION = re.compile(r"(?<!\d)(20[0-3]\d)\s*年")
_YEAR_ALONE = re.compile(rf"[（(]?(20[0-3]\d)[{BLANK}]?年度[）)]?")
_OPENING = re.compile(r"(?<!\d)(20[0-3]\d)\s*年(?!\d{1,2}月|以来|底|初)")
_OWN_YEAR = re.compile(
    r"(?<!\d)(20[0-3]\d)年度?[，,]?[我本](?=[局委厅办署院校镇乡县市区街处站所队会社单机部])"
)
_CITED = re.compile("《[^《》]{0,80}》|[〔\\[（(【]20\\d\\d[〕\\]）)】]")


def find_year(
    document: Document,
    sections: Sequence[Section],
    title: str | None,
    signed_on: dt.date | None,
    published_on: dt.date | None,
) -> tuple[int | None, str | None]:
    """The year reported on and the step that gave it (`1 period` … `6 publication`), or (None, None)."""
    latest = min((date.year for date in (signed_on, published_on) if date), default=None)
    steps: tuple[tuple[str, Callable[[], int | None]], ...] = (
        ("1 period", lambda: _period(document)),
        ("2 title", lambda: year_named(title) if title else None),
        ("3 headings", lambda: _headings(sections) or _year_line(document)),
        ("4 opening", lambda: _opening(document)),
        ("5 signature", lambda: signed_on.year - 1 if signed_on else None),
        ("6 publication", lambda: published_on.year - 1 if published_on else None),
    )
    for basis, read in steps:
        year = read()
        if year and year >= FIRST_YEAR and (latest is None or year <= latest):
            return year, basis
    return None, None


def _period(document: Document) -> int | None:
    """The end of the span whose sentence says that it is the one of the statistics."""
    start = body_start(document)
    sentences = _SENTENCE.findall(document.text, start, start + OPENING_MAX)
    for sentence, following in pairwise([*sentences, ""]):
        if not _YEAR_BEGINS.search(sentence):  # NFKC takes 0.1 µs a character
            continue
        text = normalize("NFKC", sentence + following[:AFTER_MAX])
        for match in _UNTIL.finditer(text):
            before = text[max(0, match.start() - BEFORE_MAX) : match.start()].rpartition("\n")[2]
            after = text[match.end() : match.end() + AFTER_MAX]
            span_ends = int(match["last"] or match["first"])
            if match["last"] and (match["month"], match["day"]) == ("1", "1"):
                span_ends -= 1  # up to the next new year's day
            if span_ends - int(match["first"]) <= 1 and _PERIOD_WORD.search(before + after):
                return span_ends
        if end := _ENDS.search(text) or _LOST.search(text):
            return int(end[1])
    return None


def _headings(sections: Sequence[Section]) -> int | None:
    """The year of the headings that tell of work done; plans name the next."""
    years = [
        int(match[1])
        for section in sections
        if section.concept not in ("plans", "measures", "problems_measures")
        for match in [re.search(r"(?<!\d)(20[0-3]\d)(?!\d)", normalize("NFKC", section.heading))]
        if match
    ]
    return Counter(years).most_common(1)[0][0] if years else None


def _year_line(document: Document) -> int | None:
    """The year of a line that says nothing else, above a form: （2015年度）."""
    lines = [*head_lines(document), *body_lines(document)[:YEAR_LINES]]
    return next((int(match[1]) for line in lines if (match := _YEAR_ALONE.fullmatch(line.text))), None)


def _opening(document: Document) -> int | None:
    """The year the first paragraphs speak of; else the one most often named in the report."""
    lines = [_CITED.sub("", normalize("NFKC", line.text)) for line in body_lines(document)]
    for line in lines[:8]:
        match = _OPENING.search(line[:60])
        if match and len(line) > 30:
            return int(match[1])
    counted = Counter(int(year) for line in lines for year in _MENTION.findall(line))
    dates = {date.year for line in lines[-3:] for date, _, _ in find_dates(line)}
    for year, times in counted.most_common():
        if times >= MENTIONS_MIN and year not in dates:
            return year
    own = {int(year) for line in lines for year in _OWN_YEAR.findall(line)}
    ended = own or {int(year) for line in lines for year in _AT_ITS_END.findall(line)}
    return ended.pop() if len(ended) == 1 else None
