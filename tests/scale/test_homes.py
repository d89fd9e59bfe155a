"""Homes in an object store, catalogs in PostgreSQL: the same rows as in a folder, whatever fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from flows.edition import edition_of
from flows.summary import IngestSummary
from tasks.errors import GongkaiError
from tasks.load import load_batch, write_part
from tasks.load.parts import read_parts
from tests.conftest import SHARED
from tests.engines import Dask, postgres_cluster
from tests.same import assert_same_homes
from tests.scale.conftest import gongkai
from tests.scale.store import BUCKET, Door, object_store
from tests.warehouse.made import made_report
from warehouse.export import EXPORTED, export_to
from warehouse.formats import Format
from warehouse.lake import open_warehouse
from warehouse.lock import WriterBusy
from warehouse.maintain import tidy
from warehouse.move import move
from warehouse.place import place_of, settle_place
from warehouse.release import publish_to
from warehouse.store import store_at

Ingest = Callable[..., IngestSummary]
Made = Callable[..., Path]


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    with object_store() as store:
        yield store


@pytest.fixture
def bucket(door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Door:
    """The store as this process finds it, and a folder for this machine's state."""
    for name, value in door.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GONGKAI_STATE", str(tmp_path / "state"))
    return door


@pytest.fixture(scope="session")
def server() -> Iterator[int]:
    with postgres_cluster() as port:
        yield port


