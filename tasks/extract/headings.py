"""One line as a candidate for a heading: its mark of numbering, its words, and how sure its form makes it.

Here: marks and levels, what tells a heading from a numbered sentence by its own form. Not here: what its
neighbours say about it, the sections themselves (`sections`).
"""

from __future__ import annotations

import re
from unicodedata import normalize

from tasks.extract.dates import is_date
from tasks.extract.lines import BLANK, Line, close_up
from tasks.frozen import frozen

ALONE_MAX = (
    60  # characters; the longest statutory heading (table 4's) has 34, misprints and years come on top
)
RUN_IN_MAX = 42  # a heading that opens a paragraph; the sentence after it is far longer
COMMA_MAX = 30  # a heading closed by a comma, among siblings that are headings
CLOSED_MAX = 26  # a heading closed by 。 with nothing behind it; longer ones are sentences of a list
SPACED_MIN = 20  # text after a blank: shorter is the second half of a letter-spaced heading

_CN = "一二三四五六七八九十"
_MARKS = (
    (1, re.compile(rf"(?P<n>第[{_CN}]{{1,3}}(?:部分|章))[{BLANK}、:：.．]*")),
    (1, re.compile(rf"(?P<n>[{_CN}]{{1,3}})[{BLANK}]*(?:[、.．,，:：]|[{BLANK}](?=[^{BLANK}]))[{BLANK}]*")),
    (2, re.compile(rf"[（(][{BLANK}]*(?P<n>[{_CN}]{{1,3}})[{BLANK}]*[）)][{BLANK}、.．:：]*")),
    (2, re.compile(rf"(?P<n>[\u3220-\u3229])[{BLANK}、.．]*")),
    (3, re.compile(rf"(?P<n>[0-9０-９]{{1,2}})[{BLANK}]*[、.．](?![0-9０-９])[{BLANK}]*")),
    (3, re.compile(rf"(?P<n>[\u2488-\u249b])[{BLANK}、]*")),
    (4, re.compile(rf"[（(][{BLANK}]*(?P<n>[0-9０-９]{{1,2}})[{BLANK}]*[）)][{BLANK}、.．]*")),
    (4, re.compile(rf"(?P<n>[0-9０-９]{{1,2}})[）)][{BLANK}、]*")),
    (4, re.compile(rf"(?P<n>[\u2460-\u2487])[{BLANK}、.．]*")),
)
MARK_STARTS = frozenset(
    "第（(一二三四五六七八九十0123456789０１２３４５６７８９"
    + "".join(map(chr, range(0x2460, 0x249C)))
    + "".join(map(chr, range(0x3220, 0x322A)))
)
_DEBRIS = re.compile(r"<!--.{0,40}?-->")  # Word's conditional comments, printed as text around a number
_ATTACHMENT = re.compile(
    rf"(?P<n>附[{BLANK}]?[件表][{BLANK}]?[0-9０-９{_CN}]{{0,2}})[{BLANK}]*[:：][{BLANK}]*(?P<text>.{{2,60}})$"
)
_FILE_NAME = re.compile(r"\.(?:docx?|wps|xlsx?|et|pdf|zip|rar|ofd)\W*$", re.IGNORECASE)
_STOP = re.compile(r"[。：:；;！!？?]")
_OPEN, _CLOSE = "《〈“‘（(〔[【", "》〉”’）)〕]】"
_COMMA = re.compile(r"[，,]")
_SPACED = re.compile(rf"(?P<part>[^{BLANK}，,、]{{2,24}})[{BLANK}]+(?P<rest>[^{BLANK}].*)$")
_QUANTITY = re.compile(
    r"[0-9０-９][余多几]?[万亿]?[余多]?(?:条|件|次|人|份|个|名|元|期|篇|场|项|宗|起|%|％|家|户|部|封|批|台)"
)
_SENTENCE_OPENER = re.compile(r"[我本](?:[局委办市县区镇乡州厅处队站院校省旗盟部会]|街道|单位|机关)")
_CLAUSE = re.compile("根据|按照|依照|为了?|通过|在|对|由|经|因|针对|围绕|结合|截|全年|今年|[0-9０-９]{4}年")
_CELL = re.compile(r"(?:[-—－/\d.,，%％\s]{1,12}|[条件次人份个元篇场项万]{1,2}|人次|单位|统计数|计量单位)$")
_LISTED = re.compile(r"《[^》]{0,60}》$")


