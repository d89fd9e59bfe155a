from __future__ import annotations

import datetime as dt
from typing import Any

from tasks.load import load_batch
from tests.warehouse.audit.forms import Cells, sound, with_form
from tests.warehouse.made import fact, made_report
from warehouse.audit.run import audit
from warehouse.lake import Warehouse

FORMS = ("form-2014", "form-2019", "form-2021")
YEARS = {"form-2014": 2016, "form-2019": 2019, "form-2021": 2021}


def findings(warehouse: Warehouse) -> list[dict[str, Any]]:
    return warehouse.rows(
        "FROM checks WHERE stage = 'audit' AND NOT passed ORDER BY document_id, rule, indicator, member"
    )


def found(warehouse: Warehouse, *reports: Any) -> set[tuple[str, str | None, str | None]]:
    """Rule, indicator and member of what the audit finds in the reports."""
    load_batch(warehouse, reports)
    audit(warehouse)
    return {(row["rule"], row["indicator"], row["member"]) for row in findings(warehouse)}


def test_an_empty_warehouse_has_nothing_to_audit(warehouse: Warehouse) -> None:
    audited = audit(warehouse)
    assert (audited.reports, audited.changed, audited.findings) == (0, 0, {})
    assert audited.message.startswith("0 reports audited")


def found_by_body(warehouse: Warehouse, reports: dict[str, Any]) -> dict[str, set[Any]]:
    """As `found`, of many bodies in one audit: `reports` by their agency_id."""
    load_batch(warehouse, reports.values())
    audit(warehouse)
    bodies = {report.document_id: body for body, report in reports.items()}
    result: dict[str, set[Any]] = {body: set() for body in reports}
    for row in findings(warehouse):
        result[bodies[row["document_id"]]].add((row["rule"], row["indicator"], row["member"]))
    return result


def test_a_sound_report_satisfies_every_rule(warehouse: Warehouse) -> None:
    reports = {
        form: with_form(number, form, sound(form), year=YEARS[form], agency_id=form)
        for number, form in enumerate(FORMS)
    }
    assert found_by_body(warehouse, reports) == {form: set() for form in FORMS}
    rows = warehouse.rows(
        "SELECT form, rule, tested FROM checks JOIN reports USING (document_id) "
        "WHERE stage = 'audit' AND passed"
    )
    assert all(row["tested"] > 0 for row in rows)
    for form in FORMS:
        sums = {"form_2014_sums"} if form == "form-2014" else {"table3_balance", "table4_sums"}
        assert sums <= {row["rule"] for row in rows if row["form"] == form}


WRONG: dict[str, tuple[str, Cells, set[Any]]] = {
    "reconsiderations": (
        "form-2021",
        {("reconsiderations", None): 4.0},
        {("table4_sums", "reconsiderations", None)},
    ),
    "outcomes": (
        "form-2021",
        {("outcome_denied_deliberative", None): 1.0, ("outcome_denied_deliberative", "research"): 1.0},
        {("table3_outcomes", "outcome_total", None), ("table3_outcomes", "outcome_total", "research")},
    ),
    "applicants": (
        "form-2019",
        {("outcome_denied_deliberative", "research"): 1.0, ("outcome_total", "research"): 1.0},
        {
            ("table3_applicants", "outcome_denied_deliberative", None),
            ("table3_applicants", "outcome_total", None),
            ("table3_balance", "applications_received", "research"),
        },
    ),
    "staff": ("form-2014", {("staff_total", None): 4.0}, {("form_2014_sums", "staff_total", None)}),
    "denials": (
        "form-2014",
        {("answers_denied_privacy", None): 1.0},
        {("form_2014_sums", "answers_denied", None)},
    ),
}


def test_a_sum_that_does_not_hold_is_found_where_it_stands(warehouse: Warehouse) -> None:
    reports = {
        name: with_form(number, form, {**sound(form), **changes}, year=YEARS[form], agency_id=name)
        for number, (name, (form, changes, _)) in enumerate(WRONG.items())
    }
    assert found_by_body(warehouse, reports) == {name: rules for name, (_, _, rules) in WRONG.items()}


def test_a_finding_says_what_was_expected_and_shows_both_sides(warehouse: Warehouse) -> None:
    report = with_form(1, "form-2021", {**sound("form-2021"), ("reconsiderations", None): 4.0})
    found(warehouse, report)
    (row,) = findings(warehouse)
    assert (row["expected"], row["actual"], row["severity"], row["tested"]) == ("3", "4", "error", 3)
    assert row["expected_evidence"] == "2 + 0 + 0 + 1"
    assert report.text[row["actual_start"] : row["actual_end"]] == row["actual_evidence"] == "4"
    shown = report.text[row["expected_start"] : row["expected_end"]].split("\n")
    assert shown == ["2", "0", "0", "1"]
    assert "3" in row["message"] and "4" in row["message"] and "行政复议数" in row["message_zh"]
    assert row["audited_at"] is not None


def test_a_blank_cell_makes_a_missing_part_a_warning(warehouse: Warehouse) -> None:
    blank = {**sound("form-2021"), ("reconsiderations_pending", None): None}
    found(warehouse, with_form(1, "form-2021", blank))
    assert {row["severity"] for row in findings(warehouse) if row["rule"] == "table4_sums"} == {"warning"}


def test_parts_beyond_the_total_are_wrong_even_beside_a_blank_cell(warehouse: Warehouse) -> None:
    cells = {
        **sound("form-2021"),
        ("reconsiderations_pending", None): None,
        ("reconsiderations", None): 1.0,
    }
    found(warehouse, with_form(1, "form-2021", cells))
    assert {row["severity"] for row in findings(warehouse) if row["rule"] == "table4_sums"} == {"error"}


