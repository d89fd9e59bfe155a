"""Generated pages through clean and extract: form figures right or flagged, prose found.

The generator's own promises are tested first (pure, sums hold, gold stands on the page). The number of
pages comes from GONGKAI_GENERATED (default 60), the first seed from GONGKAI_GENERATED_SEED.
"""

from __future__ import annotations

import html
import os
import re
import unicodedata
from collections import defaultdict

import pytest

from tests.generate.__main__ import describe
from tests.generate.compare import Outcome
from tests.generate.figures import read_form
from tests.generate.model import Generated
from tests.generate.page import generate
from tests.generate.run import Tally, run

FIRST = int(os.environ.get("GONGKAI_GENERATED_SEED", "1"))
COUNT = int(os.environ.get("GONGKAI_GENERATED", "60"))
SLOW_COUNT = 2000
PROSE_RECALL, PROSE_PRECISION = 0.98, 0.99
# Figures neither right nor flagged: where header and blanks are both gone nothing places a cell, and it is
# left out. The goal is none, and not reached: 11 of 238,003 on the first 2,000 seeds.
MISSING_SHARE = 0.0001


def digits_of(page: Generated) -> str:
    """The page's text without tags, spaces and thousands separators, in half width."""
    is_gbk = any(name.startswith("gbk") for name in page.mutations)
    text = page.content.decode("gb18030" if is_gbk else "utf-8")
    text = re.sub(r'(?i)<input[^>]*value="([^"]*)">', r"\1", text)  # a field shows what it holds
    text = re.sub(r"(?s)<!--.*?-->|<style.*?</style>|<[^>]*>", "", text)
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", html.unescape(text)))


def printed(value: float) -> set[str]:
    """The ways a figure may be printed: in its unit, or in yuan."""
    plain = f"{abs(value):.4f}".rstrip("0").rstrip(".")
    return {plain, f"{abs(value):.2f}", f"{abs(value) * 10000:.0f}"}


def test_a_seed_gives_the_same_page() -> None:
    assert generate(5) == generate(5)


@pytest.mark.parametrize("seed", range(1, 41))
def test_gold_has_each_fact_once(seed: int) -> None:
    facts = generate(seed).gold["facts"]
    keys = [(f["indicator"], f["dimension"], f["member"], f["value"], f["origin"]) for f in facts]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("seed", range(1, 121))
def test_every_gold_figure_stands_on_the_page(seed: int) -> None:
    page = generate(seed)
    text = digits_of(page)
    for fact in page.gold["facts"]:
        if fact["origin"] != "statement":
            assert any(form in text for form in printed(fact["value"])), fact
        if fact["evidence"]:
            assert re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", fact["evidence"])) in text


@pytest.mark.parametrize("seed", range(1, 201))
def test_sums_hold_in_gold_unless_broken(seed: int) -> None:
    page = generate(seed)
    if {"sums-broken", "totals-blank"} & set(page.mutations) or page.undecidable:
        pytest.skip("sums are broken, or parts of them are not gold")
    value = {(f["indicator"], f["member"]): f["value"] for f in page.gold["facts"] if f["origin"] == "form"}
    form = str(page.gold["form"]).removeprefix("form-")
    names = {"2014": ("form_2014",), "local": ()}.get(form, (f"form_{form}_table3_rows", "table4_columns"))
    members = {member for _, member in value}
    for name in names:
        sums: dict[str, list[str]] = defaultdict(list)
        for row in read_form(name):
            if row["relation"].startswith("sum:"):
                sums[row["relation"].removeprefix("sum:")].append(row["indicator"])
        for member in members:
            for total, parts in sums.items():
                if (total, member) in value:
                    assert value[total, member] == sum(value.get((part, member), 0) for part in parts)
    if form in ("2019", "2021"):
        for indicator in {i for i, member in value if member}:
            parts6 = [v for (i, member), v in value.items() if i == indicator and member]
            assert value.get((indicator, None), sum(parts6)) == sum(parts6)


def failures(tally: Tally) -> str:
    """The table and the first failing pages, for the assertion's message."""
    bad = [(p, o) for p, o in tally.pages if o.form_failed][:8]
    shown = "\n".join(f"{describe(p.seed, o)}\n  mutations: {', '.join(p.mutations)}" for p, o in bad)
    return f"\n{tally.table()}\n{tally.summary()}\n{shown}"


def judge(tally: Tally) -> None:
    """What issue 3 asks of generated pages."""
    print(failures(tally))
    assert tally.total(lambda o: len(o.silent)) == 0, failures(tally)
    assert tally.total(lambda o: len(o.guessed)) == 0, failures(tally)
    missing = tally.total(lambda o: len(o.missing))
    assert missing <= MISSING_SHARE * tally.total(lambda o: o.form_facts), failures(tally)
    assert tally.prose_recall >= PROSE_RECALL, prose(tally)
    assert tally.prose_precision >= PROSE_PRECISION, prose(tally)


def prose(tally: Tally) -> str:
    """The pages whose prose was read otherwise than written."""

    def differs(outcome: Outcome) -> bool:
        return bool(outcome.prose_missed or outcome.prose_wrong)

    return tally.summary() + "\n" + "\n".join(describe(p.seed, o) for p, o in tally.pages if differs(o))


def test_generated_pages_are_read_or_flagged() -> None:
    judge(run(range(FIRST, FIRST + COUNT)))


@pytest.mark.slow
def test_two_thousand_generated_pages_are_read_or_flagged() -> None:
    judge(run(range(FIRST, FIRST + SLOW_COUNT)))
