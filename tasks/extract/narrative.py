"""Quantities in prose become figures; those that state an indicator of the year become facts.

An engine over rules kept as data: seeds/narrative_rules.csv says which words around a number make it
which indicator, seeds/topics.csv what a passage is about, seeds/lexicon.csv names groups of words for
both, seeds/scope_words.csv what is not this year's. A rule sees the stretch between the neighbouring
numbers of the sentence, with `#` in the place of the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import seeds
from tasks.extract.choices import choose, outcome
from tasks.extract.disclosure import TOTAL, disclosed
from tasks.extract.lexicon import compile_pattern
from tasks.extract.numbers import Quantity, find_quantities
from tasks.extract.scope import SHARE, THIS_YEAR, scope_of
from tasks.extract.sentences import Sentence, find_sentences
from tasks.extract.windows import WINDOW, widened, windows
from tasks.values import Document, Fact, Figure, Section

# The 2019 and 2021 forms renamed the outcomes; from this report year prose uses the new codes.
OUTCOMES_SINCE = 2019

# Sections in which a number of pieces is one of disclosed information without being called so.
_DISCLOSING = frozenset({"proactive", "overview", "platform", "interpretation"})
_PIECES = frozenset({"piece", "item"})
# How far back the words of a sentence count for what a number is about.
SENTENCE = 300
# Among a rule's concepts: it is enough that the paragraph is about open information.
PARAGRAPH = "paragraph"
# Likewise: it is not enough that the sentence is, the section must be one of these.
ONLY = "only"
# The longest reports print some hundred figures; a page with more than this is none to be read in full.
MAX_FIGURES = 5000

_CLAUSE = re.compile(r"(?<!\d)，|，(?!\d{3}(?!\d))|[：；]")
_SEPARATOR = re.compile(r"[，：；]")
_LIST = re.compile(r"[、和及与]|以及")
_EACH = re.compile(r"，?(?:数量)?(?:均|都|全部|全|各)(?:为|是)?(?:零|#)")
# Words that say a sentence is about open information.
_ABOUT = re.compile(r"信息公开|政务公开|政府信息|公开信息|公开申请|依申请公开|公开条例|公开工作")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of seeds/narrative_rules.csv; empty columns restrict nothing.

    `units`: kinds of measure words; `topics`: what the passage must be about; `concepts`: sections in
    which it holds without the sentence saying that it is about open information; `pattern` must be
    found and `unless` must not; `scopes`: this year's unless named; `also`: holds beside another rule.
    """

    indicator: str  # or @group: what the clause names of a group (`choices`)
    since: int  # reports on earlier years have no such indicator
    units: frozenset[str]
    topics: frozenset[str]
    concepts: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    scopes: frozenset[str]
    also: bool
    member: str | None

    def code(self, window: str, year: int | None) -> str | None:
        """The indicator the rule names in a report on `year`, None where there is none."""
        if year is not None and year < self.since:
            return None
        code: str | None = self.indicator
        if self.indicator == "@outcome":
            code = outcome(_last_clause(window))
        elif self.indicator.startswith("@"):
            code = choose(self.indicator[1:], _last_clause(window)).indicator
        if code is None or year is None or year < OUTCOMES_SINCE:
            return code
        return _renamed().get(code, code)


@cache
def _renamed() -> dict[str, str | None]:
    """Codes that reports from OUTCOMES_SINCE on no longer have → those they have instead, None for none."""
    return {r["indicator"]: r["later"] or None for r in seeds.rows("renamed_indicators.csv")}


def _last_clause(window: str) -> str:
    """The clause of the number, up to it."""
    return _SEPARATOR.split(window.partition("#")[0])[-1]


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            indicator=r["indicator"],
            since=int(r["since"] or 0),
            units=frozenset(r["units"].split()),
            topics=frozenset(r["topics"].split()),
            concepts=frozenset(r["concepts"].split()),
            pattern=compile_pattern(r["pattern"]),
            unless=compile_pattern(r["unless"]) if r["unless"] else None,
            scopes=frozenset((r["scopes"] or THIS_YEAR).split()),
            also=bool(r["also"]),
            member=r["member"] or None,
        )
        for r in seeds.rows("narrative_rules.csv")
    )


