"""The flow `retry`: try the documents in quarantine again, all or those that failed for a reason.

A document is sought where it came from, for it may have been mended there; what is gone from there is read
from its stored bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.task_runners import ThreadPoolTaskRunner

from flows.archives import Found, open_archives
from flows.home import home_of
from flows.process import Order, answered, process
from flows.reading import LANES
from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from tasks.fetch import Candidate, Skipped, Stored, discover
from tasks.fetch.urls import is_url
from warehouse.lake import open_warehouse

_QUARANTINED = """
    SELECT q.document_id, q.uri, q.source, q.content_sha256, q.first_failed_at, s.address
    FROM quarantine q LEFT JOIN sources s ON s.source = q.source
    WHERE $reason IS NULL OR q.stage = $reason
       OR contains(lower(q.error), lower($reason)) OR contains(lower(q.uri), lower($reason))
    ORDER BY q.source, q.uri
"""


@flow(
    name="retry",
    description="Try the documents in quarantine again.",
    task_runner=ThreadPoolTaskRunner(max_workers=LANES),  # type: ignore[arg-type]
    persist_result=False,
)
def retry(reason: str | None = None, home: str | None = None) -> State[IngestSummary]:
    """Try failed documents again.

    Args:
        reason: Only documents that failed in this stage (fetch, clean, extract, load), or whose error or
            uri contains these words. Empty: all.
        home: The warehouse's folder. Empty: the setting `home`.
    """
    return answered(lambda: _retry(reason or None, home_of(home)))


def _retry(reason: str | None, home: Path) -> IngestSummary:
    order = Order(
        flow="retry",
        home=home,
        title=reason or "quarantine",
        parameters={"reason": reason},
        source=reason,
        everything=True,
    )
    return process(order, quarantined_documents(home, reason))


def quarantined_documents(home: Path, reason: str | None) -> Found:
    """The documents in quarantine as candidates; those that are nowhere any more as left out."""
    with open_warehouse(home, read_only=True) as warehouse:
        rows = warehouse.rows(_QUARANTINED, {"reason": reason})
        wanted = {row["document_id"]: row for row in rows}
        found = {each.document_id: each for each in _from_sources(rows, home) if each.document_id in wanted}
        for identity, row in wanted.items():
            if identity not in found and row["content_sha256"] and warehouse.blobs.has(row["content_sha256"]):
                found[identity] = _stored(row)
    gone = tuple(Skipped(row["uri"], _why_not(row)) for key, row in wanted.items() if key not in found)
    return Found(tuple(sorted(found.values(), key=lambda each: each.uri)), gone)


def _from_sources(rows: Iterable[dict[str, Any]], home: Path) -> Iterator[Candidate]:
    """What the folders and files of these documents hold now; web sites are asked by `ingest` alone."""
    places = {(row["source"], row["address"]) for row in rows if row["address"]}
    for source, address in sorted(place for place in places if not is_url(place[1])):
        try:
            candidates = open_archives(discover([address]), home).candidates
        except GongkaiError as error:
            get_run_logger().warning("%s: %s", source, error)
            continue
        yield from (replace(each, source=source) for each in candidates)


def _why_not(row: dict[str, Any]) -> str:
    if is_url(row["uri"]):
        return f"a web page that could not be fetched; gongkai ingest {row['source']} asks for it again"
    return "gone from its source"


def _stored(row: dict[str, Any]) -> Stored:
    return Stored(row["uri"], row["content_sha256"], row["source"] or "", None, row["first_failed_at"])
