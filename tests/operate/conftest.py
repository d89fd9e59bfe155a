"""Stations for the tests: one with SQLite, one with PostgreSQL, each started once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engines import postgres_cluster
from tests.operate.station import Station, until


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgres_cluster() as port:
        yield f"postgresql+asyncpg://gongkai@127.0.0.1:{port}/prefect"


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
