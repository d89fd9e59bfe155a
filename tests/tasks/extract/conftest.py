"""What the extraction tests share."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

MARGIN = 4  # the seconds given are a quiet machine's; tests also run on slow and shared ones


@pytest.fixture
def stopwatch() -> Callable[..., AbstractContextManager[None]]:
    """A context manager that fails when its body takes several times the seconds given (processor time)."""

    @contextmanager
    def measure(seconds: float) -> Iterator[None]:
        start = time.process_time()
        yield
        assert time.process_time() - start < MARGIN * seconds

    return measure
