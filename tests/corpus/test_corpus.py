"""Every planted fault is found and nothing else; the tables printed are what the issue asks for."""

from __future__ import annotations

import pytest

from tests.corpus.judged import Score, judged, table
from warehouse.lake import Warehouse

EXACT = 1.0
LIKELY = {"implausible_jump": 0.95, "reuse previous_year": 0.95, "reuse other_body": 0.95}


def check(scores: dict[str, Score]) -> None:
    print(table(scores))
    for rule, score in scores.items():
        least = LIKELY.get(rule, EXACT)
        assert score.right, f"{rule}: nothing planted was found"
        assert score.recall >= least, f"{rule} misses {score.missed[:5]}"
        assert score.precision >= least, f"{rule} is wrong about {score.false[:5]}"


def test_each_fault_planted_in_some_reports_is_found_and_nothing_else(warehouse: Warehouse) -> None:
    check(judged(warehouse, count=20, rounds=1, seed=2))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_each_fault_planted_in_a_corpus_of_three_thousand_is_found_and_nothing_else(
    warehouse: Warehouse,
) -> None:
    check(judged(warehouse, count=300, rounds=20, seed=1))
