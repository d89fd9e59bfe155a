"""Telling Prefect's server something is never worth a run: what is true stands in the warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect.exceptions import PrefectException
from prefect.logging import get_logger


@contextmanager
def unless_unreachable(what: str) -> Iterator[None]:
    """Go on when the server cannot be told; say so in the process's own log."""
    try:
        yield
    except (httpx.HTTPError, PrefectException) as error:
        get_logger("gongkai").warning("Prefect's server could not be told to %s: %s", what, error)
