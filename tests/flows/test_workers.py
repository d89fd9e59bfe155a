"""Worker processes: an end of the run ends all of them, and nobody waits for one for ever."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from flows.outcome import Job
from flows.workers import Workers
from tasks.errors import GongkaiError
from tasks.fetch import discover

HANG = """
import time
import flows.documents as documents
documents.clean = lambda page: time.sleep(600)
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
