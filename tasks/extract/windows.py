"""The words that belong to each number of a sentence: those before it and those behind it.

Here belongs which words are whose, by the marks between two numbers; not what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tasks.extract.lexicon import phrase
from tasks.extract.numbers import Quantity

# A rule looks at no more of the words before and behind a number than this.
WINDOW = 80
# Of the words behind a number that opens its clause only the first say what it counts.
SUBJECT = 24
# What the clauses behind a number tell of it.
TOLD = 60
# 36期120篇: what stands right behind another number counts the same in these.
_COUNTED = frozenset({"piece", "event"})
# Numbers in one list at most; more are not told apart by 分别.
LISTED_MAX = 40

# Rules are written with full-width punctuation; a text's own is widened before they see it.
_WIDER = tuple(zip(",:;()", "，：；（）", strict=True))
_ADDRESS = re.compile("https?[:：]//[!-~]+")
_BLANK = re.compile("[“”\"‘’'「」\x00 \t\u00a0\u2002\u2003\u3000\u200b]+")
_SEPARATOR = re.compile(r"[，：；]")
# The clause behind a number, with one that says what all of them are (…，均为兼职).
_SUBJECT = re.compile(rf"[^，：；]{{0,{SUBJECT}}}(?:，(?:均|都|全部)(?:为|是|系)[^，：；]{{1,6}})?")
_EACH = ("分别", "依次")
_EACH_ITS_OWN = re.compile(rf"(?P<items>[^，：；]{{3,80}}?)，?(?:{'|'.join(_EACH)})[^，：；、]{{0,8}}$")
_AND = re.compile(r"和|与|以及|(?<!涉)及(?!时)")
_LIST = re.compile(r"、|和|与|以及|(?<!涉)及")
_BETWEEN = re.compile("[、，和与及]|以及")


def widened(text: str) -> str:
    """Punctuation as the rules are written: full width, each character in its place; no addresses, which are
    full of it, and no comma twice."""
    if "http" in text:
        text = _ADDRESS.sub(lambda address: "\x00" * len(address[0]), text)
    for narrow, wide in _WIDER:  # twenty times as fast as str.translate on Chinese text
        text = text.replace(narrow, wide)
    return text.replace("，，", "，\x00")


def unspaced(text: str) -> str:
    """Without quotes, blanks and the masks of brackets."""
    return _BLANK.sub("", text)


def windows(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[str, str, str, str]]:
    """(before, behind, subject, told) for each quantity of a sentence, quotes and blanks taken out.

    `subject` is the clause behind a number that opens its own clause (其中2件为网上申请), else ''; `told` is
    all that stands between such a number, or one that is explained (1件，系…), and the clause of the next.
    """
    subject = before = ""
    ended = 0
    for i, (words_before, words_behind) in enumerate(_parts(text, quantities)):
        named = _item(text, quantities, i) or words_before
        first = before
        behind = unspaced(words_behind)[:WINDOW]
        before = unspaced(named)
        before = phrase("and_dealt_with").sub("", before)
        if not phrase("staff").match(behind):  # what is counted stands behind the number
            before = phrase("only_count").sub("", before)
        before = before[-WINDOW:].removesuffix("：")
        if phrase("to_a_number").search(before) and phrase("from_a_number").search(first):
            before = phrase("from_a_number").sub("", first)
        elif not before and quantities[i].unit.kind in _COUNTED and i and ended == quantities[i].start:
            before = first  # 推送36期120篇, 收到申请1人3次
        ended = quantities[i].end
        opens = phrase("filler_before").search(_SEPARATOR.split(before)[-1]) is not None
        if opens:
            # 各确定1名兼职信息员，共5名: a bare sum counts what the number before it counted
            clause = _SUBJECT.match(behind)
            subject = (clause and clause[0]) or (subject if phrase("sum_alone").search(before) else "")
        else:
            subject = ""
        yield before, behind, subject, _told(text, quantities, i, opens)


def _told(text: str, quantities: Sequence[Quantity], i: int, opens: bool) -> str:
    """The clauses behind a number as one, where they tell of it and no other number stands in them."""
    start, end = quantities[i].end, len(text)
    if i + 1 < len(quantities):
        end = max(
            (m.start() for m in _SEPARATOR.finditer(text, start, quantities[i + 1].start)), default=start
        )
    words = text[start : min(end, start + TOLD)]
    words = unspaced(words.partition("；")[0])
    return _SEPARATOR.sub("·", words) if opens or phrase("explains").search(words) else ""


def _parts(text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[str, str]]:
    if not quantities:
        return
    before = text[: quantities[0].start]
    for q, following in pairwise(quantities):
        between = text[q.end : following.start]
        behind, next_before = _parted(between, before)
        yield before, behind
        if next_before == between:
            next_before = _with_words_before(before, q, between, following)
        before = next_before
    yield before, text[quantities[-1].end :]


def _with_words_before(before: str, q: Quantity, between: str, following: Quantity) -> str:
    """The words before the second of two numbers, where the first is but a remark on what it counts:
    微信公众号（1个）发布信息131条, 公开12类信息共528条."""
    if q.unit.name != following.unit.name:
        if between.startswith("）") and (bracket := phrase("bracket_opened").search(before)):
            return before[: bracket.start()] + between[1:]
        if q.unit.kind == "kind":
            return before + between
    return between


def _parted(between: str, before: str) -> tuple[str, str]:
    """The words between two numbers, parted into those behind the first and those before the second.

    Without a separator they stand before the second: 专职3人兼职5人; but 3名兼职共4名 where nothing `before`
    the first says what it counts.
    """
    if (sums := phrase("staff_then_sum").fullmatch(between)) and not phrase("staff").search(
        _SEPARATOR.split(before)[-1]
    ):
        return sums[1], sums[2]
    label = "、" in between and between.endswith("：")  # 网站：55条、微信：5条
    if cut := _SEPARATOR.search(between[:-1] if label else between):
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
        and _BETWEEN.sub("", text[quantities[first - 1].end : quantities[first].start]).strip() == ""
    ):
        first -= 1
    opening = text[max(0, quantities[first].start - WINDOW) : quantities[first].start]
    opening = phrase("sum_before_each").sub("", opening)
    if (match := _EACH_ITS_OWN.search(opening)) is None:
        return None
    items = [item for item in _LIST.split(match["items"].replace("微博微信", "微博、微信")) if item]
    return items[i - first] if i - first < len(items) else None
