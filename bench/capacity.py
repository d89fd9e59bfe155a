"""The capacity model of docs/scale.md: what so many documents cost on so many workers.

    python -m bench.capacity      prints the table of the page

Costs are measured ones (`make bench`, `make bench-scale`); a worker is one core with one thread.
"""

from __future__ import annotations

from dataclasses import dataclass

DOCUMENTS = (10_000, 100_000, 1_000_000, 2_000_000)
WORKERS = (1, 4, 16, 64)


@dataclass(frozen=True, slots=True)
class Costs:
    """What one document costs; seconds are processor time."""

    read: float = 0.0093  # clean and extract
    carry: float = 0.0009  # on the worker: from the blob store, and its share of a part file
    load: float = 0.0004  # in the writer: its share of a batch, with merging
    send: float = 0.0003  # in the run: Prefect, scheduler, planning
    audit: float = 0.0005  # in the run, when all is loaded: audit and reuse
    blob_kb: float = 150.0  # a real page; the generated ones have 24
    parquet_kb: float = 8.0
    requests: float = 3.1  # at the store: look, put, get a blob; a part file for each 300


def seconds(documents: int, workers: int, costs: Costs = Costs()) -> tuple[float, str]:
    """How long a run takes, and what saturates: the workers, or the one process that sends and loads."""
    reading = documents * (costs.read + costs.carry) / workers
    writing = documents * (costs.load + costs.send)
    limit = "workers" if reading > writing else "the writer"
    return max(reading, writing) + documents * costs.audit, limit


def table(costs: Costs = Costs()) -> str:
    """Markdown: a row a number of documents."""
    head = "| documents | " + " | ".join(f"{w} worker{'s' if w > 1 else ''}" for w in WORKERS)
    lines = [f"{head} | bytes as fetched | Parquet |", "|---" * (len(WORKERS) + 3) + "|"]
    for documents in DOCUMENTS:
        times = (seconds(documents, workers, costs) for workers in WORKERS)
        told = " | ".join(f"{_told(time)}{' *' if limit != 'workers' else ''}" for time, limit in times)
        stored = f"{documents * costs.blob_kb / 1e6:,.0f} GB | {documents * costs.parquet_kb / 1e6:,.1f} GB"
        lines.append(f"| {documents:,} | {told} | {stored} |")
    return "\n".join(lines)


def _told(seconds_: float) -> str:
    if seconds_ < 120:
        return f"{seconds_:.0f} s"
    return f"{seconds_ / 60:.0f} min" if seconds_ < 5400 else f"{seconds_ / 3600:.1f} h"


if __name__ == "__main__":
    print(table())
