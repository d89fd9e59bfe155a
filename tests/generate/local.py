"""Local forms of 2008–2018: 指标名称 | 计量单位 | this year | cumulative, as provinces and cities had them.

Gold follows the labels of the site 平潭: `proactive_cumulative` from the cumulative column of the total row
only; joint rows under their own codes; rows without a code (收费减免金额) give nothing.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.generate.figures import Scale, money, number
from tests.generate.forms import FormMaker
from tests.generate.model import Cell, Grid, Key


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a local form. `indicator` is None for a row that states no code."""

    labels: tuple[str, ...]
    unit: str
    indicator: str | None


TOTAL = Row(
    ("主动公开信息数", "主动公开文件数", "主动公开政府信息数", "主动公开政府信息总数"),
    "条",
    "proactive_total",
)
CHANNELS = (
    Row(("网站公开数", "政府网站公开数", "政府网站公开信息数"), "条", "proactive_website"),
    Row(("政府公报公开数", "政府公报公开信息数"), "条", "proactive_gazette"),
    Row(("报刊公开数", "报纸杂志公开数"), "条", "proactive_press"),
    Row(("广播电视公开数",), "条", "proactive_broadcast"),
    Row(("其他方式公开数",), "条", "proactive_other_channels"),
)
RECEIVED = Row(
    ("受理依申请公开信息总数", "受理政府信息依申请公开总数", "收到政府信息公开申请总数"),
    "件",
    "applications_received",
)
WAYS = (
    Row(("当面申请数",), "件", "applications_in_person"),
    Row(("网上申请数", "网络申请数"), "件", "applications_online"),
)
APART = (Row(("传真申请数",), "件", "applications_fax"), Row(("信函申请数",), "件", "applications_mail"))
JOINT = (Row(("信函、传真申请数",), "件", "applications_mail_fax"),)
ANSWERED = Row(("对申请的答复总数", "对申请的答复数", "对申请答复总数"), "件", "applications_answered")
ANSWERS = (
    Row(("同意公开答复数",), "件", "answers_granted"),
    Row(("同意部分公开答复数",), "件", "answers_partially_granted"),
    Row(("不予公开答复数", "否决公开答复数"), "件", "answers_denied"),
)
OTHER_ANSWERS = Row(("其他类型答复数",), "件", "answers_other")
RELIEF = Row(("政府信息公开收费减免金额", "收费减免金额"), "元", None)
DISPUTES = (Row(("行政复议数",), "件", "reconsiderations"), Row(("行政诉讼数",), "件", "lawsuits"))
APPEALS = Row(("行政申诉数",), "件", "appeals")
APPEALS_JOINT = Row(("接受行政申诉、举报数", "行政申诉、举报数"), "件", "appeals_complaints")
EXTRAS = (
    Row(("现场咨询数", "现场咨询人次"), "人次", "consultations_in_person"),
    Row(("电话咨询数", "电话咨询人次"), "人次", "consultations_phone"),
    Row(("网上咨询数", "网上咨询人次"), "人次", "consultations_online"),
    Row(("政府信息公开专栏访问量", "政府信息公开栏目访问量"), "人次", "web_visits"),
    Row(("举办各类培训班数",), "次", "trainings"),
    Row(("从事政府信息公开工作人员数",), "人", "staff_total"),
    Row(("政府信息公开查阅点数",), "个", "reading_points"),
)
FEES = Row(("依申请公开信息收取的费用", "依申请公开收取的费用"), "万元", "application_fees")


