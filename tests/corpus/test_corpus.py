"""Every planted fault is found and nothing else; `pytest -s` shows the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.judged import judged, table
from warehouse.lake import open_warehouse

EXACT = 1.0
LIKELY = {"implausible_jump": 0.95, "reuse previous_year": 0.95, "reuse other_body": 0.95}


def check(home: Path, bodies: int, rounds: int, seed: int) -> None:
    with open_warehouse(home) as warehouse:
        scores = judged(warehouse, bodies, rounds, seed)
    print(table(scores))
    for rule, score in scores.items():
        least = LIKELY.get(rule, EXACT)
        assert score.right, f"{rule}: nothing planted was found"
        assert score.recall >= least, f"{rule} misses {score.missed[:5]}"
        assert score.precision >= least, f"{rule} is wrong about {score.false[:5]}"


def test_each_fault_planted_in_some_reports_is_found_and_nothing_else(tmp_path: Path) -> None:
    check(tmp_path, bodies=20, rounds=1, seed=2)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_each_fault_planted_in_three_thousand_reports_is_found_and_nothing_else(tmp_path: Path) -> None:
    check(tmp_path, bodies=300, rounds=20, seed=1)
