"""The flow `ingest`: discover what paths and sources hold, read what is new or changed, load it.

Other processes must import this module as `flows.ingest` (deployments: `flows.ingest.ingest`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.task_runners import ThreadPoolTaskRunner

from flows.archives import open_archives
from flows.naming import title_of
from flows.process import Order, answered, home_of, process
from flows.reading import LANES
from flows.settings import load_settings
from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from tasks.fetch import discover
from tasks.load import Source


@flow(
    name="ingest",
    description="Bring pages into the warehouse: those that are new, changed, or read by older rules.",
    task_runner=ThreadPoolTaskRunner(max_workers=LANES),  # type: ignore[arg-type]
    persist_result=False,
)
def ingest(
    paths: list[str] | None = None, home: str | None = None, recheck: bool = False
) -> State[IngestSummary]:
    """Ingest the pages of folders, files and globs.

    Args:
        paths: Folders, files or globs of reports in any format. Empty: what the setting `paths` names.
        home: The warehouse's folder. Empty: the setting `home`.
        recheck: Read every page again, also those that are there unchanged.
    """
    return answered(lambda: _ingest(paths or load_settings().paths, home_of(home), recheck))


def _ingest(paths: list[str], home: Path, recheck: bool) -> IngestSummary:
    if not paths:
        raise GongkaiError(
            "Nothing was named to ingest.",
            'Give `paths`, or set them for scheduled runs in gongkai.toml: paths = ["/reports"].',
        )
    order = Order(
        flow="ingest",
        home=home,
        title=title_of(paths),
        parameters={"paths": paths, "recheck": recheck},
        source="\n".join(paths),
        sources=tuple(_source(path) for path in paths),
        everything=recheck,
    )
    return process(order, open_archives(discover(paths), home))


def _source(path: str) -> Source:
    kind = "folder" if Path(path).is_dir() else "file" if Path(path).exists() else "glob"
    return Source(path, kind, str(Path(path).absolute()), dt.datetime.now(dt.UTC))
