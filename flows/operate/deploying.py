"""What `gongkai up` puts on the server: the work pool with its queue of writers, the deployments of
prefect.yaml, the automations; and runs of this machine whose process is gone are marked and started again."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Crashed
from prefect.workers.process import ProcessWorker

from flows.operate.automating import automate
from flows.operate.environment import POOL, worker_name
from flows.settings import Settings
from tasks.errors import GongkaiError

TAG = "gongkai"
WRITER_QUEUE = "writer"
"""The queue of all deployments that write the warehouse: it lets one run at a time go."""

WORKER_LABEL = "prefect.worker.name"
"""The label that Prefect gives a run: who began it."""

DEPLOY_SECONDS = 600


async def deploy(settings: Settings, home: Path) -> tuple[str, ...]:
    """Put everything on the server behind `PREFECT_API_URL`; returns the deployments' names."""
    async with get_client() as client:
        await make_pool(client)
        run_prefect_deploy(deployment_file(), home)
        await automate(client, settings.notify.webhook)
        await replace_dead_runs(client)
        tagged = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
        deployments = await client.read_deployments(deployment_filter=tagged)
        flows = {flow.id: flow.name for flow in await client.read_flows()}
    return tuple(sorted(f"{flows[each.flow_id]}/{each.name}" for each in deployments))


async def make_pool(client: PrefectClient) -> None:
    """The process work pool, with the queue that makes one writer of all deployments."""
    template = ProcessWorker.get_default_base_job_template()
    with suppress(ObjectAlreadyExists):  # whose settings are the operator's
        await client.create_work_pool(WorkPoolCreate(name=POOL, type="process", base_job_template=template))
    about = "Runs that write the warehouse, one at a time."
    try:
        await client.create_work_queue(
            name=WRITER_QUEUE, description=about, concurrency_limit=1, work_pool_name=POOL
        )
    except ObjectAlreadyExists:
        queue = await client.read_work_queue_by_name(WRITER_QUEUE, work_pool_name=POOL)
        await client.update_work_queue(queue.id, concurrency_limit=1)


def deployment_file() -> Path:
    """prefect.yaml of the working folder, where somebody may have changed it, else ours."""
    here = Path("prefect.yaml")
    return here.absolute() if here.is_file() else Path(__file__).with_name("prefect.yaml")


def run_prefect_deploy(file: Path, home: Path) -> None:
    """`prefect deploy --all`, from the present folder: relative paths of parameters mean it."""
    command = [sys.executable, "-P", "-m", "prefect", "--no-prompt", "deploy", "--all"]
    environment = {**os.environ, "PWD": str(Path.cwd()), "GONGKAI_HOME": str(home)}
    done = subprocess.run(
        [*command, "--prefect-file", str(file)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment,
        timeout=DEPLOY_SECONDS,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise GongkaiError(f"{file} could not be deployed: {said[-1] if said else ''}", "Mend the file.")


async def replace_dead_runs(client: PrefectClient) -> None:
    """Runs that this machine's worker began and whose process is gone (killed, rebooted): Crashed, and
    begun again with the same parameters. What they had loaded stays loaded."""
    active = FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.CANCELLING])
    runs = await client.read_flow_runs(flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=active)))
    for run in runs:
        if run.deployment_id is not None and is_dead(run):
            message = f"Its process {run.infrastructure_pid} is gone."
            await client.set_flow_run_state(run.id, Crashed(message=message))
            await client.create_flow_run_from_deployment(
                run.deployment_id,
                parameters=run.parameters,
                job_variables=run.job_variables,
                tags=[*run.tags, "resumed"],
            )


def is_dead(run: FlowRun) -> bool:
    """It was a process of this machine's worker that lives no more."""
    pid = run.infrastructure_pid or ""
    if run.labels.get(WORKER_LABEL) != worker_name() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return True  # somebody else's process by now
    return False
