"""`gongkai up` and `down`: server, worker and deployments on one machine; what runs already is left alone."""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from flows.operate.environment import POOL, client_url, server_environment, worker_environment, worker_name
from flows.operate.machinery import (
    is_taken,
    running_url,
    server_command,
    server_of,
    worker_command,
    worker_of,
    write_url,
)
from flows.server import settle, users_server, wait_until_ready
from flows.settings import Settings
from tasks.errors import GongkaiError
from warehouse.faults import explained

STOP_SECONDS = 60  # a worker ends its runs first
WATCH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Up:
    """What runs now: the UI's address, and the processes started just now (None: they ran already)."""

    url: str
    server: subprocess.Popen[bytes] | None
    worker: subprocess.Popen[bytes] | None
    deployments: tuple[str, ...]


def up(settings: Settings, home: Path) -> Up:
    """Start what does not run, and put deployments and automations on the server.

    With `PREFECT_API_URL` set (or in Prefect's active profile) that server is used and none is started.
    Raises `GongkaiError` when the port is taken or something does not start.
    """
    home = home.absolute()
    with explained(home):
        home.mkdir(parents=True, exist_ok=True)
        server = _start_server(settings, home)
        url = os.environ["PREFECT_API_URL"]
        from flows.operate.deploying import deploy  # Prefect: only now, when its settings stand

        deployments = asyncio.run(deploy(settings, home))
        command = worker_command(POOL, worker_name())
        worker = worker_of(home).start(command, worker_environment(url, home))
    return Up(url.removesuffix("/api"), server, worker, deployments)


def _start_server(settings: Settings, home: Path) -> subprocess.Popen[bytes] | None:
    """Have a server behind `PREFECT_API_URL` that answers; the process, if it was started here."""
    process = None
    if users_server() is None and running_url(home) is None:
        host, port = settings.server.host, settings.server.port
        if is_taken(host, port):
            raise GongkaiError(
                f"Port {port} of {host} is taken by another process.",
                "Choose another with GONGKAI_SERVER__PORT, or set PREFECT_API_URL to use that server.",
            )
        environment = server_environment(settings.server, home)
        process = server_of(home).start(server_command(host, port), environment)
        write_url(home, client_url(settings.server))
    settle(home)
    wait_until_ready(process)
    return process


def down(home: Path) -> list[str]:
    """Stop worker and server of this home; returns which of them ran."""
    home = home.absolute()
    machines = (worker_of(home), server_of(home))
    return [machine.name for machine in machines if machine.stop(STOP_SECONDS)]


def watch(home: Path, started: Up) -> None:
    """Stay until one of the processes ends, then stop the others and raise (for systemd and containers)."""
    home = home.absolute()
    processes = [process for process in (started.server, started.worker) if process is not None]
    watched = [each for each in (server_of(home), worker_of(home)) if each.pid() is not None]
    try:
        while all(machine.pid() is not None for machine in watched):
            time.sleep(WATCH_SECONDS)
            for process in processes:
                process.poll()  # reaps it
    finally:
        dead = [machine for machine in watched if machine.pid() is None]
        down(home)
    names = " and ".join(machine.name for machine in dead)
    raise GongkaiError(f"The {names} ended.", f"See {dead[0].log}.")