@pytest.fixture
def catalog(server: int, request: pytest.FixtureRequest) -> str:
    """The address of a database of the test's own."""
    name = f"g{abs(hash(request.node.nodeid))}"
    with psycopg.connect(f"postgresql://gongkai@127.0.0.1:{server}/prefect", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    return f"postgresql://gongkai@127.0.0.1:{server}/{name}"


@pytest.fixture
def remote(bucket: Door, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[str | None], Path]:
    """The folder on this machine of a home in the store."""

    def make(catalog: str | None = None, name: str = "home") -> Path:
        url = f"s3://{BUCKET}/{request.node.name}/{name}"
        return settle_place(url, catalog, tmp_path / "state")

    return make


def test_a_store_keeps_whole_files_and_tells_what_is_missing(bucket: Door) -> None:
    store = store_at(f"s3://{BUCKET}/files")
    store.write("a/b", b"content")
    assert (store.read("a/b"), store.start("a/b", 4), store.has("a/b")) == (b"content", b"cont", True)
    assert list(store.sizes("a")) == [("a/b", 7)]
    store.remove("a")
    assert not store.has("a/b")
    with pytest.raises(FileNotFoundError):
        store.read("a/b")


def test_what_is_wrong_with_a_store_is_told(bucket: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(GongkaiError, match="There is no bucket at s3://nowhere/home"):
        store_at("s3://nowhere/home").write("x", b"")
    bucket.fault = 403
    try:
        with pytest.raises(GongkaiError, match=r"refuses the credentials.*AWS_ACCESS_KEY_ID"):
            store_at(f"s3://{BUCKET}/home").read("x")
    finally:
        bucket.fault = None
    monkeypatch.setattr("warehouse.bucket.RETRIES", 1)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(GongkaiError, match=r"does not answer.*AWS_ENDPOINT_URL"):
        store_at(f"s3://{BUCKET}/home").read("x")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(GongkaiError, match=r"There are no credentials.*AWS_SECRET_ACCESS_KEY"):
        store_at(f"s3://{BUCKET}/home")


def test_what_is_wrong_with_a_catalog_is_told_without_its_password(tmp_path: Path, catalog: str) -> None:
    for wrong in ("postgresql://me:secret@127.0.0.1:9/x", catalog.replace("gongkai@", "me:secret@") + "x"):
        folder = settle_place(tmp_path / wrong[-5:], wrong, tmp_path)
        with pytest.raises(GongkaiError, match="The catalog of") as told:
            open_warehouse(folder)
        assert "secret" not in str(told.value)
    with pytest.raises(GongkaiError, match="no address of PostgreSQL"):
        settle_place(tmp_path / "y", "mysql://x", tmp_path)


def test_two_homes_never_share_a_catalog(tmp_path: Path, catalog: str) -> None:
    open_warehouse(settle_place(tmp_path / "one", catalog, tmp_path)).close()
    with pytest.raises(GongkaiError, match="belongs to a home elsewhere"):
        open_warehouse(settle_place(tmp_path / "two", catalog, tmp_path))


def test_a_changed_setting_begins_no_second_warehouse(tmp_path: Path, catalog: str) -> None:
    open_warehouse(tmp_path / "home").close()
    with pytest.raises(GongkaiError, match="has its catalog in SQLite"):
        settle_place(tmp_path / "home", catalog, tmp_path)


def test_one_machine_writes_at_a_time_and_the_other_is_told_who(
    remote: Callable[..., Path], catalog: str, tmp_path: Path
) -> None:
    folder = remote(catalog)
    elsewhere = settle_place(place_of(folder).store, catalog, tmp_path / "another machine")
    with open_warehouse(folder), pytest.raises(WriterBusy, match=rf"written by gongkai \S+:{os.getpid()}"):
        open_warehouse(elsewhere)
    open_warehouse(elsewhere).close()


@pytest.mark.slow
def test_moved_there_and_back_every_row_is_the_same(
    ingest: Ingest, sample: Path, tmp_path: Path, remote: Callable[..., Path], catalog: str
) -> None:
    ingest(tmp_path / "here", sample)
    there = remote(catalog)
    moved = move(tmp_path / "here", place_of(there))
    assert (moved.rows["documents"], moved.blobs) == (8, 8)
    assert_same_homes(there, tmp_path / "here")
    with pytest.raises(GongkaiError, match="holds a warehouse already"):
        move(tmp_path / "here", place_of(there))
    move(there, place_of(tmp_path / "back"))
    assert_same_homes(tmp_path / "back", tmp_path / "here")
    with open_warehouse(tmp_path / "back", read_only=True) as back:
        assert back.rows("SELECT flow FROM runs") == [{"flow": "ingest"}]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["store", "catalog", "both"])
def test_every_home_and_catalog_bring_the_same_rows(
    kind: str,
    ingest: Ingest,
    generated: Callable[[int], Path],
    tmp_path: Path,
    remote: Callable[..., Path],
    catalog: str,
) -> None:
    pages = generated(120)
    ingest(tmp_path / "here", pages)
    if kind == "catalog":
        folder = settle_place(tmp_path / "there", catalog, tmp_path)
    else:
        folder = remote(catalog if kind == "both" else None)
    assert ingest(folder, pages).new == 120
    assert_same_homes(folder, tmp_path / "here")
    assert ingest(folder, pages).unchanged == 120


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_two_thousand_pages_and_the_real_reports_on_dask_store_and_postgresql_are_the_same_rows(
    ingest: Ingest,
    generated: Callable[[int], Path],
    tmp_path: Path,
    remote: Callable[..., Path],
    catalog: str,
    dask: Dask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports = SHARED / "reports"
    pages = [generated(2_000), *([reports] if reports.is_dir() else [])]
    here = ingest(tmp_path / "here", *pages)
    monkeypatch.setenv("GONGKAI_RUNNER", "dask")
    monkeypatch.setenv("GONGKAI_RUNNER_ADDRESS", dask.address)
    there = remote(catalog)
    assert ingest(there, *pages).new == here.new >= 2_000
    assert_same_homes(there, tmp_path / "here")


@pytest.mark.slow
@pytest.mark.parametrize("fault", [503, 500, "hang up"])
def test_a_store_that_fails_for_ten_seconds_costs_nothing_but_time(
    fault: int | str,
    bucket: Door,
    ingest: Ingest,
    sample: Path,
    tmp_path: Path,
    remote: Callable[..., Path],
) -> None:
    folder = remote()
    threading.Timer(1.0, lambda: bucket.fail(fault, 10)).start()
    summary = ingest(folder, sample)
    while bucket.fault is not None:
        time.sleep(0.1)
    assert bucket.refused > 0
    assert (summary.new, summary.failed) == (8, ())
    ingest(tmp_path / "here", sample)
    assert_same_homes(folder, tmp_path / "here")


READER = """
import sys
from pathlib import Path
from warehouse.export import EXPORTED, export_to
from warehouse.formats import Format
from warehouse.lake import open_warehouse
from warehouse.place import settle_place
folder = settle_place(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
with open_warehouse(folder, read_only=True) as warehouse:
    print("open", flush=True)
    for _ in range(int(sys.argv[4])):
        counts = warehouse.rows(
            "SELECT (SELECT count(*) FROM documents) AS d, (SELECT count(*) FROM reports) AS r"
        )[0]
        assert counts["d"] % 5 == 0 and counts["d"] == counts["r"], counts
    print(counts["d"])
"""


@pytest.mark.slow
def test_readers_on_other_machines_see_whole_batches_while_the_writer_loads(
    remote: Callable[..., Path], catalog: str, tmp_path: Path
) -> None:

    folder = remote(catalog)
    url = place_of(folder).store
    with open_warehouse(folder) as warehouse:
        load_batch(warehouse, [made_report(serial) for serial in range(5)])
        readers = [
            subprocess.Popen(
                [sys.executable, "-c", READER, url, catalog, str(tmp_path / f"machine {number}"), "30"],
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in (1, 2)
        ]
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "open\n"
        for batch in range(1, 12):
            load_batch(warehouse, [made_report(5 * batch + serial) for serial in range(5)])
        for reader in readers:
            said, _ = reader.communicate(timeout=200)
            assert reader.returncode == 0
            assert int(said) >= 5


WRITER = """
import os, signal, sys
from pathlib import Path
import tasks.load.batch as batch
from flows.home import home_of
from flows.ingest import ingest
settle = batch.settle_agencies
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
batch.settle_agencies = die
from flows.run import run_ingest
run_ingest([sys.argv[2]], home_of(sys.argv[1]))
"""


@pytest.mark.slow
def test_a_writer_killed_in_its_transaction_leaves_nothing_half_written(
    ingest: Ingest, sample: Path, tmp_path: Path, remote: Callable[..., Path], catalog: str, bucket: Door
) -> None:
    folder = remote(catalog)
    url = place_of(folder).store
    killed = subprocess.run(
        [sys.executable, "-c", WRITER, url, str(sample)],
        env={**os.environ, "GONGKAI_CATALOG": catalog, "PREFECT_HOME": str(tmp_path / "prefect")},
        timeout=280,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    with open_warehouse(folder, read_only=True) as warehouse:
        assert warehouse.rows("SELECT count(*) AS n FROM documents") == [{"n": 0}]
    assert ingest(folder, sample).new == 8
    ingest(tmp_path / "here", sample)
    assert_same_homes(folder, tmp_path / "here")
    assert not list(store_at(url).sizes("parts"))


def test_a_half_written_part_is_nobodys(tmp_path: Path, sample: Path, ingest: Ingest) -> None:
    left = tmp_path / "home" / "parts" / "killed-run" / "draft-x"
    left.mkdir(parents=True)
    (left / "documents.arrow").write_bytes(b"ARROW1")
    assert ingest(tmp_path / "home", sample).new == 8
    assert not (tmp_path / "home" / "parts").exists()
    shutil.rmtree(tmp_path / "home")


def test_a_half_written_part_in_a_store_is_named(bucket: Door) -> None:
    store = store_at(f"s3://{BUCKET}/parts")
    name = write_part([made_report(1)], f"s3://{BUCKET}/parts").rpartition("/")[2]
    store.write(name, store.read(name)[:-100])
    with pytest.raises(GongkaiError, match=rf"The part file s3://{BUCKET}/parts/{name} is not whole"):
        read_parts([f"s3://{BUCKET}/parts/{name}"])


@pytest.mark.slow
def test_exports_and_releases_go_to_the_store(bucket: Door, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(1), made_report(2, year=2018)])
    exported, shelf = f"s3://{BUCKET}/exported", f"s3://{BUCKET}/releases"
    with open_warehouse(home, read_only=True) as warehouse:
        for format_ in (Format.CSV, Format.PARQUET):
            export_to(warehouse, exported, format_)
        assert len(list(store_at(exported).sizes("", ".parquet"))) == len(EXPORTED)
        assert not list(store_at(exported).sizes("", ".csv"))
        store_at(shelf).write("1/site/index.html", b"left by one that was killed")
        publish_to(warehouse, shelf, edition_of("1", is_masked=True))
        with pytest.raises(GongkaiError, match="releases are never changed"):
            publish_to(warehouse, shelf, edition_of("1", is_masked=True))
        with pytest.raises(GongkaiError, match="holds files that no gongkai export wrote"):
            export_to(warehouse, shelf, Format.CSV)
    assert "since 1" in gongkai("publish", shelf, f"--home={home}", "--version", "2")
    for path in ("2/release.json", "2/parquet/facts.parquet", "2/site/index.html"):
        assert store_at(shelf).has(path), path


@pytest.mark.slow
def test_a_long_run_into_a_store_leaves_few_files(
    remote: Callable[..., Path], catalog: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.maintain.CROWDED", 4)
    monkeypatch.setattr("tasks.load.batch.LOADS_BETWEEN_LOOKS", 4)
    folder = remote(catalog)
    with open_warehouse(folder) as warehouse:
        for number in range(9):
            load_batch(warehouse, [made_report(number, year=2000 + number)])
        before = warehouse.rows("FROM facts ORDER BY ALL")
        most = "SELECT max(file_count) AS files FROM ducklake_table_info('gongkai')"
        assert warehouse.rows(most)[0]["files"] <= 5
        tidy(warehouse, 0)
        assert warehouse.rows(most)[0]["files"] == 1
        assert warehouse.rows("FROM facts ORDER BY ALL") == before
