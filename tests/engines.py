"""Real engines for the tests, each a process of its own on 127.0.0.1: Dask and PostgreSQL."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
ROOT = Path(__file__).parents[1]
PATIENCE = 120.0
"""Seconds to wait for what takes a few on a machine at rest."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for_port(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            assert time.monotonic() < end, f"nothing listens on port {port}"
            time.sleep(0.1)


@contextmanager
def postgres_cluster() -> Iterator[int]:
    """A private PostgreSQL cluster of the user `gongkai` with the empty database `prefect`; its port."""
    if not SERVERS:
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    port = free_port()
    folder = Path("/tmp") / f"gongkai-postgres-{os.getpid()}-{port}"  # short: it holds a socket
    folder.mkdir(mode=0o755)
    as_user: list[str] = []
    if os.getuid() == 0:  # which PostgreSQL refuses
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]

    def call(program: str, *arguments: str) -> None:
        command = [*as_user, str(SERVERS[-1] / program), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    data = str(folder / "data")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    call("initdb", "-D", data, "-A", "trust", "-U", "gongkai", "--no-sync")
    call("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        call("createdb", "-h", str(folder), "-p", str(port), "-U", "gongkai", "prefect")
        yield port
    finally:
        call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


CALM = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "500ms",
}
"""Dask's settings as docs/scale.md has them."""


class Dask:
    """A scheduler and workers, each started as a user would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        wait_for_port(self.port)

    def work(self, *, modules: Path = ROOT, under: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """One more worker; `modules` is where it has gongkai from, `under` the command that starts it."""
        options = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(self.folder))
        worker = self._start("worker", self.address, *options, modules=modules, under=under)
        self.workers.append(worker)
        return worker

    def _start(
        self, *arguments: str, modules: Path = ROOT, under: Sequence[str] = ()
    ) -> subprocess.Popen[bytes]:
        more = ("--no-dashboard",) if arguments[0] == "scheduler" else ()
        with (self.folder / f"dask-{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [*under, sys.executable, "-m", "dask", *arguments, *more],
                cwd=self.folder,
                env={**os.environ, **CALM, "PYTHONPATH": str(modules)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGKILL)
            process.wait()


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[Dask]:
    """A Dask scheduler with so many workers."""
    dask = Dask(folder)
    try:
        for _ in range(workers):
            dask.work()
        yield dask
    finally:
        dask.end()
