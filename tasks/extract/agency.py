"""Who issued the report: a numbered cascade over title, signature, sentences, form, publisher and text.

Here: choosing the issuer among the names printed, and writing it as fully as the page prints it. Not here:
what kind of body it is and where it lies (`agencies`, `regions`). Never the site's operator, and never
a publisher that is another body than the one that speaks (我局, 我镇).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tasks.extract.bodies import (
    fullest,
    is_body,
    is_place,
    is_same_body,
    leading_body,
    printed_bodies,
    self_word,
    without_regions,
)
from tasks.extract.lines import BLANK
from tasks.extract.titles import body_named
from tasks.frozen import frozen
from tasks.values import BlockKind, Document, Zone

OPENING_MAX = 1200  # characters of the body in which the issuer introduces itself
ABBREVIATING = frozenset({"4 sentence", "7 contact"})  # steps that read running text, where names are short
FORM_HEAD_MAX = 400  # characters of a form before its rows

_SPEAKS = (
    re.compile(r"由(?P<name>[^。；由\n]{3,60}?)(?:编制|编写|编印|编撰|撰写|起草|发布|公布|公开|汇总)"),
    re.compile(
        r"(?:公布|发布|编制|编写|现将|现报告|报告为|报告系|本报告是|方面就|现就)了?《?(?P<name>[\u4e00-\u9fff（）()·]{3,40}?)"
        r"(?=20\d\d年|[一二]〇|二○|年度政府信息|政府信息公开|信息公开)"
    ),
    re.compile(
        r"(?:^|[。；，,\n])(?P<name>[\u4e00-\u9fff（）()·]{3,40}?)"
        r"(?=现?(?:根据|按照|依据|依照|遵照|结合)|编制|编写|现公布|现发布|特编制|现将)"
    ),
    re.compile(  # 2017年，X局进一步加强…
        r"(?:^|[。；\n])20\d\d年度?[，,]?(?:在[^，,。；\n]{2,40}[，,])?(?P<name>[\u4e00-\u9fff（）()·]{3,40}?)"
        r"(?=全面|认真|深入|严格|坚持|紧紧|积极|始终|进一步|高度|切实|继续|不断|持续|扎实|大力|着力|坚决"
        r"|准确|聚焦|贯彻|按照|立足|强化|加强|推进|深化|落实|全力|稳步|充分|突出|健全|注重|统筹|严守|精准"
        r"|共|累计|主动|围绕|以|在)"
    ),
    re.compile(  # 现公开2022年X街道政府信息公开工作年度报告
        r"(?:公布|发布|公开)20\d\d年度?(?P<name>[\u4e00-\u9fff（）()·]{3,40}?)(?=政府信息公开|信息公开|政务公开)"
    ),
)
# 如有疑问，请与X局办公室联系
_CONTACT = re.compile(r"(?:请与|请联系|请向|可与|可向|可联系)[：:]?(?P<name>[\u4e00-\u9fff（）()·]{3,40})")
# A bureau's own office writes for the bureau; that of a government is a body beside it.
_OFFICE = re.compile("(?<=[局厅])办公室$|(?<=[乡镇]人民政府)办公室$|(?<=[乡镇]政府)办公室$")
_NOT_ISSUER = re.compile("[我本各全省市区县州]?[级各]|[我本]|国务院")
_SELF = re.compile(
    r"[我本全](?P<word>局|委|厅|办|署|院|校|中心|镇|乡|县|市|区|州|盟|旗|省|街道|处|站|所|队|部|行|馆|会|社|公司|集团|学院|大学)"
    r"(?!行政机关)"
)
_FORM_LABEL = re.compile(
    rf"填报(?:单位|机关|部门)[{BLANK}]*(?:[（(]盖?章[）)])?[{BLANK}]*[:：][{BLANK}]*(?P<name>[^{BLANK}|]{{3,40}})"
)
_GOVERNMENTS = ("人民政府", "管理委员会", "管委会", "街道办事处", "办事处", "行政公署")
_CLASSES = {"街道": "街道", "处": "街道", "校": "校"}


@frozen
class Named:
    """What the other readers found: the names the cascade chooses from."""

    title: str | None
    signatory: str | None
    publishers: Sequence[str]


def find_agency(document: Document, named: Named) -> tuple[str | None, str | None]:
    """The issuer by the fullest name printed, and the step of the cascade that decided (`1 title` …)."""
    speaker = _speaker(document)
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
        yield "2 place in title", _government(document, own, named.signatory)
    yield "3 signature", named.signatory
    yield "4 sentence", _in_sentence(document)
    yield "5 form", _in_form(document)
    yield "6 publisher", _fitting(named.publishers, speaker)
    yield "7 contact", _in_contact(document, speaker)
    yield "8 named in text", _in_text(document, speaker)
    yield "9 publisher unchecked", next((name for name in named.publishers if is_body(name)), None)
    yield "10 place in title alone", own or None


def _government(document: Document, place: str, signatory: str | None) -> str | None:
    """The body that governs the place a title names, as printed; by its office only if nothing else is."""
    for words in dict.fromkeys((place, without_regions(place))):
        for ending in _GOVERNMENTS if words else ():
            if re.search(f"{re.escape(words + ending)}(?!信息)", document.text):  # X县 + 政府信息公开
                return words + ending
    if signatory and place.rstrip("省市区县州盟旗镇乡") in signatory:
        return signatory
    return (
        place + "人民政府"
        if re.search("[省市县州盟旗镇乡]$|(?<![新园开发验范理林矿]{2})区$", place)
        else None
    )


def _speaker(document: Document) -> str | None:
    """How the report calls its issuer most often: 局 for 我局, 镇 for 我镇."""
    text = "\n".join(document.text_of(b) for b in document.body() if b.kind is not BlockKind.TABLE)
    counted = Counter(match["word"] for match in _SELF.finditer(text))
    return counted.most_common(1)[0][0] if counted else None


def _in_sentence(document: Document) -> str | None:
    """A sentence of the opening in which the issuer says that it wrote or publishes the report."""
    start = next((b.start for b in document.blocks if b.zone is Zone.BODY), 0)
    opening = document.text[start : start + OPENING_MAX]
    for pattern in _SPEAKS:
        for match in pattern.finditer(opening):
            words = match["name"]
            if _NOT_ISSUER.match(words):
                continue
            name = next((n for n in (words, _unbracketed(words)) if is_body(n)), None) or leading_body(words)
            if name is None and is_place(words):
                name = _government(document, words, None)
            if name:
                return _OFFICE.sub("", name)
    return None


def _unbracketed(words: str) -> str:
    """某县农办 of 某县农办（县农业局）."""
    return re.split("[（(]", words, maxsplit=1)[0]


def _in_contact(document: Document, speaker: str | None) -> str | None:
    """Whom to ask about the report, without its office, where it calls itself as the report does."""
    start = next((b.start for b in document.blocks if b.zone is Zone.BODY), 0)
    match = _CONTACT.search(document.text, start, start + OPENING_MAX)
    name = leading_body(match["name"]) if match else None
    if name is None:
        return None
    whole = name.removesuffix("办公室")
    name = whole if is_body(whole) else name
    return name if speaker is None or _fits(name, speaker) else None


def _in_form(document: Document) -> str | None:
    """Who filled in the form: in its head or the lines above, which may count as the page's."""
    for block in (block for block in document.blocks if block.zone is not Zone.TAIL):
        text = document.text[block.start : min(block.end, block.start + FORM_HEAD_MAX)]
        match = _FORM_LABEL.search(text)
        if match and is_body(match["name"]):
            return match["name"]
    return None


