"""A warehouse with reports that name people and telephones, and an edition to publish it as."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from tasks.load import Loaded, load_batch
from tasks.values import Contact, Finding
from tests.warehouse.conftest import empty_home, home, warehouse
from tests.warehouse.made import fact, made_report
from warehouse.lake import Warehouse
from warehouse.release import Edition

__all__ = ["empty_home", "home", "warehouse"]

PERSONAL = "由副县长张小三任组长，联系人：李四，电话：0571-81234567，手机13912345678。共收到申请12件。"


@pytest.fixture
def edition() -> Callable[..., Edition]:
    """`edition("1", is_masked=False)`."""

    def make(version: str = "1", **more: object) -> Edition:
        base = Edition(version, dt.date(2026, 3, 31), "年报数据", "某研究组", "CC-BY-4.0", "", is_masked=True)
        return replace(base, **more)  # type: ignore[arg-type]

    return make


def personal_report(number: int = 1) -> Loaded:
    """A report whose section, finding and evidence hold names and numbers."""
    loaded = made_report(number)
    report = replace(
        loaded.report,
        sections=(replace(loaded.report.sections[0], text=PERSONAL),),
        findings=(Finding("measure", 0, "请与局总机61234567联系", 0, 5),),
        contacts=(Contact("phone", "61234567", 0, 4),),
        facts=(
            *loaded.report.facts,
            fact(PERSONAL, "共收到申请12件", "applications_received", 12.0),
            fact(PERSONAL, "手机13912345678", "trainees", 13912345678.0),
        ),
    )
    return replace(loaded, report=report)


@pytest.fixture
def filled(warehouse: Warehouse) -> Warehouse:
    formula = replace(made_report(2, agency="=cmd()", agency_id="b"), uri="pages/2.html")
    load_batch(warehouse, [personal_report(), formula, made_report(3, year=2016)])
    return warehouse
