"""The flow `reextract`: clean and extract stored documents again, after a change of the rules.

Nothing is fetched: what is read are the blobs that the table `documents` names.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.task_runners import ThreadPoolTaskRunner

from flows.archives import Found
from flows.home import home_of
from flows.process import Order, answered, process
from flows.reading import LANES
from flows.summary import IngestSummary
from tasks.fetch import Stored
from warehouse.lake import open_warehouse

# The parent's uri is known when it was a document or was fetched; its id alone cannot be turned back.
_DOCUMENTS = """
    SELECT d.uri, d.content_sha256 AS sha256, d.source, d.media_type, d.fetched_at,
           coalesce(p.uri, (SELECT any_value(f.uri) FROM fetches f WHERE f.document_id = d.parent_id))
               AS parent_uri
    FROM documents d LEFT JOIN documents p ON p.document_id = d.parent_id
    WHERE $source IS NULL OR d.source = $source
    ORDER BY d.uri
"""


@flow(
    name="reextract",
    description="Read stored documents again by the present rules; nothing is fetched.",
    task_runner=ThreadPoolTaskRunner(max_workers=LANES),  # type: ignore[arg-type]
    persist_result=False,
)
def reextract(
    home: str | None = None, source: str | None = None, everything: bool = False
) -> State[IngestSummary]:
    """Read again what other rules read.

    Args:
        home: The warehouse's folder. Empty: the setting `home`.
        source: Only documents of this source or path, as `sources.source` has it. Empty: all.
        everything: Also what the present rules have read already.
    """
    return answered(lambda: _reextract(home_of(home), source or None, everything))


def _reextract(home: Path, source: str | None, everything: bool) -> IngestSummary:
    order = Order(
        flow="reextract",
        home=home,
        title=source or "all sources",
        parameters={"source": source, "everything": everything},
        source=source,
        everything=everything,
        is_fetching=False,
    )
    return process(order, stored_documents(home, source))


def stored_documents(home: Path, source: str | None) -> Found:
    """The warehouse's documents as candidates to be read from the blob store."""
    with open_warehouse(home, read_only=True) as warehouse:
        rows = warehouse.rows(_DOCUMENTS, {"source": source})
    return Found(tuple(Stored(**row) for row in rows), ())
