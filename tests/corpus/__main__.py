"""`python -m tests.corpus [BODIES [ROUNDS [SEED]]]`: precision and recall of every rule and of reuse."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.corpus.judged import judged, table
from warehouse.lake import open_warehouse

count, rounds, seed = [*map(int, sys.argv[1:]), *(30, 3, 1)[len(sys.argv) - 1 :]]
with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder)) as warehouse:
    scores = judged(warehouse, count, rounds, seed)
    print(table(scores))
    for rule, score in scores.items():
        if score.missed or score.false:
            print(rule, "missed", score.missed[:5], "false", score.false[:5])
