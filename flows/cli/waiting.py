"""What a terminal shows while work goes on: nothing for the first second, then words and the time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

PATIENCE_S = 1.0
"""Work that is done sooner shows nothing."""


@contextmanager
def spinner(console: Console, words: str) -> Iterator[None]:
    """Words and elapsed time, from the second second on."""
    progress = Progress(
        SpinnerColumn(), TextColumn(words), TimeElapsedColumn(), console=console, transient=True
    )
    with _later(progress):
        progress.add_task(words, total=None)
        yield


@contextmanager
def bar(console: Console, words: str, total: int) -> Iterator[Progress]:
    """A bar to advance, from the second second on; its only task has id 0."""
    columns = (TextColumn(words), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    progress = Progress(*columns, TimeElapsedColumn(), console=console, transient=True)
    with _later(progress):
        progress.add_task("", total=total)
        yield progress


@contextmanager
def _later(progress: Progress) -> Iterator[None]:
    timer = threading.Timer(PATIENCE_S, progress.start)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        progress.stop()
