"""Opening the warehouse to write: at once or not at all by hand, with patience in a deployed run.

Deployed runs queue before they start (prefect.yaml: one work queue of the writers, which takes one run);
what they may still meet is a run by hand.
"""

from __future__ import annotations

import time
from pathlib import Path

from prefect import get_run_logger
from prefect.runtime import deployment

from flows.settings import load_settings
from warehouse.lake import Warehouse, open_warehouse
from warehouse.lock import WriterBusy

LOOK_SECONDS = 2.0
"""Between two looks whether the other writer is through."""


def open_to_write(home: Path) -> Warehouse:
    """The warehouse, as its one writer. Raises `WriterBusy` when another process stays it."""
    end = time.monotonic() + (load_settings().writer_wait_seconds if deployment.id else 0)
    told = False
    while True:
        try:
            return open_warehouse(home)
        except WriterBusy as busy:
            if time.monotonic() >= end:
                raise
            if not told:
                get_run_logger().info("Waiting: %s", busy.message)
                told = True
        time.sleep(LOOK_SECONDS)
