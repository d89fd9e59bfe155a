"""The capacity model and the page that prints it say the same."""

from __future__ import annotations

from pathlib import Path

from bench.capacity import Costs, seconds, table

PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")


def test_the_page_prints_the_table_that_the_formulas_give() -> None:
    assert table() in PAGE


def test_the_page_prints_the_costs_that_the_formulas_take() -> None:
    costs = Costs()
    letters = {"r": costs.read, "c": costs.carry, "l": costs.load, "s": costs.send, "a": costs.audit}
    for letter, cost in letters.items():
        [row] = [line for line in PAGE.splitlines() if line.startswith(f"| {letter}: ")]
        assert row.split("|")[2].strip() == f"{1000 * cost:g} ms"
    most = (costs.read + costs.carry) / (costs.load + costs.send)
    assert f"about {most:.0f} workers keep one writer busy" in PAGE


def test_more_workers_help_until_the_writer_is_the_limit() -> None:
    costs = Costs(audit=0)
    assert seconds(1_000, 2, costs) == (seconds(1_000, 1, costs)[0] / 2, "workers")
    assert seconds(1_000, 64, costs) == seconds(1_000, 128, costs)
    assert seconds(1_000, 64, costs)[1] == "the writer"
