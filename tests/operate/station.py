"""A real station for the tests: `gongkai up` in a folder of its own, and what one asks its server."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

GONGKAI = str(Path(sys.executable).with_name("gongkai"))
PATIENCE = 300.0
"""Seconds to wait for what takes a few on a machine at rest."""

ANSWER = 150.0
"""Seconds to wait for an answer: Prefect's server waits 60 for SQLite before it says that it is busy."""

DONE = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
Value = TypeVar("Value")


def until(found: Callable[[], Value | None], what: str, patience: float = PATIENCE) -> Value:
    """What is found as soon as it is there."""
    end = time.monotonic() + patience
    while not (value := found()):
        assert time.monotonic() < end, f"waited {patience:.0f} s in vain for {what}"
        time.sleep(0.2)
    return value


class Station:
    """A folder with gongkai.toml, a home, a free port, and a Prefect server and worker after `up`."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.home = folder / "home"
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "GONG"))}
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.environment = {
            **kept,
            "TMPDIR": str(self.temporary),
            "GONGKAI_HOME": str(self.home),
            "GONGKAI_SERVER__PORT": str(self.port),
            "HOME": str(folder),
            **settings,
        }

    def gongkai(self, *arguments: str | Path) -> str:
        """The command's output; it must succeed."""
        done = subprocess.run(
            [GONGKAI, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        logs = [file.read_text("utf-8", "replace")[-3000:] for file in self.home.glob("prefect/*.log")]
        assert done.returncode == 0, "\n".join([done.stdout, done.stderr, *logs])
        return done.stdout

    def ask(self, path: str, **query: Any) -> Any:
        return self.send("POST", path, query)

    def send(self, method: str, path: str, content: Any = None) -> Any:
        """The server's answer. While SQLite is busy it says 503, in the end; Prefect's clients wait, too."""

        def answered() -> httpx.Response | None:
            answer = httpx.request(method, f"{self.url}/api/{path}", json=content, timeout=ANSWER)
            return answer if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE else None

        answer = until(answered, f"an answer of {path}").raise_for_status()
        return answer.json() if answer.content else None

    def deployment(self, name: str) -> dict[str, Any]:
        """By `flow/deployment`."""
        return dict(self.send("GET", f"deployments/name/{name}"))

    def trigger(self, name: str, environment: dict[str, str] | None = None, **parameters: Any) -> str:
        """A run of the deployment now, with these variables in its environment; its id."""
        path = f"deployments/{self.deployment(name)['id']}/create_flow_run"
        variables = {"env": environment} if environment else {}
        return str(self.ask(path, parameters=parameters, job_variables=variables)["id"])

    def save_secret(self, name: str, value: str) -> None:
        """Make a Prefect block of the kind Secret, as one does in the UI."""
        code = f"from prefect.blocks.system import Secret; Secret(value={value!r}).save({name!r})"
        environment = {**self.environment, "PREFECT_API_URL": f"{self.url}/api"}
        subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=self.folder, timeout=600, check=True
        )

    def schedule(self, name: str, seconds: float, **parameters: Any) -> str:
        """A schedule whose first time is so many seconds ahead; its id. Then again and again, should the
        scheduler have been too slow for the first: take it away when a run of it has begun."""
        start = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
        rule = {"interval": 30, "anchor_date": start.isoformat(), "timezone": "Asia/Shanghai"}
        path = f"deployments/{self.deployment(name)['id']}/schedules"
        schedule = {"schedule": rule, "active": True, "parameters": parameters, "slug": "soon"}
        return str(self.send("POST", path, [schedule])[0]["id"])

    def unschedule(self, name: str, schedule: str) -> None:
        path = f"deployments/{self.deployment(name)['id']}/schedules/{schedule}"
        self.send("DELETE", path)

    def run(self, identity: str) -> dict[str, Any]:
        return dict(self.send("GET", f"flow_runs/{identity}"))

    def wait(self, identity: str, state: str = "COMPLETED") -> dict[str, Any]:
        """The run when it is over, which must be in that state."""

        def over() -> dict[str, Any] | None:
            run = self.run(identity)
            return run if run["state"]["type"] in DONE else None

        run = until(over, f"the end of run {identity}")
        logs = self.ask("logs/filter", logs={"flow_run_id": {"any_": [identity]}}, sort="TIMESTAMP_ASC")
        said = "\n".join(log["message"] for log in logs)
        assert run["state"]["type"] == state, f"{run['state']}\n{said}"
        return run

    def pid(self, name: str) -> int | None:
        """The process id of `server` or `worker`."""
        from flows.operate.machinery import Machine

        return Machine(self.home, name).pid()

    def memory_mb(self, name: str) -> float:
        """What `server` or `worker` has in memory."""
        pages = Path(f"/proc/{self.pid(name)}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def children(self, name: str) -> list[int]:
        """The processes that `server` or `worker` has started and that live."""
        threads = Path(f"/proc/{self.pid(name)}/task").iterdir()
        return [int(pid) for thread in threads for pid in (thread / "children").read_text().split()]

    def kill(self, *pids: int | None) -> None:
        for pid in pids:
            assert pid is not None
            os.kill(pid, signal.SIGKILL)

    def status(self) -> dict[str, Any]:
        return dict(json.loads(self.gongkai("status", "--json")))