@frozen
class Candidate:
    """A line that may be a heading: where its words stand and how sure its form makes it."""

    line_no: int
    level: int
    number: str | None
    start: int  # of the number
    words_start: int
    words_end: int
    text_start: int
    verdict: str  # alone | run_in | comma | sentence


def read_heading(line: Line, no: int, following: str) -> Candidate | None:
    """A numbered line as a candidate, or None when it bears no mark."""
    text = line.text
    if text[0] == "附" and (match := _ATTACHMENT.match(text)):
        return _attachment(line, no, match)
    offset = 0
    if text[0] == "<" and (debris := _DEBRIS.match(text)):
        offset = debris.end()
    if offset >= len(text) or text[offset] not in MARK_STARTS:
        return None
    for level, mark in _MARKS:
        if match := mark.match(text, offset):
            end = match.end()
            if debris := _DEBRIS.match(text, end):
                end = debris.end()
            number = normalize("NFKC", match["n"]).strip("().")
            return _judge(line, no, level, number, end, following)
    return None


def _level_of(text: str) -> int | None:
    """The level of a line's mark, None without one."""
    if not text or text[0] not in MARK_STARTS:
        return None
    return next((level for level, mark in _MARKS if mark.match(text)), None)


def _attachment(line: Line, no: int, match: re.Match[str]) -> Candidate | None:
    words = match["text"]
    if _FILE_NAME.search(words) or _STOP.search(words):
        return None
    start = line.start + match.start("text")
    number = normalize("NFKC", close_up(match["n"]).replace(" ", ""))
    return Candidate(no, 1, number, line.start, start, line.end, line.end, "alone")


def _judge(line: Line, no: int, level: int, number: str, words_at: int, following: str) -> Candidate | None:
    """Tell a heading from a numbered sentence by what stands behind the number."""
    rest = line.text[words_at:]
    if not rest or _CELL.match(following):  # a row of a form whose cells stand one a line
        return None
    if level == 1 and rest[-1] in "日号" and is_date(line.text):  # 二 ○ 一 二 年 三 月 五 日
        return None
    start, words = line.start, line.start + words_at

    def candidate(length: int, text_at: int, verdict: str) -> Candidate:
        return Candidate(no, level, number, start, words, words + length, words + text_at, verdict)

    stop = _first_stop(rest)
    if stop is None:
        if spaced := _spaced(rest):
            return candidate(spaced[0], spaced[1], "run_in")
        return candidate(len(rest), len(rest), "alone" if _reads_as_heading(rest, ALONE_MAX) else "sentence")
    if rest[stop] in "。：:" and _reads_as_heading(rest[:stop], RUN_IN_MAX):
        below = rest[stop + 1 :].lstrip(BLANK)
        if below:
            return candidate(stop, len(rest) - len(below), "run_in")
        if stop <= CLOSED_MAX and _level_of(following) != level:  # else one short sentence of a list
            return candidate(stop, len(rest), "closed")
    if spaced := _spaced(rest):
        return candidate(spaced[0], spaced[1], "run_in")
    comma = _COMMA.search(rest)
    before = rest[: comma.start()] if comma else ""
    if comma and rest[stop] == "。" and _reads_as_heading(before, COMMA_MAX) and not _CLAUSE.match(before):
        return candidate(comma.start(), comma.end(), "comma")
    return candidate(0, 0, "sentence")


def _first_stop(text: str) -> int | None:
    """The first mark that closes a heading, outside brackets and quotes."""
    if not _STOP.search(text):
        return None
    depth = 0
    for place, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and char in "。：:；;！!？?":
            return place
        if place > 4 * ALONE_MAX:
            return place
    return None


def _spaced(text: str) -> tuple[int, int] | None:
    """A heading divided from its text by blanks alone: where it ends and where the text starts."""
    match = _SPACED.match(text)
    if match and len(match["rest"]) >= SPACED_MIN and _reads_as_heading(match["part"], RUN_IN_MAX):
        return match.end("part"), match.start("rest")
    return None


def _reads_as_heading(words: str, longest: int) -> bool:
    if not 2 <= len(words) <= longest or _LISTED.match(words) or words[-1] in "，,、；;":
        return False
    return not _QUANTITY.search(words) and not _SENTENCE_OPENER.match(words)
