"""Stations for the tests: one with SQLite, one with PostgreSQL, each started once."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.operate.station import Station, until

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A private PostgreSQL cluster on a free port; the address of an empty database."""
    if not SERVERS:
        pytest.skip("PostgreSQL is not installed (Debian's package postgresql)")
    folder = Path("/tmp") / f"gongkai-postgres-{os.getpid()}"  # short: it holds a socket
    folder.mkdir(mode=0o755)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
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
        yield f"postgresql+asyncpg://gongkai@127.0.0.1:{port}/prefect"
    finally:
        call("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def station(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    """A station with every deployment, one with each kind of database."""
    settings = {}
    if request.param == "postgresql":
        settings["GONGKAI_SERVER__DATABASE"] = request.getfixturevalue("postgres")
    station = Station(tmp_path_factory.mktemp(f"station-{request.param}"), **settings)
    station.gongkai("up")
    try:
        yield station
    finally:
        station.gongkai("down")
    until(lambda: station.pid("server") is None, "the end of the server")


@pytest.fixture
def copies(sample: Path, tmp_path: Path) -> Callable[[int], Path]:
    """A folder of so many pages that differ by a serial number."""

    def make(number: int) -> Path:
        folder = tmp_path / f"{number} pages"
        folder.mkdir()
        originals = sorted(sample.iterdir())
        for serial in range(number):
            original = originals[serial % len(originals)]
            note = f"<p>No. {serial}</p>".encode("ascii")
            (folder / f"{serial:03}-{original.name}").write_bytes(original.read_bytes() + note)
        return folder

    return make
