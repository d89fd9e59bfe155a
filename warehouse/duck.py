"""A DuckDB connection with the lake's extensions, offline: they are loaded from the installed packages' own
files, and DuckDB neither looks in the user's home folder nor asks the network.
"""

from __future__ import annotations

import importlib.util
import itertools
import os
import platform
import shutil
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from tasks.errors import GongkaiError
from warehouse.contract import quoted

LAKE = "ducklake"
SQLITE, POSTGRES = "sqlite_scanner", "postgres_scanner"  # its catalog
HTTPFS = "httpfs"  # its data in an object store

_SPILL = f"gongkai-duckdb-{platform.node()}"
_serial = itertools.count(1)


def connect(extensions: tuple[str, ...] = (SQLITE,)) -> duckdb.DuckDBPyConnection:
    """A connection in memory, times in UTC; about 0.15 s, nearly all of it loading the extensions."""
    spill = _spill_folder()
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # The scanner of PostgreSQL asks for stored secrets; there are none.
            "secret_directory": str(spill / "no-secrets"),
            "temp_directory": str(spill),
        },
    )
    for name in (*extensions, LAKE):
        connection.execute(f"LOAD {quoted(str(extension_file(name)))}")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _spill_folder() -> Path:
    """Where one connection puts what does not fit in memory: two that share a folder write into each other's
    files. DuckDB makes it when it needs it and removes it when it closes."""
    scratch = Path(tempfile.gettempdir())
    for left in scratch.glob(f"{_SPILL}-*-*"):
        pid = left.name.split("-")[-2]
        if pid.isdigit() and not _lives(int(pid)):
            shutil.rmtree(left, ignore_errors=True)  # another user's stays
    return scratch / f"{_SPILL}-{os.getpid()}-{next(_serial)}"


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@cache
def extension_file(name: str) -> Path:
    """The extension's binary inside the package duckdb_extension_NAME, for the running DuckDB's version."""
    package = importlib.util.find_spec(f"duckdb_extension_{name}")
    for folder in (package.submodule_search_locations or ()) if package else ():
        file = Path(folder) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if file.is_file():
            return file
    raise GongkaiError(
        f"DuckDB {duckdb.__version__} has no extension {name} installed.",
        f"Install it: pip install duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}",
    )
