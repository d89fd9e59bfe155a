from __future__ import annotations

import re

import duckdb
import pytest

import seeds
from warehouse.contract import TABLES, VIEWS
from warehouse.release.content import IDENTITY, KEPT_BACK, PROSE, published
from warehouse.release.masking import BLACK, mask
from warehouse.release.workbook import chinese

# Columns of codes, places, dates and the like: no words of a page, or what a release is about.
CODES = """
document_id uri source parent_id kind media_type charset content_sha256 extractor_version run_id agency
agency_basis agency_id region_code region_basis province city county agency_level agency_kind year_basis
index_number document_number publisher site_operator form number concept indicator dimension member unit
origin scope semantic rule severity label_zh label_en harmonised forms relation parts notes name names
level parent_code successor_code stage expected_document_id category asks_zh asks_en basis body law
"""


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


def test_the_sieve_of_duckdb_lets_nothing_pass_that_a_rule_finds() -> None:
    examples = [row["example"] for row in seeds.rows("masking.csv")]
    for example in examples:
        assert BLACK in mask()(example, ()), example
    found = duckdb.execute(
        "SELECT bool_and(regexp_matches(e, ?)) FROM (SELECT unnest(?) AS e)", [mask().sieve, examples]
    ).fetchone()
    assert found == (True,)


def test_every_column_of_words_was_decided_on() -> None:
    for table in published():
        for column in table.columns:
            if column.type == "VARCHAR":
                decided = column.name in PROSE or column.name in CODES.split()
                assert decided, f"{table.name}.{column.name}: PROSE in content.py, or CODES here?"


def test_every_table_is_published_or_kept_back_and_has_a_chinese_name() -> None:
    names = chinese()
    shown = published()
    assert {t.name for t in shown} | set(KEPT_BACK) == {t.name for t in (*TABLES, *VIEWS)}
    for table in published(is_masked=False):
        assert {table.name, *table.names} <= set(names), table.name
        assert set(IDENTITY.get(table.name, table.key)) <= set(table.names)
    assert all(re.search("[一-鿿]", name) for name in names.values())
