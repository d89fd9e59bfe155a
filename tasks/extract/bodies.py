"""Names of bodies: what can be one, whether two are the same, and the fullest one a text prints.

Here: names as strings, with seeds/body_endings.csv and the table of regions. Not here: which body issued the
report (`agency`), what kind of body it is (`agencies`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import seeds
from tasks.extract.region_table import region_table

NAME_MIN, NAME_MAX = 3, 40  # characters: 县政府; 国家税务总局 … 经济技术开发区税务局 has about 30
PLACE_MAX = 13  # characters of the longest region name
SEARCHED_MAX = 200_000  # characters; reports have ten thousand, a body is named at the start and the end
REMEMBERED = 8192  # names
PREFIXES_MAX = 3  # province, prefecture, county before a name

LEVEL = re.compile("[省市区县州盟旗]")
_PLACE_END = re.compile(
    "(?:省|自治区|市|州|盟|地区|县|区|旗|镇|乡|街道|苏木|新区|园区|林区|农场|牧场|团场|兵团|[一二三四五六七八九十]师)$"
)
_NOT_IN_NAME = re.compile(
    r"[^\u3400-\u9fff（）()·、A-Za-z]|[的了是将已被把我]|关于|年度|报告|信息公开(?!.{0,6}办)|网站|门户|平台|目录|指南|"
    "年报|依申请|首页|公开栏|服务网|政务网|信息网|领导小组$|主办|承办|版权|^指定|^结合|向社会|^并|^在|通过|^利用|依托|贯彻|落实|认真|按照|根据"
)
# 市民宗委, 区外资办, 县供销社 behind a place; 常委, 主办 are no bodies.
_BEHIND_A_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?P<self>(?<![常党纪政])委|(?<![主承协督交举开查代经申兴创联合转领催])办|(?<!会)社)"
)
_ITSELF = re.compile(r"机关$|[（(]?本级[）)]?$")
_CENTRE = re.compile("国家|国务院")
# A zone's committee before one of its organs: 某湖风景区管理委员会 + 市场监督管理局.
_ZONE = re.compile("[\u4e00-\u9fff]{0,12}?(?:区|园|港|城)(?:管理委员会|管委会)$")
_SHORTER = (
    ("人民政府", "政府"),
    ("管理委员会", "管委"),
    ("管委会", "管委"),
    ("委员会", "委"),
    ("办公室", "办"),
    ("办公厅", "办"),
    ("街道办事处", "街道办"),
    ("中学", "中"),
    ("小学", "小"),
)


@cache
def endings() -> dict[str, str]:
    """Endings of bodies' names, each with the word by which such a body calls itself (我局, 我委)."""
    return {row["ending"]: row["self"] for row in seeds.rows("body_endings.csv")}


@cache
def _ministries() -> frozenset[str]:
    """Ministries by name: their ending 部 is that of many words."""
    rows = seeds.rows("agency_kinds.csv")
    return frozenset(r["pattern"] for r in rows if r["kind"] == "national" and r["pattern"].endswith("部"))


@cache
def _central() -> tuple[str, ...]:
    """Bodies of the centre that are one name, the longest first."""
    names = {row["pattern"] for row in seeds.rows("agency_kinds.csv") if row["match"] == "central"}
    return tuple(sorted(filter(is_body, names), key=len, reverse=True))


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(sorted(endings(), key=len, reverse=True))})$")


@cache
def _named() -> re.Pattern[str]:
    """A body's name behind a place: the shortest run up to an ending that no other ending lengthens."""
    words = "|".join(sorted(endings(), key=len, reverse=True))
    return re.compile(
        rf"[\u4e00-\u9fff]{{0,24}}?(?:{words})(?:(?:办公室|管理委员会|委员会|局|管理处)(?!主任))?"
    )


@lru_cache(maxsize=REMEMBERED)
def is_body(name: str) -> bool:
    """Whether these words as a whole can be a body's name."""
    if not NAME_MIN <= len(name) <= NAME_MAX or _NOT_IN_NAME.search(name):
        return False
    if name in _ministries():
        return True
    ending = _ending().search(name)
    if ending is None:
        return _short_form(name) is not None
    if endings()[ending.group()] == "政府":  # 公开政府(信息) is none
        return _PLACE_END.search(name, 0, ending.start()) is not None
    return ending.start() > 0


def _short_form(name: str) -> re.Match[str] | None:
    """The short name of a commission or an office behind its place."""
    if name[-1] not in "委办社":
        return None
    place, own = _split(name)
    if not place and (centre := _CENTRE.match(name)):
        place, own = centre.group(), name[centre.end() :]
    return _BEHIND_A_PLACE.fullmatch(own) if place else None


def leading_body(words: str) -> str | None:
    """The body's name that words begin with: X局 of X局根据各科室材料."""
    match = _named().match(words)
    is_cut = match and words.startswith("政府信息", match.end() - 2) and not match[0].endswith("人民政府")
    if match and is_body(match[0]) and not is_cut:  # 开发区 + 政府信息公开办公室
        return match[0]
    return next((name for name in _central() if words.startswith(name)), None)  # 海关总署 + 办公厅某处


def itself(name: str) -> str:
    """X县人民政府 of X县人民政府机关, X县人民政府（本级）: the body without those below it."""
    bare = _ITSELF.sub("", name)
    return bare if is_body(bare) else name


