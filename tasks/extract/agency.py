"""Who issued the report: a numbered cascade over title, signature, sentences, form, publisher and text.

Here: choosing the issuer among the names printed, and writing it as fully as the page prints it. Not here:
the sentences that name it (`speaking`), what kind of body it is and where it lies (`agencies`, `regions`).
Never the site's operator, and never a publisher that is another body than the one that speaks (我局, 我镇).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tasks.extract.bodies import (
    NAME_MAX,
    fullest,
    is_body,
    is_place,
    is_same_body,
    leading_body,
    printed_bodies,
)
from tasks.extract.lines import BLANK, body_start
from tasks.extract.speaking import (
    NOT_ISSUER,
    fits,
    governing_body,
    name_in_contact,
    name_in_sentence,
    says_we,
    speaker_of,
)
from tasks.extract.titles import body_named
from tasks.frozen import frozen
from tasks.values import Document, Zone

ABBREVIATING = frozenset({"4 sentence", "8 contact"})  # steps that read running text, where names are short
FORM_HEAD_MAX = 400  # characters of a form before its rows

_OWN_WORK = re.compile(
    "的?(?:政府|政务)?信息公开(?!条例|规定|办法|暂行|领导|办公室|指南|目录|申请|制度|平台|网|专?栏|要点|考核|机构)"
)
# Only where its name begins for certain: behind 在 or 加强 nobody can tell.
_TOWNSHIP = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>(?![年度各本全该我由与在对为和及向])[\u4e00-\u9fff]{2,6}?(?:镇|乡|街道))(?P<body>人民政府|办事处)?"
)
TOWNSHIP_MIN = 2  # times a township must be named without its county to be the one that speaks
# （以下简称“市残联”）, and the words before it.
_CALLED = re.compile(r"[（(]以下[^（）()]{0,4}简?称[:：]?\s?[“\"「]?\s?")
_CALLED_END = re.compile(r"[”\"」]?\s?[）)]")
_CHINESE_BEFORE = re.compile(r"[\u4e00-\u9fff]{4,}$")
_FORM_LABEL = re.compile(
    rf"填报(?:单位|机关|部门)[{BLANK}]*(?:[（(]盖?章[）)])?[{BLANK}]*[:：][{BLANK}]*(?P<name>[^{BLANK}|]{{3,40}})"
)


@frozen
class Named:
    """What the other readers found: the names the cascade chooses from."""

    title: str | None
    signatory: str | None
    publishers: Sequence[str]
    sources: Iterable[str] = ()  # where the page says it is from; read only when nothing better is found


def find_agency(document: Document, named: Named) -> tuple[str | None, str | None]:
    """The issuer by the fullest name printed, and the step of the cascade that decided (`1 title` …)."""
    speaker = speaker_of(document)
    for basis, name in _steps(document, named, speaker):
        if name:
            full = _unabbreviated(document, name) if basis in ABBREVIATING else name
            return _in_full(document, full, named), basis
    return None, None


def _steps(document: Document, named: Named, speaker: str | None) -> Iterator[tuple[str, str | None]]:
    """The cascade; each step is computed only when those before gave nothing."""
    own = body_named(named.title) if named.title else ""
    own = own if is_body(own) or is_place(own) else leading_body(own) or ""
    if is_body(own):
        yield "1 title", own
    if own and is_place(own):
        yield "2 place in title", governing_body(document, own, named.signatory)
    yield "3 signature", named.signatory
    told = name_in_sentence(document, speaker)
    yield "4 sentence", told if told and is_body(told) else None
    yield "5 form", _in_form(document)
    yield "6 publisher", _fitting(named.publishers, speaker)
    yield "7 place in title alone", own or None
    yield "8 contact", name_in_contact(document, speaker)
    yield "9 named in text", _in_text(document, speaker)
    yield "10 source", _one_fitting(document, named.sources, speaker)
    yield "11 publisher unchecked", next((name for name in named.publishers if is_body(name)), None)
    yield "12 place in sentence alone", told
    yield "13 place of publisher alone", _place_told(document, named.publishers)


def _in_form(document: Document) -> str | None:
    """Who filled in the form: in its head or the lines above, which may count as the page's."""
    for block in (block for block in document.blocks if block.zone is not Zone.TAIL):
        text = document.text[block.start : min(block.end, block.start + FORM_HEAD_MAX)]
        match = _FORM_LABEL.search(text)
        if match and is_body(match["name"]):
            return match["name"]
    return None


