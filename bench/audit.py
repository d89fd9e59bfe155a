"""Audit, reuse and publishing of N reports: seconds, processor time, peak memory; each step a process.

    python -m bench.audit [N ...]        (make bench-audit N="10000 100000")

The reports are those of tests/corpus (all forms, ten years, faults, copies), multiplied: each copy of the
corpus has bodies and words of its own. Goals for 100,000 on 2 cores: audit 60 s, publish 5 min, below 4 GB.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tasks.load import load_batch
from tests.corpus.bodies import bodies
from tests.corpus.copies import plant_copies
from tests.corpus.faults import plant_faults
from tests.warehouse.reuse.prose import SIGNS
from warehouse.lake import Warehouse, open_warehouse

SIZES = (10_000, 100_000)
BODIES = 100
STEPS = ("audit", "reuse", "again", "publish")
TABLES = ("documents", "reports", "sections", "facts", "figures", "form_cells")
AT_ONCE = 10
"""Copies of the corpus written in one transaction."""


def main(sizes: list[int]) -> None:
    print(f"{'reports':>10}{'step':>10}{'seconds':>10}{'cpu s':>10}{'peak GB':>10}", flush=True)
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
        try:
            made = _in_process("fill", folder, size)
            for step in STEPS:
                print(f"{made.split()[-1]:>10}{step:>10}{_in_process(step, folder)}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _in_process(step: str, folder: Path, size: int = 0) -> str:
    command = [sys.executable, "-m", "bench.audit", "--step", step, str(folder), str(size)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip("\n")


def run(step: str, folder: Path, size: int) -> None:
    """One step, then what it took."""
    if step == "fill":
        with open_warehouse(folder / "home") as warehouse:
            fill(warehouse, size)
            (row,) = warehouse.rows("SELECT count(*) AS n FROM reports")
        print(f"{row['n']:,}")
        return
    start = time.perf_counter()
    _step(step, folder)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds, cpu = time.perf_counter() - start, used.ru_utime + used.ru_stime
    print(f"{seconds:>10.1f}{cpu:>10.1f}{used.ru_maxrss / 1e6:>10.2f}")


def _step(step: str, folder: Path) -> None:
    if step == "publish":
        from flows.edition import edition_of
        from warehouse.release import publish

        with open_warehouse(folder / "home", read_only=True) as warehouse:
            publish(warehouse, folder / "releases", edition_of("1", is_masked=True))
        return
    from warehouse.audit.run import audit
    from warehouse.reuse.measure import measure

    with open_warehouse(folder / "home") as warehouse:
        if step == "audit":
            audit(warehouse)
        else:  # `again`: nothing is new
            measure(warehouse)


def fill(warehouse: Warehouse, size: int) -> None:
    """Load the corpus, then copies of it until there are `size` reports."""
    sound = bodies(BODIES, 1)
    years = plant_faults(sound, 10, 2)
    plant_copies(sound, 0.15, 3)
    load_batch(warehouse, [each.built() for each in years])
    connection = warehouse.connection
    for table in TABLES:
        connection.execute(f"CREATE TEMP TABLE first_{table} AS FROM {table}")
    copies = max(0, -(-size // len(years)) - 1)
    for start in range(1, copies + 1, AT_ONCE):
        with warehouse.transaction():
            for table in TABLES:
                connection.execute(_copy(table), [start, min(start + AT_ONCE, copies + 1)])


def _copy(table: str) -> str:
    """Rows of the corpus once more, as other documents of other bodies; words get other signs."""
    mixed = f"translate(text, '{SIGNS}', '{SIGNS}'[(i % {len(SIGNS)}) + 1:] || '{SIGNS}'[:i % {len(SIGNS)}])"
    replaced = ["md5(document_id || i)[:16] AS document_id"]
    replaced += ["replace(uri, 'pages/', 'pages/' || i || '/') AS uri"] * (table in ("documents", "reports"))
    replaced += ["agency_id || '-' || i AS agency_id"] * (table == "reports")
    replaced += [f"{mixed} AS text"] * (table in ("documents", "sections"))
    return (
        f"INSERT INTO {table} BY NAME SELECT * EXCLUDE (i) REPLACE ({', '.join(replaced)}) "
        f"FROM temp.first_{table}, (SELECT unnest(range(?, ?))::INTEGER AS i)"
    )


if __name__ == "__main__":
    if "--step" in sys.argv:
        run(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
