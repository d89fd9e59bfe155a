"""`gongkai status`: what the warehouse holds, what ran, what is deployed."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import typer

from flows.cli.printing import print_json, print_table
from flows.operate.standing import Deployed, Standing, standing
from tasks.errors import GongkaiError
from warehouse.contract import SCHEMA_VERSION, TABLES
from warehouse.lake import Warehouse, open_warehouse

LAST_RUNS = 5

RUNS = f"""
    SELECT run_id, flow, state, started_at, finished_at, source, discovered, new, changed, unchanged, failed,
           reports, facts, message
    FROM runs ORDER BY started_at DESC LIMIT {LAST_RUNS}
"""
REASONS = """
    SELECT stage, error, min(advice) AS advice, count(*) AS documents, min(uri) AS example
    FROM quarantine GROUP BY stage, error ORDER BY documents DESC, stage, error
"""
FORMS = """
    SELECT coalesce(form, 'unknown') AS form, count(*) AS reports, min(year) AS first_year,
           max(year) AS last_year, sum(fact_count)::BIGINT AS facts
    FROM reports GROUP BY ALL ORDER BY form
"""


def status(home: Path, *, as_json: bool) -> None:
    """Print what the warehouse holds, what ran last, and what is in quarantine."""
    server = standing(home)
    try:
        with open_warehouse(home, read_only=True) as warehouse:
            found = _status(warehouse)
    except GongkaiError:
        if server is None:
            raise
        found = {"home": str(home.absolute()), "rows": None}  # deployed, and nothing ingested so far
    found["server"] = server
    if as_json:
        print_json(found)
    else:
        _tell(found)


def _status(warehouse: Warehouse) -> dict[str, Any]:
    counts = " UNION ALL ".join(
        f"SELECT '{table.name}' AS t, count(*) AS n FROM {table.name}" for table in TABLES
    )
    return {
        "home": warehouse.place.name,
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
    if found["rows"] is None:
        typer.echo(f"{found['home']}: nothing ingested yet")
    else:
        _tell_warehouse(found)
    if found["server"] is not None:
        _tell_server(found["server"])


def _tell_server(server: Standing) -> None:
    """The deployments, when they run next and how they ended."""
    workers = f"{server.workers} worker{'' if server.workers == 1 else 's'} online"
    typer.echo(f"\nPrefect at {server.url.removesuffix('/api')}: {server.error or workers}")
    headings = ("deployment", "next run", "running", "last run", "ended", "message", "schedules")
    if server.deployments:
        print_table(headings, [_deployment(each) for each in server.deployments])
    if server.deployments and not server.workers:
        typer.echo("No worker is online, so nothing will run: start one with `gongkai up`.", err=True)


def _deployment(each: Deployed) -> tuple[object, ...]:
    coming = "paused" if each.is_paused else each.next_run
    schedules = "; ".join(each.schedules) or "on demand"
    last = (each.last_state, each.last_end, (each.last_message or "").split("\n")[0])
    return (each.name, coming, each.running, *last, schedules)


def _tell_warehouse(found: dict[str, Any]) -> None:
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
