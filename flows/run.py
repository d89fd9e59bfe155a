"""Running `ingest` here and now, as the command line does: Prefect is settled, started and waited for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.server import serve, settle, wait_until_ready
from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from tasks.fetch import discover
from warehouse.faults import explained

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State


def run_ingest(
    paths: list[str], home: Path, progress: Callable[[int, int], None] | None = None
) -> IngestSummary:
    """Ingest `paths` into the warehouse at `home` through a Prefect flow run, and tell what came of it.

    `progress` is called with the number of documents read and of those to read, as the run goes on.

    Raises `GongkaiError` for what the user can mend. Starts a Prefect server for the length of this process
    unless one is set. Prefect reads its settings when it is imported, so it must not be imported before.
    """
    discover(paths)  # a mistyped path is told at once, not when a server has started
    home = home.absolute()
    with explained(home):
        home.mkdir(parents=True, exist_ok=True)
        settle(home)
        is_own = serve()

    import httpx
    from prefect.exceptions import PrefectException
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.ingest import ingest
    from flows.loading import PROGRESS

    wait_until_ready()
    # Nobody watches the heart of a run whose server ends with it, and its thread takes a second to stop.
    settings = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None} if is_own else {}
    token = PROGRESS.set(progress)
    try:
        with temporary_settings(settings):
            state: State[Any] = ingest(paths, str(home), return_state=True)
    except (PrefectException, httpx.HTTPError) as error:
        raise GongkaiError(
            f"Prefect failed: {error}",
            f"Is its disk full, its server gone? See {home / 'prefect/server.log'}.",
        ) from error
    finally:
        PROGRESS.reset(token)
    return summary_of(state)


def summary_of(state: State[Any]) -> IngestSummary:
    """What a finished run of the flow tells; raises the error that ended it."""
    from prefect.results import ResultRecord  # type: ignore[attr-defined]

    data = state.data.result if isinstance(state.data, ResultRecord) else state.data
    if isinstance(data, IngestSummary):
        return data
    if isinstance(data, BaseException):
        raise data
    raise GongkaiError(f"The run ended {state.name}: {state.message}", "See the run in Prefect.")
