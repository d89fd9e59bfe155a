"""Part files: the rows of a group of documents, on their way from a worker to the load step.

In a folder a part is a folder with one Arrow IPC file for each table that has rows; it appears under its name
only when it is whole, and whatever a killed worker leaves behind is a draft that nobody reads. In an object
store it is one archive of these files, compressed: one request to write and one to read.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from tasks.errors import GongkaiError
from tasks.load.rows import Loaded, Rows, rows_of
from warehouse.contract import DOCUMENT_ID, DOCUMENT_TABLES, DOCUMENTS
from warehouse.faults import explained
from warehouse.store import inside, is_remote, store_at

ENDING = ".part"

_GETTERS = 8  # parts read from an object store at a time
_PACKED = pa.ipc.IpcWriteOptions(compression="zstd")


def write_part(documents: Iterable[Loaded], place: Path | str) -> str:
    """Write the documents' rows as one part at `place`, a folder (made if missing) or URL; its name."""
    tables = rows_of(documents)
    name = f"{uuid.uuid4().hex}{ENDING}"
    if is_remote(place):
        store_at(place).write(name, _packed(tables))
        return inside(place, name)
    return str(_write_folder(tables, Path(place), name))


def read_parts(parts: Sequence[Path | str]) -> dict[str, pa.Table]:
    """The rows of all parts together; of a document in several parts, or a part named twice, the last one
    counts."""
    named = list(dict.fromkeys(map(str, parts)))
    with ThreadPoolExecutor(_GETTERS) as pool:
        return merged(list(pool.map(_read_part, named)))


def remove_part(part: str) -> None:
    """Remove a part that has been loaded."""
    place, _, name = part.rpartition("/")
    store_at(place).remove(name)


def _write_folder(tables: Rows, folder: Path, name: str) -> Path:
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="draft-", dir=folder))
        try:
            for table, rows in tables.items():
                if rows.num_rows:
                    with pa.ipc.new_file(str(draft / f"{table}.arrow"), rows.schema) as file:
                        file.write_table(rows)
            return draft.rename(folder / name)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise


def _packed(tables: Rows) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as files:
        for table, rows in tables.items():
            if rows.num_rows:
                sink = pa.BufferOutputStream()
                with pa.ipc.new_file(sink, rows.schema, options=_PACKED) as file:
                    file.write_table(rows)
                files.writestr(f"{table}.arrow", sink.getvalue())
    return archive.getvalue()


def _read_part(part: str) -> Rows:
    """Every table of a part; empty where the part has no file for it. GongkaiError when it is not whole."""
    try:
        found = _unpacked(part) if is_remote(part) else _mapped(Path(part))
    except (pa.ArrowException, zipfile.BadZipFile, FileNotFoundError) as error:
        raise GongkaiError(
            f"The part file {part} is not whole: {error}",
            "None of its documents was loaded. See to the disk or store it is on, then ingest again.",
        ) from error
    return {
        table.name: found[table.name] if table.name in found else table.schema().empty_table()
        for table in DOCUMENT_TABLES
    }


def _unpacked(part: str) -> Mapping[str, pa.Table]:
    place, _, name = part.rpartition("/")
    with zipfile.ZipFile(io.BytesIO(store_at(place).read(name))) as files:
        return {
            file.removesuffix(".arrow"): pa.ipc.open_file(pa.py_buffer(files.read(file))).read_all()
            for file in files.namelist()
        }


def _mapped(part: Path) -> Mapping[str, pa.Table]:
    """The tables mapped into memory."""
    with explained(part):
        return {file.stem: pa.ipc.open_file(pa.memory_map(str(file))).read_all() for file in part.iterdir()}


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
