"""The processes of `gongkai up`: Prefect's server and one worker, each with a file that says it lives.

A process holds a lock on `HOME/prefect/NAME.pid`, in which its process id stands. The kernel drops the lock
when it dies, however it dies, so nobody is taken for it afterwards. Nothing here imports prefect.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import GongkaiError

POLL_SECONDS = 0.2
LOG_BYTES = 10_000_000
"""A log larger than that becomes NAME.log.1 when its process starts again."""

URL_FILE = "server.url"


@dataclass(frozen=True, slots=True)
class Machine:
    """A process called `name` that belongs to the warehouse at `home`."""

    home: Path
    name: str

    @property
    def folder(self) -> Path:
        return self.home / "prefect"

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def pid(self) -> int | None:
        """Its process id while it lives."""
        try:
            with (self.folder / f"{self.name}.pid").open() as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return int(file.read() or 0) or None
        except FileNotFoundError:
            pass
        return None

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
        """Start it, unless it runs already (None). It goes on when this process ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        with (self.folder / f"{self.name}.pid").open("a+") as file, self.log.open("ab") as log:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return None
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[file.fileno()],  # the lock lives as long as the child
                env=dict(environment),
                start_new_session=True,
            )
            file.truncate(0)
            file.write(str(process.pid))
        return process

    def stop(self, patience: float) -> bool:
        """End it, by force after `patience` seconds; False when it did not run."""
        pid = self.pid()
        if pid is None:
            return False
        for kind, seconds in ((signal.SIGTERM, patience), (signal.SIGKILL, patience)):
            try:
                os.kill(pid, kind)
            except ProcessLookupError:
                return True
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                if self.pid() != pid:
                    return True
                time.sleep(POLL_SECONDS)
        raise GongkaiError(f"The {self.name} (process {pid}) does not end.", f"See {self.log}.")


def server_of(home: Path) -> Machine:
    return Machine(home, "server")


def worker_of(home: Path) -> Machine:
    return Machine(home, "worker")


def server_command(host: str, port: int) -> list[str]:
    app = "prefect.server.api.server:create_app"
    address = ["--host", host, "--port", str(port)]
    return [sys.executable, "-P", "-m", "uvicorn", "--factory", app, *address, "--log-level", "warning"]


def worker_command(pool: str, name: str) -> list[str]:
    options = ["--type", "process", "--pool", pool, "--name", name]
    return [sys.executable, "-P", "-m", "prefect", "--no-prompt", "worker", "start", *options]


def running_url(home: Path) -> str | None:
    """The address of the server that `gongkai up` started for this home, while it runs."""
    if server_of(home).pid() is None:
        return None
    file = home / "prefect" / URL_FILE
    return file.read_text("utf-8").strip() if file.is_file() else None


def write_url(home: Path, url: str) -> None:
    """Leave the address for `running_url`."""
    (home / "prefect").mkdir(parents=True, exist_ok=True)
    (home / "prefect" / URL_FILE).write_text(f"{url}\n", "utf-8")


def is_taken(host: str, port: int) -> bool:
    """Something else listens there."""
    try:
        with socket.create_server((host, port)):
            return False
    except OSError:
        return True
