"""Quantities in prose become figures; those that state an indicator of the year become facts.

An engine over rules kept as data: `passages` gives each quantity with its words, `rules` and `disclosure`
say what it counts. The first statement of an indicator is its fact; a repetition is a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import islice

import seeds
from tasks.extract.channels import WEBSITE
from tasks.extract.choices import choose
from tasks.extract.clauses import TOTAL
from tasks.extract.disclosure import disclosed
from tasks.extract.lexicon import phrase
from tasks.extract.numbers import find_quantities
from tasks.extract.passages import SENTENCE, Place, find_places, is_about
from tasks.extract.rules import name_quantity
from tasks.extract.scope import THIS_YEAR
from tasks.extract.sentences import Sentence
from tasks.extract.windows import WINDOW
from tasks.values import Document, Fact, Figure

# Sections in which a number of pieces is one of disclosed information without being called so.
_DISCLOSING = frozenset({"proactive", "overview", "platform", "interpretation"})
_PIECES = frozenset({"piece", "item"})
_MATTER = "matter"
# The longest reports print some hundred figures; a page with more than this is none to be read in full.
MAX_FIGURES = 5000

CUMULATIVE = "proactive_cumulative"
# Since when a sum has grown is said so many characters before it.
BEFORE = 60
# Reports from then on are on their year, and 截至 is its end.
FORMS_SINCE = 2019

# The 2019 form counts how many items were added to a list or taken off it.
CHANGED = "_items_change"

# Not the commas of 12，846. Every way begins with a mark, so `re` goes quickly from one to the next.
_CLAUSE = re.compile(r"：|；|，(?:(?<!\d，)|(?!\d{3}(?!\d)))")


@cache
def indicator_units() -> dict[str, str]:
    """Indicator → canonical unit, of every code that has one."""
    return {r["indicator"]: r["unit"] for r in seeds.rows("indicators.csv")}


def read_narrative(
    document: Document, sentences: Iterable[Sentence], year: int | None
) -> tuple[list[Fact], list[Figure]]:
    """(facts, figures) of the prose. `year` is the year reported on, None if unknown."""
    facts: dict[tuple[str, str | None], Fact] = {}
    figures: list[Figure] = []
    for place in islice(find_places(sentences, year), MAX_FIGURES):
        named = name_quantity(place, year)
        if not named and (code := _disclosed(place, facts)) is not None:
            named = [(code, None)]
        figure = _figure(document, place, named[0][0] if named else None)
        for key in named:
            fact = _fact(figure, place, *key)
            if key == (TOTAL, None) and key in facts and _is_new_of(fact, facts[key]):
                so_far = facts.pop(key)  # 累计公开4002条。2019年新增362条: all so far, and the year's
                facts[CUMULATIVE, None] = replace(so_far, indicator=CUMULATIVE)
            if key not in facts or _is_rather(fact, place, facts[key]):
                facts[key] = fact
        figures.append(figure)
    _correct_so_far(document, facts, year)
    return list(facts.values()), _named_only_by_facts(figures, facts.values())


def _correct_so_far(document: Document, facts: dict[tuple[str, str | None], Fact], year: int | None) -> None:
    """The only number of disclosed pieces, 累计 but since nothing, is the year's."""
    so_far = facts.get((CUMULATIVE, None))
    if so_far is None or (TOTAL, None) in facts:
        return
    is_new = year is not None and year >= FORMS_SINCE
    channel = choose("channel", so_far.evidence)
    code = channel.indicator if is_new and channel.mentions == 1 else None if channel.count else TOTAL
    if code is None or (code, None) in facts:
        return
    said = document.text[max(0, so_far.evidence_start - BEFORE) : so_far.evidence_end].rpartition("。")[2]
    if not (phrase("since_long").search(said) or (not is_new and phrase("until_when").search(said))):
        del facts[CUMULATIVE, None]
        facts[code, None] = replace(so_far, indicator=code, unit=indicator_units()[code])


def _named_only_by_facts(figures: list[Figure], facts: Iterable[Fact]) -> list[Figure]:
    """The figures, those that did not become a fact (a repetition, a part) without indicator."""
    stated = {(fact.indicator, fact.evidence_start, fact.value) for fact in facts}
    return [
        figure
        if figure.indicator is None or (figure.indicator, figure.evidence_start, figure.value) in stated
        else replace(figure, indicator=None)
        for figure in figures
    ]


def _is_rather(fact: Fact, place: Place, known: Fact) -> bool:
    """The number said of the whole year is rather the indicator's than a smaller one printed before; that of
    new applications than their sum with those carried over; that of online ones than that of e-mails."""
    words = _CLAUSE.split(place.before)[-1]
    if phrase("issues_counted").search(words) and fact.evidence_start == known.evidence_start:
        return True
    if phrase("interpreting").match(words) and phrase("interpreted").search(known.evidence):
        return True  # 解读政策15件，发布解读材料31篇: the papers are counted
    new, own_site, whole_year = phrase("newly_received"), phrase("own_site"), phrase("whole_year")
    if fact.indicator == "applications_received" and new.search(words) and not new.search(known.evidence):
        return True
    by_mail = fact.indicator == "applications_online" and phrase("mail").search(known.evidence)
    if by_mail and "邮" not in place.prefix:
        return True
    if fact.indicator == "proactive_website":
        on_own = own_site.search(words) and not own_site.search(known.evidence)
        return bool(
            on_own and phrase("governments_site").search(known.evidence) and "其中" not in known.evidence
        )
    if fact.indicator == TOTAL and phrase("sum_alone").search(words) and _adds_up(place):
        return True
    if phrase("bodies_below").search(known.evidence) and phrase("all_bodies").search(words):
        return True
    known_is_part = not whole_year.search(known.evidence) and not is_about(known.evidence)
    is_whole = whole_year.search(words) or phrase("sum_before").match(words)
    return known_is_part and bool(is_whole) and fact.value > known.value


