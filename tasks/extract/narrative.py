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
from tasks.extract.choices import choose
from tasks.extract.disclosure import TOTAL, WEBSITE, disclosed
from tasks.extract.passages import SENTENCE, Place, find_places, is_about
from tasks.extract.rules import name_quantity
from tasks.extract.scope import THIS_YEAR
from tasks.extract.sentences import Sentence
from tasks.extract.windows import WINDOW, widened
from tasks.values import Document, Fact, Figure

# Sections in which a number of pieces is one of disclosed information without being called so.
_DISCLOSING = frozenset({"proactive", "overview", "platform", "interpretation"})
_PIECES = frozenset({"piece", "item"})
# 政府信息28项 are pieces too, 权责清单320项 are none.
_MATTER = "matter"
_INFORMATION = re.compile(r"(?:信息|(?<!累计)主动公开的?事项)(?:数|总数|总量|数量|共计|共|计|达|为)*$")
# The longest reports print some hundred figures; a page with more than this is none to be read in full.
MAX_FIGURES = 5000

# A larger number than the year's, reached by its end, is that of all years: 截至2012年底已公开8000条.
CUMULATIVE, _SO_FAR = "proactive_cumulative", re.compile("截[至止]|至今|迄今|目前")

# Since when a sum has grown, said before it; reports from 2019 on are on their year, and 截至 is its end.
_SINCE_LONG = re.compile(r"历年|以来|自(?!治)|从|目前|至今|迄今|\d年?度?(?:至|到|-|—)20")
_SINCE = re.compile(_SINCE_LONG.pattern + "|截[至止]|到20|底")
BEFORE = 60
FORMS_SINCE = 2019

# The 2019 form counts how many items were added to a list or taken off it.
CHANGED = "_items_change"

# 发布12条主动公开政府信息
_DISCLOSES = re.compile(r"(?:公开|发布|公布|更新|推送|上传)了?$")
_OBJECT = re.compile(
    r"(?:各类|有关|相关)?(?:应?主动公开的?)?([\u4e00-\u9fff]{0,4}信息|文章|推文|稿件|消息|内容)(?=[，。；、]|$)"
)
_WHOLE = re.compile(r"全年|年内|本年|一年来|总计|合计|20\d\d年")
# 各乡镇公开2016条 before 全县共公开6124条.
_OF_SOME = re.compile(
    "^[^，；]{0,6}(?:各(?:乡镇|镇|街道|部门|单位|科室|区县|县区)|[省市县区]直|下属|直属|局属)"
)
_OF_ALL = re.compile("^全[省市县区镇州旗系局委]")
_BY_MAIL = re.compile("邮件|邮箱")
_NEW = re.compile(r"新收|新接|新增|新受理|本年收到")
# A department's own site rather than its page on the government's.
_OWN_SITE = re.compile(
    "官网|官方网站|(?:局|委|厅|办|院|部门|单位|中心|集团|公司|学校|大学)(?:的|机关)?(?:门户|官方)?网站?"
)
_GOVERNMENTS = re.compile("政府|政务|公开平台|公开网|信息网")
_CLAUSE = re.compile(r"(?<!\d)，|，(?!\d{3}(?!\d))|[：；]")


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
    if not (_SINCE_LONG if is_new else _SINCE).search(said):
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
    if fact.indicator == "applications_received" and _NEW.search(words) and not _NEW.search(known.evidence):
        return True
    if (
        fact.indicator == "applications_online"
        and _BY_MAIL.search(known.evidence)
        and "邮" not in place.prefix
    ):
        return True
    if fact.indicator == "proactive_website":
        on_own = _OWN_SITE.search(words) and not _OWN_SITE.search(known.evidence)
        return bool(on_own and _GOVERNMENTS.search(known.evidence) and "其中" not in known.evidence)
    if _OF_SOME.search(known.evidence) and _OF_ALL.search(words):
        return True
    known_is_part = not _WHOLE.search(known.evidence) and not is_about(known.evidence)
    return known_is_part and bool(_WHOLE.search(words)) and fact.value > known.value


def _disclosed(place: Place, facts: dict[tuple[str, str | None], Fact]) -> str | None:
    """The indicator of a number of disclosed pieces (`disclosure`), where the passage is about them."""
    kind = place.quantity.unit.kind
    is_piece = kind in _PIECES or (kind == _MATTER and _INFORMATION.search(place.prefix))
    if place.scope != THIS_YEAR or not is_piece:
        return None
    if "proactive" not in place.topics and place.sentence.concept not in _DISCLOSING:
        return None
    total = facts.get((TOTAL, None))
    total = None if total and _OF_SOME.search(total.evidence) else total
    site_known = total is None and (WEBSITE, None) in facts
    after = widened(place.sentence.text[place.quantity.end :][:WINDOW])
    for words in (place.prefix, place.subject, _turned(place)):
        if words and (code := disclosed(words, place.before, after, total is not None, site_known)):
            more = total is not None and place.quantity.value > total.value
            return CUMULATIVE if code == TOTAL and more and _SO_FAR.search(place.before) else code
    return None


def _turned(place: Place) -> str:
    """发布12条政府信息 with the number behind its object, '' for another sentence."""
    object_ = _OBJECT.match(place.suffix)
    return place.prefix + object_[1] if object_ and _DISCLOSES.search(place.prefix) else ""


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
