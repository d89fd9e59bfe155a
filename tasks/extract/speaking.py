"""How a report speaks of its issuer: 我局, and sentences in which the issuer says that it wrote the report.

Here: the words of the text that tell the issuer, each reader giving one name or None. Not here: titles,
signatures and publishers, and which of all these names is taken (`agency`).
"""

from __future__ import annotations

import re
from collections import Counter

from tasks.extract.bodies import is_body, is_place, is_region, leading_body, self_word, without_regions
from tasks.extract.lines import body_start
from tasks.values import BlockKind, Document

OPENING_MAX = 1200  # characters of the body in which the issuer introduces itself

_SPEAKS = (
    re.compile(
        r"由(?P<name>[^。；由\n]{3,60}?)(?:负责|牵头|组织|统一|具体|共同){0,3}(?:编制|编写|编印|编撰|撰写|起草|发布|公布|公开|汇总)"
    ),
    re.compile(
        r"(?:公布|发布|编制|编写|现公开|现将|现报告|报告为|报告系|本报告是|方面就|现就)了?《?(?P<name>[\u4e00-\u9fff（）()·]{3,40}?)"
        r"(?=20\d\d(?:年|政府|政务|信息)|[一二]〇|二○|年度政府信息|政府信息公开|信息公开)"
    ),
    re.compile(
        r"(?:^|[。；，,\n])(?P<name>(?!由)[\u4e00-\u9fff（）()·]{3,40}?)"
        r"(?=现?(?:根据|按照|依据|依照|遵照|结合)|编制|编写|现公布|现发布|特编制|现将)"
    ),
    re.compile(  # 2017年，X局进一步加强… 截至2017年底，X局依托…; heading a paragraph also without a year
        r"(?:(?:^|[。；\s])(?:截[至止])?20\d\d学?年(?:度|底|末)?+[，,]?|(?:^|\n))(?:在[^，,。；\n]{2,40}[，,])?"
        r"(?P<name>[\u4e00-\u9fff（）()·]{3,40}?)"
        r"(?=全面|认真|深入|严格|坚持|紧紧|积极|始终|进一步|高度|切实|继续|不断|持续|扎实|大力|着力|坚决"
        r"|准确|聚焦|依托|贯彻|按照|立足|强化|加强|推进|深化|落实|全力|稳步|充分|突出|健全|注重|统筹|严守|精准"
        r"|共|累计|主动|围绕|以|在)"
    ),
    re.compile(  # 现公开2022年X街道政府信息公开工作年度报告
        r"(?:公布|发布|公开|汇总|编制)20\d\d年(?:度(?!本|我)|(?!度))(?P<name>[\u4e00-\u9fff（）()·]{3,40}?)(?=政府信息公开|信息公开|政务公开)"
    ),
)
_WEAK = _SPEAKS[3]  # whose work is told of: its place must be the one that speaks
_ALIAS = re.compile(r"[（(]以下[^（）()]{0,4}简?称[^（）()]{0,24}[）)]")
# 如有疑问，请与X局办公室联系
_CONTACT = re.compile(r"(?:请与|请联系|请向|可与|可向|可联系)[：:]?(?P<name>[\u4e00-\u9fff（）()·]{3,40})")
# A bureau's own office writes for the bureau; that of a government is a body beside it.
_OFFICE = re.compile("(?<=[局厅])办公室$|(?<=[乡镇]人民政府)办公室$|(?<=[乡镇]政府)办公室$")
# The office that sees to disclosure writes for its place or body.
_DISCLOSING = re.compile("(?:(?:政府|政务)?信息公开|政务公开)(?:工作)?(?:领导|协调)?(?:小组)?办公室$")
NOT_ISSUER = re.compile(
    "[我本各全省市区县州]?[级各]|[我本]|国务院(?!国有资产|国资委|侨务|侨办|港澳|台湾|台办|扶贫)"
)
# An office inside a body: 党政综合办公室, 局办公室; never a body that reports.
_INNER = re.compile(
    r"(?:党政|综合|行政|秘书|文秘|政务|政策法规|政府信息公开|信息公开|信息|机关|党群|党建|宣传|工作|管理|服务|[局委]){0,4}(?:办公室|办|科|股|处|室)$"
)
_NAMELESS = re.compile(
    "(?:街道|镇|乡)?(?:党工委|党委|人民政府|政府|办事处|街道)|(?:开发|高新|经开|工业园|新|园)区(?:政府|管委会)?"
)
_BRANCHES = ("分局", "分院", "分处")
_SELF = re.compile(
    r"(?:[我本](?P<word>局|委|厅|办|署|院|校|中心|镇|乡|县|市|区|州|盟|旗|省|街道|处|站|所|队|部(?!门)|行|馆|会|社|公司|集团|学院|大学)"
    r"|全(?P<whole>县|市|区|州|盟|旗|省|镇|乡|街道|局|校|院))(?!行政机关)"
)
_GOVERNMENTS = ("人民政府", "管理委员会", "管委会", "街道办事处", "办事处", "行政公署", "行署")
_PLACES = "省市区县州盟旗"
_CLASSES = {"街道": "街道", "处": "街道", "校": "校"}


