"""Reports made by hand for tests of the warehouse: small, valid, every offset pointing at what it says."""

from __future__ import annotations

import datetime as dt
import hashlib

from tasks.load import Loaded
from tasks.values import (
    Check,
    Citation,
    Contact,
    Fact,
    Figure,
    Finding,
    FormCell,
    Metadata,
    Report,
    Section,
    document_id,
)

WHEN = dt.datetime(2024, 1, 31, 8, 30, 15, 123456, tzinfo=dt.UTC)


def fact(
    text: str, evidence: str, indicator: str, value: float, origin: str = "narrative", **more: object
) -> Fact:
    """A fact whose evidence is the first `evidence` in `text`."""
    start = text.index(evidence)
    return Fact(indicator, value, "件", origin, evidence, start, start + len(evidence), **more)  # type: ignore[arg-type]


def made_report(
    number: int,
    *,
    agency: str | None = "甲县教育局",
    agency_id: str | None = "a-1",
    year: int | None = 2017,
    form: str = "form-2014",
    facts: int = 3,
    generation: int = 0,
) -> Loaded:
    """Document `number` as a report; `generation` changes its bytes and the value of every fact."""
    uri = f"pages/{number}.html"
    text = f"{agency}{year}年政府信息公开工作年度报告\n一、概述\n本年度共收到申请{generation}件。电话：0571。"
    stated = tuple(
        fact(text, f"收到申请{generation}件", f"indicator_{i}", float(generation), section_seq=0)
        for i in range(facts)
    )
    number_at = text.index(f"{generation}件")
    report = Report(
        document_id=document_id(uri),
        is_report=True,
        kind_reason="title",
        form=form,
        metadata=Metadata(
            title=text.split("\n")[0],
            agency=agency,
            agency_id=agency_id,
            year=year,
            signed_on=dt.date(2018, 1, 9),
        ),
        sections=(Section(0, 1, "一", "概述", "overview", text[30:], 30, len(text), 25, 30),),
        facts=stated,
        figures=(
            Figure(
                generation, "件", False, "申请", f"{generation}件", number_at, number_at + 2, 0, None, "other"
            ),
        ),
        form_cells=(
            FormCell(form, 0, 1, 2, "三/（一）", "数", "—", None, "not_applicable", "x", None, None, 0, 1),
            FormCell(form, 0, 2, 2, "三/（二）", "数", "0", 0.0, "zero", "y", "applicant", "business", 2, 3),
        ),
        findings=(Finding("problem", 0, text[:5], 0, 5),),
        contacts=(Contact("phone", "0571", 0, 4),),
        citations=(Citation("政府信息公开条例", None, 0, 8),),
        checks=(Check("sum", "warning", False, "3", "4", "The parts do not add up."),),
    )
    content = f"{uri} {generation}".encode()
    return Loaded(
        document_id=document_id(uri),
        uri=uri,
        source="pages",
        media_type="text/html",
        charset="gb18030",
        content_sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        fetched_at=WHEN,
        text=text,
        report=report,
        extractor_version="1",
        run_id="run-1",
    )


def with_facts(
    number: int, text: str, facts: tuple[Fact, ...], form: str = "form-2014", **more: object
) -> Loaded:
    """A report that says `text` and states just these facts."""
    from dataclasses import replace

    base = made_report(number, form=form, **more)  # type: ignore[arg-type]
    bare = Report(base.document_id, True, "title", form, base.report.metadata, facts=facts)
    return replace(base, text=text, report=bare)


def made_other(number: int) -> Loaded:
    """A document that is no report."""
    from dataclasses import replace

    base = made_report(number)
    return replace(base, report=Report(base.document_id, False, "a notice", None, Metadata()))