def draw_rows(rng: random.Random, joint: bool) -> list[tuple[Row, int]]:
    """The rows of a form with their depth; detail rows are numbered under 其中."""
    rows = [(TOTAL, 0)]
    rows += [(row, 1) for row in CHANNELS if rng.random() < 0.6]
    rows += [(RECEIVED, 0), *((row, 1) for row in (*WAYS, *(JOINT if joint else APART)))]
    rows += [(ANSWERED, 0), *((row, 1) for row in ANSWERS)]
    if joint or rng.random() < 0.4:
        rows.append((OTHER_ANSWERS, 1))
    if rng.random() < 0.4:
        rows.append((RELIEF, 0))
    if rng.random() < 0.4:
        rows.append((FEES, 0))
    rows.append((APPEALS_JOINT if joint else APPEALS, 0))
    rows += [(row, 0) for row in DISPUTES]
    rows += [(row, 0) for row in EXTRAS if rng.random() < 0.3]
    return rows


def local_figures(rng: random.Random, rows: list[tuple[Row, int]], scale: Scale) -> dict[Key, float]:
    """This year's figures; received = its ways, answered = its kinds; channels up to the total."""
    found: dict[Key, float] = {}
    for row, _ in rows:
        if row.indicator:
            found[(row.indicator, None, None)] = money(rng, scale) if row is FEES else number(rng, scale)
    for total, parts in ((RECEIVED, (*WAYS, *APART, *JOINT)), (ANSWERED, (*ANSWERS, OTHER_ANSWERS))):
        keys = [(p.indicator or "", None, None) for p in parts]
        found[(total.indicator or "", None, None)] = sum(found.get(key, 0) for key in keys)
    channels = [found.get((row.indicator or "", None, None), 0) for row in CHANNELS]
    found[("proactive_total", None, None)] = max(found[("proactive_total", None, None)], *channels)
    return found


def heads(maker: FormMaker, year: int, rng: random.Random) -> tuple[str, ...]:
    """The value columns from left to right: (header …); 'year' first unless mutated."""
    this = rng.choice((f"{year}年度", f"{year}年", "本年度", "本年数", "本年"))
    total = rng.choice(("历年累计", "历年累计数", "累计数", "累计"))
    if maker.plan.has("last-year-column"):
        return (rng.choice((f"{year - 1}年", "上年数", "上年度")), this)
    return (total, this) if maker.plan.has("cumulative-first") else (this, total)


def local_form(maker: FormMaker, rows: list[tuple[Row, int]], rng: random.Random) -> Grid:
    """The grid; every row has its own second figure, cumulative or last year's."""
    plan = maker.plan
    columns = heads(maker, plan.year, rng)
    names = (rng.choice(("指标名称", "统计指标", "项目")), rng.choice(("计量单位", "单位")), *columns)
    grid = [[maker.label(name, role="head") for name in names]]
    this_at = 1 if plan.has("last-year-column") or plan.has("cumulative-first") else 0
    style = rng.choice(("{}.", "{}、", "{}．"))
    index = 0
    for row, depth in rows:
        index = index + 1 if depth else 0
        prefix = f"{'其中：' if index == 1 else ''}{style.format(index)}" if depth else ""
        money_row = row.unit in ("万元", "元")
        unit = "元" if row is FEES and plan.has("money-yuan-head") else row.unit
        key = (row.indicator or "", None, None)
        if row.indicator:
            this = maker.value(key, row.unit, yuan=unit == "元")
        else:
            this = Cell(maker.printer.dress(str(rng.randint(0, 900))), "other")
        base = this.value or 0.0
        if plan.has("last-year-column"):
            other_value = float(rng.randint(0, int(base) + 30))
        else:
            other_value = base + rng.randint(0, 40) * rng.randint(0, 40)
        other_text = (
            maker.printer.money(round(other_value, 4), unit == "元")
            if money_row
            else maker.printer.count(other_value, row.unit)
        )
        other = Cell(other_text, "other")
        if row is TOTAL and not plan.has("last-year-column"):
            other = Cell(
                other_text, "value", 1, 1, ("proactive_cumulative", None, None), float(int(other_value))
            )
        pair = (this, other) if this_at == 0 else (other, this)
        grid.append([maker.label(prefix + rng.choice(row.labels)), Cell(unit, "unit"), *pair])
    return Grid("local", grid, 1)
