"""What kind of body an agency is, on which level, and the id that stays the same from report to report.

Belongs here: reading the words of a name once its place is known. Places are in `regions`; which words make
which kind is seeds/agency_kinds.csv, which names are one body is seeds/agency_successors.csv.

The id is `REGION-LINE`, e.g. `510800-industry_it`: the region's code of today (so 望城县 and 望城区 agree),
and the line of the body: 经济和信息化委员会 and 工业和信息化局 are one line. A body that was merged into
another keeps a line of its own (地方税务局 → local_tax); its successor stands in the seed, not in the id. Any
other body is `REGION-KIND-HASH` with a hash of its own name, so two bodies of one kind in one region never
collide. Without a region it is `none-KIND-HASH` with a hash of the whole name and, for other than central
bodies, of the site's host: every province has a 县水利局, and those of two sites are not one.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache

import seeds
from tasks.extract.place_names import fold_name, is_central
from tasks.extract.regions import Region, without_region
from tasks.frozen import frozen

HASH_DIGITS = 8  # 2**32 values: bodies of one kind in one region are a few dozen

# Organs that change with a reform while the body stays. Offices (办公室) are bodies beside the one they
# serve, and 管理委员会 is a name, not an organ of 管理: both stand in the seed in full.
_ORGAN = re.compile(r"(?:(?<!管理)委员会|局|厅|(?<!管)委)$")
_JOINTS = re.compile(r"[和与及、]")
_NOTE = re.compile(r"\([^()]{0,60}\)|[()《》“”\"'·,，。:：;；]")
_OF_A_STREET = re.compile(r"^(?:人民)?政府(?=[\u4e00-\u9fff]{1,12}(?:街道|办事处))")
_LEVEL_WORD = re.compile(r"^(?:本|我)?[省市州盟县区旗](?=.)")
_TOWNSHIP = re.compile(
    r"^(?P<place>[^局委厅办]{0,16}?(?P<word>镇|乡|街道|苏木))"
    r"(?P<rest>(?:人民)?政府|办事处|党委|党政|党工委|综合办|经济|社会|$)"
)
_TOWNSHIP_KINDS = {"镇": "town", "乡": "township", "苏木": "township", "街道": "street"}
# 东郊办事处 of a district; not one that sits in another place, or that watches for a ministry
_SUBDISTRICT = re.compile(r"^(?P<place>[^驻街乡镇]{2,8})(?<!专员|监管|联络|移民|督察)(?:街办|街道办|办事处)$")
_ZONE = re.compile(r"^[\u4e00-\u9fff]{2,20}?(?:区|园|港|城)(?:管理委员会|管委会)(?=[\u4e00-\u9fff]{2,}局$)")
_TOWNSHIP_ITSELF = re.compile(r"^(?:人民政府|政府|办事处|党工委办事处|党委|党工委|)$")


@frozen
class AgencyKind:
    kind: str  # a kind of seeds/agency_kinds.csv, or `other`
    level: str | None  # national | province | prefecture | county | township


def describe_agency(name: str, region: Region | None) -> AgencyKind:
    """Kind and level of the body by its name; the level of a body that is no township is its region's."""
    own = _own_name(name, region)
    if _TOWNSHIP.match(own):
        return AgencyKind(kind_of(own), "township")
    if region is not None:
        return AgencyKind(kind_of(own), region.level)
    return AgencyKind(kind_of(own), "national" if is_central(fold_name(name)) else None)


def agency_id(name: str, region: Region | None, site: str) -> str:
    """The id of the body, the same in all its reports. See the module for its parts; `site`: the host the
    report is from, '' for a file."""
    own = _own_name(name, region)
    named = _township(own) or stem(own)
    if region is None:
        apart = "" if is_central(fold_name(name)) else site
        return f"none-{kind_of(own)}-{_hash(apart + named)}"
    line = _line(own)
    return f"{region.lineage}-{line or f'{kind_of(own)}-{_hash(named)}'}"


@cache
def _kind_tables() -> tuple[dict[str, str], tuple[tuple[str, str], ...], tuple[re.Pattern[str], ...]]:
    """Whole names, endings, and the searches for words inside: duties first, then what a zone is called."""
    rows = seeds.rows("agency_kinds.csv")
    whole = {row["pattern"]: row["kind"] for row in rows if row["match"] == "is"}
    ends = tuple((row["pattern"], row["kind"]) for row in rows if row["match"] == "ends" and not row["level"])
    searches = []
    for match in ("contains", "otherwise"):
        words = {row["pattern"] for row in rows if row["match"] == match}
        longest_first = sorted(words, key=len, reverse=True)
        searches.append(re.compile("|".join(map(re.escape, longest_first))))
    return whole, ends, tuple(searches)


@cache
def _kind_of_word() -> dict[str, str]:
    words: dict[str, str] = {}
    for row in seeds.rows("agency_kinds.csv"):
        if row["match"] in ("contains", "otherwise"):
            words.setdefault(row["pattern"], row["kind"])
    return words


def kind_of(own: str) -> str:
    """The kind by what the body calls itself: its ending, else the first word that names a duty."""
    township = _township(own)
    if township is not None:
        return next(kind for word, kind in _TOWNSHIP_KINDS.items() if township.endswith(word))
    whole, ends, searches = _kind_tables()
    if own in whole:
        return whole[own]
    for ending, kind in ends:
        if own.endswith(ending):
            return kind
    for search in searches:
        found = search.search(own)
        if found:
            return _kind_of_word()[found[0]]
    return "other"


def _own_name(name: str, region: Region | None) -> str:
    """人民政府, 司法局, 湖南镇人民政府: the name without places, notes in brackets and a leading 市 县 区."""
    own = without_region(name, region) if region is not None else fold_name(name)
    own = _OF_A_STREET.sub("", _NOTE.sub("", own) or own)
    own = _SUBDISTRICT.sub(r"\g<place>街道办事处", _ZONE.sub("", own))
    if region is not None and region.county is not None:
        own = re.sub(rf"(?<=[局处院])(?:{region.name}|{region.short})(?=分|支)", "", own)
    if _begins_with_duty(own):  # 市场监督管理局, 市政管理委员会, 县级…: the first character is no level
        return own
    bare = _LEVEL_WORD.sub("", own)
    return bare if _begins_with_duty(bare) else own


def _begins_with_duty(own: str) -> bool:
    whole, _, searches = _kind_tables()
    return own in whole or _line(own) is not None or any(search.match(own) for search in searches)


def _township(own: str) -> str | None:
    """湖南镇 of 湖南镇人民政府; None for an organ of a township and for other bodies."""
    found = _TOWNSHIP.match(own)
    return found["place"] if found and _TOWNSHIP_ITSELF.match(own[found.end("place") :]) else None


def stem(own: str) -> str:
    """发展改革 for 发展和改革委员会 and 发展改革局."""
    return _ORGAN.sub("", _JOINTS.sub("", own)) or own


@cache
def _lines() -> dict[str, str]:
    return {stem(row["name"]): row["line"] for row in reversed(seeds.rows("agency_successors.csv"))}


def _line(own: str) -> str | None:
    return _lines().get(stem(own))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]
