"""Reading documents as Prefect task runs: one each in a small run, one for a group in a large run.

A task run only waits for whoever reads (`flows.runners`). What it brings is left in its `Work`, not
returned: Prefect keeps what tasks return until the flow ends.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture, as_completed
from prefect.states import Completed, Failed
from prefect.tasks import Task, exponential_backoff

from flows.loading import Loader
from flows.outcome import Failure, Outcome
from flows.runners import Readers
from tasks.fetch import Candidate

SINGLY = 100  # up to so many documents each is its own task run
GROUPS = 64  # about so many task runs in a larger one,
SMALLEST_GROUP, LARGEST_GROUP = 20, 500  # but none below 5 % overhead, and none whose rows need > 100 MB

RETRIES = 3
BACKOFF_SECONDS = 0.5  # then 1 and 2, each with jitter: a file being replaced, a disk catching breath
RETRIED_ALONE = 100  # more transient failures than this are one large fault; the next run tries them again

AHEAD = 3  # groups under way for each place where one is read: keeps them busy during a load
MOST_AHEAD = 512
LANES = MOST_AHEAD + 8  # threads for those and for second tries, which mostly wait; made when needed


class Work:
    """Candidates on their way through a task run, and what became of them."""

    def __init__(
        self, candidates: Sequence[Candidate], workers: Readers, *, is_second_try: bool = False
    ) -> None:
        self.candidates = candidates
        self.workers = workers
        self.is_second_try = is_second_try
        self.outcome = Outcome()

    def do(self) -> None:
        self.outcome = Outcome()
        self.outcome = self.workers.read(self.candidates)

    @property
    def name(self) -> str:
        first, last = self.candidates[0].uri, self.candidates[-1].uri
        return _printable(first if first == last else f"{len(self.candidates)} documents from {first}")


def _is_transient(task: Task[..., object], run: TaskRun, state: State[object]) -> bool:
    """Retry a document that failed for now; a failed state's data is the failure."""
    return isinstance(state.data, Failure) and state.data.is_transient


@task(
    task_run_name="{name}",
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(BACKOFF_SECONDS),
    retry_jitter_factor=0.5,
    retry_condition_fn=_is_transient,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def read_document(name: str, work: Work) -> State[Failure]:
    """Read one document; its task run fails when the document does."""
    work.do()
    if work.outcome.failures:
        failure = work.outcome.failures[0]
        return Failed(message=f"{failure.stage}: {failure.message} {failure.advice}", data=failure)
    return Completed(message="Read.")


@task(task_run_name="{name}", persist_result=False, cache_policy=NO_CACHE)
def read_group(name: str, work: Work) -> State[None]:
    """Read a group; its task run completes whatever its documents do."""
    work.do()
    good, bad = len(work.outcome.fetched), len(work.outcome.failures)
    return Completed(message=f"{good} read, {bad} failed.")


def read_all(candidates: Sequence[Candidate], workers: Readers, loader: Loader) -> None:
    """Read all candidates, a bounded number at a time, and hand what comes to the loader."""
    under_way: dict[PrefectFuture[Any], Work] = {}
    retried = 0
    groups = grouped(candidates)
    while True:
        ahead = min(AHEAD * workers.places, MOST_AHEAD)
        while _firsts(under_way) < ahead and (group := next(groups, None)):
            _submit(under_way, Work(group, workers))
        if not under_way:
            return
        future = next(as_completed(list(under_way)))
        work = under_way.pop(future)
        future.result(raise_on_failure=len(work.candidates) > 1 or not work.outcome.failures)
        again = _to_retry(work, RETRIED_ALONE - retried)
        retried += len(again)
        loader.take(work.outcome, except_for={each.uri for each in again})
        for candidate in again:
            _submit(under_way, Work([candidate], workers, is_second_try=True))


def grouped(candidates: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    """Each alone in a small run, else groups of equal size: about `GROUPS` as long as they stay small."""
    size = min(max(math.ceil(len(candidates) / GROUPS), SMALLEST_GROUP), LARGEST_GROUP)
    if len(candidates) <= SINGLY:
        size = 1
    return (candidates[start : start + size] for start in range(0, len(candidates), size))


def _firsts(under_way: dict[PrefectFuture[Any], Work]) -> int:
    """How many are not second tries, which mostly wait and should hold up nobody."""
    return sum(not work.is_second_try for work in under_way.values())


def _submit(under_way: dict[PrefectFuture[Any], Work], work: Work) -> None:
    kind = read_document if len(work.candidates) == 1 else read_group
    under_way[kind.submit(work.name, work)] = work


def _to_retry(work: Work, limit: int) -> list[Candidate]:
    """Those of a group that failed for now: each gets a task run of its own, which retries."""
    if len(work.candidates) == 1:
        return []
    passing = {failure.uri for failure in work.outcome.failures if failure.is_transient}
    return [each for each in work.candidates if each.uri in passing][:limit]


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in name)[:200]
