from __future__ import annotations

from pathlib import Path

import pytest

from tasks.load import load_batch
from tests.warehouse.made import fact, made_report, with_facts
from warehouse.lake import Warehouse, open_warehouse

TEXT = "收到申请12件，答复约120件，收到申请15件，公开30条，没有收费。表：12"


def headline(warehouse: Warehouse, indicator: str = "applications_received") -> dict[str, object]:
    (row,) = warehouse.rows("FROM headline WHERE indicator = ?", [indicator])
    return row


def stated(evidence: str, value: float, origin: str, **more: object) -> object:
    indicator = str(more.pop("indicator", "applications_received"))
    return fact(TEXT, evidence, indicator, value, origin, **more)


@pytest.mark.parametrize(
    ("facts", "value", "origin"),
    [
        ([("没有", 0, "statement"), ("15件", 15, "narrative"), ("表：12", 12, "form")], 12, "form"),
        ([("没有", 0, "statement"), ("15件", 15, "narrative")], 15, "narrative"),
        ([("15件", 15, "narrative"), ("12件", 12, "narrative")], 12, "narrative"),
    ],
    ids=["form first", "narrative before statement", "first in the text"],
)
def test_headline_takes_the_best_origin_then_the_first_evidence(
    warehouse: Warehouse, facts: list[tuple[str, float, str]], value: float, origin: str
) -> None:
    load_batch(warehouse, [with_facts(1, TEXT, tuple(stated(*each) for each in facts))])  # type: ignore[misc]
    row = headline(warehouse)
    assert (row["value"], row["origin"]) == (value, origin)
    start, end = row["evidence_start"], row["evidence_end"]
    assert TEXT[start:end] == row["evidence"]  # type: ignore[misc]


def test_headline_prefers_the_higher_confidence_within_an_origin(warehouse: Warehouse) -> None:
    facts = (stated("12件", 12, "narrative", confidence=0.5), stated("15件", 15, "narrative", confidence=0.9))
    load_batch(warehouse, [with_facts(1, TEXT, facts)])  # type: ignore[arg-type]
    assert headline(warehouse)["value"] == 15


def test_headline_leaves_breakdowns_out(warehouse: Warehouse) -> None:
    facts = (stated("12件", 12, "form", dimension="applicant", member="business"),)
    load_batch(warehouse, [with_facts(1, TEXT, facts)])  # type: ignore[arg-type]
    assert warehouse.rows("FROM headline") == []


@pytest.mark.parametrize(
    ("facts", "conflict", "others"),
    [
        ([("表：12", 12, "form", False), ("12件", 12, "narrative", False)], False, []),
        ([("表：12", 12, "form", False), ("15件", 15, "narrative", False)], True, [15]),
        ([("表：12", 12, "form", False), ("12件", 12, "narrative", False), ("没有", 0, "statement", False)],
         True, [0]),
        ([("12件", 12, "narrative", False), ("没有", 0, "statement", False)], True, [0]),
        ([("12件", 12, "narrative", False), ("15件", 15, "narrative", False)], False, [15]),
        ([("表：12", 125, "form", False), ("约120件", 120, "narrative", True)], False, [120]),
        ([("表：12", 12, "form", False), ("约120件", 120, "narrative", True)], True, [120]),
    ],
    ids=["equal", "form, prose", "form, statement", "prose, statement", "one origin", "about", "far"],
)  # fmt: skip
def test_a_conflict_is_flagged_when_another_origin_says_otherwise(
    warehouse: Warehouse, facts: list[tuple[str, float, str, bool]], conflict: bool, others: list[float]
) -> None:
    made = tuple(stated(*each, is_approximate=about) for *each, about in facts)
    load_batch(warehouse, [with_facts(1, TEXT, made)])  # type: ignore[arg-type]
    row = headline(warehouse)
    assert (row["has_conflict"], row["other_values"]) == (conflict, others)


def panel(warehouse: Warehouse) -> dict[tuple[object, ...], tuple[object, ...]]:
    rows = warehouse.rows("FROM panel")
    keys = [(row["agency_id"], row["year"], row["indicator"]) for row in rows]
    assert len(keys) == len(set(keys))
    return {key: (row["value"], row["origin"]) for key, row in zip(keys, rows, strict=True)}


def test_panel_compares_the_forms_under_one_concept(warehouse: Warehouse) -> None:
    old = (stated("12件", 12, "form", indicator="answers_granted"),)
    new = (stated("15件", 15, "form", indicator="outcome_granted"),)
    load_batch(warehouse, [with_facts(1, TEXT, old, year=2017), with_facts(2, TEXT, new, year=2021)])  # type: ignore[arg-type]
    assert panel(warehouse) == {
        ("a-1", 2017, "outcome_granted"): (12, "form"),
        ("a-1", 2021, "outcome_granted"): (15, "form"),
    }


def test_panel_adds_up_a_concept_only_where_all_its_parts_are_stated(warehouse: Warehouse) -> None:
    both = (
        stated("12件", 12, "form", indicator="lawsuits_direct"),
        stated("15件", 15, "form", indicator="lawsuits_after_reconsideration"),
    )
    load_batch(warehouse, [with_facts(1, TEXT, both, year=2021), with_facts(2, TEXT, both[:1], year=2020)])  # type: ignore[arg-type]
    found = panel(warehouse)
    assert found["a-1", 2021, "lawsuits"] == (27, "sum")
    assert ("a-1", 2020, "lawsuits") not in found
    assert found["a-1", 2020, "lawsuits_direct"] == (12, "form")


def test_panel_takes_what_is_stated_before_a_sum(warehouse: Warehouse) -> None:
    facts = (
        stated("12件", 12, "form", indicator="lawsuits_direct"),
        stated("15件", 15, "form", indicator="lawsuits_after_reconsideration"),
        stated("30条", 30, "narrative", indicator="lawsuits"),
    )
    load_batch(warehouse, [with_facts(1, TEXT, facts, year=2021)])  # type: ignore[arg-type]
    assert panel(warehouse)["a-1", 2021, "lawsuits"] == (30, "narrative")


def test_panel_holds_primary_reports_only(warehouse: Warehouse) -> None:
    facts = tuple(stated("15件", 15, "form", indicator=each) for each in ("lawsuits", "reconsiderations"))
    load_batch(warehouse, [with_facts(1, TEXT, facts), with_facts(2, TEXT, facts[:1])])  # type: ignore[arg-type]
    assert set(panel(warehouse)) == {("a-1", 2017, "lawsuits"), ("a-1", 2017, "reconsiderations")}


def test_panel_keeps_an_indicator_that_the_seeds_have_no_more(home: Path) -> None:
    retired = "* REPLACE ('indicator_0' AS indicator, 'indicator_0' AS harmonised, NULL AS parts)"
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(1)])
        warehouse.connection.execute(f"INSERT INTO indicators SELECT {retired} FROM indicators LIMIT 1")
    (home / "warehouse.json").unlink()  # as after an upgrade
    with open_warehouse(home) as warehouse:
        assert set(panel(warehouse)) == {("a-1", 2017, "indicator_0")}
