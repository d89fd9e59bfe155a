"""A DuckDB connection with the lake's extensions, offline: they are loaded from the installed packages' own
files, and DuckDB neither looks in the user's home folder nor asks the network.
"""

from __future__ import annotations

import importlib.util
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from tasks.errors import GongkaiError
from warehouse.contract import quoted

LAKE = "ducklake"
SQLITE, POSTGRES = "sqlite_scanner", "postgres_scanner"  # its catalog
HTTPFS = "httpfs"  # its data in an object store


def connect(extensions: tuple[str, ...] = (SQLITE,)) -> duckdb.DuckDBPyConnection:
    """A connection in memory, times in UTC; about 0.15 s, nearly all of it loading the extensions."""
    scratch = Path(tempfile.gettempdir()) / "gongkai-duckdb"
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            # The scanner of PostgreSQL asks for stored secrets; there are none.
            "secret_directory": str(scratch / "no-secrets"),
            "temp_directory": str(scratch),
        },
    )
    for name in (*extensions, LAKE):
        connection.execute(f"LOAD {quoted(str(extension_file(name)))}")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


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