def _is_new_of(fact: Fact, known: Fact) -> bool:
    return "新增" in fact.evidence and "累计" in known.evidence and fact.value < known.value


def _adds_up(place: Place) -> bool:
    """机关公开20条，下属单位公开12条，共计32条: the sum of all that the sentence counted before."""
    before = find_quantities(place.text[: place.quantity.start])
    parts = [q.value for q in before if q.unit.kind in _PIECES]
    return len(parts) > 1 and sum(parts) == place.quantity.value


def _disclosed(place: Place, facts: dict[tuple[str, str | None], Fact]) -> str | None:
    """The indicator of a number of disclosed pieces (`disclosure`), where the passage is about them."""
    kind = place.quantity.unit.kind
    is_piece = kind in _PIECES or (kind == _MATTER and _counts_information(place))
    if place.scope != THIS_YEAR or not is_piece:
        return None
    if "proactive" not in place.topics and place.sentence.concept not in _DISCLOSING:
        return None
    total = facts.get((TOTAL, None))
    total = None if total and phrase("bodies_below").search(total.evidence) else total
    site_known = total is None and (WEBSITE, None) in facts
    after = place.text[place.quantity.end : place.quantity.end + WINDOW]
    for words in (place.prefix, place.subject, _turned(place)):
        if words and (code := disclosed(words, place.before, after, total is not None, site_known)):
            code = _of_the_label(place, words) or code if code == TOTAL else code
            is_more = code == TOTAL and total is not None and place.quantity.value > total.value
            return CUMULATIVE if is_more and phrase("reached_so_far").search(place.before) else code
    if phrase("nothing_but_disclosing").search(_CLAUSE.split(place.prefix)[-1]):
        return _of_the_label(place, place.prefix)  # 1.政府网站。全年推出政务信息6条
    return None


def _counts_information(place: Place) -> bool:
    """政府信息28项, 28项政府信息 are pieces too, 权责清单320项 are none; of 信息16项65条 the 65 are."""
    named = phrase("information_behind").search(place.prefix) or _turned(place) or _is_of_a_channel(place)
    return bool(named) and not place.text[place.quantity.end :][:1].isdigit()


def _is_of_a_channel(place: Place) -> bool:
    """公开信息30项，其中通过网站公开12项: items of what was counted before."""
    return bool(
        phrase("items_of_a_channel").search(_CLAUSE.split(place.prefix)[-1])
        and phrase("items_counted").search(place.before)
    )


def _of_the_label(place: Place, words: str) -> str | None:
    """The one channel that the heading or the paragraph's first words name (1.政府网站。公开信息20条).

    主动公开 is said of all that the body disclosed.
    """
    label = phrase("channel_tended").sub("", place.label)
    if "主动公开" in words or not phrase("channel_label").match(label) or choose("channel", words).count:
        return None
    return choose("channel", label).indicator


def _turned(place: Place) -> str:
    """发布12条政府信息 with the number behind its object, '' for another sentence."""
    object_ = phrase("object_behind").match(place.suffix)
    verb = phrase("discloses_behind").search(place.prefix)
    return place.prefix[: verb.end(1)] + object_[1] if object_ and verb else ""


def _fact(figure: Figure, place: Place, indicator: str, member: str | None) -> Fact:
    """The figure as a fact, its value in the indicator's unit; what was taken away has a minus."""
    sign = -1 if indicator.endswith(CHANGED) and "减" in place.prefix else 1
    return Fact(
        indicator=indicator,
        value=round(sign * place.quantity.value * place.quantity.unit.factor, 8),
        unit=indicator_units()[indicator],
        origin="narrative",
        evidence=figure.evidence,
        evidence_start=figure.evidence_start,
        evidence_end=figure.evidence_end,
        dimension="applicant" if member else None,
        member=member,
        is_approximate=figure.is_approximate,
        section_seq=figure.section_seq,
    )


def _evidence(place: Place) -> tuple[int, int]:
    """The clause of the number, from the separator before it to the separator behind it."""
    sentence, q = place.sentence, place.quantity
    low, high = max(0, q.start - SENTENCE), q.end + SENTENCE
    start = max((m.end() for m in _CLAUSE.finditer(place.text, low, q.start)), default=low)
    match = _CLAUSE.search(place.text, q.end, high)
    end = match.start() if match else min(high, len(place.text))
    while sentence.text[start].isspace():
        start += 1
    while sentence.text[end - 1].isspace():
        end -= 1
    return sentence.start + start, sentence.start + end


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
