"""Random figures of a form whose statutory sums hold, and the blanks among them.

A blank stands only where the figure is zero (or in a total, where `totals-blank` asks for it), so the
sums hold with blanks read as nothing. `break_sums` then breaks one printed sum on purpose.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.generate.model import Key

CHANNELS = frozenset(
    f"proactive_{name}"
    for name in ("gazette", "website", "weibo", "wechat", "press", "broadcast", "other_channels")
)
FORMS = Path(__file__).parents[2] / "seeds" / "forms"


@dataclass(frozen=True, slots=True)
class Scale:
    """How big the figures are and how many of them are zero; `blank`: share of zeros left blank."""

    big: int
    zero: float
    blank: float


@cache
def read_form(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a statutory form."""
    with (FORMS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def number(rng: random.Random, scale: Scale, ratio: float = 1.0) -> int:
    """A count; small ones are frequent, as in the reports."""
    if rng.random() < scale.zero:
        return 0
    top = max(1, int(scale.big * ratio))
    return rng.randint(1, max(1, int(top ** rng.random())))


def money(rng: random.Random, scale: Scale) -> float:
    """An amount in 万元, of whole yuan."""
    if rng.random() < scale.zero:
        return 0.0
    yuan = rng.randint(1, 10 ** rng.randint(3, 9))
    return round((yuan // 100 * 100 if rng.random() < 0.6 else yuan) / 10000, 4)


def figures_2014(rng: random.Random, scale: Scale) -> dict[Key, float]:
    """The 2014 form: leaves at random, then the sums from the innermost outwards."""
    rows = [row for row in read_form("form_2014") if row["indicator"]]
    found: dict[str, float] = {}
    for row in rows:
        found[row["indicator"]] = money(rng, scale) if row["unit"] == "万元" else number(rng, scale)
    for row in reversed(rows):
        parts = [r["indicator"] for r in rows if r["relation"] == f"sum:{row['indicator']}"]
        if parts:
            found[row["indicator"]] = sum(found[part] for part in parts)
    for row in rows:
        if row["relation"].startswith("part:"):
            whole = row["relation"].removeprefix("part:")
            found[row["indicator"]] = min(found[row["indicator"]], found[whole])
    channels = [value for name, value in found.items() if name in CHANNELS]
    found["proactive_total"] = max(found["proactive_total"], *channels)
    return {(name, None, None): value for name, value in found.items()}


def figures_table2(rng: random.Random, scale: Scale, form: str) -> dict[Key, float]:
    """Table 2: changes are signed and never below last year's count."""
    found: dict[Key, float] = {}
    for row in read_form(f"form_{form}_table2"):
        name = row["indicator"]
        if name.endswith("_change"):
            last = int(found[(name.replace("_change", "_last_year"), None, None)])
            amount = number(rng, scale, 0.01)
            found[(name, None, None)] = float(-min(amount, last) if rng.random() < 0.5 else amount)
        elif row["unit"] == "万元":
            found[(name, None, None)] = money(rng, scale)
        else:
            found[(name, None, None)] = number(rng, scale, 0.02 if name.startswith("regul") else 1.0)
    return found


def figures_table3(rng: random.Random, scale: Scale, form: str) -> dict[Key, float]:
    """Table 3: per applicant, 一 + 二 = 三（七） + 四; the last column is the sum of the others."""
    rows = [row["indicator"] for row in read_form(f"form_{form}_table3_rows")]
    outcomes = [
        r["indicator"] for r in read_form(f"form_{form}_table3_rows") if r["relation"].startswith("sum")
    ]
    found: dict[Key, float] = {}
    applicants = [row["applicant"] for row in read_form("table3_columns")]
    for applicant in applicants[:-1]:
        ratio = 0.02 if applicant == "natural_person" else 0.004
        column = {name: float(number(rng, scale, ratio)) for name in outcomes}
        column["outcome_total"] = sum(column.values())
        column["applications_carried_forward"] = number(rng, scale, ratio / 2)
        both = int(column["outcome_total"] + column["applications_carried_forward"])
        column["applications_carried_over"] = rng.randint(0, both // 4)
        column["applications_received"] = both - column["applications_carried_over"]
        for name in rows:
            found[(name, "applicant", applicant)] = column[name]
    for name in rows:
        found[(name, None, None)] = sum(found[(name, "applicant", a)] for a in applicants[:-1])
    return found


def figures_table4(rng: random.Random, scale: Scale) -> dict[Key, float]:
    """Table 4: three groups of four outcomes and their total."""
    found: dict[Key, float] = {}
    rows = read_form("table4_columns")
    for row in rows:
        found[(row["indicator"], None, None)] = number(rng, scale, 0.002)
    for row in rows:
        parts = [r["indicator"] for r in rows if r["relation"] == f"sum:{row['indicator']}"]
        if parts:
            found[(row["indicator"], None, None)] = sum(found[(part, None, None)] for part in parts)
    return found


def is_total(key: Key) -> bool:
    """A total of table 3 (row or column) or of table 4."""
    totals = {"outcome_total", "reconsiderations", "lawsuits_direct", "lawsuits_after_reconsideration"}
    return key[0] in totals or (key[0].startswith(("outcome", "applications_carried")) and key[1] is None)


def leave_blank(
    rng: random.Random, found: dict[Key, float], scale: Scale, totals_blank: bool
) -> dict[Key, float | None]:
    """Some zeros become blank; with `totals_blank` most totals too, whatever their figure."""
    out: dict[Key, float | None] = {}
    for key, value in found.items():
        share = 0.85 if totals_blank and is_total(key) else (scale.blank if value == 0 else 0.0)
        out[key] = None if rng.random() < share else value
    return out


def break_sums(rng: random.Random, found: dict[Key, float | None]) -> None:
    """Change one to three printed counts, as clerks do; amounts and changes stay."""
    keys = [k for k, v in found.items() if v is not None and v == int(v) and not k[0].endswith("_change")]
    for key in rng.sample(keys, min(len(keys), rng.randint(1, 3))):
        value = found[key] or 0.0
        found[key] = value + rng.choice((1, 1, 2, 10)) if value < 2 else value - 1
