"""Export: every table and view as files that need no catalog.

The files are written to a hidden folder beside the target and moved into place when all are whole; a killed
or failed export leaves the earlier one as it was. One writer a format: `warehouse.export_files`,
`warehouse.export_excel`.
"""

from __future__ import annotations

import glob
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tasks.errors import GongkaiError
from warehouse.contract import TABLES, VIEWS
from warehouse.export_excel import write_excel
from warehouse.export_files import Progress, write_csv, write_duckdb, write_parquet
from warehouse.faults import explained
from warehouse.formats import Format
from warehouse.lake import Warehouse
from warehouse.store import is_remote, store_at
from warehouse.upload import folder_for

MARK = ".gongkai-export"
"""Marks a folder whose files an export may replace."""

ABANDONED_S = 3600
"""A draft that nobody touched for so many seconds belongs to an export that was killed."""


EVERYTHING = (*TABLES, *VIEWS)
EXPORTED = tuple(table.name for table in EVERYTHING)

WRITERS: dict[Format, Callable[[Warehouse, Path, Progress], list[Path]]] = {
    Format.PARQUET: lambda w, folder, progress: write_parquet(w.connection, EVERYTHING, folder, progress),
    Format.CSV: lambda w, folder, progress: write_csv(w.connection, EVERYTHING, folder, progress),
    Format.XLSX: write_excel,
    Format.DUCKDB: write_duckdb,
}


def export(
    warehouse: Warehouse, folder: Path, format_: Format, progress: Progress = lambda name: None
) -> list[Path]:
    """Write all tables and views into `folder` and return the files; an earlier export there is replaced.

    Raises GongkaiError when `folder` holds files that are no export's, or cannot be written.
    """
    folder = folder.absolute()
    with explained(folder):
        _check_target(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.draft-", dir=folder.parent))
        try:
            draft.chmod(0o755)  # mkdtemp's 0700 would hide the export from other users
            # One transaction, so that all files show the same state while a writer goes on.
            with warehouse.transaction():
                files = WRITERS[format_](warehouse, draft, progress)
            (draft / MARK).write_text(f"{format_.value}\n", "utf-8")
            _swap(draft, folder)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return [folder / file.name for file in files]


def export_to(
    warehouse: Warehouse, place: str, format_: Format, progress: Progress = lambda name: None
) -> dict[str, int]:
    """As `export`, into a folder or an object store (`s3://…`); the files' names and bytes."""
    if not is_remote(place):
        return _sizes(export(warehouse, Path(place), format_, progress))
    store = store_at(place)
    if not store.has(MARK) and any(store.sizes("")):
        raise _not_ours(place)
    with folder_for(place, MARK) as folder:
        return _sizes(export(warehouse, folder, format_, progress))


def _sizes(files: list[Path]) -> dict[str, int]:
    return {file.name: file.stat().st_size for file in files}


def _sweep(folder: Path) -> None:
    """Remove what killed exports into the same folder left behind."""
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.draft-*"):
        if time.time() - left.stat().st_mtime > ABANDONED_S:
            shutil.rmtree(left, ignore_errors=True)


def _check_target(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise GongkaiError(f"{folder} is a file, not a folder.", "Name a folder for the export.")
    if (folder / MARK).exists() or not any(folder.iterdir()):
        return
    raise _not_ours(folder)


def _not_ours(place: Path | str) -> GongkaiError:
    return GongkaiError(
        f"{place} holds files that no gongkai export wrote.", "Name an empty or a new folder for the export."
    )


def _swap(draft: Path, folder: Path) -> None:
    """Put the draft in the folder's place; between the two renames there is no folder, never half of one."""
    old = draft.with_name(draft.name + ".old")
    if folder.exists():
        folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
