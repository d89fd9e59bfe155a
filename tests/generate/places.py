"""Random issuers: real places with their codes (GB/T 2260), and bodies that existed in the year."""

from __future__ import annotations

import random
from dataclasses import dataclass

PLACES: tuple[tuple[str, str, str, str], ...] = (  # name, code, host, word for the whole area
    ("石家庄市", "130100", "sjz", "全市"),
    ("正定县", "130123", "zd", "全县"),
    ("邯郸市", "130400", "hd", "全市"),
    ("太原市", "140100", "ty", "全市"),
    ("平遥县", "140728", "pingyao", "全县"),
    ("呼和浩特市", "150100", "huhhot", "全市"),
    ("沈阳市", "210100", "sy", "全市"),
    ("大连市", "210200", "dl", "全市"),
    ("长春市", "220100", "cc", "全市"),
    ("哈尔滨市", "230100", "hrb", "全市"),
    ("南京市", "320100", "nj", "全市"),
    ("昆山市", "320583", "ks", "全市"),
    ("江阴市", "320281", "jy", "全市"),
    ("沛县", "320322", "px", "全县"),
    ("杭州市", "330100", "hz", "全市"),
    ("义乌市", "330782", "yw", "全市"),
    ("安吉县", "330523", "anji", "全县"),
    ("德清县", "330521", "deqing", "全县"),
    ("嘉善县", "330421", "jiashan", "全县"),
    ("桐庐县", "330122", "tonglu", "全县"),
    ("开化县", "330824", "kaihua", "全县"),
    ("合肥市", "340100", "hf", "全市"),
    ("芜湖市", "340200", "wh", "全市"),
    ("凤阳县", "341126", "fy", "全县"),
    ("福州市", "350100", "fz", "全市"),
    ("厦门市", "350200", "xm", "全市"),
    ("晋江市", "350582", "jj", "全市"),
    ("安溪县", "350524", "anxi", "全县"),
    ("南昌市", "360100", "nc", "全市"),
    ("赣州市", "360700", "gz", "全市"),
    ("青岛市", "370200", "qd", "全市"),
    ("烟台市", "370600", "yt", "全市"),
    ("郑州市", "410100", "zz", "全市"),
    ("洛阳市", "410300", "ly", "全市"),
    ("武汉市", "420100", "whu", "全市"),
    ("宜昌市", "420500", "yc", "全市"),
    ("浏阳市", "430181", "liuyang", "全市"),
    ("湘潭市", "430300", "xt", "全市"),
    ("珠海市", "440400", "zh", "全市"),
    ("佛山市", "440600", "fs", "全市"),
    ("桂林市", "450300", "gl", "全市"),
    ("阳朔县", "450321", "ys", "全县"),
    ("海口市", "460100", "hk", "全市"),
    ("三亚市", "460200", "sanya", "全市"),
    ("绵阳市", "510700", "my", "全市"),
    ("遵义市", "520300", "zy", "全市"),
    ("昆明市", "530100", "km", "全市"),
    ("宝鸡市", "610300", "bj", "全市"),
    ("天水市", "620500", "ts", "全市"),
    ("银川市", "640100", "yinchuan", "全市"),
)

BODIES_ALWAYS = ("财政局", "教育局", "民政局", "统计局", "司法局", "审计局", "交通运输局", "水利局", "公安局")
BODIES_UNTIL_2018 = ("国土资源局", "农业局", "环境保护局", "旅游局")
BODIES_SINCE_2019 = ("自然资源局", "农业农村局", "应急管理局", "医疗保障局", "市场监督管理局")


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who reports: `whole` is how the prose calls its area (全市) or itself (本局)."""

    agency: str
    place: str
    region_code: str
    host: str
    whole: str
    is_government: bool


def draw_issuer(rng: random.Random, year: int) -> Issuer:
    """A government or one of its departments of that year."""
    place, code, host, whole = rng.choice(PLACES)
    if rng.random() < 0.5:
        return Issuer(f"{place}人民政府", place, code, host, whole, True)
    bodies = BODIES_ALWAYS + (BODIES_UNTIL_2018 if year <= 2018 else BODIES_SINCE_2019)
    return Issuer(f"{place}{rng.choice(bodies)}", place, code, host, "我局", False)
