from __future__ import annotations

import re

import duckdb
import pytest

import seeds
from warehouse.contract import AGENCIES, CHECKS, INDICATORS, REPORTS, TABLES, VIEWS
from warehouse.release.content import KEPT_BACK, identity, prose, published
from warehouse.release.masking import BLACK, mask
from warehouse.release.workbook import chinese


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系电话：010-61234567，邮编", "联系电话：████████████，邮编"),
        ("电话(0571)81234567、81234568", "电话" + BLACK * 23),
        ("手机１３９１２３４５６７８", "手机███████████"),
        ("信箱 zhang.san@example.gov.cn。", "信箱 ████████████████████████。"),
        ("身份证330102198001011234号", "身份证██████████████████号"),
        ("填报人：张三 审核人：李小四 联系电话", "填报人：██ 审核人：███ 联系电话"),
        ("负责人:张三审核人:王五", "负责人:██审核人:██"),
        ("由副县长张小三任组长", "由副县长███任组长"),
        ("局党组书记、局长李四同志任组长", "局党组书记、局长██同志任组长"),
        ("QQ：100000001", "QQ：█████████"),
    ],
)
def test_names_and_numbers_are_blackened_at_the_same_length(text: str, masked: str) -> None:
    assert mask()(text, ()) == masked
    assert len(mask()(text, ())) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "共受理12345热线1234567件",
        "主动公开政府信息1398000条，其中规范性文件12件",
        "电话咨询1234次，全年累计8000000.00元",
        "主要负责同志任组长，分管领导同志任副组长",
        "局长任组长，各科室负责人为成员。联系人：办公室",
        "发布日期2018-01-20，索引号000014349/2018-00123",
        "申请总数 0 23 1234567 8",
        "负责人: 审核人: 填报人:\n",
    ],
)
def test_what_a_report_is_about_stays(text: str) -> None:
    assert mask()(text, ()) == text


def test_a_reports_own_contacts_are_blackened_wherever_they_are_repeated() -> None:
    assert mask()("总机61234567，分机8001", ["61234567"]) == f"总机{BLACK * 8}，分机8001"
    assert mask()("在中山路8号院2楼", ["8号院2楼", "中山路8号院"]) == f"在{BLACK * 6}2楼"


def test_the_sieve_of_duckdb_lets_nothing_pass_that_a_rule_finds() -> None:
    examples = [row["example"] for row in seeds.rows("masking.csv")]
    for example in examples:
        assert BLACK in mask()(example, ()), example
    found = (
        duckdb.connect()
        .execute(
            "SELECT bool_and(regexp_matches(e, ?)) FROM (SELECT unnest(?) AS e)", [mask().sieve, examples]
        )
        .fetchone()
    )
    assert found == (True,)


def test_words_of_pages_are_masked_in_every_table_and_codes_are_not() -> None:
    words = {(table.name, name) for table in published() for name in prose(table)}
    assert words >= {("sections", "text"), ("facts", "evidence"), ("headline", "evidence")}
    assert words >= {("form_cells", "raw"), ("checks", "message_zh"), ("findings", "text")}
    assert not {name for _, name in words} & {"agency", "uri", "indicator", "unit", "document_id"}


def test_every_table_is_published_or_kept_back_and_has_a_chinese_name() -> None:
    names = chinese()
    shown = published()
    assert {t.name for t in shown} | set(KEPT_BACK) == {t.name for t in (*TABLES, *VIEWS)}
    assert {table.name for table in published(is_masked=False)} <= set(names)
    assert {*REPORTS.names, *AGENCIES.names, *INDICATORS.names, *CHECKS.names} <= set(names)
    assert all(set(identity(table)) <= set(table.names) for table in published(is_masked=False))
    assert all(re.search("[一-鿿]", name) for name in names.values())
