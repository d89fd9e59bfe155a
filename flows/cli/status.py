"""`gongkai status`: what the warehouse holds, what ran, what is deployed."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import typer

from flows.cli.printing import print_json, print_table
from warehouse.contract import SCHEMA_VERSION, TABLES
from warehouse.lake import Warehouse, open_warehouse

LAST_RUNS = 5

RUNS = f"""
    SELECT run_id, flow, state, started_at, finished_at, source, discovered, new, changed, unchanged, failed,
           reports, facts, message
    FROM runs ORDER BY started_at DESC LIMIT {LAST_RUNS}
"""
REASONS = """
    SELECT stage, error, any_value(advice) AS advice, count(*) AS documents, min(uri) AS example
    FROM quarantine GROUP BY stage, error ORDER BY documents DESC, stage, error
"""
FORMS = """
    SELECT coalesce(form, 'unknown') AS form, count(*) AS reports, min(year) AS first_year,
           max(year) AS last_year, sum(fact_count)::BIGINT AS facts
    FROM reports GROUP BY ALL ORDER BY form
"""


def status(home: Path, *, as_json: bool) -> None:
    """Print what the warehouse holds, what ran last, and what is in quarantine."""
    with open_warehouse(home, read_only=True) as warehouse:
        found = _status(warehouse)
    if as_json:
        print_json(found)
    else:
        _tell(found)


def _status(warehouse: Warehouse) -> dict[str, Any]:
    counts = " UNION ALL ".join(
        f"SELECT '{table.name}' AS t, count(*) AS n FROM {table.name}" for table in TABLES
    )
    return {
        "home": str(warehouse.home),
        "versions": {
            "gongkai": version("gongkai"),
            "schema": SCHEMA_VERSION,
            "duckdb": duckdb.__version__,
        },
        "rows": {row["t"]: row["n"] for row in warehouse.rows(counts)},
        "forms": warehouse.rows(FORMS),
        "runs": warehouse.rows(RUNS),
        "quarantine": warehouse.rows(REASONS),
    }


def _tell(found: dict[str, Any]) -> None:
    versions = ", ".join(f"{name} {number}" for name, number in found["versions"].items())
    typer.echo(f"{found['home']} ({versions})")
    rows = found["rows"]
    typer.echo(
        f"{rows['documents']:,} documents, {rows['reports']:,} reports, {rows['facts']:,} facts, "
        f"{rows['agencies']:,} bodies, {rows['quarantine']:,} in quarantine"
    )
    _section("Reports by form", found["forms"])
    _section("Last runs", found["runs"], ("started_at", "flow", "state", "source", "message", "run_id"))
    _section("Quarantine", found["quarantine"], ("documents", "stage", "error", "advice", "example"))


def _section(title: str, rows: list[dict[str, Any]], columns: tuple[str, ...] = ()) -> None:
    if rows:
        headings = columns or tuple(rows[0])
        typer.echo(f"\n{title}")
        print_table(headings, [[row[name] for name in headings] for row in rows])
