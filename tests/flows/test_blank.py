"""A new home's Prefect database is a copy of a blank one, and nothing of a run is in that."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from flows import blank

SERVE = """
from pathlib import Path
from flows.server import serve, settle, wait_until_ready
settle(Path({home!r}))
serve()
wait_until_ready()
"""


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "installed"))
    return tmp_path / "installed"


def a_database(file: Path, *rows: int) -> Path:
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE flow_run (id)")
        database.executemany("INSERT INTO flow_run VALUES (?)", [(row,) for row in rows])
        database.commit()
    return file


def rows(file: Path, table: str = "flow_run") -> int:
    with closing(sqlite3.connect(file)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_what_is_kept_is_laid_in_a_new_home(prefix: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    assert not blank.lay(new) and not new.exists()
    blank.keep(a_database(tmp_path / "made.db"))
    assert blank.lay(new)
    assert rows(new) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["installed", "made.db", "new.db"]


def test_a_database_that_is_there_stays(prefix: Path, tmp_path: Path) -> None:
    blank.keep(a_database(tmp_path / "made.db"))
    used = a_database(tmp_path / "used.db", 1, 2)
    assert blank.lay(used)
    assert rows(used) == 2


def test_nothing_is_kept_of_a_database_elsewhere(prefix: Path, tmp_path: Path) -> None:
    blank.keep(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_an_installation_one_may_not_write_to_costs_no_run(
    prefix: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prefix.write_text("a file where the folder should be")
    with caplog.at_level("INFO"):
        blank.keep(a_database(tmp_path / "made.db"))
    assert "No blank database kept" in caplog.text
    assert not blank.lay(tmp_path / "new.db")


def test_prefects_server_begins_with_the_copy(tmp_path: Path) -> None:
    """The second home's server finds all tables made: the same revision, and no run of anybody's."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    for home in ("one", "two"):
        code = SERVE.format(home=str(tmp_path / home))
        subprocess.run([sys.executable, "-c", code], env=environment, timeout=300, check=True)
    database = tmp_path / "two" / "prefect" / "prefect.db"
    assert rows(database, "alembic_version") == 1
    assert rows(database) == rows(database, "block_document") == rows(database, "log") == 0
    kept = Path(sys.prefix, "var", "gongkai").glob("prefect-*.db")
    assert [rows(file) for file in kept] == [0]
