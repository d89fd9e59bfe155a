"""The flows by name: what can be deployed, run by hand and forgotten by `maintain`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prefect import Flow

FLOWS = ("audit", "ingest", "maintain", "publish", "reextract", "retry")
"""Each is the function of its name in the module `flows.NAME`."""


def load_flow(name: str) -> Flow[..., Any]:
    """The flow; imports Prefect."""
    flow: Flow[..., Any] = getattr(import_module(f"flows.{name}"), name)
    return flow
