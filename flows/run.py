"""Running a flow here and now, as the command line does: Prefect is settled, started and waited for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.asked import sort_out
from flows.server import serve, settle, wait_until_ready
from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from tasks.fetch import discover
from warehouse.faults import explained

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

Progress = Callable[[int, int], None]
"""Called with the number of documents read and of those to read, as a run goes on."""


def run_ingest(
    paths: list[str],
    home: Path,
    progress: Progress | None = None,
    *,
    recheck: bool = False,
    from_store: bool = False,
) -> IngestSummary:
    """Ingest `paths` into the warehouse at `home` through a Prefect flow run, and tell what came of it."""
    discover(sort_out(paths, home).files)  # a mistyped path is told at once, not when a server has started
    parameters = {"paths": paths, "recheck": recheck, "from_store": from_store}
    return summary_of(run_flow("ingest", home, parameters, progress))


def run_flow(
    name: str, home: Path, parameters: dict[str, Any], progress: Progress | None = None
) -> State[Any]:
    """Run the flow of that name on the warehouse at `home` through Prefect, and give its final state.

    Raises `GongkaiError` for what the user can mend. Starts a Prefect server for the length of this process
    unless one is set. Prefect reads its settings when it is imported, so it must not be imported before.
    """
    home = home.absolute()
    with explained(home):
        home.mkdir(parents=True, exist_ok=True)
        settle(home)
        is_own = serve()

    import httpx
    from prefect.exceptions import PrefectException

    from flows.loading import PROGRESS
    from flows.registry import load_flow

    flow: Any = load_flow(name)
    wait_until_ready()
    token = PROGRESS.set(progress)
    try:
        with _unwatched() if is_own else nullcontext():
            state: State[Any] = flow(**parameters, home=str(home), return_state=True)
            return state
    except (PrefectException, httpx.HTTPError) as error:
        raise GongkaiError(
            f"Prefect failed: {error}",
            f"Is its disk full, its server gone? See {home / 'prefect/server.log'}.",
        ) from error
    finally:
        PROGRESS.reset(token)


def _unwatched() -> AbstractContextManager[object]:
    """Nobody watches the heart of a run whose server ends with it, and its thread takes a second to stop."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    return temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None})


def summary_of(state: State[Any]) -> IngestSummary:
    """What a finished run of `ingest`, `reextract` or `retry` tells; raises the error that ended it."""
    data = outcome_of(state)
    if isinstance(data, IngestSummary):
        return data
    raise GongkaiError(f"The run ended {state.name}: {state.message}", "See the run in Prefect.")


def outcome_of(state: State[Any]) -> Any:
    """What a finished run gave; raises the error that ended it."""
    from prefect.results import ResultRecord  # type: ignore[attr-defined]

    data = state.data.result if isinstance(state.data, ResultRecord) else state.data
    if isinstance(data, BaseException):
        raise data
    return data
