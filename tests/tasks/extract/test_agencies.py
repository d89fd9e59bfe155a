"""Agencies: kind and level by the name, and ids that stay while names change and never meet by accident."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tasks.extract.agencies import agency_id, describe_agency, stem
from tasks.extract.regions import resolve_region

SHARED = Path(__file__).parents[4] / "shared" / "reports"


def identity(name: str, year: int = 2016, *hints: str) -> str:
    return agency_id(name, resolve_region([name], year, hints), "")


@pytest.mark.parametrize(
    ("name", "kind", "level"),
    [
        ("望城县人民政府", "government", "county"),
        ("吉林市人民政府办公厅", "government_office", "prefecture"),
        ("平潭综合实验区管委会", "management_committee", "county"),
        ("平潭综合实验区党工委管委会办公室", "management_committee_office", "county"),
        ("苏州工业园区管委会", "management_committee", "prefecture"),
        ("成都市高新区财政局", "finance", "prefecture"),
        ("青岛市崂山风景名胜区管理委员会", "management_committee", "prefecture"),
        ("北京市崇文区市政管理委员会", "urban_management", "county"),
        ("衢州市衢江区湖南镇人民政府", "town", "township"),
        ("广州市越秀区人民政府北京街道办事处", "street", "township"),
        ("肥东县马湖乡人民政府", "township", "township"),
        ("朔州市中小企业局", "industry_it", "prefecture"),
        ("商丘市工业和信息化委员会", "industry_it", "prefecture"),
        ("武侯区乡镇企业局", "industry_it", "county"),
        ("张店区商务局", "commerce", "county"),
        ("国家税务总局郴州市苏仙区税务局", "tax", "county"),
        ("延边州教育局", "education", "prefecture"),
        ("上海市教育委员会", "education", "province"),
        ("郫都区教育体育局", "education", "county"),
        ("郫都区文化体育和旅游局", "culture_tourism", "county"),
        ("宁夏回族自治区民族事务委员会", "ethnic_religious", "province"),
        ("苏仙区民政局", "civil_affairs", "county"),
        ("苏仙区市场监督管理局(知识产权局)", "market_regulation", "county"),
        ("苏仙区应急管理局", "emergency", "county"),
        ("苏仙区退役军人事务局", "veterans", "county"),
        ("苏仙区医疗保障局", "medical_insurance", "county"),
        ("苏仙区人力资源和社会保障局", "human_resources", "county"),
        ("苏仙区自然资源局", "natural_resources", "county"),
        ("苏仙区信访局", "petition", "county"),
        ("苏仙区审计局", "audit", "county"),
        ("朔州市国有资产监督管理委员会", "sasac", "prefecture"),
        ("深圳市公安局南山分局", "public_security", "county"),
        ("水利部长江水利委员会", "water", "national"),
        ("朔州市某某联席会议", "other", "prefecture"),
        ("铜陵市铜官区东郊办事处", "street", "township"),
        ("铜官区东郊街办", "street", "township"),
        ("铜陵市人民政府驻北京办事处", "liaison_office", "prefecture"),
        ("怀远县第二中学", "education", "county"),
        ("怀远二中", "education", "county"),
        ("上海海事大学", "education", "province"),
        ("外交部", "foreign_affairs", "national"),
        ("太湖流域管理局", "water", "national"),
        ("桐乡市水务集团有限公司", "enterprise", "county"),
        ("武汉市东湖生态旅游风景区管理委员会市场监督管理局", "market_regulation", "prefecture"),
    ],
)
def test_name_tells_kind_and_level(name: str, kind: str, level: str) -> None:
    found = describe_agency(name, resolve_region([name], 2016))
    assert (found.kind, found.level) == (kind, level)


def test_a_body_without_known_place_has_no_level() -> None:
    assert describe_agency("鼓楼区教育局", None).level is None


@pytest.mark.parametrize(
    "names",
    [
        ["苏仙区人民政府", "郴州市苏仙区人民政府", "湖南省郴州市苏仙区人民政府", "苏仙区政府"],
        ["广元市经济和信息化委员会", "广元市经济和信息化局", "广元市经信局", "四川省广元市工业和信息化局"],
        ["朔州市卫生局", "朔州市卫生和计划生育委员会", "朔州市卫生健康委员会", "朔州市卫健委"],
        ["张店区环境保护局", "淄博市生态环境局张店分局", "淄博市张店区环保局"],
        ["张店区国土资源局", "张店区自然资源局", "淄博市国土资源局张店分局"],
        ["张店区工商行政管理局", "张店区市场监督管理局", "张店区市场监督管理局（知识产权局）"],
        ["张店区安全生产监督管理局", "张店区应急管理局"],
        ["延边朝鲜族自治州教育局", "延边州教育局"],
        ["平潭县地方税务局", "平潭综合实验区地方税务局", "平潭地税局"],
        ["国家税务总局张店区税务局", "张店区国家税务局"],
        ["衢州市衢江区湖南镇人民政府", "衢江区湖南镇政府", "衢江区湖南镇"],
        ["越秀区北京街道办事处", "广州市越秀区人民政府北京街道办事处"],
        ["张店区发展和改革委员会", "张店区发展改革局", "张店区发改局"],
    ],
)
def test_one_body_keeps_its_id_under_all_its_names(names: list[str]) -> None:
    assert len({identity(name) for name in names}) == 1


def test_renaming_of_the_region_keeps_the_id() -> None:
    assert identity("望城县人民政府", 2008) == identity("长沙市望城区人民政府", 2015) == "430112-government"
    assert identity("晋宁县水务局", 2013) == identity("昆明市晋宁区水务局", 2019)


def test_a_region_that_was_merged_away_keeps_ids_of_its_own() -> None:
    assert identity("北京市崇文区人民政府", 2009) != identity("北京市东城区人民政府", 2012)
    assert identity("莱芜市人民政府", 2012) != identity("济南市莱芜区人民政府", 2020)


def test_a_name_with_only_its_level_gets_the_id_of_the_full_one() -> None:
    assert identity("区司法局", 2020, "眉山市彭山区人民政府") == identity("眉山市彭山区司法局", 2020)
    assert identity("县人民政府", 2020, "肥东县人民政府") == identity("肥东县人民政府", 2020)
    assert identity("市场监督管理局", 2020, "肥东县人民政府") == identity("肥东县市场监督管理局", 2020)


@pytest.mark.parametrize(
    "names",
    [
        ["苏仙区人民政府", "苏仙区人民政府办公室", "郴州市人民政府", "苏仙区审计局"],
        ["平潭综合实验区管委会", "平潭综合实验区管委会办公室", "平潭县人民政府", "平潭县人民政府办公室"],
        ["朔州市中小企业局", "朔州市经济和信息化委员会", "朔州市煤炭工业局", "朔州市信息产业局"],
        ["朔州市工商行政管理局", "朔州市质量技术监督局", "朔州市食品药品监督管理局"],
        ["朔州市国家税务局", "朔州市地方税务局"],
        ["朔州市卫生局", "朔州市人口和计划生育委员会", "朔州市爱国卫生运动委员会办公室"],
        ["朔州市公安局", "朔州市公安局交通警察支队", "朔州市公安局开发区分局", "朔州市公安局朔城分局"],
        ["北仑区财政局", "大榭开发区财政局", "大榭开发区管委会", "宁波保税区管委会"],
        ["朔州市应急管理局", "朔州市应急管理办公室"],
        ["朔州市城市管理局", "朔州市城市管理行政执法局", "朔州市市政公用局", "朔州市园林局"],
        ["朔州市行政审批服务局", "朔州市政务服务中心", "朔州市公共资源交易中心"],
        ["衢江区湖南镇人民政府", "衢江区大洲镇人民政府", "衢江区湖南镇卫生院"],
        ["苏仙区民族事务中心", "苏仙区民族工作站", "苏仙区某某站", "苏仙区某某所"],
    ],
)
def test_different_bodies_never_share_an_id(names: list[str]) -> None:
    assert len({identity(name) for name in names}) == len(names)


def test_without_a_known_place_bodies_of_one_name_are_one_only_on_one_site() -> None:
    assert agency_id("县水利局", None, "a.example") == agency_id("县水利局", None, "a.example")
    assert agency_id("县水利局", None, "a.example") != agency_id("县水利局", None, "b.example")
    assert agency_id("长江水利委员会", None, "a.example") == agency_id("长江水利委员会", None, "b.example")


def test_the_link_from_old_to_new_stands_in_the_seed() -> None:
    successors = {row["name"]: row for row in seeds.rows("agency_successors.csv")}
    assert successors["地方税务局"]["successor"] == "税务局"
    assert successors["地方税务局"]["relation"] == "merged"
    assert successors["经济和信息化委员会"]["line"] == successors["工业和信息化局"]["line"]
    assert {row["relation"] for row in successors.values()} <= {"current", "renamed", "merged"}


def test_spellings_of_one_name_stand_in_one_line() -> None:
    lines: dict[str, set[str]] = {}
    for row in seeds.rows("agency_successors.csv"):
        lines.setdefault(stem(row["name"]), set()).add(row["line"])
    assert {name: found for name, found in lines.items() if len(found) > 1} == {}


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["real", "pingtan", "constructed"])
def test_every_gold_agency_has_a_kind(folder: str) -> None:
    gold = SHARED / folder / "gold.jsonl"
    if not gold.exists():
        pytest.skip(f"{gold} is not here")
    pages = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    regions = {page["agency"]: resolve_region([page["agency"]], page["year"]) for page in pages}
    kinds = {name: describe_agency(name, region) for name, region in regions.items()}
    assert [name for name, found in kinds.items() if found.kind == "other" or found.level is None] == []


@settings(max_examples=200, deadline=None)
@given(name=st.text(max_size=80), place=st.sampled_from(["", "苏仙区", "朔州市", "衢江区湖南镇"]))
def test_any_name_gets_a_kind_and_a_plain_id(name: str, place: str) -> None:
    region = resolve_region([place + name], 2016)
    assert describe_agency(place + name, region).kind
    assert agency_id(place + name, region, "").isascii()
