"""Making a release: into a hidden folder first, renamed when everything in it is whole.

The order of the steps and the state of the folder; what each file holds is in the modules beside this one.
"""

from __future__ import annotations

import datetime as dt
import glob
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version as installed
from pathlib import Path

import duckdb

from tasks.errors import GongkaiError
from warehouse.contract import Table, quoted
from warehouse.dictionary import dictionary
from warehouse.export import ABANDONED_S
from warehouse.export_files import Progress, write_csv, write_parquet
from warehouse.faults import explained
from warehouse.lake import Warehouse
from warehouse.release import papers
from warehouse.release.changes import Change, changelog, compare
from warehouse.release.content import published
from warehouse.release.datapackage import datapackage
from warehouse.release.edition import Edition
from warehouse.release.explorer import write_explorer
from warehouse.release.shelf import MARK, Shelved, releases
from warehouse.release.snapshot import MEMORY, write_snapshot
from warehouse.release.wasm import provide_wasm
from warehouse.release.workbook import write_workbook

DATABASE = "site/gongkai.duckdb"
"""The one database stands in the site, whose SQL page opens it; twice would double a large release."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was made."""

    folder: Path | str  # or URL
    version: str
    previous: str | None
    changes: tuple[Change, ...]
    without_sql: str  # why the explorer has no SQL page; empty when it has one
    bytes: int
    seconds: float


def publish(
    warehouse: Warehouse, shelf: Path, edition: Edition, progress: Progress = lambda step: None
) -> Release:
    """Make the release `shelf`/VERSION and return it; `progress` is told each step.

    Raises GongkaiError when that version exists, the warehouse holds no report, or the disk cannot take it;
    then nothing is left behind.
    """
    start = time.perf_counter()
    shelf = shelf.absolute()
    folder = shelf / edition.version
    with explained(shelf):
        _check(warehouse, folder)
        shelf.mkdir(parents=True, exist_ok=True)
        before = releases(shelf)
        previous = before[-1] if before else None
        with _draft(folder) as draft:
            changes, without_sql = _fill(warehouse, draft, edition, previous, progress)
            size = sum(file.stat().st_size for file in draft.rglob("*") if file.is_file())
            draft.rename(folder)
    return Release(
        folder,
        edition.version,
        previous.version if previous else None,
        changes,
        without_sql,
        size,
        time.perf_counter() - start,
    )


def _check(warehouse: Warehouse, folder: Path) -> None:
    if folder.exists():
        raise GongkaiError(
            f"The release {folder} exists; releases are never changed.",
            "Name another version with --version, or move that folder away.",
        )
    (row,) = warehouse.rows("SELECT count(*) AS n FROM reports")
    if not row["n"]:
        raise GongkaiError(
            f"The warehouse at {warehouse.home} holds no report: there is nothing to publish.",
            "Fill it with `gongkai ingest PATH`, or name its folder with --home or $GONGKAI_HOME.",
        )


@contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """A hidden folder beside the release, gone afterwards unless it was renamed."""
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.draft-*"):
        if time.time() - left.stat().st_mtime > ABANDONED_S:
            shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.draft-", dir=folder.parent))
    try:
        draft.chmod(0o755)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _fill(
    warehouse: Warehouse, draft: Path, edition: Edition, previous: Shelved | None, progress: Progress
) -> tuple[tuple[Change, ...], str]:
    tables = published(is_masked=edition.is_masked)
    database = draft / DATABASE
    database.parent.mkdir()
    write_snapshot(warehouse, tables, database, _step(progress, "database"), is_masked=edition.is_masked)
    with _opened(database, draft) as connection:
        for name, write in (("parquet", write_parquet), ("csv", write_csv)):
            (draft / name).mkdir()
            write(connection, tables, draft / name, _step(progress, name))
        write_workbook(connection, edition, draft, _step(progress, "xlsx"))
        progress("site")
        without_sql = provide_wasm(database.parent / "vendor")
        write_explorer(connection, edition, database.parent, has_sql=not without_sql)
        progress("changelog")
        changes = compare(connection, tables, previous.folder if previous else None)
    _write_papers(draft, edition, tables, changes, previous)
    progress("checksums")
    papers.write_sums(draft)
    return changes, without_sql


def _step(progress: Progress, step: str) -> Callable[[str], None]:
    return lambda name: progress(f"{step}: {name}")


@contextmanager
def _opened(database: Path, draft: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The snapshot opened for reading; what does not fit in memory goes to the draft's disk."""
    spill = draft / ".spill"
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("SET autoinstall_known_extensions = false")
        connection.execute(f"SET memory_limit = {quoted(MEMORY)}")
        connection.execute(f"SET temp_directory = {quoted(str(spill))}")
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    shutil.rmtree(spill, ignore_errors=True)


def _write_papers(
    draft: Path,
    edition: Edition,
    tables: tuple[Table, ...],
    changes: tuple[Change, ...],
    previous: Shelved | None,
) -> None:
    earlier = previous.folder / "CHANGELOG.md" if previous else None
    said_before = earlier.read_text("utf-8") if earlier and earlier.is_file() else ""
    log = changelog(edition.version, changes, previous.version if previous else None, said_before)
    mark = {
        "version": edition.version,
        "made_at": dt.datetime.now(dt.UTC).isoformat(),
        "gongkai": installed("gongkai"),
        "previous": previous.version if previous else None,
        "is_masked": edition.is_masked,
        "tables": [asdict(change) for change in changes],
    }
    package = datapackage(edition, tables, draft)
    for name, text in {
        "README.md": papers.readme(edition, changes),
        "LICENSE": papers.licence(edition),
        "CITATION.cff": papers.citation(edition),
        "CHANGELOG.md": log,
        "dictionary.md": dictionary(tables),
        "datapackage.json": json.dumps(package, ensure_ascii=False, indent=1) + "\n",
        MARK: json.dumps(mark, ensure_ascii=False, indent=1) + "\n",
    }.items():
        (draft / name).write_text(text, "utf-8")
