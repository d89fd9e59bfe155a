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
from tasks.load import stored_documents
from warehouse.lake import open_warehouse


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
    with open_warehouse(home, read_only=True) as warehouse:
        stored = stored_documents(warehouse, source)
    return process(order, Found(tuple(stored), ()))
