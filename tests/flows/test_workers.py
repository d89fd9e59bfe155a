"""Worker processes: an end of the run ends all of them, and nobody waits for one for ever."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from flows.outcome import Job
from flows.workers import Workers
from tasks.errors import GongkaiError
from tasks.fetch import discover

HANG = """
import time
import flows.documents as documents
documents.clean = lambda page, tick: time.sleep(600)
from flows.worker import main; main()
"""


GREEDY = """
import flows.documents as documents
documents.clean = lambda page, tick: [bytearray(10_000_000) for _ in range(100_000)]
from flows.worker import main; main()
"""

# A document of seven parts: each takes less than the limit of a step, all together more.
LONG = """
import time
import flows.documents as documents
read = documents.clean
def clean(page, tick):
    for _ in range(7):
        time.sleep(1)
        tick()
    return read(page)
documents.clean = clean
from flows.worker import main; main()
"""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path, "run", "version")


def test_the_end_of_a_run_stops_those_at_work_and_those_that_wait(
    job: Job, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.workers._START", HANG)
    candidates = discover([str(sample)]).candidates
    stopped: list[str] = []

    def read() -> None:
        try:
            workers.read(candidates)
        except GongkaiError as error:
            stopped.append(error.message)

    threads = [threading.Thread(target=read) for _ in range(4)]
    with Workers(job, 1) as workers:
        for thread in threads:
            thread.start()
        time.sleep(2)
    for thread in threads:
        thread.join(10)
    assert stopped == ["The run was stopped."] * 4


def test_a_worker_that_cannot_start_is_an_error_with_its_last_words(
    job: Job, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.workers._START", "raise MemoryError('no room')")
    candidates = discover([str(sample)]).candidates
    with (
        Workers(job, 1) as workers,
        pytest.raises(GongkaiError, match="die before they begin: MemoryError: no room"),
    ):
        workers.read(candidates)


def test_a_worker_killed_while_it_waits_costs_nothing(job: Job, sample: Path) -> None:
    candidates = discover([str(sample / "n01-wangcheng-2008.txt")]).candidates
    with Workers(job, 1) as workers:
        first = workers.read(candidates)
        [worker] = workers._live
        worker.kill()
        second = workers.read(candidates)
    assert len(first.fetched) == len(second.fetched) == 1
    assert second.failures == ()


def test_modules_in_the_users_folder_are_not_taken_for_ours(
    job: Job, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tasks", "flows", "seeds"):
        (tmp_path / "cwd" / name).mkdir(parents=True)
        (tmp_path / "cwd" / name / "__init__.py").write_text("raise RuntimeError('not ours')")
    monkeypatch.chdir(tmp_path / "cwd")
    candidates = discover([str(sample / "n01-wangcheng-2008.txt")]).candidates
    with Workers(job, 1) as workers:
        assert len(workers.read(candidates).fetched) == 1


def test_a_document_that_takes_too_much_memory_ends_alone(
    job: Job, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.workers._START", GREEDY)
    candidates = discover([str(sample / "n01-wangcheng-2008.txt")]).candidates
    with Workers(replace(job, memory_bytes=500_000_000), 1) as workers:
        [failure] = workers.read(candidates).failures
    assert (failure.stage, failure.message) == ("clean", "It took more than 500 MB of memory.")


def test_the_clock_begins_anew_with_each_part_of_a_long_document(
    job: Job, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.workers._START", LONG)
    monkeypatch.setattr("flows.workers.STEP_SECONDS", 6)
    candidates = discover([str(sample / "n01-wangcheng-2008.txt")]).candidates
    with Workers(job, 1) as workers:
        assert len(workers.read(candidates).fetched) == 1


def test_documents_whose_turn_never_comes_are_given_up(
    job: Job, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.workers.GROUP_SECONDS", -1)
    candidates = discover([str(sample)]).candidates
    with Workers(job, 1) as workers:
        outcome = workers.read(candidates)
    assert [failure.uri for failure in outcome.failures] == [each.uri for each in candidates]
    assert all(failure.is_transient for failure in outcome.failures)
