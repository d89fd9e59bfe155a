"""Where the time of a page goes: every function that `clean` and `extract` call is timed in its place.

The calls are found in the two modules themselves, so a new step appears here by itself.
"""

from __future__ import annotations

import functools
import inspect
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import tasks.clean
import tasks.extract
from tasks.values import Page

Seconds = dict[str, float]

REST = "the rest"
SHARE = 0.02
"""A function that takes less of the whole is counted under the rest."""


def seconds_by_step(pages: list[Page], rounds: int) -> dict[str, float]:
    """Mean processor seconds a page in `clean` as a whole and in each function that `extract` calls."""
    total: Seconds = defaultdict(float)
    for page in pages:
        runs = [_run(page) for _ in range(rounds)]
        for name, seconds in min(runs, key=lambda run: run["all"]).items():
            total[name] += seconds
    mean = {name: seconds / len(pages) for name, seconds in total.items()}
    whole = mean.pop("all")
    kept = {name: seconds for name, seconds in mean.items() if seconds >= SHARE * whole}
    return {**kept, REST: whole - sum(kept.values())}


def _run(page: Page) -> Seconds:
    spent: Seconds = defaultdict(float)
    start = time.process_time()
    document = tasks.clean.clean(page)
    spent["clean"] = time.process_time() - start
    with _timed(tasks.extract, spent):
        tasks.extract.extract(document)
    spent["all"] = time.process_time() - start
    return spent


@contextmanager
def _timed(module: ModuleType, spent: Seconds) -> Iterator[None]:
    """Time the functions of other modules that `module` calls by name; a step within a step counts once."""
    called = {
        name: value
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__.startswith(f"{module.__name__}.")
    }
    for name, function in called.items():
        setattr(module, name, _clocked(name, function, spent))
    try:
        yield
    finally:
        for name, function in called.items():
            setattr(module, name, function)


def _clocked(name: str, function: Callable[..., Any], spent: Seconds) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - start

    return run
