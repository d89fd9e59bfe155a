"""Part files: the rows of a group of documents on disk, on their way from a worker to the load step.

A part is a folder with one Arrow IPC file for each table that has rows. It appears under its name only when
it is whole; whatever a killed worker leaves behind is a draft that nobody reads.
"""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from tasks.load.rows import Loaded, Rows, rows_of
from warehouse.contract import DOCUMENT_ID, DOCUMENT_TABLES, DOCUMENTS
from warehouse.faults import explained

ENDING = ".part"


def write_part(documents: Iterable[Loaded], folder: Path) -> Path:
    """Write the documents' rows as one part under `folder` (made if missing) and return its path."""
    tables = rows_of(documents)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=folder))
        try:
            for name, rows in tables.items():
                if rows.num_rows:
                    with pa.ipc.new_file(str(draft / f"{name}.arrow"), rows.schema) as file:
                        file.write_table(rows)
            return draft.rename(folder / f"{uuid.uuid4().hex}{ENDING}")
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise


def read_parts(parts: Sequence[Path]) -> dict[str, pa.Table]:
    """The rows of all parts together; of a document in several parts the last one counts."""
    with explained(parts[0].parent if parts else Path()):
        read = [{table.name: _read(part, table.name) for table in DOCUMENT_TABLES} for part in parts]
    return merged(read)


def merged(groups: Sequence[Rows]) -> dict[str, pa.Table]:
    """The groups' rows together; of a document in several groups the last one counts."""
    later: set[str] = set()
    kept: list[Rows] = []
    for group in reversed(groups):
        ids = set(group[DOCUMENTS.name].column(DOCUMENT_ID.name).to_pylist())
        kept.append(_without(group, ids & later) if ids & later else group)
        later |= ids
    return {
        table.name: pa.concat_tables([table.schema().empty_table(), *(group[table.name] for group in kept)])
        for table in DOCUMENT_TABLES
    }


def _without(group: Rows, ids: set[str]) -> dict[str, pa.Table]:
    gone = pa.array(sorted(ids), pa.string())
    mask = pc.field(DOCUMENT_ID.name).isin(gone)
    return {name: rows.filter(~mask) for name, rows in group.items()}


def _read(part: Path, name: str) -> pa.Table:
    """A table of a part, mapped into memory; empty when the part has no file for it."""
    try:
        return pa.ipc.open_file(pa.memory_map(str(part / f"{name}.arrow"))).read_all()
    except FileNotFoundError:
        return next(table for table in DOCUMENT_TABLES if table.name == name).schema().empty_table()
