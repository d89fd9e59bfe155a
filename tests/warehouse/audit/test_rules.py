from __future__ import annotations

import pytest

from warehouse.audit.rules import CATEGORIES, Severity, read_rule, rules
from warehouse.lake import Warehouse

HEADER = """-- rule: sums
-- category: arithmetic
-- severity: error
-- asks_zh: 各项之和
--   等于总计
-- asks_en: sums
-- basis: the form
-- message_zh: {expected}
-- message_en: {actual}
"""


def test_every_rule_has_a_header_and_is_in_the_warehouse_with_its_basis(warehouse: Warehouse) -> None:
    rows = {row["rule"]: row for row in warehouse.rows("FROM rules")}
    assert set(rows) == {rule.rule for rule in rules()}
    for rule in rules():
        assert rows[rule.rule]["basis"] == rule.basis
        assert rule.category in CATEGORIES
        assert rule.severity in list(Severity)


def test_a_header_goes_on_in_indented_lines() -> None:
    rule = read_rule("sums", HEADER + "SELECT 1\n-- the end")
    assert rule.asks_zh == "各项之和 等于总计"
    assert rule.query == "SELECT 1\n-- the end\n"


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("-- basis: the form\n", ""),
        HEADER.replace("rule: sums", "rule: other"),
        HEADER.replace("error", "fatal"),
        HEADER.replace("-- rule", "-- A remark\n-- rule"),
        HEADER + "-- colour: red\n",
    ],
    ids=["no basis", "another name", "unknown severity", "no key", "unknown key"],
)
def test_a_header_that_is_not_whole_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match=r"sums\.sql"):
        read_rule("sums", header + "SELECT 1")
