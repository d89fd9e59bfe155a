"""The rules of seeds/narrative_rules.csv: which words around a number make it which indicator.

A rule sees the stretch between the neighbouring numbers of the sentence, with `#` in the place of the number.
The first rule of the file that holds names the number.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import seeds
from tasks.extract.bare import ZERO
from tasks.extract.choices import choose, last_named, outcome
from tasks.extract.lexicon import Find, compile_pattern, phrase
from tasks.extract.passages import Place
from tasks.extract.scope import THIS_YEAR
from tasks.extract.windows import SUBJECT
from tasks.frozen import frozen

# The 2019 and 2021 forms renamed the outcomes; from this report year prose uses the new codes.
OUTCOMES_SINCE = 2019
# Among a rule's concepts: it is enough that the paragraph is about open information.
PARAGRAPH = "paragraph"
# Likewise: it is not enough that the sentence is, the section must be one of these.
ONLY = "only"

OVERVIEW = "overview"
_SUITS = frozenset({"reconsiderations", "lawsuits"})

_SEPARATOR = re.compile(r"[，：；]")
_LIST = re.compile(r"[、和及与]|以及|或者?")
_EACH = re.compile(r"，?(?:数量)?(?:均|都|全部|全|各)(?:为|是)?(?:零|#)")


@frozen
class Rule:
    """A line of seeds/narrative_rules.csv; empty columns restrict nothing.

    `units`: kinds of measure words; `topics`: what the passage must be about; `concepts`: sections in
    which it holds without the sentence saying that it is about open information; `pattern` must be
    found and `unless` must not; `before`: what the sentence says further in front; `scopes`: this year's
    unless named; `also`: holds beside another rule.
    """

    # A code; or @group: what the clause names of a group (`choices`); or @group+_upheld: a code that begins
    # with what the sentence named last of the group.
    indicator: str
    since: int  # reports on earlier years have no such indicator
    units: frozenset[str]
    topics: frozenset[str]
    concepts: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    before: re.Pattern[str] | None
    scopes: frozenset[str]
    also: bool
    member: str | None

    def code(self, window: str, place: Place, year: int | None) -> str | None:
        """The indicator the rule names in a report on `year`, None where there is none."""
        if year is not None and year < self.since:
            return None
        code: str | None = self.indicator
        group, begins, ending = self.indicator[1:].partition("+")
        if self.indicator == "@outcome":
            code = outcome(_last_clause(window))
        elif begins:
            words = place.before + window.partition("#")[0]
            named = last_named(group, words) or last_named(group, " ".join(place.topics))
            code = named and named + ending
        elif self.indicator.startswith("@"):
            code = choose(group, _last_clause(window)).indicator
        if code is None or year is None or year < OUTCOMES_SINCE:
            return code
        return _renamed().get(code, code)


@cache
def _renamed() -> dict[str, str | None]:
    """Codes that reports from OUTCOMES_SINCE on no longer have → those they have instead, None for none."""
    return {r["indicator"]: r["later"] or None for r in seeds.rows("renamed_indicators.csv")}


def _last_clause(window: str) -> str:
    """The clause of the number, up to it."""
    words = window.partition("#")[0]
    return words[max(words.rfind("，"), words.rfind("："), words.rfind("；")) + 1 :]


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
            before=compile_pattern(r["before"]) if r["before"] else None,
            scopes=frozenset((r["scopes"] or THIS_YEAR).split()),
            also=bool(r["also"]),
            member=r["member"] or None,
        )
        for r in seeds.rows("narrative_rules.csv")
    )


class Around(NamedTuple):
    """What decides which rules a number may fall under: its measure word's kind, and its `Place`."""

    kind: str
    scope: str
    topics: frozenset[str]
    concept: str | None
    about: bool
    paragraph_about: bool