@cache
def _rules_for(kind: str, also: bool = False) -> tuple[Rule, ...]:
    """The rules for a kind of measure word, in the order of the file."""
    return tuple(r for r in _rules() if r.also is also and (not r.units or kind in r.units))


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["topic"], compile_pattern(r["pattern"])) for r in seeds.rows("topics.csv"))


@cache
def _topic_of_concept() -> dict[str, str]:
    return {c: r["topic"] for r in seeds.rows("topics.csv") for c in r["concepts"].split()}


@cache
def indicator_units() -> dict[str, str]:
    """Indicator → canonical unit, of every code that has one."""
    return {r["indicator"]: r["unit"] for r in seeds.rows("indicators.csv")}


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity in its sentence. `prefix` and `suffix`: the stretch that belongs to it, quotes and
    blanks removed; `subject`: the words behind a number that opens its clause; `before`: the whole sentence up to it; `topic`: what the passage is about."""

    quantity: Quantity
    sentence: Sentence
    prefix: str
    suffix: str
    subject: str
    before: str
    topics: frozenset[str]
    about: bool
    paragraph_about: bool
    scope: str


def read_narrative(
    document: Document, sections: Sequence[Section], year: int | None
) -> tuple[list[Fact], list[Figure]]:
    """(facts, figures) of the prose. `year` is the year reported on, None if unknown."""
    facts: dict[tuple[str, str | None], Fact] = {}
    figures: list[Figure] = []
    for place in islice(find_places(document, sections, year), MAX_FIGURES):
        named = _named(place, year)
        if not named and (code := _disclosed(place, facts)) is not None:
            named = [(code, None)]
        for key in named:
            facts.setdefault(key, _fact(document, place, *key))
        figures.append(_figure(document, place, named[0][0] if named else None))
    return list(facts.values()), figures


def find_places(document: Document, sections: Sequence[Section], year: int | None) -> Iterator[Place]:
    """Every quantity of the prose with its surroundings, in order."""
    paragraph, topic, about = -1, "", False
    around: Sentence | None = None
    for sentence in find_sentences(document, sections):
        if sentence.paragraph != paragraph:
            paragraph, topic, about = sentence.paragraph, "", False
        about = about or is_about(sentence.text)
        here = topic
        if sentence.in_bracket and around is not None:
            here = _last_topic(around.text[: sentence.start - around.start][-SENTENCE:]) or topic
        yield from _places(sentence, here or _topic_of_concept().get(sentence.concept or "", ""), about, year)
        if not sentence.in_bracket:
            around = sentence
            topic = _last_topic(sentence.text[-SENTENCE:]) or topic


def is_about(text: str) -> bool:
    """The text says that it is about open information."""
    return _ABOUT.search(text) is not None


def _last_topic(text: str) -> str:
    """The topic named last in a text, '' if none."""
    best, found = -1, ""
    for topic, pattern in _topics():
        for match in pattern.finditer(text):
            if match.end() > best:
                best, found = match.end(), topic
    return found


def _places(sentence: Sentence, topic: str, paragraph_about: bool, year: int | None) -> Iterator[Place]:
    text = widened(sentence.text)
    quantities = find_quantities(text)
    about = is_about(text)
    for q, (prefix, suffix, subject) in zip(quantities, windows(text, quantities), strict=True):
        before = text[max(0, q.start - SENTENCE) : q.start]
        after = text[q.end : q.end + WINDOW]
        topics = frozenset({_last_topic(before) or topic, _topic_of_concept().get(sentence.concept or "", "")})
        scope = SHARE if q.unit.kind == "share" else scope_of(before, after, year, sentence.concept)
        yield Place(q, sentence, prefix, suffix, subject, before, topics, about, paragraph_about, scope)


def _named(place: Place, year: int | None) -> list[tuple[str, str | None]]:
    """(indicator, member) the quantity states: one, or one for each item of a list, and what holds beside.

    The words before a number bind closest; then those behind a number that opens its clause; then both.
    """
    kind = place.quantity.unit.kind
    if kind == "share":
        return []
    whole = place.prefix + "#" + place.suffix
    found: list[tuple[str, str | None]] = []
    for window in (place.prefix + "#", place.subject + "#" if place.subject else "", whole):
        if window and (found := [code for item in _items(window) if (code := _first(place, item, kind, year))]):
            break
    for rule in _rules_for(kind, also=True):
        if _holds(rule, place, whole) and (code := rule.code(place.suffix, year)):
            found.append((code, rule.member))
    return found


def _first(place: Place, window: str, kind: str, year: int | None) -> tuple[str, str | None] | None:
    for rule in _rules_for(kind):
        if _holds(rule, place, window) and (code := rule.code(window, year)):
            return code, rule.member
    return None


def _items(window: str) -> list[str]:
    """当面、信函、传真申请均为# says the number of each: one window an item."""
    each = _EACH.search(window)
    if each is None or not _LIST.search(window[: each.start()]):
        return [window]
    return [item + window[each.start() :] for item in _LIST.split(window[: each.start()]) if item]


