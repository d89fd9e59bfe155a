"""`gongkai ingest`: the flow run from the command line, and what it found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from flows.cli.failing import FAILED
from flows.cli.printing import print_json, print_table, working

if TYPE_CHECKING:
    from flows.summary import IngestSummary
    from tasks.fetch.crawl import CrawlReport

LISTED = 100
"""Documents and failures listed; a larger run says how to see the rest."""


def ingest(paths: list[str], home: Path, *, recheck: bool, from_store: bool, as_json: bool) -> None:
    """Run the flow and print what came of it."""
    from flows.run import run_ingest  # Prefect: only now

    with working("Reading pages"):
        summary = run_ingest(paths, home, recheck=recheck, from_store=from_store)
    tell_summary(summary, home, as_json=as_json)


def tell_summary(summary: IngestSummary, home: Path, *, as_json: bool) -> None:
    """Print what came of a run of `ingest`, `retry` or `reextract`; exit 1 when it failed."""
    if as_json:
        print_json({**_fields(summary), "documents": _documents(summary, home, limit=None)})
    else:
        _tell(summary, home)
    if summary.state != "completed":
        raise typer.Exit(FAILED)


def _fields(summary: IngestSummary) -> dict[str, Any]:
    fields = {name: getattr(summary, name) for name in summary.__dataclass_fields__}
    return {**fields, "crawls": list(map(_crawl, summary.crawls)), "message": summary.message}


def _crawl(report: CrawlReport) -> dict[str, Any]:
    counts = {name: getattr(report, name) for name in report.__dataclass_fields__}
    return {**counts, "skipped": len(counts["skipped"]), "failed": len(counts.pop("errors"))}


def _tell(summary: IngestSummary, home: Path) -> None:
    documents = _documents(summary, home, limit=LISTED)
    if documents:
        headings = ("document_id", "agency", "year", "form", "facts", "title", "uri")
        print_table(headings, [[row[name] for name in headings] for row in documents])
    loaded = summary.new + summary.changed
    if loaded > len(documents):
        typer.echo(
            f"… and {loaded - len(documents):,} more: "
            f"gongkai sql \"SELECT * FROM documents WHERE run_id = '{summary.run_id}'\""
        )
    for report in summary.crawls:
        typer.echo(
            f"{report.source}: {report.family or 'page'}; {report.accepted} reports listed, "
            f"{report.new} fetched, {report.changed} changed, {report.unchanged} unchanged, "
            f"{len(report.errors)} failed"
        )
        for skipped in report.skipped[:LISTED]:
            typer.echo(f"left out: {skipped.uri}: {skipped.reason}", err=True)
    for failure in summary.failed[:LISTED]:
        typer.echo(f"failed: {failure.uri}: {failure.stage}: {failure.message}", err=True)
        typer.echo(f"    next: {failure.advice}", err=True)
    if len(summary.failed) > LISTED:
        typer.echo(f"… and {len(summary.failed) - LISTED:,} more failed: gongkai status", err=True)
    typer.echo(
        f"{summary.message}; {summary.reports:,} reports with {summary.facts:,} facts "
        f"in {summary.seconds:.1f} s"
    )
    if not loaded and not summary.failed:
        typer.echo("Nothing to do: every document is loaded already, with the same bytes and the same rules.")


def _documents(summary: IngestSummary, home: Path, limit: int | None) -> list[dict[str, Any]]:
    """What the run loaded, as the warehouse has it now."""
    from warehouse.lake import open_warehouse

    if not summary.new + summary.changed:
        return []
    with open_warehouse(home, read_only=True) as warehouse:
        return warehouse.rows(
            "SELECT d.document_id, r.agency, r.year, coalesce(r.form, d.kind) AS form, "
            "coalesce(r.fact_count, 0) AS facts, "
            "CASE d.kind WHEN 'report' THEN r.title ELSE d.kind_reason END AS title, d.uri "
            "FROM documents d LEFT JOIN reports r USING (document_id) "
            f"WHERE d.run_id = ? ORDER BY d.uri {f'LIMIT {limit}' if limit else ''}",
            [summary.run_id],
        )
