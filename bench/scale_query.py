"""Queries over many reports' facts: one body's row of years, and sums over the nation."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]

from bench.scale_load import rows_of_a_batch, under_new_ids
from tasks.load.batch import BATCH
from warehouse.contract import DOCUMENTS, FACTS, REPORTS
from warehouse.lake import Warehouse, open_warehouse
from warehouse.maintain import is_crowded, maintain, merge_small_files

LOOK = 16  # batches between two looks at the number of files, as the load step has them
ROUNDS = 5

QUERIES = {
    "headline, one body": ("SELECT * FROM headline WHERE agency_id = $body", 0.2),
    "panel, one body": ("SELECT * FROM panel WHERE agency_id = $body", 0.2),
    "headline, nation by year": (
        "SELECT year, sum(value) FROM headline WHERE indicator = 'applications_received' GROUP BY year",
        2.0,
    ),
    "panel, nation by year": (
        "SELECT year, sum(value) FROM panel WHERE indicator = 'applications_received' GROUP BY year",
        2.0,
    ),
}


def queries(folder: Path, reports: int) -> None:
    """Print the queries' times over a warehouse of so many reports with their facts."""
    rows = rows_of_a_batch(folder / "query-batch")
    kept = {name: rows[name] for name in (DOCUMENTS.name, REPORTS.name, FACTS.name)}
    kept[REPORTS.name] = _all_primary(kept[REPORTS.name])  # the load step would settle that
    home = folder / "many"
    start = time.perf_counter()
    with open_warehouse(home) as warehouse:
        for serial in range(max(1, reports // BATCH)):
            renamed = under_new_ids(kept, serial)
            with warehouse.transaction() as connection:
                for name in (REPORTS.name, FACTS.name):
                    connection.register("incoming", renamed[name])
                    connection.execute(f"INSERT INTO {name} BY NAME FROM incoming")
                    connection.unregister("incoming")
            if serial % LOOK == 0 and is_crowded(warehouse):
                merge_small_files(warehouse)
    made = time.perf_counter() - start
    told = maintain(home).message  # as the schedule does every week: merged and sorted
    print(f"maintain: {told}, {time.perf_counter() - start - made:.0f} s", flush=True)
    with open_warehouse(home, read_only=True) as warehouse:
        [count] = warehouse.rows(
            "SELECT (SELECT count(*) FROM reports) AS r, (SELECT count(*) FROM facts) AS f"
        )
        print(f"{count['r']:,} reports, {count['f']:,} facts, made in {made:.0f} s")
        for name, (query, goal) in QUERIES.items():
            print(f"  {name}: {_median(warehouse, query):.2f} s (goal {goal} s)", flush=True)


def _all_primary(reports: pa.Table) -> pa.Table:
    place = reports.schema.get_field_index("is_primary")
    yes = pa.array([True] * reports.num_rows, pa.bool_())
    return reports.set_column(place, reports.schema.field(place), yes)


def _median(warehouse: Warehouse, query: str) -> float:
    """The median over several bodies; the first query warms nothing that the others would not."""
    chosen = "SELECT agency_id FROM reports WHERE agency_id IS NOT NULL USING SAMPLE 5 (reservoir, 1)"
    bodies = [row["agency_id"] for row in warehouse.rows(chosen)][:ROUNDS]
    seconds = []
    for body in bodies:
        start = time.perf_counter()
        warehouse.rows(query, {"body": body} if "$body" in query else {})
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)
