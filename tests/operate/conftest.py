"""Stations for the tests: one with SQLite, one with PostgreSQL, each started once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engines import postgres_cluster
from tests.operate.station import Station, until
from tests.same import Contents, contents


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
    try:
        station.gongkai("up")
        yield station
    finally:
        station.gongkai("down")
    until(lambda: station.pid("server") is None, "the end of the server")


Pages = Callable[[int], Path]


@pytest.fixture(scope="session")
def pages(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """A folder of so many pages that differ by a serial number; not to be changed, for all tests share it."""
    made: dict[int, Path] = {}

    def make(number: int) -> Path:
        if number not in made:
            made[number] = copies(sample, number, tmp_path_factory.mktemp("pages") / f"{number} pages")
        return made[number]

    return make


def copies(sample: Path, number: int, folder: Path) -> Path:
    """So many pages, and one more that is empty."""
    folder.mkdir()
    originals = sorted(sample.iterdir())
    for serial in range(number):
        original = originals[serial % len(originals)]
        note = f"<p>No. {serial}</p>".encode("ascii")
        (folder / f"{serial:03}-{original.name}").write_bytes(original.read_bytes() + note)
    (folder / "empty.html").touch()
    return folder


@pytest.fixture(scope="session")
def by_hand(pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Contents]:
    """What the warehouse holds after `gongkai ingest` of so many pages, without anything of a station."""
    known: dict[int, Contents] = {}

    def run(number: int) -> Contents:
        if number not in known:
            alone = Station(tmp_path_factory.mktemp("by-hand"))
            alone.gongkai("ingest", pages(number))
            known[number] = contents(alone.home)
        return known[number]

    return run
