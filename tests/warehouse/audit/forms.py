"""Reports with statutory tables for tests of the audit: sound as made, each cell with its place in the text.

`sound_2021()` and its sisters give the cells' values by (indicator, member); change some, then `with_form`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

import seeds
from tasks.load import Loaded
from tasks.values import Fact, Figure, FormCell, Report, Section
from tests.warehouse.made import made_report

Cells = dict[tuple[str, str | None], float | None]
"""Indicator and member (None: the total) → what the cell says; None: a blank cell."""

MEMBERS = ("natural_person", "business", "research", "public_interest", "legal_service", "other_organisation")
SIX = (
    ("总体情况", "overview"),
    ("主动公开政府信息情况", "proactive"),
    ("收到和处理政府信息公开申请情况", "applications"),
    ("政府信息公开行政复议、行政诉讼情况", "remedies"),
    ("存在的主要问题及改进情况", "problems_measures"),
    ("其他需要报告的事项", "other_matters"),
)


def table3(form: str, received: int = 12, carried_over: int = 3, carried_forward: int = 2) -> Cells:
    """Table 3 with two kinds of applicants; everything concluded was granted, but one."""
    rows = [
        row["indicator"] for row in seeds.rows(f"forms/form_{form[5:]}_table3_rows.csv") if row["indicator"]
    ]
    cells: Cells = {(row, member): 0.0 for row in rows for member in (None, *MEMBERS)}
    done = received + carried_over - carried_forward
    for row, value in (
        ("applications_received", received),
        ("applications_carried_over", carried_over),
        ("outcome_granted", done - 1),
        ("outcome_other", 1),
        ("outcome_total", done),
        ("applications_carried_forward", carried_forward),
    ):
        business = {"applications_received": 1, "outcome_other": 1, "outcome_total": 1}.get(row, 0)
        cells[row, None] = float(value)
        cells[row, "business"] = float(business)
        cells[row, "natural_person"] = float(value - business)
    return cells


def table4() -> Cells:
    rows = [row["indicator"] for row in seeds.rows("forms/table4_columns.csv")]
    cells: Cells = {(row, None): 0.0 for row in rows}
    cells["reconsiderations_upheld", None] = 2.0
    cells["reconsiderations_pending", None] = 1.0
    cells["reconsiderations", None] = 3.0
    return cells


def sound(form: str) -> Cells:
    """All cells of a form that satisfies every rule."""
    if form == "form-2014":
        rows = [row["indicator"] for row in seeds.rows("forms/form_2014.csv") if row["indicator"]]
        cells: Cells = {(row, None): 0.0 for row in rows}
        for row in ("applications_received", "applications_online", "applications_concluded"):
            cells[row, None] = 5.0
        for row in ("applications_concluded_on_time", "applications_answered", "answers_granted"):
            cells[row, None] = 5.0
        cells.update({("staff_total", None): 3.0, ("staff_full_time", None): 1.0})
        cells["staff_part_time", None] = 2.0
        return cells
    rows = [row["indicator"] for row in seeds.rows(f"forms/form_{form[5:]}_table2.csv")]
    return {**{(row, None): 4.0 for row in rows}, **table3(form), **table4()}


def with_form(
    number: int,
    form: str,
    cells: Mapping[tuple[str, str | None], float | None],
    *,
    agency_id: str = "a-1",
    year: int = 2021,
    signed_on: dt.date | None = None,
    facts: Iterable[Fact] = (),
    prose: str = "",
    kind: str = "education",
    agency: str = "甲县教育局",
    figures: Iterable[Figure] = (),
    texts: Mapping[str, str] | None = None,
) -> Loaded:
    """A report that carries the form; `facts` and `figures` must lie in `prose`, which its text begins with;
    `texts` are its sections by concept (all six by default)."""
    base = made_report(number, agency=agency, agency_id=agency_id, year=year, form=form)
    text = [prose or f"第{number}号报告。", "\n"]
    sections, length = [], sum(map(len, text))
    for seq, (heading, concept) in enumerate(SIX):
        if texts is not None and concept not in texts:
            continue
        body = f"{heading}的正文。" if texts is None else texts[concept]
        sections.append(
            Section(seq, 1, "一", heading, concept, body, length, length + len(body), length, length)
        )
        text.append(body)
        length += len(body)
    made, stated = [], list(facts)
    for at, ((indicator, member), value) in enumerate(cells.items()):
        raw = "" if value is None else f"{value:g}"
        semantic = "empty" if value is None else "number" if value else "zero"
        dimension = None if member is None else "applicant"
        made.append(
            FormCell(
                form, _table(form, indicator), at, 1 + MEMBERS.index(member) if member else 0, indicator, "",
                raw, value, semantic, indicator, dimension, member, length, length + len(raw),
            )
        )  # fmt: skip
        if value is not None:
            stated.append(
                Fact(
                    indicator, value, "件", "form", raw, length, length + len(raw), dimension, member,
                    table_no=_table(form, indicator), row_no=at,
                )
            )  # fmt: skip
        text.append(raw + "\n")
        length += len(raw) + 1
    metadata = replace(
        base.report.metadata, signed_on=signed_on or dt.date(year + 1, 1, 20), agency_kind=kind
    )
    report = Report(
        base.document_id, True, "title", form, metadata,
        sections=tuple(sections), form_cells=tuple(made), facts=tuple(stated),
        figures=tuple(figures),
    )  # fmt: skip
    return replace(base, text="".join(text), report=report)


def _table(form: str, indicator: str) -> int:
    if form == "form-2014":
        return 1
    if indicator.startswith(("outcome", "applications")):
        return 3
    return 4 if indicator.startswith(("reconsiderations", "lawsuits")) else 2
