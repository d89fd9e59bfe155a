"""Compares a report with the gold of its generated page, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.generate.model import Generated

SURE = 1.0
Found = tuple[str, str | None, str | None]


@dataclass(slots=True)
class Outcome:
    """What became of one page; every list holds a line for people.

    `silent`: wrong form figures that the engine is sure of; `guessed`: the same where the layout does not
    place the figure; `missing`: form figures neither reported nor replaced by a flagged one; `flagged`:
    wrong, but with confidence < 1. `fields`: metadata that differ (not the generator's business).
    """

    silent: list[str] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    prose_missed: list[str] = field(default_factory=list)
    prose_wrong: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    form_facts: int = 0
    form_right: int = 0
    form_unsure: int = 0
    prose_facts: int = 0
    prose_reported: int = 0

    @property
    def form_failed(self) -> bool:
        """Whether a figure of a form was wrong in silence, or lost."""
        return bool(self.silent or self.missing or self.guessed)


def compare(page: Generated, report: Any) -> Outcome:
    """`report` is a `tasks.values.Report`."""
    out = Outcome()
    if not report.is_report:
        out.fields.append(f"not recognised as a report: {report.kind_reason}")
    got_form: dict[Found, list[tuple[float, float]]] = defaultdict(list)
    got_prose: set[tuple[str, str | None, str | None, float]] = set()
    for fact in report.facts:
        if fact.origin == "form":
            name = (fact.indicator, fact.dimension, fact.member)
            got_form[name].append((round(fact.value, 4), fact.confidence))
        else:
            got_prose.add((fact.indicator, fact.dimension, fact.member, round(fact.value, 4)))
    compare_form(page, got_form, out)
    want = {
        (f["indicator"], f["dimension"], f["member"], round(float(f["value"]), 4))
        for f in page.gold["facts"]
        if f["origin"] != "form"
    }
    out.prose_facts, out.prose_reported = len(want), len(got_prose)
    out.prose_missed = [f"{key}" for key in sorted(want - got_prose, key=str)]
    out.prose_wrong = [f"{key}" for key in sorted(got_prose - want, key=str)]
    compare_fields(page, report, out)
    return out


def compare_form(page: Generated, got: dict[Found, list[tuple[float, float]]], out: Outcome) -> None:
    """Form facts: right, flagged, missing, silently wrong, or guessed where nothing decides."""
    gold = {
        (f["indicator"], f["dimension"], f["member"]): round(float(f["value"]), 4)
        for f in page.gold["facts"]
        if f["origin"] == "form"
    }
    open_names = {key: None if value is None else round(value, 4) for key, value in page.undecidable}
    out.form_facts = len(gold)
    for name, value in gold.items():
        values = got.get(name, [])
        if any(v == value for v, _ in values):
            out.form_right += 1
            out.form_unsure += all(c < SURE for v, c in values if v == value)
        elif not any(c < SURE for _, c in values):
            out.missing.append(f"{name} = {value}, got {values or 'nothing'}")
    for name, values in got.items():
        for value, confidence in values:
            if value in (gold.get(name), open_names.get(name)):
                continue
            line = f"{name} = {value} (confidence {confidence:g}), gold {gold.get(name, 'blank')}"
            if confidence < SURE:
                out.flagged.append(line)
            elif name in open_names:
                out.guessed.append(line)
            else:
                out.silent.append(line)


def compare_fields(page: Generated, report: Any, out: Outcome) -> None:
    """The metadata of the page, for the record only."""
    meta = report.metadata
    for name in ("agency", "year", "title", "region_code", "signed_on", "published_on"):
        value = getattr(meta, name)
        if (None if value is None else str(value)) != (
            None if page.gold[name] is None else str(page.gold[name])
        ):
            out.fields.append(f"{name}: {value!r}, gold {page.gold[name]!r}")
    if report.form != page.gold["form"]:
        out.fields.append(f"form: {report.form!r}, gold {page.gold['form']!r}")
