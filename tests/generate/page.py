"""`generate(seed)`: from the plan to the page's bytes and its gold."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.generate.figures import (
    Scale,
    break_sums,
    figures_2014,
    figures_table2,
    figures_table3,
    figures_table4,
    leave_blank,
)
from tests.generate.forms import FormMaker
from tests.generate.frames import draw_frame
from tests.generate.local import draw_rows, local_figures, local_form
from tests.generate.model import Block, Generated, Grid, Key, stream, words
from tests.generate.places import Issuer, draw_issuer
from tests.generate.plan import Plan, draw_plan
from tests.generate.printing import Printer
from tests.generate.prose import NEW_HEADS, ProseMaker, new_prose, old_prose
from tests.generate.render import render_page, render_text
from tests.generate.rows import facts_of, undecided
from tests.generate.shapes import (
    add_empty_rows,
    add_foot,
    add_title,
    cut_header,
    cut_place,
    fill_spans,
    group_twice,
    lawsuits_first,
    merge_grids,
    number_columns,
    one_line,
    split_grid,
    total_first,
    turn,
    widen,
)


def draw_figures(plan: Plan, rng: random.Random) -> tuple[dict[Key, float | None], list[Any]]:
    """The figures of the page's forms, and the rows of a local one."""
    zero = 0.92 if plan.has("mostly-zero") or plan.has("mostly-blank") else rng.choice((0.1, 0.3, 0.6))
    blank = (
        0.9 if plan.has("mostly-blank") else 0.0 if plan.has("no-blanks") else rng.choice((0, 0, 0.1, 0.4))
    )
    scale = Scale(3_000_000 if plan.has("huge") else rng.choice((60, 900, 20_000)), zero, blank)
    rows: list[Any] = []
    if plan.generation == "2014":
        found = figures_2014(rng, scale)
    elif plan.generation == "local":
        rows = draw_rows(rng, plan.has("joint-rows"))
        found = local_figures(rng, rows, scale)
    else:
        found = figures_table2(rng, scale, plan.generation) | figures_table4(rng, scale)
        found |= figures_table3(rng, scale, plan.generation)
    figures = leave_blank(rng, found, scale, plan.has("totals-blank"))
    if plan.has("sums-broken"):
        break_sums(rng, figures)
    return figures, rows


def reshape(grid: Grid, plan: Plan, rng: random.Random) -> list[Grid]:
    """Structural mutations of one form, spans still real."""
    if grid.name == "table3" and plan.has("total-first"):
        grid = total_first(grid)
    if grid.name == "table4" and plan.has("lawsuits-first"):
        grid = lawsuits_first(grid)
    if grid.name in ("table3", "table4") and plan.has("numbered-columns"):
        grid = number_columns(grid)
    grid = widen(grid, plan, rng)
    if grid.name in ("table3", "table4") and plan.has("turned"):
        return [turn(grid)]
    if grid.name == "table4" and plan.has("table4-line"):
        grid = one_line(grid, rng)
    if plan.has("group-twice"):
        grid = group_twice(grid)
    if plan.has("header-cut"):
        grid = cut_header(grid, 0, False)
    elif plan.has("header-partial") or plan.has("header-shifted"):
        grid = cut_header(grid, rng.randint(1, 2), plan.has("header-shifted"))
    at = cut_place(grid, rng) if plan.has("split-repeat") or plan.has("split-bare") else None
    if at is None or (plan.has("group-twice") and grid.name == "table3"):
        return [grid]
    return split_grid(grid, at, plan.has("split-repeat"), rng.random() < 0.6)


def finish(grids: list[Grid], plan: Plan, title: str, rng: random.Random) -> list[Block]:
    """Title, foot and spacer rows, then spans undone as the layout asks."""
    if plan.has("title-row"):
        grids = [add_title(grids[0], title, rng), *grids[1:]]
    if plan.has("foot-rows"):
        grids = [*grids[:-1], add_foot(grids[-1], plan.year, rng)]
    if plan.has("empty-rows"):
        grids = [add_empty_rows(grid, rng) for grid in grids]
    blocks: list[Block] = []
    for grid in grids:
        if blocks and rng.random() < 0.3:
            blocks.append(words("center", f"— {rng.randint(2, 9)} —"))
        blocks.append(Block("table", grid=fill_spans(grid, plan.fill)))
    return blocks


def tables_of(plan: Plan, maker: FormMaker, rows: list[Any], rng: random.Random) -> list[list[Block]]:
    """The forms of the page, one list of blocks for each place where forms stand."""
    name = "政府信息公开情况统计表"
    if plan.generation in ("2014", "local"):
        grids = maker.form_2014() if rows == [] else [local_form(maker, rows, rng)]
        grids = [part for grid in grids for part in reshape(grid, plan, rng)]
        return [finish(grids, plan, f"{name}（{plan.year}年度）", rng)]
    parts = [reshape(g, plan, rng) for g in (maker.table2(plan.generation), maker.table3(plan.generation))]
    parts.append([part for grid in maker.table4() for part in reshape(grid, plan, rng)])
    merged = next((m for m in ("merge-all", "merge-some", "merge-no-headings") if plan.has(m)), None)
    heads: list[str | None] = [f"{n}、{NEW_HEADS[i]}" for n, i in (("二", 1), ("三", 2), ("四", 3))]
    if merged == "merge-some":
        pair = merge_grids([*parts[1], *parts[2]], [None, heads[2]])
        return [finish(parts[0], plan, NEW_HEADS[1], rng), finish([pair], plan, NEW_HEADS[2], rng), []]
    if merged:
        shown: list[str | None] = [None, heads[1], heads[2]] if merged == "merge-all" else [None] * 3
        whole = merge_grids([grid for part in parts for grid in part], shown)
        return [finish([whole], plan, NEW_HEADS[1], rng), [], []]
    return [finish(part, plan, NEW_HEADS[i], rng) for i, part in enumerate(parts, 1)]