def is_place(name: str) -> bool:
    """Whether these words as a whole can be a place with a government: a region, town, street or zone."""
    return 2 <= len(name) <= 20 and _PLACE_END.search(name) is not None and not _NOT_IN_NAME.search(name)


def self_word(name: str) -> str | None:
    """How such a body calls itself: 局 for X局, 委 for X委员会, the place's level for a government."""
    match = _ending().search(name)
    if match is None:
        short = _short_form(name) if name else None
        return short["self"] if short else "部" if name in _ministries() else None
    word = endings()[match.group()]
    if word == "政府":
        stem = name[: match.start()]
        return stem[-1:] if stem[-2:] != "街道" else "街道"
    return word


def shorten(name: str) -> str:
    """The name in its short forms, to compare: 人民政府 → 政府, 委员会 → 委, 办公室 → 办."""
    for long, short in _SHORTER:
        name = name.replace(long, short)
    return name


def is_same_body(short: str, long: str) -> bool:
    """Whether `short` can be an abbreviation or a tail of `long` (市住建局, 临海市住房和城乡建设局)."""
    if long.endswith(short):
        return True
    few, many = shorten(short), shorten(long)
    if many.endswith(few):
        return True
    if few[-1:] != many[-1:] or len(few) >= len(many):
        return False
    if _at_different_times(short, long):
        return False
    place, own = _split(few)
    wide, rest = _split(many)
    if place and not (wide.endswith(place) or (len(place) == 1 and wide.endswith(place))):
        return False
    return bool(own) and own[0] == rest[:1] and _is_subsequence(own, rest)


@cache
def _reforms() -> dict[str, str]:
    """Names of the table of successors, each with the year in which it was given up, '' if in use."""
    return {row["name"]: row["since"] for row in seeds.rows("agency_successors.csv")}


def _at_different_times(one: str, other: str) -> bool:
    """卫生局 is no short form of 卫生健康局: it is the name from before."""
    given_up = [_reforms().get(_split(name)[1]) for name in (one, other)]
    return None not in given_up and given_up[0] != given_up[1]


def _split(name: str) -> tuple[str, str]:
    """The place at the start of a name and the rest: 北京市崇文区 | 市政管委."""
    end = 0
    while (start := end) < len(name):
        for length in range(min(PLACE_MAX, len(name) - start), 0, -1):
            piece = name[start : start + length]
            if is_region(piece) or (start == 0 and length == 1 and piece in "省市区县州盟旗镇乡"):
                end = start + length
                break
        if end == start:
            break
    return name[:end], name[end:]


def without_regions(name: str) -> str:
    """A town's or street's name without the regions before it: 西三旗街道 of 海淀区西三旗街道."""
    return _split(name)[1]


def _is_subsequence(few: str, many: str) -> bool:
    rest = iter(many)
    return all(char in rest for char in few)


@cache
def _regions() -> frozenset[str]:
    """Names of regions that end in their level's word; 朝阳 alone is no anchor."""
    spellings = region_table().spellings
    return frozenset(
        name
        for name, meanings in spellings.items()
        if LEVEL.match(name[-1]) and any(meaning.shape != "short" for meaning in meanings)
    )


def is_region(name: str) -> bool:
    return name in _regions()


def fullest(name: str, text: str) -> str:
    """The name with all the places printed directly before it somewhere in the text."""
    best = name
    at = text.find(name, 0, SEARCHED_MAX)
    while at >= 0:
        start = _reach_back(text, _zone_before(text, at), name)
        if at + len(name) - start > len(best):
            best = text[start : at + len(name)]
        at = text.find(name, at + 1, SEARCHED_MAX)
    return best


def _zone_before(text: str, at: int) -> int:
    """Where the name of a zone's committee directly before a body begins, else where the body does."""
    zone = _ZONE.search(text[max(0, at - NAME_MAX) : at])
    if zone is None:
        return at
    starts = (i for i in range(len(zone[0])) if _split(zone[0][i:])[0])
    return at - len(zone[0]) + next(starts, len(zone[0]))


def _reach_back(text: str, at: int, name: str) -> int:
    """Where the places before a name begin; a name like 县水务局 may lend its first word to the place."""
    start = at
    if name[0] in "省市区县州盟旗":
        for length in range(min(PLACE_MAX, at + 1), 1, -1):
            if is_region(text[at + 1 - length : at + 1]):
                start = at + 1 - length
                break
    for _ in range(PREFIXES_MAX):
        for length in range(min(PLACE_MAX, start), 1, -1):
            place = text[start - length : start]
            if is_region(place) and place not in name:  # a page may print the place twice
                start -= length
                break
        else:
            break
    return start


def printed_bodies(text: str) -> Iterator[tuple[str, int]]:
    """Bodies named with their place anywhere in the text, with their offsets, in order."""
    seen_until = 0
    for level in LEVEL.finditer(text, 0, SEARCHED_MAX):
        end = level.end()
        if end <= seen_until:
            continue
        start = _reach_back(text, end, " ")
        if start == end:
            continue
        match = _named().match(text, end)
        if match and is_body(name := text[start : match.end()]):
            yield name, start
            seen_until = match.end()
