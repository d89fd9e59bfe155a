"""What the extraction tests share."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest


@pytest.fixture
def stopwatch() -> Callable[..., AbstractContextManager[None]]:
    """A context manager that fails when its body takes longer than the seconds given."""

    @contextmanager
    def measure(seconds: float) -> Iterator[None]:
        start = time.perf_counter()
        yield
        assert time.perf_counter() - start < seconds

    return measure
