"""What the server says of the deployments: their schedules, the next run, how the last one ended.

Asked over plain HTTP: Prefect's own client takes seconds to import, and `gongkai status` should not.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from flows.operate.environment import POOL
from flows.operate.machinery import running_url, worker_of
from flows.server import users_server

SECONDS = 30
TRIES, PAUSE = 5, 0.5  # while SQLite is busy, the server answers 503 and means soon
DONE = ["COMPLETED", "FAILED", "CRASHED", "CANCELLED"]
ACTIVE = ["PENDING", "RUNNING", "CANCELLING"]


@dataclass(frozen=True, slots=True)
class Deployed:
    """A deployment: its schedules (cron), its next run, the one under way, the last one that ended."""

    name: str
    schedules: tuple[str, ...]
    is_paused: bool
    next_run: dt.datetime | None
    running: str | None
    last_state: str | None
    last_end: dt.datetime | None
    last_message: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A server as it answers now; `error` when it does not."""

    url: str
    workers: int = 0
    deployments: tuple[Deployed, ...] = ()
    error: str | None = None


def standing(home: Path) -> Standing | None:
    """The state of the user's server or of the one that `gongkai up` started; None when there is none."""
    url = users_server() or running_url(home.absolute())
    if url is None:
        return None
    try:
        with httpx.Client(base_url=url, timeout=SECONDS) as client:
            deployments = _ask(client, "deployments", {"deployments": {"tags": {"all_": [POOL]}}})
            flows = {flow["id"]: flow["name"] for flow in _ask(client, "flows", {})}
            found = [_deployed(client, each, flows[each["flow_id"]]) for each in deployments]
            return Standing(url, _workers(client), tuple(sorted(found, key=lambda each: each.name)))
    except (httpx.HTTPError, ValueError) as error:
        return Standing(url, error=f"{type(error).__name__}: {error}")


def worker_pid(home: Path) -> int | None:
    """The process id of the worker that `gongkai up` started, while it lives."""
    return worker_of(home.absolute()).pid()


def _workers(client: httpx.Client) -> int:
    """Workers that have been heard of lately."""
    answer = client.post(f"work_pools/{POOL}/workers/filter", json={})
    if answer.status_code == httpx.codes.NOT_FOUND:
        return 0
    return sum(worker["status"] == "ONLINE" for worker in answer.raise_for_status().json())


def _deployed(client: httpx.Client, deployment: dict[str, Any], flow: str) -> Deployed:
    coming = _run(client, deployment, ["SCHEDULED"], "EXPECTED_START_TIME_ASC")
    active = _run(client, deployment, ACTIVE, "START_TIME_DESC")
    last = _run(client, deployment, DONE, "END_TIME_DESC")
    state = (last or {}).get("state") or {}
    return Deployed(
        name=f"{flow}/{deployment['name']}",
        schedules=tuple(_words(each) for each in deployment["schedules"] if each["active"]),
        is_paused=deployment["paused"],
        next_run=_time(coming and coming["expected_start_time"]),
        running=active and active["name"],
        last_state=state.get("name"),
        last_end=_time(last and last["end_time"]),
        last_message=state.get("message"),
    )


def _run(client: httpx.Client, deployment: dict[str, Any], states: list[str], order: str) -> Any:
    query = {
        "deployments": {"id": {"any_": [deployment["id"]]}},
        "flow_runs": {"state": {"type": {"any_": states}}},
        "sort": order,
        "limit": 1,
    }
    return next(iter(_ask(client, "flow_runs", query)), None)


def _ask(client: httpx.Client, what: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    answer = client.post(f"{what}/filter", json=query)
    for _ in range(TRIES):
        if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        time.sleep(PAUSE)
        answer = client.post(f"{what}/filter", json=query)
    found: list[dict[str, Any]] = answer.raise_for_status().json()
    return found


def _words(schedule: dict[str, Any]) -> str:
    rule = schedule["schedule"]
    when = rule.get("cron") or rule.get("rrule") or f"every {rule.get('interval')} s"
    return f"{when} {rule.get('timezone') or 'UTC'}"


def _time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone() if text else None
