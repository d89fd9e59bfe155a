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
from flows.asked import sort_out
from flows.crawl import crawl, replay
from flows.home import home_of
from flows.naming import title_of
from flows.process import Order, answered, process
from flows.reading import LANES
from flows.settings import load_settings
from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from tasks.fetch import discover
from tasks.fetch.sources import WebSource
from tasks.load import Source


@flow(
    name="ingest",
    description="Bring pages into the warehouse: those that are new, changed, or read by older rules.",
    task_runner=ThreadPoolTaskRunner(max_workers=LANES),  # type: ignore[arg-type]
    persist_result=False,
)
def ingest(
    paths: list[str] | None = None,
    home: str | None = None,
    recheck: bool = False,
    from_store: bool = False,
) -> State[IngestSummary]:
    """Ingest the reports of web sites, folders, files and globs.

    Args:
        paths: Folders, files or globs of reports in any format; addresses of list pages or of single
            reports; names of sources, or `all` sources. Empty: what the setting `paths` names.
        home: The warehouse's folder. Empty: the setting `home`.
        recheck: Ask web sites for every page again; read every page again, also those that are there
            unchanged.
        from_store: Ask no web site; read what was fetched before, of all sources if `paths` is empty.
    """
    if from_store:
        return answered(lambda: _replay(paths or [], home_of(home), recheck))
    return answered(lambda: _ingest(paths or load_settings().paths, home_of(home), recheck))


def _ingest(paths: list[str], home: Path, recheck: bool) -> IngestSummary:
    if not paths:
        raise GongkaiError(
            "Nothing was named to ingest.",
            'Give `paths`, or set them for scheduled runs in gongkai.toml: paths = ["/reports"].',
        )
    asked = sort_out(paths, home)
    order = Order(
        flow="ingest",
        home=home,
        title=title_of(paths),
        parameters={"paths": paths, "recheck": recheck},
        source="\n".join(paths),
        sources=(*map(_source, asked.files), *map(_site, asked.sources)),
        everything=recheck,
    )
    policy = load_settings().fetch.policy()
    return process(
        order,
        open_archives(discover(asked.files), home),
        lambda warehouse, run_id: crawl(warehouse, asked.sources, policy, run_id, recheck=recheck),
    )


def _replay(paths: list[str], home: Path, recheck: bool) -> IngestSummary:
    asked = sort_out(paths, home)
    order = Order(
        flow="ingest",
        home=home,
        title=f"{title_of(paths)} from the store".strip(),
        parameters={"paths": paths, "recheck": recheck, "from_store": True},
        source="\n".join(paths),
        everything=recheck,
        is_fetching=False,
    )
    return process(
        order,
        open_archives(discover(asked.files), home),
        lambda warehouse, run_id: replay(warehouse, asked),
    )


def _site(site: WebSource) -> Source:
    return Source(site.name, site.family or "site", "\n".join(site.urls), dt.datetime.now(dt.UTC))


def _source(path: str) -> Source:
    kind = "folder" if Path(path).is_dir() else "file" if Path(path).exists() else "glob"
    return Source(path, kind, str(Path(path).absolute()), dt.datetime.now(dt.UTC))
