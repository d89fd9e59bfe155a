"""The words that belong to each number of a sentence: those before it and those behind it.

Here belongs which words are whose, by the marks between two numbers; not what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from tasks.extract.lexicon import compile_pattern
from tasks.extract.numbers import Quantity

# A rule looks at no more of the words before and behind a number than this.
WINDOW = 80
# Of the words behind a number that opens its clause only the first say what it counts.
SUBJECT = 24
# Numbers in one list at most; more are not told apart by 分别.
LISTED_MAX = 40

# Rules are written with full-width punctuation; a text's own is widened before they see it.
_WIDER = tuple(zip(",:;()", "，：；（）", strict=True))
_BLANK = re.compile("[“”\"‘’'「」\x00 \t\u00a0\u2002\u2003\u3000\u200b]+")
_SEPARATOR = re.compile(r"[，：；]")
# The clause behind a number, with one that says what all of them are (…，均为兼职).
_SUBJECT = re.compile(rf"[^，：；]{{0,{SUBJECT}}}(?:，(?:均|都|全部)(?:为|是|系)[^，：；]{{1,6}})?")
_EACH = ("分别", "依次")
_EACH_ITS_OWN = re.compile(rf"(?P<items>[^，：；]{{3,80}}?)，?(?:{'|'.join(_EACH)})[^，：；、]{{0,8}}$")
_AND = re.compile(r"和|与|以及|(?<!涉)及(?!时)")
_LIST = re.compile(r"、|和|与|以及|(?<!涉)及")


def widened(text: str) -> str:
    """Punctuation as the rules are written: full width, each character in its place."""
    for narrow, wide in _WIDER:  # twenty times as fast as str.translate on Chinese text
        text = text.replace(narrow, wide)
    return text


def windows(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[str, str, str]]:
    """(before, behind, subject) for each quantity of a sentence, quotes and blanks taken out.

    `subject` is the clause behind a number that opens its own clause (其中2件为网上申请), else ''.
    """
    subject = ""
    for i, (words_before, words_behind) in enumerate(_parts(text, quantities)):
        named = _item(text, quantities, i) or words_before
        before = _only_count().sub("", _BLANK.sub("", named))[-WINDOW:]
        behind = _BLANK.sub("", words_behind)[:WINDOW]
        if _filler().search(_SEPARATOR.split(before)[-1]):
            # 各确定1名兼职信息员，共5名: a bare sum counts what the number before it counted
            clause = _SUBJECT.match(behind)
            subject = (clause and clause[0]) or (subject if _sum().search(before) else "")
        else:
            subject = ""
        yield before, behind, subject


@cache
def _sum() -> re.Pattern[str]:
    return compile_pattern("^(?:共计|合计|总计|共)$")


@cache
def _only_count() -> re.Pattern[str]:
    """A comma and words of counting before a number belong to the clause before: 同意公开，共（3件）."""
    return compile_pattern(r"，(?=(?:共计|合计|总计|共|计|均为|各){1,2}$)|（$")


@cache
def _filler() -> re.Pattern[str]:
    """Words before a number that say nothing of what it counts: 其中, 共有, 设立了."""
    return compile_pattern(r"^(?:{filler}|、){0,8}$|{having}$")


def _parts(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[str, str]]:
    if not quantities:
        return
    before = text[: quantities[0].start]
    for q, following in pairwise(quantities):
        behind, next_before = _parted(text[q.end : following.start])
        yield before, behind
        before = next_before
    yield before, text[quantities[-1].end :]


def _parted(between: str) -> tuple[str, str]:
    """The words between two numbers, parted into those behind the first and those before the second.

    Without a separator they stand before the second: 专职3人兼职5人.
    """
    if cut := _SEPARATOR.search(between):
        return between[: cut.start()], between[cut.end() :]
    left, comma, right = between.partition("、")
    if comma:
        return left, right
    cut = _AND.search(between)
    return (between[: cut.start()], between[cut.end() :]) if cut else ("", between)


def _item(text: str, quantities: Sequence[Quantity], i: int) -> str | None:
    """同意公开、不予公开分别为4件、2件: the item of the list that the number belongs to."""
    if not any(word in text for word in _EACH):
        return None
    first = i
    lowest = max(0, i - LISTED_MAX)
    while (
        first > lowest
        and _LIST.sub("", text[quantities[first - 1].end : quantities[first].start]).strip() == ""
    ):
        first -= 1
    opening = text[max(0, quantities[first].start - WINDOW) : quantities[first].start]
    if (match := _EACH_ITS_OWN.search(opening)) is None:
        return None
    items = [item for item in _LIST.split(match["items"]) if item]
    return items[i - first] if i - first < len(items) else None
