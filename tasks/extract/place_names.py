"""Place names inside the name of a body or a title: where they stand and which units they may mean.

Belongs here: reading a chain such as 四川省|成都市|郫都区 from left to right, and what may follow a name
without its suffix. Which of several units is meant, and in which year, is decided in `regions`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import seeds
from tasks.extract.region_table import Spelling, Unit, region_table

# Longer strings are no names; a text that long would be searched for nothing.
LONGEST_NAME = 200
# A name found inside a string, not at its beginning, must be this long: 和县, 城区 also occur in 省市和县级.
SHORTEST_INSIDE = 3

_SPACES = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+")
_BEFORE_NAME = re.compile(
    r"(?:关于|中共|中国共产党|中国人民政治协商会议|政协|共青团|标题[:：]?|\d{4}年度?|[《“\"(\[【<〈:：·\-—_|])*"
)
# 城区街道, 湖南镇人民政府: the name of a township that begins like a unit.
_TOWNSHIP_FOLLOWS = re.compile(
    r"街道|社区|街办|(?:镇|乡|村|苏木)(?:人民政府|政府|党委|党政|村民|信息|关于|[(（《]?(?:20\d\d|二[○〇O零0])|$)"
)
# 朝阳市场监督管理局 is a 市场监督管理局 of 朝阳, not a 场监督管理局 of 朝阳市.
_CITY_WORD_FOLLOWS = re.compile(
    r"场(?:监|和质量|管理|服务|发展)|政(?:管理|公用|市容|设施|园林|工程)|容(?:环境|管理|和)"
)
_ENDS_LIKE_A_NAME = re.compile(r"$|[)\]】》,，。、;；\-—_|·]|(?:20\d\d|二[○〇O0])")
_TOWNSHIP = re.compile(r"[\u4e00-\u9fff](?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|党|综合办|$)")
# 西湖风景名胜区 is named after the lake, not after the district.
_SCENERY = re.compile(r"(?:国家级?)?(?:风景|景区|旅游度假|森林公园|湿地|自然保护|国家公园|水库|灌区)")
# What may follow 朔州 in a body's name that the list of known words lacks (朔州煤炭资源管理局).
_ANY_ORGAN = re.compile(
    r"(?![镇乡村街路道山河江湖海岛港城寨庄店桥])[\u4e00-\u9fff]{2,16}(?:局|厅|委|委员会|管委会|办公室|中心|政府)"
    r"(?:$|[^\u4e00-\u9fff]|20\d\d)"
)

# 奉化经济开发区 is of 奉化; 东湖新技术开发区 is named after a lake, not after the district far away.
_ZONE_FOLLOWS = re.compile(
    r"(?:国家级?|省级)?(?:经济|高新|高科技|技术|产业|工业|现代|农业|循环|临港|临空|综合|商贸|物流|旅游|台商|科技|生态|化工|新型){1,4}"
    r"(?:开发区|示范区|园区|产业园|工业园|科技园|集聚区|集中区|试验区|投资区|合作区|管理区)"
)
_SCHOOL_FOLLOWS = re.compile("(?:职业|技术|师范|医科|科技|理工|农业)*(?:学院|大学)")
# Units whose short name is theirs alone near a zone; a short 区 is too often a lake's or a hill's name.
_COUNTIES_AND_CITIES = ("县", "市", "旗", "州", "盟", "地区")


class Place(NamedTuple):
    """A place name in a string: the units it may mean, and where its last part begins and ends."""

    units: tuple[Unit, ...]
    start: int
    last_start: int
    end: int
    parts: int  # how many names the chain has
    shape: str  # of the last part: full | alias | short
    is_same: bool  # false: a zone within the unit (大榭开发区 in 北仑区)


def fold_name(name: str) -> str:
    """The name without spaces, in half-width characters."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", name[: 2 * LONGEST_NAME]))[:LONGEST_NAME]


