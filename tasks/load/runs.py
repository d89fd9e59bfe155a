"""The rows that say what ran: runs, attempts to fetch, sources."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tasks.load.rows import arrow_rows
from warehouse.contract import FETCHES, RUNS, SOURCES
from warehouse.lake import Warehouse


@dataclass(frozen=True, slots=True)
class RunStart:
    """A run that begins; `parameters` is JSON. Counts come with `RunEnd`."""

    run_id: str
    flow: str
    started_at: dt.datetime
    source: str | None
    parameters: str
    extractor_version: str | None
    state: str = "running"
    pid: int = 0
    host: str = ""


@dataclass(frozen=True, slots=True)
class RunEnd:
    """How a run ended: `state` is `completed` or `failed`; `message` says it in words."""

    state: str
    discovered: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    reports: int = 0
    facts: int = 0
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One attempt to fetch; `outcome` is `new`, `changed`, `unchanged` or `failed`."""

    document_id: str
    uri: str
    at: dt.datetime
    outcome: str
    run_id: str
    status: int | None = None
    bytes: int | None = None
    sha256: str | None = None
    duration_s: float | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where pages come from; `kind` is `folder`, `file`, `glob` or a site family."""

    source: str
    kind: str | None
    address: str | None
    added_at: dt.datetime


def begin_run(
    warehouse: Warehouse,
    flow: str,
    *,
    source: str | None = None,
    parameters: Mapping[str, object] | None = None,
    extractor_version: str | None = None,
    run_id: str | None = None,
) -> str:
    """Write the run's row in state `running` and return its id (made here unless given)."""
    start = RunStart(
        run_id=run_id or uuid.uuid4().hex,
        flow=flow,
        started_at=dt.datetime.now(dt.UTC),
        source=source,
        parameters=json.dumps(dict(parameters or {}), ensure_ascii=False, default=str),
        extractor_version=extractor_version,
        pid=os.getpid(),
        host=socket.gethostname(),
    )
    _insert(warehouse, RUNS.name, arrow_rows(RUNS, [start]))
    return start.run_id


def finish_run(warehouse: Warehouse, run_id: str, end: RunEnd) -> None:
    """Complete the run's row with its counts, its state and the time."""
    names = list(RunEnd.__dataclass_fields__)
    values = [getattr(end, name) for name in names]
    assignments = ", ".join(f"{name} = ?" for name in names)
    with warehouse.transaction() as connection:
        connection.execute(
            f"UPDATE runs SET {assignments}, finished_at = ? WHERE run_id = ?",
            [*values, dt.datetime.now(dt.UTC), run_id],
        )


def record_fetches(warehouse: Warehouse, fetches: Iterable[Fetch]) -> None:
    """Append the attempts."""
    _insert(warehouse, FETCHES.name, arrow_rows(FETCHES, list(fetches)))


def record_source(warehouse: Warehouse, source: Source) -> None:
    """Add the source unless it is known; a known one keeps its first time."""
    known = warehouse.rows("SELECT 1 FROM sources WHERE source = ?", [source.source])
    if not known:
        _insert(warehouse, SOURCES.name, arrow_rows(SOURCES, [source]))


def _insert(warehouse: Warehouse, table: str, rows: object) -> None:
    with warehouse.transaction() as connection:
        connection.register("incoming", rows)
        connection.execute(f"INSERT INTO {table} BY NAME FROM incoming")
        connection.unregister("incoming")
