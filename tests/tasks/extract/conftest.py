"""What the extraction tests share."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest


@pytest.fixture
def stopwatch() -> Callable[..., AbstractContextManager[None]]:
    """A context manager that fails when its body takes more processor time than the seconds given."""

    @contextmanager
    def measure(seconds: float) -> Iterator[None]:
        start = time.process_time()
        yield
        assert time.process_time() - start < seconds

    return measure
