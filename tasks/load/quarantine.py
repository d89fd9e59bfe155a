"""Documents that failed: written with stage, error and advice, and read back by the next run.

Which of them to try again is the flow's decision; a document that loads leaves the quarantine in the load
transaction (`tasks.load.batch`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tasks.errors import DocumentError, TransientError
from tasks.load.rows import arrow_rows
from warehouse.contract import QUARANTINE
from warehouse.lake import Warehouse


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that failed in `stage` with bytes `content_sha256` (None: unread)
    under the rules `extractor_version`, after `attempts` attempts."""

    document_id: str
    uri: str
    source: str | None
    content_sha256: str | None
    extractor_version: str | None
    stage: str
    error: str
    advice: str | None
    is_transient: bool
    run_id: str | None
    attempts: int = 1
    first_failed_at: dt.datetime = field(default_factory=_now)
    last_failed_at: dt.datetime = field(default_factory=_now)


def failure(
    error: DocumentError,
    *,
    document_id: str,
    source: str | None,
    content_sha256: str | None,
    extractor_version: str,
    run_id: str,
    attempts: int = 1,
) -> Failure:
    """The failure that `error` tells of."""
    return Failure(
        document_id=document_id,
        uri=error.uri,
        source=source,
        content_sha256=content_sha256,
        extractor_version=extractor_version,
        stage=error.stage,
        error=error.message,
        advice=error.advice,
        is_transient=isinstance(error, TransientError),
        run_id=run_id,
        attempts=attempts,
    )


def quarantine(warehouse: Warehouse, failures: Iterable[Failure]) -> None:
    """Write the failures: of a document already there the first time stays and the attempts add up."""
    rows = list({each.document_id: each for each in failures}.values())
    if not rows:
        return
    with warehouse.transaction() as connection:
        connection.register("incoming", arrow_rows(QUARANTINE, rows))
        merged = connection.execute(
            """
            SELECT i.* REPLACE (
                i.attempts + coalesce(q.attempts, 0) AS attempts,
                least(i.first_failed_at, q.first_failed_at) AS first_failed_at
            )
            FROM incoming i LEFT JOIN quarantine q USING (document_id)
            """
        ).to_arrow_table()
        connection.unregister("incoming")
        connection.register("merged", merged)
        connection.execute("DELETE FROM quarantine WHERE document_id IN (SELECT document_id FROM merged)")
        connection.execute("INSERT INTO quarantine BY NAME FROM merged")
        connection.unregister("merged")


def quarantined(warehouse: Warehouse, document_ids: Sequence[str] | None = None) -> dict[str, Failure]:
    """What stands in quarantine, by document_id: all of it, or as far as it is among `document_ids`.

    A document is known bad when `content_sha256` and `extractor_version` are still the same and
    `is_transient` is false.
    """
    columns = ", ".join(Failure.__dataclass_fields__)
    query = f"SELECT {columns} FROM quarantine"
    if document_ids is None:
        rows = warehouse.rows(query)
    else:
        rows = warehouse.rows(f"{query} WHERE document_id IN (SELECT unnest(?))", [list(document_ids)])
    return {row["document_id"]: Failure(**row) for row in rows}