@cache
def _rules_for(around: Around, also: bool) -> tuple[tuple[Find, Rule], ...]:
    """The rules that a number's surroundings leave, in the order of the file; each behind the search for its
    pattern, which is all that most of them take."""
    return tuple(
        (rule.pattern.search, rule)
        for rule in _rules()
        if rule.also is also
        and (not rule.units or around.kind in rule.units or around.kind == ZERO.kind)
        and around.scope in rule.scopes
        and (not rule.topics or rule.topics & around.topics)
        and _belongs(rule, around)
    )


def name_quantity(place: Place, year: int | None) -> list[tuple[str, str | None]]:
    """(indicator, member) the quantity states: one, or one for each item of a list, and what holds beside.

    A verb before the number with its object behind it binds closest; then the words before a number; then
    those behind one that opens its clause; then both; then what the clauses behind tell of it.
    """
    kind = place.quantity.unit.kind
    if kind == "share":
        return []
    # an overview tells of no suits only if they would be about open information: 行政复议0件
    no_suit = place.sentence.concept == OVERVIEW and not place.quantity.value and _SUITS & place.topics
    about = place.about or bool(no_suit)
    around = Around(kind, place.scope, place.topics, place.sentence.concept, about, place.paragraph_about)
    rules = _rules_for(around, False)
    before = place.prefix + "#"
    whole = before + place.suffix
    found: list[tuple[str, str | None]] = []
    told = place.told and place.told + "#"
    subject = place.subject and place.subject + "#"
    for window in (_turned(place), before, subject, whole, told):
        items = _items(window, not place.quantity.value) if window else []
        found = [name for item in items if (name := _first(rules, place, item, year))]
        if found and len(items) > len(found) == 1:  # no list of indicators: 公民、法人和其他组织的申请0件
            first = _first(rules, place, window, year)
            found = [first] if first else found
        if found:
            break
    beside = [(whole, place.suffix)] if place.suffix else []
    beside += [(told, told)] if told else []
    for search, rule in _rules_for(around, True):
        for window, words in (*beside, (before, before)):
            if search(window) and _holds(rule, place, window) and (code := rule.code(words, place, year)):
                found.append((code, rule.member))
                break
    return found


def _turned(place: Place) -> str:
    """召开3次新闻发布会 as 召开新闻发布会3次, '' where the number stands behind no verb or has no object."""
    if not place.suffix or not _doing().search(place.prefix):
        return ""
    end = _SEPARATOR.search(place.suffix)
    words = place.suffix[: end.start() if end else len(place.suffix)][:SUBJECT]
    return place.prefix + words + "#" if words else ""


@cache
def _doing() -> re.Pattern[str]:
    return compile_pattern("{doing}(?:[^，；：#]{1,20}[和及与])?$")


def _first(
    rules: tuple[tuple[Find, Rule], ...], place: Place, window: str, year: int | None
) -> tuple[str, str | None] | None:
    for search, rule in rules:
        if search(window) and _holds(rule, place, window) and (code := rule.code(window, place, year)):
            return code, rule.member
    return None


def _items(window: str, is_zero: bool) -> list[str]:
    """当面、信函、传真申请均为# says the number of each: one window an item. A zero is that of each."""
    each = _EACH.search(window)
    end = each.start() if each else window.index("#") if is_zero else 0
    if not _LIST.search(window[:end]) or (each is None and phrase("ways_as_examples").search(window[:end])):
        return [window]
    return [item + window[end:] for item in _LIST.split(window[:end]) if item]


def _holds(rule: Rule, place: Place, window: str) -> bool:
    """Whether a rule whose pattern was found holds."""
    if rule.before is not None and not rule.before.search(place.before):
        return False
    return rule.unless is None or not rule.unless.search(_last_clause(window) + window[window.index("#") :])


def _belongs(rule: Rule, around: Around) -> bool:
    """The section, or what the sentence is about, is one in which the rule holds."""
    if not rule.concepts or around.concept in rule.concepts:
        return True
    if ONLY in rule.concepts:
        return False
    return around.about or (around.paragraph_about and PARAGRAPH in rule.concepts)
