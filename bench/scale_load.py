"""The load step alone: part files of generated pages' rows, copied under new ids, taken in batch by batch."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]

from flows.documents import read_documents
from flows.outcome import Job
from tasks.fetch import discover
from tasks.load.batch import BATCH, load_rows
from tasks.load.parts import read_parts
from tasks.load.rows import Rows
from tasks.version import extractor_version
from warehouse.contract import DOCUMENT_ID, DOCUMENTS, REPORTS
from warehouse.lake import Warehouse, open_warehouse


def load_alone(folder: Path, documents: int) -> None:
    """Print the load step's throughput and how many files the tables have meanwhile."""
    rows = rows_of_a_batch(folder / "batch")
    seconds: list[float] = []
    most_files = 0
    with open_warehouse(folder / "loaded") as warehouse:
        for serial in range(max(1, documents // BATCH)):
            renamed = under_new_ids(rows, serial)
            start = time.perf_counter()
            load_rows(warehouse, renamed)
            seconds.append(time.perf_counter() - start)
            most_files = max(most_files, _files(warehouse))
    loaded = len(seconds) * BATCH
    tenth = max(1, len(seconds) // 10)
    print(
        f"Load step alone: {loaded:,} documents in {sum(seconds):.0f} s, {loaded / sum(seconds):,.0f} "
        f"documents/s (goal 2,000); first batches {BATCH * tenth / sum(seconds[:tenth]):,.0f}/s, "
        f"last {BATCH * tenth / sum(seconds[-tenth:]):,.0f}/s; at most {most_files} files of a table",
        flush=True,
    )


def rows_of_a_batch(folder: Path) -> Rows:
    """The rows of one batch of generated pages."""
    from bench.scale_dask import generated_pages

    folder.mkdir()
    job = Job(folder, "bench", extractor_version())
    candidates = discover([str(generated_pages(folder / "pages", BATCH))]).candidates
    part = read_documents(job, candidates, lambda place, stage: None).part
    assert part is not None
    return read_parts([part])


def under_new_ids(rows: Rows, serial: int) -> dict[str, pa.Table]:
    """The same rows as those of other documents, of other bodies."""
    ids = {
        each: hashlib.sha256(f"{serial} {each}".encode()).hexdigest()[:16]
        for each in rows[DOCUMENTS.name].column(DOCUMENT_ID.name).to_pylist()
    }
    renamed = {name: _with(table, DOCUMENT_ID.name, ids) for name, table in rows.items()}
    bodies = {each: f"{each}-{serial}" for each in rows[REPORTS.name].column("agency_id").to_pylist() if each}
    renamed[REPORTS.name] = _with(renamed[REPORTS.name], "agency_id", bodies)
    return renamed


def _with(table: pa.Table, name: str, new: dict[str, str]) -> pa.Table:
    place = table.schema.get_field_index(name)
    old = table.column(name).combine_chunks().dictionary_encode()
    renamed = pa.array([new.get(each, each) for each in old.dictionary.to_pylist()], pa.string())
    column = pa.DictionaryArray.from_arrays(old.indices, renamed).cast(pa.string())
    return table.set_column(place, table.schema.field(place), column)


def _files(warehouse: Warehouse) -> int:
    [row] = warehouse.rows("SELECT coalesce(max(file_count), 0) AS most FROM ducklake_table_info('gongkai')")
    return int(row["most"])