def _holds(rule: Rule, place: Place, window: str) -> bool:
    if place.scope not in rule.scopes:
        return False
    if rule.topics and not rule.topics & place.topics:
        return False
    return _belongs(rule, place) and _says(rule, window)


def _belongs(rule: Rule, place: Place) -> bool:
    """The section, or what the sentence is about, is one in which the rule holds."""
    if not rule.concepts or place.sentence.concept in rule.concepts:
        return True
    if ONLY in rule.concepts:
        return False
    return place.about or (place.paragraph_about and PARAGRAPH in rule.concepts)


def _says(rule: Rule, window: str) -> bool:
    if not rule.pattern.search(window):
        return False
    return rule.unless is None or not rule.unless.search(_last_clause(window) + window[window.index("#") :])


def _disclosed(place: Place, facts: dict[tuple[str, str | None], Fact]) -> str | None:
    """The indicator of a number of disclosed pieces (`disclosure`), where the passage is about them."""
    if place.scope != THIS_YEAR or place.quantity.unit.kind not in _PIECES:
        return None
    if "proactive" not in place.topics and place.sentence.concept not in _DISCLOSING:
        return None
    known = (TOTAL, None) in facts
    code = disclosed(place.prefix, place.before, known)
    return code or (disclosed(place.subject, place.before, known) if place.subject else None)


def _fact(document: Document, place: Place, indicator: str, member: str | None) -> Fact:
    q, sentence = place.quantity, place.sentence
    start, end = _evidence(place)
    return Fact(
        indicator=indicator,
        value=round(q.value * q.unit.factor, 8),
        unit=indicator_units()[indicator],
        origin="narrative",
        evidence=document.text[start:end],
        evidence_start=start,
        evidence_end=end,
        dimension="applicant" if member else None,
        member=member,
        is_approximate=q.is_approximate,
        section_seq=sentence.section.seq if sentence.section else None,
    )


def _evidence(place: Place) -> tuple[int, int]:
    """The clause of the number, from the separator before it to the separator behind it."""
    sentence, q = place.sentence, place.quantity
    low = max(0, q.start - SENTENCE)
    text = widened(sentence.text[low : q.end + SENTENCE])
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, q.start - low)), default=0)
    match = _CLAUSE.search(text, q.end - low)
    end = match.start() if match else len(text)
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return sentence.start + low + start, sentence.start + low + end


def _figure(document: Document, place: Place, indicator: str | None) -> Figure:
    q, sentence = place.quantity, place.sentence
    start, end = _evidence(place)
    return Figure(
        value=round(q.value * (q.unit.factor if q.unit.kind == "money" else 1), 8),
        unit="万元" if q.unit.kind == "money" else q.unit.name,
        is_approximate=q.is_approximate,
        subject=(place.prefix or place.suffix)[-30:] or None,
        evidence=document.text[start:end],
        evidence_start=start,
        evidence_end=end,
        section_seq=sentence.section.seq if sentence.section else None,
        indicator=indicator,
        scope=place.scope,
    )
