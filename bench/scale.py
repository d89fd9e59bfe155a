"""What the capacity model (docs/scale.md) rests on: documents through Dask workers, the load step alone, and
queries over many reports.

    python -m bench.scale [--documents 20000] [--loaded 50000] [--reports 1000000]     (make bench-scale)

Documents are generated form pages, each a page of its own; loaded rows and reports are theirs, copied under
new ids. Every engine is a process of its own on this machine, so on two cores the scheduler, Prefect's server
and the loader take their share from two workers; the processor time says how much.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from bench.scale_dask import dask_runs
from bench.scale_load import load_alone
from bench.scale_query import queries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000, help="through Dask workers; 0: skip")
    parser.add_argument("--loaded", type=int, default=50_000, help="by the load step alone; 0: skip")
    parser.add_argument("--reports", type=int, default=1_000_000, help="to query; 0: skip")
    wanted = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="gongkai-scale-"))
    try:
        if wanted.documents:
            dask_runs(folder, wanted.documents)
        if wanted.loaded:
            load_alone(folder, wanted.loaded)
        if wanted.reports:
            queries(folder, wanted.reports)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
