"""Every quantity of the prose with its surroundings: its words, the topic of the passage, whose number it is.

Here belongs what stands around a number; what it makes of it is the business of `rules` and `disclosure`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

import seeds
from tasks.extract.bare import find_bare
from tasks.extract.lexicon import compile_pattern
from tasks.extract.numbers import Quantity, find_quantities
from tasks.extract.scope import SHARE, scope_of, since_in_the_year, with_years_named
from tasks.extract.sentences import Sentence
from tasks.extract.windows import WINDOW, unspaced, widened, windows
from tasks.frozen import frozen

# How far back the words of a sentence count for what a number is about.
SENTENCE = 300
DURATION = "duration"
# A sentence that is no longer may be the label of the next one.
LABEL = 16
_SUM = re.compile("[共有计为总合：]*")
# 网站、微信两个平台共发布: how many channels there are parts no words from the number of what they disclose.
_OF_CHANNELS = re.compile(
    r"(?:新媒体|自媒体|媒体|网络|宣传|公开|信息|主要|重要|政务|官方|线上){0,3}"
    r"(?:平台|渠道|载体|账号|自媒体|媒介|媒体|途径|阵地|公众号|网站)(?!建设|，|。|；|、|$)"
)
_REMARK = re.compile("（(?!单位)[^（）0-9]{2,40}）")
_COUNTABLE = frozenset({"place", "kind", "body"})
LAST = "\U0010ffff"  # sorts behind every topic


@frozen
class Place:
    """A quantity in its sentence.

    `text`: the sentence's, as the rules are written (`widened`), offsets as in the sentence;
    `prefix` and `suffix`: the words that belong to it, quotes and blanks removed; `subject`: those behind a
    number that opens its clause, `told`: all that is told of it (`windows`); `before`: the sentence up to it;
    `topics`: what the passage is about; `about`: the sentence says that it is about open information,
    `paragraph_about`: the paragraph does; `label`: the few words in front that are a sentence of their own
    (一是门户网站。公开信息20条。), else the section's heading.
    """

    quantity: Quantity
    sentence: Sentence
    text: str
    prefix: str
    suffix: str
    subject: str
    told: str
    before: str
    topics: frozenset[str]
    about: bool
    paragraph_about: bool
    scope: str
    label: str


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["topic"], compile_pattern(r["pattern"])) for r in seeds.rows("topics.csv"))


@cache
def _topic_of(concept: str | None) -> str:
    """The topic that a section of this concept is about, '' if it has none of its own."""
    return next((r["topic"] for r in seeds.rows("topics.csv") if concept in r["concepts"].split()), "")


def find_places(sentences: Iterable[Sentence], year: int | None) -> Iterator[Place]:
    """Every quantity of the prose with its surroundings, in order."""
    for _, paragraph in groupby(sentences, key=lambda s: s.paragraph):
        read = [_Read.of(sentence) for sentence in paragraph]
        if any(each.quantities for each in read):
            yield from _in_paragraph(read, year)


def _closed(remark: re.Match[str]) -> str:
    """A remark without marks that would end the clause around it: 公众号（名称：平安某地）发布."""
    return re.sub("[：，；]", "、", remark[0])


@frozen
class _Read:
    """A sentence with its text as the rules are written, and the quantities in it."""

    sentence: Sentence
    text: str
    quantities: list[Quantity]

    @classmethod
    def of(cls, sentence: Sentence) -> _Read:
        text = widened(sentence.text)
        if "（" in text:
            text = _REMARK.sub(_closed, text)
        known = find_quantities(text)
        bare = find_bare(text, known)
        return cls(sentence, text, sorted(known + bare, key=lambda q: q.start) if bare else known)


def _in_paragraph(read: list[_Read], year: int | None) -> Iterator[Place]:
    """What a passage is about carries over to the sentences behind, and into the remarks in brackets."""
    topic, label = "", ""
    about = any(is_about(each.text) for each in read)
    around: tuple[Sentence, list[tuple[int, str]]] | None = None
    for each in read:
        sentence, named = each.sentence, _topics_named(each.text)
        here = topic
        if sentence.in_bracket and around is not None:
            here = _last_before(around[1], sentence.start - around[0].start) or topic
        here = here or _topic_of(sentence.concept)
        if each.quantities:
            labelled = bool(label) and is_about(label)  # 依申请公开。收到申请数0件。
            yield from _places(each, named, here, (labelled, about), label or _heading(sentence), year)
        if not sentence.in_bracket:
            around = sentence, named
            topic = _last_before(named, len(each.text)) or topic
            label = "" if each.quantities or len(each.text) > LABEL else each.text


def _heading(sentence: Sentence) -> str:
    return sentence.section.heading if sentence.section else ""


def _counts_channels(text: str, q: Quantity) -> bool:
    return q.unit.kind in _COUNTABLE and _OF_CHANNELS.match(text, q.end) is not None


def _is_alone(text: str, q: Quantity) -> bool:
    """The sentence says no more than the number."""
    return _SUM.fullmatch(unspaced(text[: q.start])) is not None and not text[q.end :].strip()


@cache
def _about() -> re.Pattern[str]:
    return compile_pattern("{about}")


def is_about(text: str) -> bool:
    """The text says that it is about open information."""
    return _about().search(text) is not None


def _topics_named(text: str) -> list[tuple[int, str]]:
    """(end, topic) of every word that names a topic, in order."""
    return sorted((m.end(), topic) for topic, pattern in _topics() for m in pattern.finditer(text))


def _last_before(named: list[tuple[int, str]], end: int) -> str:
    """The topic named last before a place, '' if none or too far back."""
    place = bisect_right(named, (end, LAST))
    return named[place - 1][1] if place and named[place - 1][0] >= end - SENTENCE else ""


def _places(
    read: _Read,
    named: list[tuple[int, str]],
    topic: str,
    around_about: tuple[bool, bool],
    label: str,
    year: int | None,
) -> Iterator[Place]:
    text, sentence = read.text, read.sentence
    labelled, paragraph_about = around_about
    about, own = labelled or is_about(text), _topic_of(sentence.concept)
    # 都在15个工作日内办结: a time parts no words from the number before it, and is itself none's
    silent = {q.start for q in read.quantities if q.unit.kind == DURATION or _counts_channels(text, q)}
    words = windows(text, [q for q in read.quantities if q.start not in silent])
    for q in read.quantities:
        prefix, suffix, subject, told = ("", "", "", "") if q.start in silent else next(words)
        prefix = with_years_named(prefix, year)
        before = unspaced(text[max(0, q.start - SENTENCE) : q.start]).rstrip("：")
        before = since_in_the_year(before, year)
        after = text[q.end : q.end + WINDOW]
        if not sentence.in_bracket and _is_alone(text, q):  # 收到申请数量。9件。
            prefix = before = unspaced(widened(label))
        topics = frozenset((_last_before(named, q.start) or topic, own))
        scope = SHARE if q.unit.kind == "share" else scope_of(before, after, year, sentence.concept)
        yield Place(
            q,
            sentence,
            text,
            prefix,
            suffix,
            subject,
            told,
            before,
            topics,
            about,
            paragraph_about,
            scope,
            label,
        )
