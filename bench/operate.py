"""What operating costs: from a trigger to the first document, a deployed run beside a direct one, and what
many runs leave on Prefect's server.

    python -m bench.operate [RUNS [DOCUMENTS]] [--postgres]

From a clone: it starts a station as the tests do (`gongkai up` in a folder of its own).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import statistics
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from bench.ingest import copies
from tests.engines import postgres_cluster
from tests.operate.station import Station

RUNS, DOCUMENTS = 20, 200
FEW = 8
REPEATS = 3


def main(runs: int, documents: int, *, is_postgres: bool) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder,
        postgres_cluster() if is_postgres else nullcontext() as cluster,
    ):
        database = f"postgresql+asyncpg://gongkai@127.0.0.1:{cluster}/prefect" if cluster else None
        settings = {"GONGKAI_SERVER__DATABASE": database} if database else {}
        station = Station(Path(folder), **settings)
        few, many = copies(FEW, Path(folder) / "few"), copies(documents, Path(folder) / "many")
        print(
            f"direct, with a server of its own: {_direct(station, few):.1f} s for {FEW} documents, new home"
        )
        start = time.perf_counter()
        station.gongkai("up")
        print(f"gongkai up: {time.perf_counter() - start:.1f} s ({'PostgreSQL' if database else 'SQLite'})")
        try:
            _latency(station, few)
            _overhead(station, many, documents)
            _growth(station, many, runs, database)
        finally:
            station.gongkai("down")


def _direct(station: Station, pages: Path) -> float:
    with tempfile.TemporaryDirectory() as home:
        start = time.perf_counter()
        station.gongkai("ingest", pages, "--home", home)
        return time.perf_counter() - start


def _latency(station: Station, pages: Path) -> None:
    """From the trigger to the first document's task run, begun and ended, by the server's clock."""
    begun, ended, whole = [], [], []
    for _ in range(REPEATS):
        run, tasks = _deployed(station, pages)
        documents = [task for task in tasks if not task["name"].startswith("load")]
        created = _moment(run["created"])
        begun.append(min(_moment(task["start_time"]) for task in documents) - created)
        ended.append(min(_moment(task["end_time"]) for task in documents) - created)
        whole.append(_moment(run["end_time"]) - created)
    print(
        f"trigger to first document: begun after {statistics.median(begun):.1f} s, read after "
        f"{statistics.median(ended):.1f} s; {FEW} documents loaded after {statistics.median(whole):.1f} s"
    )


def _overhead(station: Station, pages: Path, documents: int) -> None:
    direct, deployed = [], []
    for _ in range(REPEATS):
        start = time.perf_counter()
        station.gongkai("ingest", pages, "--recheck")
        direct.append(time.perf_counter() - start)
        run, _ = _deployed(station, pages)
        deployed.append(_moment(run["end_time"]) - _moment(run["created"]))
    one, other = statistics.median(direct), statistics.median(deployed)
    print(
        f"{documents} documents: direct {one:.1f} s, deployed {other:.1f} s from trigger to end: "
        f"{other - one:+.1f} s"
    )


def _growth(station: Station, pages: Path, runs: int, database: str | None) -> None:
    before = station.memory_mb("server"), _database_mb(station, database)
    start = time.perf_counter()
    for _ in range(runs):
        _deployed(station, pages)
    seconds = (time.perf_counter() - start) / runs
    after = station.memory_mb("server"), _database_mb(station, database)
    print(
        f"{runs} runs, {seconds:.1f} s each: server memory {before[0]:.0f} -> {after[0]:.0f} MB, "
        f"database {before[1]:.1f} -> {after[1]:.1f} MB ({(after[1] - before[1]) / runs * 1000:.0f} kB a run)"
    )
    station.gongkai("maintain")
    home = sum(file.stat().st_size for file in station.home.rglob("*") if file.is_file()) / 1e6
    print(f"home with Prefect's folder after `gongkai maintain`: {home:.0f} MB")


def _deployed(station: Station, pages: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A run of the deployment when it is over, and its task runs."""
    identity = station.trigger("ingest/source", paths=[str(pages)], recheck=True)
    run = station.wait(identity)
    return run, list(station.ask("task_runs/filter", flow_runs={"id": {"any_": [identity]}}))


def _moment(text: str) -> float:
    return dt.datetime.fromisoformat(text).timestamp()


def _database_mb(station: Station, database: str | None) -> float:
    if database is None:
        return sum(file.stat().st_size for file in station.home.glob("prefect/prefect.db*")) / 1e6

    async def ask() -> int:
        import asyncpg  # type: ignore[import-untyped]

        connection = await asyncpg.connect(database.replace("+asyncpg", ""))
        try:
            return int(await connection.fetchval("SELECT pg_database_size(current_database())"))
        finally:
            await connection.close()

    return asyncio.run(ask()) / 1e6


if __name__ == "__main__":
    numbers = [int(each) for each in sys.argv[1:] if each.isdigit()]
    main(*(numbers + [RUNS, DOCUMENTS][len(numbers) :]), is_postgres="--postgres" in sys.argv)
