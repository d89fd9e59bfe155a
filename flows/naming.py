"""What a run is called in Prefect's UI: known only once it has looked what there is to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import get_client
from prefect.context import FlowRunContext

from flows.telling import unless_unreachable

NAMED = 3
"""Paths or sources named in a title; of more, their number is told."""


def title_of(paths: Sequence[str]) -> str:
    """The last names of some paths, URLs or sources."""
    names = [Path(path).absolute().name or path for path in paths]
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def name_run(name: str) -> None:
    """Give the flow run that is going on its name."""
    context = FlowRunContext.get()
    if context is not None and context.flow_run is not None:
        with unless_unreachable("name the run"), get_client(sync_client=True) as client:
            client.update_flow_run(context.flow_run.id, name=name)