def _fitting(names: Sequence[str], speaker: str | None) -> str | None:
    """A publisher that calls itself as the report's issuer does."""
    return next((name for name in names if is_body(name) and fits(name, speaker)), None)


def _one_fitting(document: Document, names: Iterable[str], speaker: str | None) -> str | None:
    """The one source that is of the speaker's kind; 全县 alone does not make it the county's government."""
    if speaker is None or not any(word + speaker in document.text for word in "我本"):
        return None
    fitting = {name for name in names if is_body(name) and fits(name, speaker)}
    return max(fitting, key=len) if fitting and _is_one(fitting) else None


def _is_one(names: Iterable[str]) -> bool:
    """Whether all these names can be of one body."""
    longest_first = sorted(names, key=len, reverse=True)
    return all(is_same_body(name, longest_first[0]) for name in longest_first)


def _place_told(document: Document, names: Sequence[str]) -> str | None:
    """A publisher that is a place only (X镇), where the report tells of it."""
    start = body_start(document)
    place = next((name for name in names if is_place(name) and name in document.text[start:]), None)
    return governing_body(document, place, None) or place if place else None


def _in_text(document: Document, speaker: str | None) -> str | None:
    """The body of the speaker's kind that the page names most often with its place, titles cited included."""
    start = body_start(document)
    end = max((b.end for b in document.body()), default=0)
    text = document.text[start:end]
    printed = list(printed_bodies(text))
    fitting = Counter(name for name, _ in printed if fits(name, speaker)).most_common(2)
    if len(fitting) == 2 and fitting[0][1] == fitting[1][1] and not _is_one(name for name, _ in fitting):
        return None
    if fitting:
        return fitting[0][0]
    above = {name for name, _ in printed_bodies(document.text[:start]) if fits(name, speaker)}
    if above:
        return max(above, key=len) if _is_one(above) else None
    is_silent = not says_we(text)
    own = {name for name, at in printed if is_silent and _OWN_WORK.match(text, at + len(name))}
    return own.pop() if len(own) == 1 else _township(document, text, speaker)


def _township(document: Document, text: str, speaker: str | None) -> str | None:
    """The township that a report of 我镇, 我乡, 我街道 names without its county, if it names one only."""
    if speaker not in ("镇", "乡", "街道"):
        return None
    found = [match for match in _TOWNSHIP.finditer(text) if match["name"].endswith(speaker)]
    named = {m["name"] for m in found if m["body"] or text.count(m["name"]) >= TOWNSHIP_MIN}
    named = {name for name in named if not NOT_ISSUER.match(name)}
    if len(named) != 1:
        return None
    name = named.pop()
    return governing_body(document, name, None) or name


def _unabbreviated(document: Document, name: str) -> str:
    """市发展改革委 as the page prints it in full elsewhere, with its place."""
    longer = [
        other
        for other, _ in printed_bodies(document.text)
        if len(other) > len(name) and is_same_body(name, other)
    ]
    return Counter(longer).most_common(1)[0][0] if longer else name


def _defined(document: Document, name: str) -> str | None:
    """The full name that the text abbreviates so: 某市残疾人联合会（以下简称“市残联”）."""
    text = document.text
    for opening in _CALLED.finditer(text):
        if text.startswith(name, opening.end()) and _CALLED_END.match(text, opening.end() + len(name)):
            full = _CHINESE_BEFORE.search(text[max(0, opening.start() - NAME_MAX) : opening.start()])
            return full[0] if full and is_body(full[0]) else None
    return None


def _in_full(document: Document, name: str, named: Named) -> str:
    """The same body by a longer name: elsewhere among the names found, then with the places before it."""
    name = _defined(document, name) or name
    for other in (named.signatory, *named.publishers):
        if other and len(other) > len(name) and is_body(other) and is_same_body(name, other):
            name = other
    return fullest(name, document.text)
