from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from warehouse.duck import connect

FILL = """
    CREATE TEMP TABLE kept AS
    SELECT i, hash(i + ?)::VARCHAR || repeat('x', 60) AS words FROM range(200_000) t(i)
"""
TOLD = "SELECT count(*), bit_xor(hash(i, words)) FROM kept"


def small() -> duckdb.DuckDBPyConnection:
    """A connection whose memory holds less than `kept`."""
    connection = connect()
    connection.execute("SET threads = 1")
    connection.execute("SET memory_limit = '12MB'")
    return connection


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_connections_that_run_out_of_memory_at_the_same_time_keep_their_own_rows(scratch: Path) -> None:
    one, other = small(), small()
    one.execute(FILL, [1])
    told = one.execute(TOLD).fetchone()
    other.execute(FILL, [2])
    assert len(list(scratch.iterdir())) == 2, "both have spilt"
    assert other.execute(TOLD).fetchone() != told
    other.close()
    assert one.execute(TOLD).fetchone() == told
    one.close()
    assert list(scratch.iterdir()) == [], "what was spilt is gone with the connection"


def test_what_a_killed_process_spilt_is_cleared_away(scratch: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = scratch / f"gongkai-duckdb-{platform.node()}-{gone.pid}-1"
    alive = scratch / f"gongkai-duckdb-{platform.node()}-{os.getpid()}-0"
    for folder in (left, alive):
        folder.mkdir()
        (folder / "duckdb_temp_storage_DEFAULT-0.tmp").touch()
    connect().close()
    assert not left.exists()
    assert alive.exists()