def article(plan: Plan, issuer: Issuer, title: str, signed: dt.date, rng: random.Random) -> list[Block]:
    """The report's blocks from title to signature."""
    figures, rows = draw_figures(plan, stream(plan.seed, "figures"))
    maker = FormMaker(plan, figures, Printer(plan, stream(plan.seed, "print")), stream(plan.seed, "labels"))
    shaping = stream(plan.seed, "shape")
    tables = tables_of(plan, maker, rows, shaping)
    prose = ProseMaker(plan, issuer, figures, stream(plan.seed, "prose"))
    opening = words(
        "para",
        "根据《中华人民共和国政府信息公开条例》的规定，现公布" + issuer.agency + f"{plan.year}年度报告。"
        f"统计期限为{plan.year}年1月1日至{plan.year}年12月31日。",
    )
    signature = [
        words("right", issuer.agency),
        words("right", f"{signed.year}年{signed.month}月{signed.day}日"),
    ]
    if plan.generation in ("2014", "local"):
        body = old_prose(prose)
        label = [words("para", f"{rng.choice(('附件', '附表'))}：政府信息公开情况统计表（{plan.year}年度）")]
        tail = [*label, *tables[0], *signature] if rng.random() < 0.3 else [*signature, *label, *tables[0]]
        return [words("title", title), opening, *body, *tail]
    if plan.has("comment-debris"):
        tables[0].insert(0, words("para", "-->"))
    body = new_prose(prose, [t if t else [words("para", "见上表。")] for t in tables])
    return [words("title", title), opening, *body, *signature]


def gold_of(plan: Plan, blocks: list[Block], shaky: list[tuple[Key, float | None]]) -> list[dict[str, Any]]:
    """The facts: form cells that the layout places, then the prose's."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for block in blocks:
        cells = [cell for row in block.grid.rows for cell in row] if block.grid else []
        for key, value in facts_of(cells):
            if (key, value) not in shaky:
                unit = (
                    "万元"
                    if key[0]
                    in ("procurement_amount", "admin_fee_amount", "application_fees", "dedicated_budget")
                    else "件"
                )
                rows[(*key, "form")] = {
                    "indicator": key[0],
                    "dimension": key[1],
                    "member": key[2],
                    "value": value,
                    "unit": unit,
                    "approx": False,
                    "origin": "form",
                    "evidence": None,
                }
        for clause in block.clauses:
            for indicator, value, unit, origin in clause.facts:
                rows[(indicator, None, None, value, origin)] = {
                    "indicator": indicator,
                    "dimension": None,
                    "member": None,
                    "value": value,
                    "unit": unit,
                    "approx": False,
                    "origin": origin,
                    "evidence": clause.text,
                }
    return list(rows.values())


def generate(seed: int, only: frozenset[str] | None = None) -> Generated:
    """The page of a seed; `only` leaves out all mutations but these (to find the cause of a failure)."""
    plan = draw_plan(seed, only)
    rng = stream(seed, "page")
    issuer = draw_issuer(rng, plan.year)
    title = issuer.agency + rng.choice(
        (f"{plan.year}年政府信息公开工作年度报告", f"{plan.year}年度政府信息公开工作年度报告")
    )
    signed = dt.date(plan.year + 1, 1, 4) + dt.timedelta(days=rng.randrange(80))
    published = signed + dt.timedelta(days=rng.randrange(5))
    frame = draw_frame(plan.frame, issuer, title, published.isoformat(), stream(seed, "frame"))
    blocks = article(plan, issuer, title, signed, rng)
    shaky = [fact for block in blocks if block.grid for fact in undecided(block.grid, plan)]
    drawing = stream(seed, "render")
    if plan.container == "txt":
        text, suffix = render_text(blocks, plan, frame, drawing), "txt"
    else:
        text, suffix = render_page(blocks, plan, frame, title, drawing), "html"
    encoded = plan.has("gbk") or plan.has("gbk-wrong-meta")
    name = f"g{seed:06d}-{plan.generation}{'.gbk' if encoded and suffix == 'html' else ''}.{suffix}"
    gold = {
        "page": name,
        "is_report": True,
        "agency": issuer.agency,
        "year": plan.year,
        "title": title,
        "region_code": issuer.region_code,
        "signed_on": signed.isoformat(),
        "published_on": published.isoformat() if plan.frame != "plain" else None,
        "form": {"local": "form-local"}.get(plan.generation, f"form-{plan.generation}"),
        "facts": gold_of(plan, blocks, shaky),
        "absent": [],
        "traps": list(plan.mutations),
        "dont_care": [{"indicator": key[0], "value": value} for key, value in shaky if value is not None],
    }
    content = text.encode("gb18030" if encoded else "utf-8")
    return Generated(seed, name, content, gold, plan.mutations, tuple(shaky))
