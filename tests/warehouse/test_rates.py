from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tasks.load import load_batch
from tests.warehouse.audit.forms import sound, with_form
from tests.warehouse.made import fact, with_facts
from warehouse.audit.run import audit
from warehouse.lake import Warehouse

MACROS: Mapping[str, float | None] = {
    "granted_share(3, 1, 8)": 0.5,
    "granted_share(3, 1, 0)": None,
    "granted_share(3, NULL, 8)": None,
    "denied_share(2, 8)": 0.25,
    "denied_share(0, 0)": None,
    "online_share(5, 10)": 0.5,
    "online_share(5, NULL)": None,
    "litigation_rate(1, 4)": 0.25,
    "litigation_rate(1, 0)": None,
    "reconsideration_rate(3, 12)": 0.25,
    "reconsideration_rate(NULL, 12)": None,
    "correction_rate(1, 2, 1)": 0.25,
    "correction_rate(0, 0, 0)": None,
}


def test_a_rate_is_null_where_a_number_is_missing_or_the_whole_is_zero(warehouse: Warehouse) -> None:
    (row,) = warehouse.rows("SELECT " + ", ".join(f'{call} AS "{call}"' for call in MACROS))
    assert row == MACROS


def test_rates_are_those_of_each_bodys_year(warehouse: Warehouse) -> None:
    load_batch(
        warehouse,
        [
            with_form(1, "form-2021", sound("form-2021")),
            with_form(2, "form-2014", sound("form-2014"), agency_id="b-1", year=2016),
        ],
    )
    new, old = warehouse.rows("FROM rates ORDER BY agency_id")
    # sound(): 12 received, 13 outcomes of which 12 granted; 3 reconsiderations, 2 upheld and 1 pending
    assert (new["received"], new["outcomes"], new["granted_share"]) == (12, 13, 12 / 13)
    assert (new["online_share"], new["reconsideration_rate"]) == (None, 3 / 13)
    assert (new["reconsiderations_corrected_share"], new["lawsuits_corrected_share"]) == (0, None)
    assert (old["online_share"], old["granted_share"], old["litigation_rate"]) == (1, 1, 0)


def test_a_balanced_panel_has_the_bodies_of_all_years(warehouse: Warehouse) -> None:
    text = "收到申请12件"
    stated: Any = (fact(text, text, "applications_received", 12.0),)
    years = {"a": (2018, 2019, 2020, 2021), "b": (2018, 2020), "c": (2019, 2020)}
    load_batch(
        warehouse,
        [
            with_facts(year * 10 + number, text, stated, agency_id=body, year=year)
            for number, (body, reported) in enumerate(years.items())
            for year in reported
        ],
    )
    rows = warehouse.rows("SELECT agency_id, year FROM balanced_panel(2019, 2020) ORDER BY ALL")
    assert [tuple(row.values()) for row in rows] == [("a", 2019), ("a", 2020), ("c", 2019), ("c", 2020)]


def test_compliance_counts_what_the_audit_found(warehouse: Warehouse) -> None:
    cells = {**sound("form-2021"), ("reconsiderations", None): 9.0, ("coercion_decisions", None): None}
    texts = {"overview": "概述的正文在这里写了很多", "other_matters": "无。"}
    load_batch(warehouse, [with_form(1, "form-2021", cells, year=2022, texts=texts)])
    assert warehouse.rows("FROM compliance") == []  # not audited yet
    audit(warehouse)
    (row,) = warehouse.rows("FROM compliance")
    # a signature in time says nothing about the day of publishing
    assert (row["is_on_time"], row["days_late"], row["has_form_of_year"]) == (None, None, True)
    assert (row["sums_broken"], row["cells_blank"], row["contradictions"]) == (1, 1, 0)
    assert (row["sections_missing"], row["sections_empty"], row["has_duplicate"]) == (4, 1, False)
    assert row["sums_tested"] > 20
