"""Regions as of the year: what a body's name and the hints beside it single out, and what they leave open."""

import csv
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tasks.extract.place_names import find_place, fold_name
from tasks.extract.region_table import Unit, region_table, units
from tasks.extract.regions import resolve_region

HERE = Path(__file__).parent
SHARED = Path(__file__).parents[4] / "shared" / "reports"


def cases() -> list[tuple[str, int | None, list[str], str | None]]:
    with (HERE / "region_cases.csv").open(encoding="utf-8", newline="") as file:
        return [
            (
                row["name"],
                int(row["year"]) if row["year"] else None,
                row["hints"].split("|") if row["hints"] else [],
                row["region_code"] or None,
            )
            for row in csv.DictReader(file)
        ]


def code(name: str, year: int | None, *hints: str) -> str | None:
    region = resolve_region([name], year, hints)
    return region.code if region else None


@pytest.mark.parametrize(("name", "year", "hints", "expected"), cases())
def test_name_and_year_give_the_code_as_of_that_year(
    name: str, year: int | None, hints: list[str], expected: str | None
) -> None:
    assert code(name, year, *hints) == expected


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["real", "pingtan", "constructed"])
def test_gold_agencies_have_their_gold_region(folder: str) -> None:
    gold = SHARED / folder / "gold.jsonl"
    if not gold.exists():
        pytest.skip(f"{gold} is not here")
    pages = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    wrong = [page["page"] for page in pages if code(page["agency"], page["year"]) != page["region_code"]]
    assert pages
    assert wrong == []


def test_region_names_its_province_city_and_county() -> None:
    region = resolve_region(["郫都区统计局"], 2018)
    assert region is not None
    assert (region.province, region.city, region.county) == ("四川省", "成都市", "郫都区")
    assert (region.level, region.basis, region.lineage) == ("county", "name", "510117")


def test_district_of_a_municipality_has_no_city() -> None:
    region = resolve_region(["北京市大兴区庞各庄镇人民政府"], 2022)
    assert region is not None
    assert (region.province, region.city, region.county) == ("北京市", None, "大兴区")


def test_basis_tells_the_step() -> None:
    def basis(names: list[str], year: int, *hints: str) -> str:
        region = resolve_region(names, year, hints)
        assert region is not None
        return region.basis

    assert basis(["苏仙区人民政府"], 2019) == "name"
    assert basis(["郴州市苏仙区人民政府"], 2019) == "name+parent"
    assert basis(["鼓楼区教育局", "徐州市鼓楼区教育局2015年报告"], 2015) == "name+parent"
    assert basis(["鼓楼区教育局"], 2015, "徐州市教育局") == "name+hint"
    assert basis(["区教育局"], 2015, "徐州市鼓楼区人民政府") == "hint"
    assert basis(["深圳市公安局南山分局"], 2016) == "name+branch"
    assert basis(["宁乡县人民政府"], 2019) == "name,renamed"
    assert basis(["崇文区人民政府"], 2015) == "name,out-of-year"


def test_a_name_without_place_gives_way_to_the_next_name() -> None:
    region = resolve_region(["我局", "成都市郫都区统计局2018年年报"], 2018)
    assert region is not None and region.code == "510117"


def test_the_first_name_is_not_overruled_by_later_ones_or_hints() -> None:
    region = resolve_region(["朔州市中小企业局", "大同市城区"], 2014, ["晋城市人民政府"])
    assert region is not None and region.code == "140600"


def test_every_unit_of_every_year_is_found_by_its_name_under_its_parent() -> None:
    table = region_table()
    for year in (2008, 2013, 2019, 2024):
        for unit in units():
            parent = table.with_code(unit.parent, year) if unit.parent else None
            if unit.is_valid(year) and parent is not None:
                for organ in ("人民政府", "市场监督管理局"):
                    assert code(parent.name + unit.name + organ, year) == unit.code
                assert code(unit.name + "乡村振兴局", year) in (unit.code, None)


def test_names_that_several_units_bear_stay_open_without_a_parent() -> None:
    for year in (2008, 2016, 2024):
        named: dict[str, set[str]] = {}
        for unit in units():
            if unit.is_valid(year):
                named.setdefault(unit.name, set()).add(unit.code)
        shared = [name for name, codes in named.items() if len(codes) > 1]
        assert len(shared) > 20
        assert [name for name in shared if code(name + "人民政府", year) is not None] == []


def was_anyhow_valid(unit: Unit, found: str, year: int) -> bool:
    return unit.code == found and unit.was_valid(year)


@settings(max_examples=300, deadline=None)
@given(
    names=st.lists(st.text(max_size=60), max_size=3),
    place=st.sampled_from([unit.name for unit in units()]),
    year=st.one_of(st.none(), st.integers(1900, 2100)),
    hints=st.lists(st.text(max_size=60), max_size=3),
)
def test_resolving_never_raises(names: list[str], place: str, year: int | None, hints: list[str]) -> None:
    resolve_region(names, year, hints)
    resolve_region([place + name for name in names], year, [place + hint for hint in hints])


@settings(max_examples=500, deadline=None)
@given(
    place=st.sampled_from(sorted({unit.name for unit in units()})),
    organ=st.sampled_from(["人民政府", "公安局", "街道办事处", "市场监督管理局", ""]),
    year=st.integers(2008, 2024),
)
def test_a_code_is_one_of_the_year_or_says_that_it_is_not(place: str, organ: str, year: int) -> None:
    region = resolve_region([place + organ], year)
    if region is not None and "out-of-year" not in region.basis:
        bearers = region_table().by_code[region.code]
        assert any(was_anyhow_valid(unit, region.code, year) for unit in bearers)


def test_any_length_of_text_is_searched_in_bounded_time() -> None:
    for worst in ("市" * 1_000_000, "北京市朝阳" * 200_000, "吉林" * 500_000, "20142015" * 100_000):
        start = time.perf_counter()
        resolve_region([worst], 2015, [worst])
        assert time.perf_counter() - start < 5


def test_a_lookup_takes_microseconds() -> None:
    names = [name for name, _, _, _ in cases()]
    resolve_region(names[:1], 2015)
    start = time.perf_counter()
    for name in names:
        resolve_region([name], 2015)
    assert (time.perf_counter() - start) / len(names) < 0.002  # 15 µs when the machine is idle


class TestTheSeeds:
    def test_a_code_begins_once_a_year(self) -> None:
        keys = [(row["region_code"], row["valid_from"]) for row in seeds.rows("regions.csv")]
        assert len(keys) == len(set(keys)) > 7000

    def test_successors_are_in_force_today(self) -> None:
        rows = seeds.rows("regions.csv")
        today = {row["region_code"] for row in rows if not row["valid_to"]}
        assert {row["successor_code"] for row in rows if row["successor_code"]} <= today

    def test_every_unit_in_force_lies_in_a_unit_in_force(self) -> None:
        for year in range(2008, 2025):
            valid = [unit for unit in units() if unit.is_valid(year)]
            codes = {unit.code for unit in valid}
            assert [unit.name for unit in valid if unit.parent and unit.parent not in codes] == []

    def test_aliases_point_to_units(self) -> None:
        codes = {row["region_code"] for row in seeds.rows("regions.csv")}
        for row in seeds.rows("region_aliases.csv"):
            assert row["relation"] in {"same", "within", "own", "never"}
            if row["relation"] in {"same", "within"}:
                assert row["region_code"] in codes, row["name"]
                place = find_place(fold_name(row["name"]) + "人民政府")
                assert place is not None and place.end >= len(row["name"]), row["name"]
