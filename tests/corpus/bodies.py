"""Bodies with ten years of sound reports: every sum holds, every chain from year to year, every deadline."""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import dataclass, field

from tasks.load import Loaded
from tasks.values import Fact, Figure
from tests.warehouse.audit.forms import SIX, Cells, sound, table3, with_form
from tests.warehouse.made import fact
from tests.warehouse.reuse.prose import sentences

YEARS = range(2014, 2024)
KINDS = ("education", "government", "town")
ITEMS = ("licensing", "other_services", "penalty", "coercion", "admin_fee")
SENTENCES = 10
SPREAD = 0.3
"""How much counts change from year to year by themselves (standard deviation of their logarithm)."""


@dataclass
class Year:
    """What one report will say; a fault changes it before it is built, `planted` says which."""

    number: int
    body: str
    agency: str
    kind: str
    year: int
    form: str
    cells: Cells
    total: int
    parts: list[int]
    received: int
    signed_on: dt.date
    texts: dict[str, list[str]]
    shares: list[float] = field(default_factory=list)
    received_said: int | None = None
    fee: int = 0
    planted: set[str] = field(default_factory=set)

    def built(self) -> Loaded:
        prose, facts, figures = self._prose()
        return with_form(
            self.number,
            self.form,
            self.cells,
            agency_id=self.body,
            agency=self.agency,
            year=self.year,
            signed_on=self.signed_on,
            facts=facts,
            figures=figures,
            prose=prose,
            kind=self.kind,
            texts={concept: "".join(words) for concept, words in self.texts.items()},
        )

    def _prose(self) -> tuple[str, list[Fact], list[Figure]]:
        received = self.received if self.received_said is None else self.received_said
        shares = self.shares or [round(100 * part / self.total, 1) for part in self.parts]
        names = ("政策法规类", "规划计划类", "行政许可类")
        items = [
            (f"{name}{part}条", f"占{share}%", name, part, share)
            for name, part, share in zip(names, self.parts, shares, strict=True)
        ]
        total, asked = f"主动公开政府信息{self.total}条", f"收到政府信息公开申请{received}件"
        listed = "，".join(f"{words}，{share}" for words, share, *_ in items)
        fee = f"收取信息处理费{self.fee}元。" if self.fee else ""
        prose = f"{self.body}在{self.year}年{total}，其中：{listed}。{asked}。{fee}"
        facts = [
            fact(prose, total, "proactive_total", float(self.total)),
            fact(prose, asked, "applications_received", float(received)),
        ]
        if self.fee:
            facts.append(fact(prose, f"信息处理费{self.fee}元", "application_fees", float(self.fee)))
        figures = [_figure(prose, total, self.total, "条", "主动公开政府信息", "proactive_total")]
        for number, (words, share_words, name, part, share) in enumerate(items):
            subject = name if number else f"其中：{name}"
            figures.append(_figure(prose, words, part, "条", subject))
            after = prose.index(words)
            figures.append(_figure(prose, share_words, share, "%", "占", scope="share", after=after))
        return prose, facts, figures


def _figure(
    prose: str,
    words: str,
    value: float,
    unit: str,
    subject: str,
    indicator: str | None = None,
    scope: str = "this_year",
    after: int = 0,
) -> Figure:
    start = prose.index(words, after)
    return Figure(float(value), unit, False, subject, words, start, start + len(words), 0, indicator, scope)


def bodies(count: int, seed: int) -> list[Year]:
    """All years of `count` bodies, sound."""
    dice = random.Random(seed)
    made: list[Year] = []
    for number in range(count):
        made += _body(number, dice, len(made))
    return made


def _body(number: int, dice: random.Random, first: int) -> list[Year]:
    body, kind = f"b-{number:04}", KINDS[number % 3]
    usual = {name: dice.uniform(20, 400) for name in ("received", "total", "penalty")}
    is_local = number % 10 == 7
    state = {"forward": dice.randint(1, 5), "in_force": dice.randint(20, 60)}
    items = {name: dice.randint(5, 90) for name in ITEMS}
    years = []
    for place, year in enumerate(YEARS):
        form = "form-2021" if year > 2020 else "form-2019" if year > 2018 else "form-2014"
        form = "form-local" if is_local and form == "form-2014" else form
        is_outdated = year == 2021 and number % 15 == 4  # goes on with the form before
        form = "form-2019" if is_outdated else form
        now = {name: max(12, round(mean * math.exp(dice.gauss(0, SPREAD)))) for name, mean in usual.items()}
        total = now["total"] * 10
        parts = [total // 2, total // 3]
        years.append(
            Year(
                number=first + place,
                body=body,
                # renamed when offices were merged
                agency=f"第{number}{'新' if year > 2018 and number % 5 == 1 else ''}局",
                kind=kind,
                year=year,
                form=form,
                cells=_cells(form, now, total, state, items, dice),
                total=total,
                parts=[*parts, total - sum(parts)],
                received=now["received"],
                signed_on=dt.date(year + 1, 1, dice.randint(5, 30)),
                planted={"form_of_year"} if is_outdated else set(),
                texts={
                    concept: sentences(f"{body} {year} {concept}", SENTENCES if concept != "remedies" else 2)
                    for _, concept in SIX
                },
            )
        )
    return years


def _cells(
    form: str,
    now: dict[str, int],
    total: int,
    state: dict[str, int],
    items: dict[str, int],
    dice: random.Random,
) -> Cells:
    """The form's cells; `state` and `items` are what the next year's report begins with."""
    received = float(now["received"])
    if form == "form-local":
        return {
            ("proactive_total", None): float(total),
            ("applications_received", None): received,
            ("applications_online", None): received - 2,
            ("applications_mail_fax", None): 2.0,
            ("application_fees", None): 0.0,
        }
    cells = sound(form)
    if form == "form-2014":
        cells.update({("proactive_total", None): float(total), ("proactive_website", None): float(total)})
        for row in ("received", "online", "concluded", "concluded_on_time", "answered"):
            cells[f"applications_{row}", None] = received
        cells["answers_granted", None] = received
        return cells
    forward = dice.randint(1, 5)
    cells.update(table3(form, now["received"], state["forward"], forward))
    state["forward"] = forward
    cells["penalty_decisions", None] = float(now["penalty"])
    for name in ITEMS:
        if (f"{name}_items_last_year", None) in cells:
            change = dice.randint(0, 3)
            cells[f"{name}_items_last_year", None] = float(items[name])
            cells[f"{name}_items_change", None] = float(change)
            items[name] += change
    issued, repealed = dice.randint(0, 6), dice.randint(0, 4)
    if form == "form-2021":
        state["in_force"] += issued - repealed
        for name, value in (("issued", issued), ("repealed", repealed), ("in_force", state["in_force"])):
            cells[f"normative_documents_{name}", None] = float(value)
            cells[f"regulations_{name}", None] = 7.0 if name == "in_force" else 0.0
    return cells