def _fits(name: str, speaker: str | None) -> bool:
    word = self_word(name)
    if speaker is None or word is None:
        return False
    if speaker == "办" and name.endswith("办事处"):
        return True
    return _CLASSES.get(word, word) == _CLASSES.get(speaker, speaker) or name.endswith(speaker)


def _fitting(names: Sequence[str], speaker: str | None) -> str | None:
    """A publisher that calls itself as the report's issuer does."""
    return next((name for name in names if is_body(name) and _fits(name, speaker)), None)


def _in_text(document: Document, speaker: str | None) -> str | None:
    """The body of the speaker's kind that the page names most often with its place, titles cited included."""
    start = next((b.start for b in document.blocks if b.zone is Zone.BODY), 0)
    end = max((b.end for b in document.body()), default=0)
    fitting = [name for name, _ in printed_bodies(document.text[start:end]) if _fits(name, speaker)]
    fitting = fitting or [name for name, at in printed_bodies(document.text[:start]) if _fits(name, speaker)]
    return Counter(fitting).most_common(1)[0][0] if fitting else None


def _unabbreviated(document: Document, name: str) -> str:
    """市发展改革委 as the page prints it in full elsewhere, with its place."""
    longer = [
        other
        for other, _ in printed_bodies(document.text)
        if len(other) > len(name) and is_same_body(name, other)
    ]
    return Counter(longer).most_common(1)[0][0] if longer else name


def _in_full(document: Document, name: str, named: Named) -> str:
    """The same body by a longer name: elsewhere among the names found, then with the places before it."""
    for other in (named.signatory, *named.publishers):
        if other and len(other) > len(name) and is_body(other) and is_same_body(name, other):
            name = other
    return fullest(name, document.text)
