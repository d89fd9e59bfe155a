"""Statements of absence: words that say none, never or free, as facts of value 0.

A negating word governs what follows it to the end of its clause, and through the clauses behind it that
name further objects without a verb of their own. Which objects are statistics stands in
seeds/absence_rules.csv; the negating words in seeds/negations.csv. 无 alone under a heading negates the
heading's objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import seeds
from tasks.extract.lexicon import compile_pattern
from tasks.extract.narrative import indicator_units
from tasks.extract.passages import SENTENCE, is_about
from tasks.extract.scope import CUMULATIVE, THIS_YEAR, scope_of, with_years_named
from tasks.extract.sentences import Sentence
from tasks.extract.windows import widened
from tasks.frozen import frozen
from tasks.seeking import Seeker, seeker
from tasks.values import Document, Fact, Section

_CLAUSE = re.compile(r"[，：；]")
_DIGIT = re.compile(r"[1-9１-９]")
_CAUSED = re.compile("因|由|引|导致|对|就")
# 2021年我局未收到申请: whose year the clause opens with.
_OF_A_YEAR = re.compile(r"\s{0,4}20\d\d年度?[^，；0-9的]{0,12}$")
# 未收到信息公开申请、行政复议和诉讼: the first of the list.
_THEN_REMEDIES = re.compile(
    "申请(?:公开)?(?:事项|案件|件|情况)?(?=(?:、|，|和|及|与|或者?)(?:[因由对][^，、]{2,20})?(?:行政)?(?:复议|诉讼|申诉|投诉|举报))"
)
# 未收到依申请公开申请未发生行政复议: another negation behind a complete one, the comma between them left out.
_COMPLETE = re.compile(r"(?:信息|申请|情况|事项|件|费用|现象|情形)$")


@frozen
class Absence:
    """A line of seeds/absence_rules.csv: `pattern` is sought in the negated words, with the negating
    word in front; in a section of other `concepts` the passage must be about open information."""

    indicator: str
    concepts: frozenset[str]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    since: int  # reports on earlier years have no such indicator,
    until: int  # nor have those on later ones


@cache
def _rules() -> tuple[Absence, ...]:
    return tuple(
        Absence(
            r["indicator"],
            frozenset(r["concepts"].split()),
            compile_pattern(r["pattern"]),
            compile_pattern(r["unless"]) if r["unless"] else None,
            int(r["since"] or 0),
            int(r["until"] or 9999),
        )
        for r in seeds.rows("absence_rules.csv")
    )


@cache
def _negation() -> Seeker:
    """The negating words; group `clause` matches those that stand behind what they negate (均为零)."""
    words = seeds.rows("negations.csv")
    reaches = {
        reach: "|".join(r["pattern"] for r in words if r["reach"] == reach) for reach in ("forward", "clause")
    }
    return seeker(re.compile(f"(?P<clause>{reaches['clause']})|{reaches['forward']}"))


@cache
def _continues() -> re.Pattern[str]:
    """A clause that goes on naming what is negated: it opens with an object, and has no verb of its own."""
    return compile_pattern("^{continuing}{object}[^，]{0,16}$")


@cache
def _bare() -> re.Pattern[str]:
    """A section that says no more than 无, 本年度未发生."""
    return compile_pattern(r"^{of_the_year}[，]?{none}(?:发生)?[。.\s]*$")


def find_statements(
    document: Document, sections: Iterable[Section], sentences: Iterable[Sentence], year: int | None
) -> list[Fact]:
    """The facts of value 0 that words of absence state, one an indicator."""
    rules = [rule for rule in _rules() if year is None or rule.since <= year <= rule.until]
    facts: dict[str, Fact] = {}
    paragraph, about_before = -1, False
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            paragraph, about_before = sentence.paragraph, False
        about = is_about(sentence.text) or (
            sentence.section is not None and is_about(sentence.section.heading)
        )
        text = widened(sentence.text)
        for start, end, words in negated(text):
            at = end - len(words)
            before = at if _OF_A_YEAR.match(text, start, at) else start
            scope = scope_of(text[max(0, before - SENTENCE) : before], "", year, sentence.concept)
            if scope not in (THIS_YEAR, CUMULATIVE):  # never since the Regulation is not in this year either
                continue
            told = with_years_named(words, year)
            for rule in rules:
                if rule.indicator not in facts and _holds(rule, sentence, told, about or about_before):
                    facts[rule.indicator] = _fact(document, sentence, rule, start, end)
        about_before = about or about_before
    for section in sections:
        _read_bare(document, section, facts)
    return list(facts.values())


def negated(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, words): each stretch a negating word governs; `words` begins with that word.

    `start` is where the clause of the negating word begins.
    """
    for match in _negation().finditer(text):
        cut = _CLAUSE.search(text, match.end())
        end = cut.start() if cut else len(text)
        again = _negation().search(text, match.end())
        if (
            again
            and again.start() < end
            and not again["clause"]
            and _COMPLETE.search(text[: again.start()][-2:])
        ):
            end, cut = again.start(), None
        while cut is not None:
            following = _CLAUSE.search(text, cut.end())
            stop = following.start() if following else len(text)
            if not _continues().search(text[cut.end() : stop]) or _DIGIT.search(text[cut.end() : stop]):
                break
            end, cut = stop, following
        low = max(0, match.start() - SENTENCE)
        before = match.start() - 1 if match["clause"] and text[match.start() - 1] == "：" else match.start()
        start = max((m.end() for m in _CLAUSE.finditer(text, low, before)), default=low)
        yield start, end, text[start if match["clause"] else match.start() : end]


def _holds(rule: Absence, sentence: Sentence, words: str, about: bool) -> bool:
    if rule.concepts and not (about or sentence.concept in rule.concepts):
        return False
    return _says(rule, words) or ((first := _first_of_several(words)) != words and _says(rule, first))


def _says(rule: Absence, words: str) -> bool:
    if not rule.pattern.search(words):
        return False
    return rule.unless is None or not rule.unless.search(words)


def _first_of_several(words: str) -> str:
    """未收到依申请公开 of 未收到依申请公开以及行政复议; one of them may not be the other's cause."""
    first = _THEN_REMEDIES.search(words)
    if first and not _CAUSED.search(words, 0, first.end()):
        return words[: first.end()]
    return words if _CAUSED.search(words) else words.partition("以及")[0]


def _read_bare(document: Document, section: Section, facts: dict[str, Fact]) -> None:
    if not _bare().search(section.text.strip().partition("\n")[0]):
        return
    for rule in _rules():
        if rule.indicator not in facts and _says(rule, "没有" + widened(section.heading)):
            end = section.text_start + len(section.text) - len(section.text.lstrip().partition("\n")[2])
            facts[rule.indicator] = _zero(document, rule.indicator, section.heading_start, end, section.seq)


def _fact(document: Document, sentence: Sentence, rule: Absence, start: int, end: int) -> Fact:
    text = sentence.text
    while text[start].isspace():
        start += 1
    seq = sentence.section.seq if sentence.section else None
    return _zero(document, rule.indicator, sentence.start + start, sentence.start + end, seq)


def _zero(document: Document, indicator: str, start: int, end: int, section_seq: int | None) -> Fact:
    evidence = document.text[start:end].rstrip()
    return Fact(
        indicator=indicator,
        value=0.0,
        unit=indicator_units()[indicator],
        origin="statement",
        evidence=evidence,
        evidence_start=start,
        evidence_end=start + len(evidence),
        section_seq=section_seq,
    )
