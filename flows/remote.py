"""One group of documents on a cluster's worker, and what is done for it on the run's side.

On the worker documents are read in processes of its own (`flows.workers`), as on one machine: a document that
crashes or hangs costs itself, not the cluster's worker. No engine is imported here, and no Prefect.
"""

from __future__ import annotations

import platform
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from flows.outcome import PARTS, Failure, Job, Outcome
from flows.workers import Workers
from tasks.errors import DocumentError, GongkaiError
from tasks.fetch import Candidate, Stored, fetch
from tasks.version import extractor_version
from warehouse.blobs import blobs_at
from warehouse.store import store_at

# Processes are started when they are needed: as many as the engine lets work at the same time, this at most.
MOST_PROCESSES = 64

_rooms: dict[str, Workers] = {}  # by run
_door = threading.Lock()


def open_door(job: Job) -> None:
    """Leave a mark in the store, by which a worker knows that it sees the run's home."""
    store_at(job.store).write(_mark(job), job.run_id.encode())


def store_group(job: Job, candidates: Sequence[Candidate]) -> tuple[list[Stored], list[Failure]]:
    """The candidates as pages in the blob store, where any machine can read them; and those that could not
    be fetched."""
    blobs = blobs_at(job.store)
    stored: list[Stored] = []
    failures: list[Failure] = []
    for each in candidates:
        if isinstance(each, Stored):
            stored.append(each)
            continue
        try:
            page = fetch(each, blobs)
        except DocumentError as error:
            failures.append(Failure.of(error))
            continue
        sha256 = blobs.put(page.content)
        stored.append(Stored(page.uri, sha256, page.source, page.media_type, page.fetched_at))
    return stored, failures


def read_group(job: Job, candidates: Sequence[Stored]) -> Outcome:
    """Read the group here. `GongkaiError` names this machine when it cannot: other rules, no way to the
    home, a full disk."""
    try:
        _check(job)
        return _room(job).read(candidates)
    except GongkaiError as error:
        raise GongkaiError(f"Worker on {platform.node()}: {error.message}", error.advice) from error


def read_elsewhere(
    job: Job,
    candidates: Sequence[Candidate],
    call: Callable[..., Outcome],
    died: type[Exception],
    engine: str,
) -> Outcome:
    """The group's outcome from a worker, by `call`, which raises `died` when the engine has given it up."""
    start = time.perf_counter()
    stored, failures = store_group(job, candidates)
    seconds = time.perf_counter() - start
    try:
        outcome = call(read_group, job, stored) if stored else Outcome()
    except died as error:
        outcome = lost_group(stored, f"Several {engine} workers died over its group: {error}")
    return with_failures(outcome, failures, seconds)


def lost_group(candidates: Sequence[Candidate], words: str) -> Outcome:
    """The engine gave the group up: its documents are tried again alone, or by the next run."""
    advice = "Is memory or the disk full there? Ingest again for what is missing."
    return Outcome(
        failures=tuple(Failure(each.uri, "extract", words, advice, is_transient=True) for each in candidates)
    )


def with_failures(outcome: Outcome, failures: Sequence[Failure], seconds: float) -> Outcome:
    """The outcome with what failed before the group was sent, and the seconds that took."""
    spent = {**outcome.seconds, "fetch": outcome.seconds.get("fetch", 0.0) + seconds}
    return replace(outcome, failures=(*failures, *outcome.failures), seconds=spent)


def leave(run_id: str) -> None:
    """The run is over: end its processes here."""
    with _door:
        room = _rooms.pop(run_id, None)
    if room is not None:
        room.__exit__(None, None, None)


def _room(job: Job) -> Workers:
    """This run's processes. Those of runs that died without a word are ended when the next one comes."""
    with _door:
        if job.run_id not in _rooms:
            for run_id in [each for each, room in _rooms.items() if room.is_idle]:
                _rooms.pop(run_id).__exit__(None, None, None)
            _rooms[job.run_id] = Workers(job, MOST_PROCESSES)
        return _rooms[job.run_id]


def _check(job: Job) -> None:
    here = extractor_version()
    if here != job.extractor_version:
        raise GongkaiError(
            f"It reads by rules {here}, the run by {job.extractor_version}.",
            "Install the same gongkai there as here, restart that worker, then run it again.",
        )
    if not store_at(job.store).has(_mark(job)):
        raise GongkaiError(
            f"It does not see the home {job.store}.",
            "Use a folder that every machine has under the same path, or a home in an object store (s3://…).",
        )


def _mark(job: Job) -> str:
    return f"{PARTS}/{job.run_id}/run"
