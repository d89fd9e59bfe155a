"""The warehouse: a DuckLake, opened for reading by anybody and for writing by one process.

    home/catalog.sqlite   the catalog (WAL: readers go on reading while a transaction is open)
    home/lake/            the tables' Parquet files
    home/blobs/           bytes as fetched (`warehouse.blobs`)
    home/unpacked/        what lies in which archive (`tasks.fetch.unpacked`); can be deleted
    home/writer.lock      held by the writer (`warehouse.lock`)
    home/warehouse.json   version of the schema (`warehouse.schema`)

Catalog, data and blobs may also be in PostgreSQL and in an object store (`warehouse.place`).

Opening, transactions and plain queries; what is stored is in `warehouse.contract`, how rows get in, in
`tasks.load`.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from tasks.errors import GongkaiError
from warehouse import schema
from warehouse.blobs import blobs_at
from warehouse.contract import quoted
from warehouse.duck import HTTPFS, POSTGRES, SQLITE, connect
from warehouse.faults import explained
from warehouse.lock import CatalogLock, WriterLock
from warehouse.place import SQLITE as CATALOG
from warehouse.place import Place, place_of
from warehouse.store import is_remote

BUSY_MS = 30_000
"""How long a statement waits for the catalog's lock. WAL readers never wait; a writer does so only for the
milliseconds in which another connection closes and folds the log back into the file."""

IN_FOLDER = (
    "OVERRIDE_DATA_PATH true",  # the folder may have been moved since it was made
    "META_JOURNAL_MODE 'WAL'",
    f"META_BUSY_TIMEOUT {BUSY_MS}",
)


class Warehouse:
    """An open warehouse. `connection` has the lake as its default, so `SELECT * FROM reports` works.

    Make one with `open_warehouse`; use it as a context manager or call `close`.
    """

    def __init__(self, place: Place, *, read_only: bool) -> None:
        self.place = place
        self.home = place.folder
        self.read_only = read_only
        self.in_transaction = False
        self.loads = 0  # batches loaded since opening; the load step tidies by it
        self.blobs = blobs_at(place.store)
        self._store = place.open_store()
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._locks: list[WriterLock | CatalogLock] = []
        try:
            if not read_only:
                self._take_locks()
            schema.check_version(self._store)
            self.connection = connect(_extensions(place))
            self._open()
        except BaseException:
            self._release()
            raise

    def _take_locks(self) -> None:
        """First this machine's, then, where other machines can write too, the catalog's."""
        self._locks.append(WriterLock(self.home))
        if self.place.catalog:
            self._locks.append(CatalogLock(self.place))

    def _open(self) -> None:
        if is_remote(self.place.store):
            from warehouse.bucket import duckdb_statements

            for statement in duckdb_statements():
                self.connection.execute(statement)
        try:
            self._attach(self.place.catalog or str(self.home / CATALOG))
        except duckdb.Error as error:
            if not self.read_only or "unable to open database file" not in str(error):
                raise
            # SQLite wants to write beside a catalog even to read it. Where nobody can, nobody does: a copy
            # of a catalog at rest is as good.
            self._copy = tempfile.TemporaryDirectory(prefix="gongkai-catalog-")
            self._attach(shutil.copy(self.home / CATALOG, self._copy.name))
        self.connection.execute("USE gongkai")
        if not self.read_only:
            # The writer reads each file once: caching them would only let memory grow with the run.
            self.connection.execute("SET enable_external_file_cache = false")
            schema.bring_up_to_date(self.connection, self._store)
            self._bury_the_dead()

    def _attach(self, address: str) -> None:
        options = [
            f"DATA_PATH {quoted(self.place.data)}",
            *([] if self.place.catalog else IN_FOLDER),
            *(["READ_ONLY"] if self.read_only else []),
        ]
        catalog = quoted(f"ducklake:{'postgres' if self.place.catalog else 'sqlite'}:{address}")
        self.connection.execute(f"ATTACH {catalog} AS gongkai ({', '.join(options)})")

    def _bury_the_dead(self) -> None:
        """Runs still marked running have no process any more: this one holds the writer's lock."""
        dead = self.connection.execute("SELECT count(*) FROM runs WHERE state = 'running'").fetchone()
        if dead and dead[0]:
            self.connection.execute(
                "UPDATE runs SET state = 'interrupted', message = 'The process ended before the run did.' "
                "WHERE state = 'running'"
            )

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Everything inside becomes visible together, or not at all; one inside another joins it."""
        if self.in_transaction:
            yield self.connection
            return
        with explained(self.home), self._marked():
            self.connection.execute("BEGIN")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    @contextmanager
    def _marked(self) -> Iterator[None]:
        self.in_transaction = True
        try:
            yield
        finally:
            self.in_transaction = False

    def _roll_back(self) -> None:
        try:
            self.connection.execute("ROLLBACK")
        except duckdb.TransactionException:
            return  # a failed COMMIT has already rolled back

    def rows(
        self, query: str, parameters: Sequence[object] | Mapping[str, object] = ()
    ) -> list[dict[str, Any]]:
        """The query's rows by column name; meant for small results."""
        with explained(self.home):
            answer = self.connection.execute(query, parameters)
            names = [column[0] for column in answer.description or ()]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def close(self) -> None:
        """Close the connection, then give the lock back; closing twice is harmless."""
        self._release()

    def _release(self) -> None:
        connection = getattr(self, "connection", None)
        if connection is not None:
            connection.close()
        if self._copy is not None:
            self._copy.cleanup()
        for lock in reversed(self._locks):
            lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_warehouse(home: Path, *, read_only: bool = False) -> Warehouse:
    """Open the warehouse at `home`; for writing, make it if it is missing.

    Raises GongkaiError when there is none to read, another process writes, a newer gongkai wrote it, or the
    folder cannot be used.
    """
    place = place_of(home)
    home = place.folder
    with explained(home):
        if read_only and not exists(place):
            raise GongkaiError(
                f"There is no warehouse at {place.name}.",
                "Fill one with `gongkai ingest PATH`, or name its folder with --home or $GONGKAI_HOME.",
            )
        if not read_only:
            home.mkdir(parents=True, exist_ok=True)
            if not is_remote(place.data):
                Path(place.data).mkdir(parents=True, exist_ok=True)
        elif not schema.is_current(store := place.open_store()):
            schema.check_version(store)
            _try_to_upgrade(place)
        return Warehouse(place, read_only=read_only)


def exists(place: Place) -> bool:
    """There is a warehouse. Where the catalog is this machine's file, that file is the warehouse."""
    return schema.exists(place.open_store()) if place.catalog else (place.folder / CATALOG).exists()


def _extensions(place: Place) -> tuple[str, ...]:
    return (POSTGRES if place.catalog else SQLITE, *([HTTPFS] if is_remote(place.store) else []))


def _try_to_upgrade(place: Place) -> None:
    """Let a reader with newer code see its own views, if nobody is writing and the folder allows it."""
    try:
        Warehouse(place, read_only=False).close()
    except (GongkaiError, OSError, duckdb.Error):
        return  # read it as it is: a column that is not there yet is named by the query that wants it
