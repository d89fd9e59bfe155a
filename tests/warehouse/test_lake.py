from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.errors import GongkaiError
from tasks.load import RunEnd, begin_run, finish_run, load_batch
from tests.warehouse.made import made_report
from warehouse.contract import SCHEMA_VERSION, TABLES, VIEWS
from warehouse.lake import Warehouse, open_warehouse

ROOT = Path(__file__).parents[2]

WRITER = """
import sys, itertools
from pathlib import Path
import tasks.load.batch, warehouse.maintain
from tasks.load import load_batch
from tests.warehouse.made import made_report
from warehouse.lake import open_warehouse

warehouse.maintain.CROWDED, tasks.load.batch.LOADS_BETWEEN_LOOKS = 3, 2  # files are merged all the time

with open_warehouse(Path(sys.argv[1])) as warehouse:
    for generation in itertools.count(int(sys.argv[2])):
        load_batch(warehouse, [made_report(i, year=2000 + i, generation=generation) for i in range(12)])
        print(generation, flush=True)
"""


def start_writer(home: Path, first: int = 1) -> subprocess.Popen[str]:
    """A process that loads generation after generation of the same twelve reports."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home), str(first)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def generation_of(warehouse: Warehouse) -> int:
    """The one generation that all rows of all tables belong to."""
    (row,) = warehouse.rows(
        """
        SELECT count(DISTINCT f.value) AS generations, max(f.value) AS generation, count(*) AS facts,
               count(DISTINCT f.document_id) AS documents,
               (SELECT count(DISTINCT content_sha256) FROM documents) AS contents,
               (SELECT count(*) FROM form_cells) AS cells,
               (SELECT sum(fact_count) FROM reports WHERE is_primary) AS counted,
               (SELECT sum(reports) FROM agencies) AS of_bodies
        FROM facts f JOIN documents d USING (document_id)
        WHERE contains(d.text, format('申请{}件', f.value::INTEGER))
        """
    )
    expected = {"generations": 1, "facts": 36, "documents": 12, "contents": 12, "cells": 24, "counted": 36}
    assert {name: row[name] for name in expected} == expected
    assert row["of_bodies"] == 12
    return int(row["generation"])


def test_readers_in_another_process_see_whole_states_while_the_writer_hammers(home: Path) -> None:
    writer = start_writer(home)
    assert writer.stdout is not None
    writer.stdout.readline()
    seen = []
    try:
        with open_warehouse(home, read_only=True) as open_all_along:
            for _ in range(8):
                seen.append(generation_of(open_all_along))
                with open_warehouse(home, read_only=True) as opened_anew:
                    seen.append(generation_of(opened_anew))
        assert writer.poll() is None, "the writer must not be disturbed by readers"
    finally:
        writer.kill()
        writer.wait()
    assert seen == sorted(seen)
    assert seen[-1] > seen[0]


def test_a_reader_in_another_process_sees_the_last_state_while_a_transaction_is_open(home: Path) -> None:
    query = "import sys; from pathlib import Path; from warehouse.lake import open_warehouse\n"
    query += (
        "print(open_warehouse(Path(sys.argv[1]), read_only=True).rows('SELECT count(*) n FROM documents'))"
    )
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(1)])
        with warehouse.transaction():
            load_batch(warehouse, [made_report(2)])
            inside = subprocess.check_output([sys.executable, "-c", query, str(home)], text=True, cwd=ROOT)
        after = subprocess.check_output([sys.executable, "-c", query, str(home)], text=True, cwd=ROOT)
    assert (inside.strip(), after.strip()) == ("[{'n': 1}]", "[{'n': 2}]")


def test_after_sigkill_at_any_moment_the_last_committed_state_is_there(home: Path) -> None:
    seed = random.randrange(10**6)
    dice = random.Random(seed)
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(i, year=2000 + i, generation=1) for i in range(12)])
    last = 1
    for _ in range(6):
        writer = start_writer(home, last + 1)
        assert writer.stdout is not None
        committed = [int(writer.stdout.readline())]
        time.sleep(dice.uniform(0, 0.5))
        writer.send_signal(signal.SIGKILL)
        committed += [int(line) for line in writer.stdout.read().split()]
        writer.wait()
        with open_warehouse(home, read_only=True) as warehouse:
            found = generation_of(warehouse)
        # The kill may fall between the commit and the word that tells of it.
        assert found - committed[-1] in (0, 1), f"seed {seed}"
        last = found
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(99)])


def test_after_sigkill_while_the_warehouse_is_being_made_the_next_opening_finishes_it(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, warehouse.lake as lake; print(1, flush=True)\n"
        "lake.open_warehouse(pathlib.Path(sys.argv[1]))"
    )
    for number in range(5):
        home = tmp_path / str(number)
        maker = subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, cwd=ROOT)
        assert maker.stdout is not None
        maker.stdout.readline()
        time.sleep(random.uniform(0, 0.6))
        maker.kill()
        maker.wait()
        with open_warehouse(home) as warehouse:
            assert len(warehouse.rows("SHOW TABLES")) == len(TABLES) + len(VIEWS)
            assert warehouse.rows("SELECT count(*) > 100 AS filled FROM indicators") == [{"filled": True}]


def test_a_second_writer_is_told_at_once_who_writes(home: Path) -> None:
    with open_warehouse(home), pytest.raises(GongkaiError, match=f"being written by process {os.getpid()}"):
        open_warehouse(home)
    open_warehouse(home).close()


def test_the_lock_dies_with_its_process(home: Path) -> None:
    writer = start_writer(home)
    assert writer.stdout is not None
    writer.stdout.readline()
    with pytest.raises(GongkaiError, match=f"process {writer.pid}"):
        open_warehouse(home)
    writer.kill()
    writer.wait()
    open_warehouse(home).close()


def test_a_forked_worker_that_outlives_the_writer_does_not_keep_the_lock(home: Path) -> None:
    context = multiprocessing.get_context("fork")
    stop = context.Event()
    warehouse = open_warehouse(home)
    worker = context.Process(target=stop.wait, args=(30,))
    worker.start()
    warehouse.close()
    try:
        open_warehouse(home).close()
    finally:
        stop.set()
        worker.join()


def test_a_run_whose_process_died_is_marked_interrupted(home: Path) -> None:
    with open_warehouse(home) as warehouse:
        done, dead = begin_run(warehouse, "ingest"), begin_run(warehouse, "ingest")
        finish_run(warehouse, done, RunEnd("completed"))
    with open_warehouse(home) as warehouse:
        states = {row["run_id"]: row["state"] for row in warehouse.rows("FROM runs")}
    assert states == {done: "completed", dead: "interrupted"}


def test_a_warehouse_of_a_newer_version_is_refused_with_the_next_step(home: Path) -> None:
    stamp = json.loads((home / "warehouse.json").read_text("utf-8"))
    (home / "warehouse.json").write_text(json.dumps({**stamp, "schema_version": SCHEMA_VERSION + 1}), "utf-8")
    for read_only in (True, False):
        with pytest.raises(GongkaiError, match=r"newer gongkai.*Upgrade"):
            open_warehouse(home, read_only=read_only)


def test_an_older_warehouse_gains_what_it_lacks_even_when_only_read(home: Path) -> None:
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(1)])
        warehouse.connection.execute("ALTER TABLE reports DROP COLUMN year_basis")
        warehouse.connection.execute("DROP VIEW headline")
    (home / "warehouse.json").unlink()
    with open_warehouse(home, read_only=True) as warehouse:
        assert warehouse.rows("SELECT year, year_basis FROM reports") == [{"year": 2017, "year_basis": None}]
        assert warehouse.rows("FROM headline") != []


def test_reading_where_there_is_no_warehouse_names_the_folder_and_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(GongkaiError, match=r"no warehouse at .*nowhere.*gongkai ingest"):
        open_warehouse(tmp_path / "nowhere", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GongkaiError, match="file"):
        open_warehouse(tmp_path / "file")


def test_a_damaged_catalog_is_told(home: Path) -> None:
    (home / "catalog.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(GongkaiError, match="damaged"):
        open_warehouse(home, read_only=True)


def test_a_home_may_be_moved_and_its_name_may_hold_anything(home: Path, tmp_path: Path) -> None:
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(1)])
    moved = tmp_path / "年报 'quoted' \"50%\" ünï"
    shutil.move(home, moved)
    with open_warehouse(moved) as warehouse:
        load_batch(warehouse, [made_report(2, year=2016)])
        assert warehouse.rows("SELECT count(*) AS n FROM facts") == [{"n": 6}]


def test_the_users_home_folder_is_not_touched(tmp_path: Path, empty_home: Path) -> None:
    code = "import sys, pathlib, warehouse.lake as l; l.open_warehouse(pathlib.Path(sys.argv[1]))"
    user = tmp_path / "user"
    user.mkdir()
    command = [sys.executable, "-c", code, str(tmp_path / "warehouse")]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "HOME": str(user)})
    assert list(user.iterdir()) == []


def test_nested_transactions_are_one(warehouse: Warehouse) -> None:
    with pytest.raises(ZeroDivisionError), warehouse.transaction():
        load_batch(warehouse, [made_report(1)])
        begin_run(warehouse, "ingest")
        raise ZeroDivisionError
    assert warehouse.rows("FROM documents") == warehouse.rows("FROM runs") == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB, where this machine lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("cannot mount a tmpfs here: needs root and the right to mount")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_what_was_loaded_stays_whole(small_disk: Path, empty_home: Path) -> None:
    home = small_disk / "home"
    shutil.copytree(empty_home, home)
    noise = random.Random(1)
    loaded = 0
    with open_warehouse(home) as warehouse, pytest.raises(GongkaiError, match=r"full.*Free space"):
        for number in range(500):
            content = "".join(chr(noise.randrange(0x4E00, 0x9FFF)) for _ in range(40_000))
            load_batch(warehouse, [made_report(number, agency=content)])
            loaded += 1
    assert loaded > 2
    with open_warehouse(home, read_only=True) as warehouse:
        assert warehouse.rows("SELECT count(*) AS n FROM documents") == [{"n": loaded}]
        assert warehouse.rows("SELECT count(*) AS n FROM facts") == [{"n": 3 * loaded}]
        with pytest.raises(GongkaiError, match="full"):
            warehouse.blobs.put(os.urandom(8_000_000))
    assert not list((home / "blobs").glob("??/*"))


def test_a_read_only_home_can_be_read_and_writing_is_refused(small_disk: Path, home: Path) -> None:
    with open_warehouse(home) as warehouse:
        load_batch(warehouse, [made_report(1)])
    shutil.copytree(home, small_disk / "home")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with open_warehouse(small_disk / "home", read_only=True) as warehouse:
        assert warehouse.rows("SELECT count(*) AS n FROM documents") == [{"n": 1}]
    for target in (small_disk / "home", small_disk / "new"):
        with pytest.raises(GongkaiError, match=r"cannot be written.*--home"):
            open_warehouse(target)


def test_a_limit_on_file_sizes_is_told_like_a_full_disk(home: Path) -> None:
    code = textwrap.dedent(
        """
        import os, resource, sys
        from pathlib import Path
        from tasks.load import load_batch
        from tests.warehouse.made import made_report
        from warehouse.lake import open_warehouse
        with open_warehouse(Path(sys.argv[1])) as warehouse:
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
            load_batch(warehouse, [made_report(i, agency=os.urandom(9_000).hex()) for i in range(100)])
        """
    )
    command = [sys.executable, "-c", code, str(home)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert "GongkaiError: The disk that holds" in done.stderr
    with open_warehouse(home, read_only=True) as warehouse:
        assert warehouse.rows("FROM documents") == []
