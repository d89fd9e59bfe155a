"""The Ray runner: groups of documents go to the workers of a Ray cluster.

Ray itself runs a group again elsewhere when its worker or node dies (`max_retries`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self, TypeVar

from flows.outcome import Job, Outcome
from flows.remote import open_door, read_elsewhere
from tasks.errors import GongkaiError
from tasks.fetch import Candidate

Result = TypeVar("Result")

RETRIES = 3  # of a group whose worker died


class RayReaders:
    """Groups read by the cluster at `address`; without one, by `count` processes of this machine."""

    def __init__(self, job: Job, address: str, count: int) -> None:
        try:
            import ray
        except ImportError as error:
            raise GongkaiError(
                "The runner ray needs Ray.",
                "Install it: pip install 'gongkai[ray]', here and on the workers.",
            ) from error
        self._job = job
        self._ray: Any = ray
        open_door(job)
        size = {} if address else {"num_cpus": count, "include_dashboard": False}
        try:
            ray.init(address=address or "local", log_to_driver=False, **size)
        except (ConnectionError, RuntimeError, ValueError) as error:
            raise GongkaiError(
                f"No Ray cluster answers at {address or 'this machine'}: {error}.",
                "Start it (ray start --head), or set the right runner_address.",
            ) from error

    @property
    def places(self) -> int:
        return max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def read(self, candidates: Sequence[Candidate]) -> Outcome:
        died = self._ray.exceptions.WorkerCrashedError
        return read_elsewhere(self._job, candidates, self.call, died, "Ray")

    def call(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """The function's result, from a worker; it runs again elsewhere when the worker dies."""
        there = self._ray.remote(max_retries=RETRIES, num_cpus=1)(function)
        try:
            result: Result = self._ray.get(there.remote(*arguments))
        except self._ray.exceptions.RayTaskError as error:
            raise error.cause if isinstance(error.cause, GongkaiError) else error from error
        except self._ray.exceptions.RaySystemError as error:
            raise GongkaiError(
                f"The Ray cluster is gone: {error}.",
                "What was loaded stays. Start it again, and run the same command for the rest.",
            ) from error
        return result

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ray.shutdown()