TEXT = "本年度收到申请13件，约1.2万条，收到申请12件。"


def stated(evidence: str, value: float, indicator: str = "applications_received", **more: Any) -> Any:
    return fact(TEXT, evidence, indicator, value, **more)


def test_the_text_is_held_against_the_form(warehouse: Warehouse) -> None:
    said = {
        "agrees": [stated("收到申请12件", 12)],
        "contradicts": [stated("收到申请13件", 13)],
        "one of two agrees": [stated("收到申请13件", 13), stated("收到申请12件", 12)],
        "about": [stated("约1.2万条", 13, is_approximate=True)],
    }
    reports = {
        name: with_form(
            number, "form-2021", sound("form-2021"), facts=facts, prose=f"{TEXT}{name}", agency_id=name
        )
        for number, (name, facts) in enumerate(said.items())
    }
    wrong = {"contradicts": {("prose_against_form", "applications_received", None)}}
    assert found_by_body(warehouse, reports) == {name: wrong.get(name, set()) for name in said}


def test_carried_over_and_in_force_are_followed_from_year_to_year(warehouse: Warehouse) -> None:
    this = {**sound("form-2021"), ("applications_carried_over", None): 3.0}
    rules = found(
        warehouse,
        with_form(1, "form-2021", sound("form-2021"), year=2021),
        with_form(2, "form-2021", this, year=2022),
    )
    assert {rule for rule, _, _ in rules} == {"carried_over"}
    row = next(row for row in findings(warehouse) if row["member"] is None)
    assert (row["expected"], row["actual"]) == ("2", "3")
    (last,) = warehouse.rows("SELECT document_id FROM reports WHERE year = 2021")
    assert row["expected_document_id"] == last["document_id"]


DATES = [
    (2018, "education", dt.date(2019, 3, 31), False),
    (2018, "education", dt.date(2019, 4, 1), True),
    (2019, "education", dt.date(2020, 1, 31), False),
    (2019, "education", dt.date(2020, 2, 1), True),
    (2019, "government", dt.date(2020, 3, 31), False),
    (2019, "government", dt.date(2020, 4, 1), True),
    (2021, "town", dt.date(2022, 3, 20), False),
]


def test_the_deadline_is_that_of_the_year_and_the_body(warehouse: Warehouse) -> None:
    reports = {}
    for number, (year, kind, signed, _) in enumerate(DATES):
        form = "form-2014" if year == 2018 else "form-2019" if year == 2019 else "form-2021"
        reports[f"a-{number}"] = with_form(
            number, form, sound(form), year=year, kind=kind, signed_on=signed, agency_id=f"a-{number}"
        )
    late = [("deadline", None, None) in rules for rules in found_by_body(warehouse, reports).values()]
    assert late == [is_late for *_, is_late in DATES]
    days = warehouse.rows("SELECT days_late FROM compliance ORDER BY agency_id")
    # a signature in time says nothing about the day of publishing
    assert [row["days_late"] for row in days] == [1 if is_late else None for *_, is_late in DATES]


def test_a_second_audit_changes_nothing(warehouse: Warehouse) -> None:
    load_batch(warehouse, [with_form(1, "form-2021", {**sound("form-2021"), ("lawsuits_direct", None): 9.0})])
    first = audit(warehouse)
    before = warehouse.rows("SELECT * FROM checks ORDER BY ALL")
    snapshots = warehouse.rows("SELECT max(snapshot_id) AS s FROM gongkai.snapshots()")
    second = audit(warehouse)
    assert (first.changed, second.changed) == (1, 0)
    assert warehouse.rows("SELECT * FROM checks ORDER BY ALL") == before
    assert warehouse.rows("SELECT max(snapshot_id) AS s FROM gongkai.snapshots()") == snapshots


def test_the_audit_leaves_what_was_seen_while_reading(warehouse: Warehouse) -> None:
    load_batch(warehouse, [made_report(1)])
    before = warehouse.rows("FROM checks WHERE stage = 'extract'")
    audit(warehouse)
    audit(warehouse)
    assert len(before) == 1
    assert warehouse.rows("FROM checks WHERE stage = 'extract'") == before


def test_a_report_loaded_again_is_audited_anew(warehouse: Warehouse) -> None:
    wrong = {**sound("form-2021"), ("lawsuits_direct", None): 9.0}
    assert found(warehouse, with_form(1, "form-2021", wrong)) == {("table4_sums", "lawsuits_direct", None)}
    assert found(warehouse, with_form(1, "form-2021", sound("form-2021"))) == set()


def test_an_audit_of_some_reports_covers_their_bodies_and_nothing_else(warehouse: Warehouse) -> None:
    wrong = {**sound("form-2021"), ("lawsuits_direct", None): 9.0}
    load_batch(
        warehouse,
        [
            with_form(1, "form-2021", wrong, year=2021),
            with_form(2, "form-2021", wrong, year=2022),
            with_form(3, "form-2021", wrong, agency_id="a-2"),
        ],
    )
    audited = audit(warehouse, "SELECT document_id FROM reports WHERE year = 2022")
    assert audited.reports == 2
    checked = warehouse.rows(
        "SELECT DISTINCT agency_id FROM checks JOIN reports USING (document_id) WHERE stage = 'audit'"
    )
    assert checked == [{"agency_id": "a-1"}]
