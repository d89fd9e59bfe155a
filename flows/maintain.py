"""The flow `maintain`: tidy the warehouse, and let Prefect's server forget old runs."""

from __future__ import annotations

from pathlib import Path

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.home import home_of
from flows.naming import name_run
from flows.pruning import prune_runs
from flows.settings import load_settings
from flows.writing import open_to_write
from tasks.errors import GongkaiError
from tasks.load import RunEnd, begin_run, finish_run
from warehouse.lake import open_warehouse
from warehouse.maintain import Tidied, tidy

# A full rewrite of a large lake takes minutes; a day says that something hangs.
TIDY_SECONDS = 24 * 3600
PRUNE_SECONDS = 3600


@flow(
    name="maintain",
    description="Merge small files, let old states of the warehouse and old runs of the server go.",
    persist_result=False,
)
def maintain(
    home: str | None = None, keep_days: int | None = None, keep_run_days: int | None = None
) -> State[Tidied]:
    """Keep the warehouse and the server's database small.

    Args:
        home: The warehouse's folder. Empty: the setting `home`.
        keep_days: How long old states of the warehouse stay readable. Empty: the setting `keep_days`.
        keep_run_days: How long Prefect keeps runs, logs and artifacts. Empty: `server.keep_days`.
    """
    settings = load_settings()
    runs = settings.server.keep_days if keep_run_days is None else keep_run_days
    try:
        tidied = tidy_warehouse(home_of(home), settings.keep_days if keep_days is None else keep_days)
    except GongkaiError as error:
        return Failed(message=str(error), data=error)
    pruned = forget_runs(runs)
    message = f"{tidied.message}; {pruned:,} runs older than {runs} days forgotten"
    get_run_logger().info(message)
    name_run(f"maintain · {tidied.files_before:,} → {tidied.files_after:,} files")
    return Completed(message=message, data=tidied)


@task(task_run_name="tidy {home}", timeout_seconds=TIDY_SECONDS, persist_result=False, cache_policy=NO_CACHE)
def tidy_warehouse(home: Path, keep_days: int) -> Tidied:
    """Tidy, and write it down in `runs`."""
    open_warehouse(home, read_only=True).close()  # there is one: writing would make it
    with open_to_write(home) as warehouse:
        run_id = begin_run(warehouse, "maintain", parameters={"keep_days": keep_days})
        try:
            tidied = tidy(warehouse, keep_days)
        except GongkaiError as error:
            finish_run(warehouse, run_id, RunEnd("failed", message=str(error)))
            raise
        finish_run(warehouse, run_id, RunEnd("completed", message=tidied.message))
    return tidied


@task(
    task_run_name="forget runs older than {days} days",
    timeout_seconds=PRUNE_SECONDS,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def forget_runs(days: int) -> int:
    """Delete old runs from the server; returns how many."""
    return prune_runs(days)
