"""What a run shows in Prefect's UI when it is over: a summary in words and figures, and its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from flows.summary import IngestSummary
from warehouse.lake import Warehouse

SUMMARY_KEY = "ingest-summary"
DOCUMENTS_KEY = "ingest-documents"
ROWS = 500  # the UI draws them all, and Prefect's database keeps them for each run

_DOCUMENTS = f"""
    SELECT d.uri, coalesce(r.agency, '—') AS agency, r.year, coalesce(r.form, d.kind) AS form,
           coalesce(r.fact_count, 0) AS facts, r.title
    FROM documents d LEFT JOIN reports r USING (document_id)
    WHERE d.run_id = ?
    ORDER BY d.uri
    LIMIT {ROWS}
"""


def publish_summary(summary: IngestSummary) -> None:
    create_markdown_artifact(summary_markdown(summary), key=SUMMARY_KEY, description=summary.message)


def publish_documents(warehouse: Warehouse, summary: IngestSummary) -> None:
    """The run's documents, failures first; the first `ROWS` of a larger run."""
    failed = [{"uri": f.uri, "form": f"failed: {f.stage}", "title": f.message} for f in summary.failed[:ROWS]]
    loaded = warehouse.rows(_DOCUMENTS, [summary.run_id])
    rows = (failed + loaded)[:ROWS]
    total = summary.new + summary.changed + len(summary.failed)
    note = f"The first {ROWS} of {total:,} documents." if total > len(rows) else f"{total} documents."
    if rows:
        create_table_artifact(rows, key=DOCUMENTS_KEY, description=note)


def summary_markdown(summary: IngestSummary) -> str:
    """Counts by form, timings by stage, what failed and why."""
    parts = [f"# {summary.message}", f"{summary.reports:,} reports, {summary.facts:,} facts."]
    if summary.by_form:
        parts.append(markdown_table(("form", "reports"), sorted(summary.by_form.items())))
    parts.append(_timings(summary))
    if summary.failed:
        parts.append(f"## {len(summary.failed):,} in quarantine")
        reasons = Counter((failure.stage, failure.message) for failure in summary.failed)
        rows = [(stage, message, count) for (stage, message), count in reasons.most_common(50)]
        parts.append(markdown_table(("stage", "reason", "documents"), rows))
    if summary.skipped:
        reasons_skipped = Counter(skipped.reason for skipped in summary.skipped)
        parts.append("## Files left out")
        parts.append(markdown_table(("reason", "files"), reasons_skipped.most_common(50)))
    return "\n\n".join(parts) + "\n"


def _timings(summary: IngestSummary) -> str:
    timings = summary.timings
    documents = max(1, summary.new + summary.changed + len(summary.failed))
    rows = [(stage, f"{1000 * s / documents:.2f}", f"{s:.2f}") for stage, s in timings.stages.items()]
    rows.append(("whole run", f"{1000 * timings.wall / documents:.2f}", f"{timings.wall:.2f}"))
    return "\n\n".join(
        [
            "## Time",
            markdown_table(("stage", "ms a document", "seconds"), rows),
            f"{timings.workers} workers; {timings.orchestration:.0%} of their time was not spent in a stage.",
        ]
    )


def markdown_table(header: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> str:
    """A table in Markdown."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(_cell(value) for value in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ").replace("`", "'")
