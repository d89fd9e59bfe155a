"""The environment of the processes that `gongkai up` starts: Prefect's settings as far as the user has not
made them, with the reason for each."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

from flows.server import QUIET
from flows.settings import Server

POOL = "gongkai"
"""The work pool of all deployments."""

DAY = 86_400

# Task runs are named in the UI; their "Finished in state Completed()" would drown what a run says.
CALM = {"PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "WARNING"}

# A run outlives a restart of the server: its client tries for some minutes.
PATIENT = {"PREFECT_CLIENT_MAX_RETRIES": "12"}

# The automation that marks dead runs listens for these; less is not allowed.
HEARTBEAT_SECONDS = 30

# The default of 10 is felt by whoever clicks; asking a server on the same machine costs nothing.
QUERY_SECONDS = 2


def server_environment(server: Server, home: Path) -> dict[str, str]:
    """For Prefect's server: its database, how long it keeps what, nothing told to anybody."""
    ours = {
        **QUIET,
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_API_URL": client_url(server),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{server.keep_days}D",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(server.keep_days * DAY),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES": json.dumps(
            {"prefect.flow-run.heartbeat": DAY}
        ),
    }
    if server.database is not None:
        ours["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = server.database.get_secret_value()
    return {**ours, **os.environ}


def worker_environment(url: str, home: Path) -> dict[str, str]:
    """For the worker, and so for every run that it starts."""
    ours = {
        **QUIET,
        **CALM,
        **PATIENT,
        "PREFECT_HOME": str(home / "prefect"),
        "PREFECT_WORKER_QUERY_SECONDS": str(QUERY_SECONDS),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    }
    return {**ours, **os.environ, "PREFECT_API_URL": url, "GONGKAI_HOME": str(home)}


def worker_name() -> str:
    """What this machine's worker is called; its runs bear it as a label."""
    return f"{POOL}-{socket.gethostname()}"


def client_url(server: Server) -> str:
    """Where clients on this machine find the server."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(server.host, server.host)
    return f"http://{host}:{server.port}/api"
