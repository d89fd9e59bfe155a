"""Deleting old flow runs from Prefect's server, with their task runs, logs and artifacts.

Through the API, so that it works on every database. Events go by the server's own retention, which
`gongkai up` sets. What the runs loaded stands in the warehouse and is not touched.
"""

from __future__ import annotations

import datetime as dt

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterEndTime,
)
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound

from flows.registry import FLOWS

PAGE = 200  # the server gives no more at once


def prune_runs(days: int) -> int:
    """Delete our flows' runs that ended more than `days` days ago; returns how many."""
    before = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    pruned = 0
    with get_client(sync_client=True) as client:
        while runs := _ended(client, before):
            for run in runs:
                _delete(client, run)
            pruned += len(runs)
    return pruned


def _ended(client: SyncPrefectClient, before: dt.datetime) -> list[FlowRun]:
    ours = FlowFilter(name=FlowFilterName(any_=list(FLOWS)))
    ended = FlowRunFilter(end_time=FlowRunFilterEndTime(before_=before))  # type: ignore[arg-type]
    return client.read_flow_runs(flow_filter=ours, flow_run_filter=ended, limit=PAGE)


def _delete(client: SyncPrefectClient, run: FlowRun) -> None:
    of_run = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run.id]))
    try:
        for artifact in client.read_artifacts(artifact_filter=of_run):
            client.delete_artifact(artifact.id)
        client.delete_flow_run(run.id)
    except ObjectNotFound:
        return  # somebody else deletes, too