@cache
def _patterns(match: str) -> re.Pattern[str]:
    """One regex of all patterns of seeds/agency_kinds.csv with the given `match`, the longest first."""
    words = {row["pattern"] for row in seeds.rows("agency_kinds.csv") if row["match"] == match}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def _organ_words() -> re.Pattern[str]:
    matches = ("contains", "otherwise", "is", "ends")
    longest_first = "|".join(_patterns(match).pattern for match in matches)
    return re.compile(rf"(?:{longest_first}|市政府|县政府|区政府|委(?=$|办))")


def central_prefix(text: str) -> int:
    """Length of a leading 国家税务总局, 水利部, 中华人民共和国 …, 0 if there is none."""
    found = _patterns("central").match(text)
    return found.end() if found else 0


def is_central(text: str) -> bool:
    """Led by the centre by its name, or a river-basin or multi-province body."""
    return central_prefix(text) > 0 or _patterns("national").search(text) is not None


def is_township(text: str) -> bool:
    """Whether a township, not only a county, is named: 湖南镇人民政府, 北京街道办事处."""
    return _TOWNSHIP.search(text) is not None


def find_place(text: str) -> Place | None:
    """The first chain of place names in a folded string: at its beginning, else inside by full names only."""
    start = _BEFORE_NAME.match(text).end()  # type: ignore[union-attr]  # every part is optional
    start += central_prefix(text[start:])
    chain = _chain(text, start, ())
    if chain is not None:
        return chain
    for inside in range(start + 1, len(text) - SHORTEST_INSIDE + 1):
        chain = _chain(text, inside, ())
        if chain is not None and _is_clear_inside(chain, text):
            return chain
    return None


def _is_clear_inside(chain: Place, text: str) -> bool:
    first_name = chain.end - chain.start >= SHORTEST_INSIDE
    return first_name and chain.shape != "short" and text[chain.start - 1] not in "驻赴"


def _chain(text: str, start: int, parents: tuple[Unit, ...]) -> Place | None:
    """The longest chain that begins at `start`, each name lying in the one before it."""
    table = region_table()
    best: Place | None = None
    for name in table.names_at(text, start):
        spellings = table.spellings.get(name)
        if spellings is None:  # a word that is never a place: no shorter name hides in it either
            break
        end = start + len(name)
        if _TOWNSHIP_FOLLOWS.match(text, end) or (name[-1] == "市" and _CITY_WORD_FOLLOWS.match(text, end)):
            continue
        for spelling in spellings:
            chain = _with_rest(text, start, end, spelling, parents)
            if chain is not None and (best is None or chain.end > best.end):
                best = chain
            elif chain is not None and best is not None and _is_twin(chain, best):
                best = best._replace(units=best.units + chain.units)
    return best


def _is_twin(chain: Place, best: Place) -> bool:
    """东乡县 is a county of 江西 by its full name and one of 甘肃 by its usual short one."""
    return chain[1:5] == best[1:5] and chain.shape != "short"


def _with_rest(
    text: str, start: int, end: int, spelling: Spelling, parents: tuple[Unit, ...]
) -> Place | None:
    units = spelling.units
    if parents:
        units = tuple(unit for unit in units if any(unit.lies_in(parent) for parent in parents))
    if not units:
        return None
    deeper = _chain(text, end, units) if any(unit.level != "county" for unit in units) else None
    if deeper is not None:
        return deeper._replace(start=start, parts=deeper.parts + 1)
    if spelling.shape == "short" and not _may_end_short(text, end, units):
        return None
    return Place(units, start, start, end, 1, spelling.shape, spelling.is_same)


def _may_end_short(text: str, end: int, units: tuple[Unit, ...]) -> bool:
    """A name without suffix counts only where a body's name goes on, or where the string ends."""
    if _SCENERY.match(text, end):
        return False
    if _SCHOOL_FOLLOWS.match(text, end) and all(unit.level == "county" for unit in units):
        return False  # 泰山学院 is in 泰安, not in 泰山区
    if _ZONE_FOLLOWS.match(text, end):
        return any(unit.name.endswith(_COUNTIES_AND_CITIES) for unit in units)
    if _ENDS_LIKE_A_NAME.match(text, end) or _organ_words().match(text, end):
        return True
    return any(unit.level != "county" for unit in units) and _ANY_ORGAN.match(text, end) is not None