def governing_body(document: Document, place: str, signatory: str | None) -> str | None:
    """The body that governs the place a title names, as printed; by its office only if nothing else is."""
    for words in dict.fromkeys((place, without_regions(place))):
        for ending in _GOVERNMENTS if words else ():
            name = words + ending
            if document.text.count(name) > document.text.count(f"{name}信息"):  # X县 + 政府信息公开
                return name
    if signatory and place.rstrip("省市区县州盟旗镇乡") in signatory:
        return signatory
    is_governed = (
        place[-1] in "省市县州盟旗镇乡"
        or place.endswith("苏木")
        or (place[-1] == "区" and not without_regions(place))
    )
    government = "行政公署" if place.endswith(("地区", "盟")) else "人民政府"
    return place + government if is_governed else None


def speaker_of(document: Document) -> str | None:
    """How the report calls its issuer most often: 局 for 我局, 镇 for 我镇."""
    text = "\n".join(document.text_of(b) for b in document.body() if b.kind is not BlockKind.TABLE)
    counted = Counter(match["word"] or match["whole"] for match in _SELF.finditer(text))
    return counted.most_common(1)[0][0] if counted else None


def says_we(text: str) -> bool:
    """Whether the text says 我局, 本镇 …, not only 全县."""
    return any(match["word"] for match in _SELF.finditer(text))


def fits(name: str, speaker: str | None) -> bool:
    """Whether a body calls itself as the report does: X局 says 我局."""
    word = self_word(name)
    if speaker is None or word is None:
        return False
    if speaker == "办" and name.endswith("办事处"):
        return True
    return _CLASSES.get(word, word) == _CLASSES.get(speaker, speaker) or name.endswith(speaker)


def _fits_place(place: str, speaker: str | None) -> bool:
    return speaker is None or place.endswith(speaker)


def name_in_sentence(document: Document, speaker: str | None) -> str | None:
    """A sentence of the opening in which the issuer says that it wrote or publishes the report."""
    start = body_start(document)
    opening = _ALIAS.sub("", document.text[start : start + OPENING_MAX])
    for pattern in _SPEAKS:
        for match in pattern.finditer(opening):
            words = _DISCLOSING.sub("", match["name"])
            if NOT_ISSUER.match(words) or _INNER.fullmatch(words):
                continue
            is_weak = pattern is _WEAK
            name = next((n for n in (words, _unbracketed(words)) if is_body(n)), None)
            name = _from_level(name or _branch(document, words) or leading_body(words))
            if name is None and is_place(words) and (not is_weak or _fits_place(words, speaker)):
                return governing_body(document, words, None) or words
            if name and not _NAMELESS.fullmatch(name) and (not is_weak or _may_be(name, speaker, opening)):
                return _OFFICE.sub("", name)
    return None


def _may_be(name: str, speaker: str | None, text: str) -> bool:
    """Whether the body whose work is told of can be the one that speaks.

    A bureau may say 我市 and 全市 of its place, so a place that speaks rules out only bodies named once.
    """
    if speaker is None or fits(name, speaker):
        return True
    return speaker in _PLACES and (name[0] not in _PLACES or text.count(name) > 1)


def _from_level(name: str | None) -> str | None:
    """市教育局 of 正式推出市教育局: words before a level's that name no region with it are no name."""
    level = re.search("(?<!城)市(?!场|政|容)|县", name or "")
    if name is None or level is None or any(is_region(name[at : level.end()]) for at in range(level.start())):
        return name
    return name[level.start() :] if is_body(name[level.start() :]) else name


def _branch(document: Document, words: str) -> str | None:
    """X局Y分局 where the sentence says X局Y, its last word lost."""
    return next(
        (words + end for end in _BRANCHES if leading_body(words) and words + end in document.text), None
    )


def _unbracketed(words: str) -> str:
    """某县农办 of 某县农办（县农业局）."""
    return re.split("[（(]", words, maxsplit=1)[0]


def name_in_contact(document: Document, speaker: str | None) -> str | None:
    """Whom to ask about the report, without its office, where it calls itself as the report does."""
    start = body_start(document)
    match = _CONTACT.search(document.text, start, start + OPENING_MAX)
    if match is None:
        return None
    asked = match["name"].partition("联系")[0]
    place = _INNER.sub("", asked)
    if is_place(place) and _fits_place(place, speaker) and not _NAMELESS.fullmatch(place):
        return governing_body(document, place, None) or place
    is_whole = is_body(asked) and asked[-1] not in "办室"
    name = asked if is_whole else leading_body(asked)
    if name is None or _INNER.fullmatch(name):
        return None
    whole = name.removesuffix("办公室")
    name = whole if is_body(whole) else name
    return name if speaker is None or fits(name, speaker) else None
