"""How documents are divided among task runs."""

from __future__ import annotations

import pytest

from flows.reading import GROUPS, LARGEST_GROUP, SINGLY, grouped
from tasks.fetch import LocalFile


@pytest.mark.parametrize("number", [0, 1, SINGLY])
def test_a_small_run_shows_each_document(number: int) -> None:
    assert [len(group) for group in grouped(candidates(number))] == [1] * number


@pytest.mark.parametrize("number", [SINGLY + 1, 1_000, 5_000, 32_000])
def test_task_runs_of_a_large_run_are_bounded(number: int) -> None:
    groups = list(grouped(candidates(number)))
    assert len(groups) <= GROUPS
    assert [each for group in groups for each in group] == candidates(number)


def test_groups_of_a_huge_run_are_bounded_too_so_that_memory_is() -> None:
    groups = list(grouped(candidates(100_000)))
    assert max(map(len, groups)) == LARGEST_GROUP
    assert len(groups) == 100_000 / LARGEST_GROUP


def candidates(number: int) -> list[LocalFile]:
    return [LocalFile(f"{serial}.txt", f"/{serial}.txt", "/", "text/plain") for serial in range(number)]
