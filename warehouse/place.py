"""Where a warehouse is: its folder on this machine, the store of its bytes, its catalog.

    home/where.toml     only where one of the two is elsewhere:
        store = "s3://bucket/prefix"               blobs, part files, the lake's data
        catalog = "postgresql://user@host/db"      DuckLake's catalog

Without that file everything is in the folder. With it the folder keeps what belongs to a machine: Prefect's
files, journals, locks, and the catalog where that is SQLite. A password is best left to ~/.pgpass or
PGPASSWORD; the file is for its owner only.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tasks.errors import GongkaiError
from warehouse.faults import explained
from warehouse.store import Store, inside, is_remote, store_at

FILE = "where.toml"
SQLITE = "catalog.sqlite"
DATA = "lake"

_POSTGRES = ("postgresql://", "postgres://")
_UNUSUAL = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Place:
    """`folder` is absolute; `store` is a folder or URL; `catalog` is an address of PostgreSQL, or empty:
    SQLite in the folder."""

    folder: Path
    store: str
    catalog: str = ""

    @property
    def name(self) -> str:
        """For people: what they called the home."""
        return self.store

    @property
    def is_local(self) -> bool:
        return not is_remote(self.store) and not self.catalog

    @property
    def data(self) -> str:
        """Where the lake's Parquet files are, as DuckDB takes it."""
        return inside(self.store, DATA) + "/"

    def open_store(self) -> Store:
        return store_at(self.store)


def place_of(folder: Path) -> Place:
    """The place whose folder on this machine is `folder`."""
    folder = folder.absolute()
    file = folder / FILE
    try:
        with explained(file):
            told = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Place(folder, str(folder))
    except (NotADirectoryError, ValueError) as error:
        raise GongkaiError(f"{file} cannot be read: {error}.", "Mend it; docs/scale.md shows one.") from error
    return Place(folder, str(told.get("store") or folder), str(told.get("catalog") or ""))


def settle_place(home: Path | str, catalog: str | None, state: Path) -> Path:
    """The folder on this machine of the home that a user named, a folder or `s3://…`.

    What is elsewhere is written into the folder's `where.toml` at first sight and checked later on: a
    setting that changed must not begin a second, empty warehouse.

    Args:
        catalog: The address of the PostgreSQL database; None: as known before, else SQLite.
        state: Where a home in an object store has its folder on this machine.
    """
    url = as_url(home)
    if catalog and not catalog.startswith(_POSTGRES):
        words = "Write postgresql://USER@HOST/DATABASE, or leave it out for SQLite."
        raise GongkaiError(f"The catalog {catalog!r} is no address of PostgreSQL.", words)
    folder = state / _UNUSUAL.sub("-", url.partition("://")[2].strip("/")) if is_remote(url) else Path(home)
    folder = folder.absolute()
    if not is_remote(url) and not catalog:
        return folder
    store = url if is_remote(url) else str(folder)
    if not (folder / FILE).exists():
        if catalog and (folder / SQLITE).exists():
            raise _moved(folder, "SQLite", "PostgreSQL")
        write_place(Place(folder, store, catalog or ""))
    known = place_of(folder)
    if catalog and known.catalog != catalog:
        raise _moved(folder, known.catalog.rpartition("@")[2] or "SQLite", catalog.rpartition("@")[2])
    return folder


def as_url(home: Path | str) -> str:
    """The home as it was typed: a path of `s3://…` has lost a slash."""
    return re.sub(r"^s3:/+", "s3://", str(home)).rstrip("/") if str(home).startswith("s3:/") else str(home)


def write_place(place: Place) -> None:
    """Write the folder's `where.toml`, for its owner only."""
    store = place.store if is_remote(place.store) else ""
    told = {"store": store, "catalog": place.catalog}
    lines = ["# Where this warehouse is. `gongkai move` copies one to another place."]
    lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items() if value]
    with explained(place.folder):
        place.folder.mkdir(parents=True, exist_ok=True)
        draft = place.folder / f".{FILE}.draft"
        draft.touch(0o600)
        draft.write_text("\n".join(lines) + "\n", "utf-8")
        draft.replace(place.folder / FILE)


def _moved(folder: Path, known: str, wanted: str) -> GongkaiError:
    return GongkaiError(
        f"The warehouse at {folder} has its catalog in {known}, not in {wanted}.",
        f"Copy it with `gongkai move`, or mend the setting `catalog` or {folder / FILE}.",
    )
