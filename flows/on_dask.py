"""The Dask runner: groups of documents go to the workers of a Dask scheduler.

Dask itself runs a group again elsewhere when its worker dies; a part file that the dead one may have left is
named by nobody and leaves with the run's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar

from flows.outcome import Job, Outcome
from flows.remote import leave, open_door, read_elsewhere
from tasks.errors import GongkaiError
from tasks.fetch import Candidate

Result = TypeVar("Result")

START_SECONDS = 60  # for the scheduler to answer, and for the first worker to come
EXTRA = "Install it: pip install 'gongkai[dask]', here and on the workers."


class DaskReaders:
    """Groups read by the workers of the scheduler at `address`; without one, by `count` of this machine."""

    def __init__(self, job: Job, address: str, count: int) -> None:
        try:
            import distributed
        except ImportError as error:
            raise GongkaiError("The runner dask needs Dask.", EXTRA) from error
        engine: Any = distributed  # whose classes have no types
        self._job = job
        self._name = address or "this machine"
        open_door(job)
        self._cluster: Any = None
        self._places = 1
        if not address:
            self._cluster = engine.LocalCluster(
                n_workers=count, threads_per_worker=1, dashboard_address=None, silence_logs=50
            )
        try:
            self._client: Any = engine.Client(
                self._cluster or address, timeout=START_SECONDS, set_as_default=False, name="gongkai"
            )
        except (OSError, ValueError) as error:
            raise GongkaiError(
                f"No Dask scheduler answers at {address}: {error}.",
                "Start it (dask scheduler), or set the right runner_address.",
            ) from error
        self._wait_for_a_worker()

    def _wait_for_a_worker(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=START_SECONDS)
        except TimeoutError as error:
            self._end()
            raise GongkaiError(
                f"The Dask scheduler at {self._name} has no workers.",
                "Start some: dask worker ADDRESS --nthreads 1 --nworkers CORES.",
            ) from error

    @property
    def places(self) -> int:
        with suppress(OSError, RuntimeError):  # the scheduler is gone: the groups under way will say so
            self._places = max(1, sum(map(int, self._client.nthreads().values())))
        return self._places

    def read(self, candidates: Sequence[Candidate]) -> Outcome:
        from dask.distributed import KilledWorker

        return read_elsewhere(self._job, candidates, self.call, KilledWorker, "Dask")

    def call(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """The function's result, from a worker; it runs again elsewhere when the worker dies."""
        from distributed.comm.core import CommClosedError

        future = self._client.submit(function, *arguments, pure=False)
        try:
            result: Result = future.result()
        except GongkaiError:
            raise
        except ImportError as error:
            raise GongkaiError(f"A Dask worker has no gongkai: {error}.", EXTRA) from error
        except Exception as error:
            # a connection that breaks while a result comes is the scheduler's: the client knows it later
            is_broken = isinstance(error, CommClosedError)
            if self._client.status == "running" and not future.cancelled() and not is_broken:
                raise
            raise GongkaiError(
                f"The Dask scheduler at {self._name} is gone.",
                "What was loaded stays. Start it again, and run the same command for the rest.",
            ) from error
        finally:
            future.release()
        return result

    def _end(self) -> None:
        self._client.close(timeout=5)
        if self._cluster is not None:
            self._cluster.close(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tell the workers that the run is over; groups still under way are given up."""
        if self._client.status == "running" and error is None:
            self._client.run(leave, self._job.run_id, on_error="ignore")
        self._end()
