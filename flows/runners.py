"""Who reads the documents: processes of this machine, threads of this process, a Dask or a Ray cluster.

Prefect's task runs are the same with all of them and stay in the flow's process (`flows.reading`): each only
waits for a group that is read elsewhere. So a cluster's workers need no Prefect, no way to its server and no
catalog: they read bytes from the blob store and leave part files, and paths and counts come back. This
module chooses; each runner is a module of its own (`flows.workers`, `flows.on_dask`, `flows.on_ray`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar, runtime_checkable

from flows.outcome import Job, Outcome
from flows.settings import Settings
from flows.workers import Workers, cores
from tasks.fetch import Candidate

Result = TypeVar("Result")


class Readers(Protocol):
    """What reads groups of documents; a context manager that ends what it has started."""

    @property
    def places(self) -> int:
        """Groups read at the same time, as of now."""

    def read(self, candidates: Sequence[Candidate]) -> Outcome:
        """Read the candidates; waits for a free place. Callable from many threads."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


@runtime_checkable
class Cluster(Readers, Protocol):
    """Readers on other machines, which can do other work, too."""

    def call(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """The function's result, from a worker. Callable from many threads."""


def start_cluster(settings: Settings, job: Job, workers: int) -> Cluster | None:
    """The chosen runner's cluster; None where the runner is this machine."""
    if settings.runner not in ("dask", "ray"):
        return None
    readers = start_readers(settings, job, workers)
    assert isinstance(readers, Cluster)
    return readers


def start_readers(settings: Settings, job: Job, documents: int) -> Readers:
    """The chosen runner's readers for a run over so many documents. Raises `GongkaiError` when there are
    none."""
    count = max(1, min(settings.processes or cores(), documents))
    match settings.runner:
        case "threads":
            return Threads(job, count)
        case "processes":
            return Workers(job, count)
        case "dask":
            from flows.on_dask import DaskReaders

            return DaskReaders(job, settings.runner_address, count)
        case "ray":
            from flows.on_ray import RayReaders

            return RayReaders(job, settings.runner_address, count)


class Threads:
    """Reads in the task runs' own threads: no process to start, but one core's worth of work, and a document
    that crashes or hangs does so to the whole run."""

    def __init__(self, job: Job, count: int) -> None:
        self.places = count
        self._job = job
        self._free = threading.BoundedSemaphore(count)

    def read(self, candidates: Sequence[Candidate]) -> Outcome:
        from flows.documents import read_documents  # all rules: only where documents are read

        with self._free:
            return read_documents(self._job, candidates, lambda place, stage: None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing was started."""
