"""What a run shows in Prefect's UI: its progress, and when it is over a summary, its documents, what is in
quarantine with the way out, and how good the runs have been.

What the artifacts say is in `flows.overview` and here; nothing of it is the truth, which is the warehouse.
"""

from __future__ import annotations

import textwrap
import time
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings

from flows.markdown import bars, code, link, table
from flows.outcome import Failure
from flows.overview import Overview, Reason, overview_of
from flows.summary import IngestSummary
from flows.telling import unless_unreachable
from warehouse.lake import Warehouse

PROGRESS_SECONDS = 2.0
"""Between two updates of the progress: each is a request."""

ROWS = 500
"""Documents in a table: the UI draws them all, and Prefect's database keeps them for each run."""

TITLE = 44
"""Letters of an error there, so that the document's name beside it is seen; the quarantine has the whole."""

RETRY = "retry/retry"
"""The deployment behind the link that tries documents again."""

_DOCUMENTS = f"""
    SELECT coalesce(r.form, d.kind) AS form, r.year, r.fact_count AS facts,
           coalesce(r.title, d.kind_reason) AS title, d.uri, r.agency
    FROM documents d LEFT JOIN reports r USING (document_id)
    WHERE d.run_id = ?
    ORDER BY d.uri
    LIMIT {ROWS}
"""


def progress_artifact(flow: str) -> Callable[[int, int], None]:
    """A progress bar of the run; give it the number of documents read, and of those to read."""
    with unless_unreachable("show progress"):
        artifact = create_progress_artifact(0.0, key=f"{flow}-progress", description="0 documents read")
        assert isinstance(artifact, UUID)
        told = time.monotonic()

        def update(read: int, to_read: int) -> None:
            nonlocal told
            if read < to_read and time.monotonic() - told < PROGRESS_SECONDS:
                return
            told = time.monotonic()
            with unless_unreachable("show progress"):
                words = f"{read:,} of {to_read:,} documents read"
                update_progress_artifact(artifact, 100 * read / max(1, to_read), description=words)

        return update
    return lambda read, to_read: None


def publish(warehouse: Warehouse, summary: IngestSummary) -> None:
    """All that is shown when a run is over."""
    overview = overview_of(warehouse, summary.run_id)
    with unless_unreachable("show the run's artifacts"):
        create_markdown_artifact(
            summary_markdown(summary, overview), key=f"{summary.flow}-summary", description=summary.message
        )
        _publish_documents(warehouse, summary)
        words = f"{overview.quarantined:,} documents in quarantine"
        create_markdown_artifact(
            quarantine_markdown(overview, retry_page()), key="quarantine", description=words
        )
        create_markdown_artifact(
            trend_markdown(overview), key="quality", description="How good the runs have been"
        )


def _publish_documents(warehouse: Warehouse, summary: IngestSummary) -> None:
    """The run's documents, failures first; the first `ROWS` of a larger run."""
    failed: list[dict[str, Any]] = [_failed_row(failure) for failure in summary.failed[:ROWS]]
    rows = (failed + warehouse.rows(_DOCUMENTS, [summary.run_id]))[:ROWS]
    total = summary.new + summary.changed + len(summary.failed)
    note = f"The first {ROWS} of {total:,} documents." if total > len(rows) else f"{total} documents."
    if rows:
        create_table_artifact(rows, key=f"{summary.flow}-documents", description=note)


def _failed_row(failure: Failure) -> dict[str, Any]:
    """With all columns: the UI takes them from the first row."""
    title = textwrap.shorten(failure.message, TITLE, placeholder=" …")
    words = {"form": f"failed: {failure.stage}", "title": title, "uri": failure.uri}
    return dict.fromkeys(("form", "year", "facts", "title", "uri", "agency"), "") | words


def summary_markdown(summary: IngestSummary, overview: Overview) -> str:
    """Counts, forms, checks, sources, slow hosts, timings, and what failed and why."""
    counts = (summary.new, summary.changed, summary.unchanged, len(summary.failed))
    parts = [
        f"# {summary.message}",
        table(("new", "changed", "unchanged", "failed"), [counts]),
        f"{summary.reports:,} reports, {summary.facts:,} facts.",
    ]
    if overview.forms:
        parts += ["## Forms", table(("form", "reports", "facts", "facts a report"), overview.forms)]
    if overview.checks:
        parts += ["## Checks failed", table(("rule", "severity", "reports", "example"), overview.checks)]
    if summary.audit:
        parts.append(f"{summary.audit}.")
    if summary.failed:
        parts.append(f"## {len(summary.failed):,} in quarantine")
        reasons = Counter((failure.stage, failure.message) for failure in summary.failed)
        rows = [(stage, message, count) for (stage, message), count in reasons.most_common(50)]
        parts.append(table(("stage", "reason", "documents"), rows))
    if summary.skipped:
        reasons_skipped = Counter(skipped.reason for skipped in summary.skipped)
        parts += ["## Files left out", table(("reason", "files"), reasons_skipped.most_common(50))]
    if overview.sources:
        rows_of = [(link(name, address), kind, count) for name, kind, address, count in overview.sources]
        parts += ["## Sources", table(("source", "kind", "documents"), rows_of)]
    if overview.hosts:
        parts += ["## Slowest hosts", table(("host", "requests", "s a request", "failed"), overview.hosts)]
    return "\n\n".join([*parts, _timings(summary)]) + "\n"


def _timings(summary: IngestSummary) -> str:
    timings = summary.timings
    documents = max(1, summary.new + summary.changed + len(summary.failed))
    rows = [(stage, f"{1000 * s / documents:.2f}", f"{s:.2f}") for stage, s in timings.stages.items()]
    rows.append(("whole run", f"{1000 * timings.wall / documents:.2f}", f"{timings.wall:.2f}"))
    return "\n\n".join(
        [
            "## Time",
            table(("stage", "ms a document", "seconds"), rows),
            f"{timings.workers} workers; {timings.orchestration:.0%} of their time was not spent in a stage.",
        ]
    )


def quarantine_markdown(overview: Overview, retry_at: str | None) -> str:
    """What is in quarantine by cause, each with the command and the link that try it again."""
    if not overview.quarantined:
        return "# Nothing in quarantine\n"
    parts = [f"# {overview.quarantined:,} documents in quarantine", _way_out(None, retry_at)]
    for reason in overview.reasons:
        parts += [
            f"## {reason.documents:,} × {reason.stage}: {reason.error}",
            f"{reason.advice or ''} {_way_out(reason, retry_at)}".strip(),
            table(("document", "source", "attempts", "since"), reason.examples),
        ]
        if reason.documents > len(reason.examples):
            parts.append(f"… and {reason.documents - len(reason.examples):,} more.")
    return "\n\n".join(parts) + "\n"


def _way_out(reason: Reason | None, retry_at: str | None) -> str:
    words = reason.words if reason else None
    command = f"gongkai retry --reason '{words}'" if words else "gongkai retry"
    said = f"Try {'them' if reason else 'all of them'} again: {code(command)}"
    if retry_at is None:
        return f"{said}."
    parameters = f"?{urlencode({'parameters': _json(words)}, quote_via=quote)}" if words else ""
    return f"{said}, or {link('run it from here', f'{retry_at}{parameters}')}."


def _json(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'{{"reason": "{escaped}"}}'


def retry_page() -> str | None:
    """The UI's page that runs the deployment `retry`; None when it is not deployed or there is no UI."""
    ui = get_current_settings().ui_url
    with get_client(sync_client=True) as client:
        try:
            deployment = client.read_deployment_by_name(RETRY)
        except ObjectNotFound:
            return None
    return f"{ui.rstrip('/')}/deployments/deployment/{deployment.id}/run" if ui else None


def trend_markdown(overview: Overview) -> str:
    """The last runs, oldest first: what they loaded, how much failed, facts a report."""
    if not overview.runs:
        return "# No runs so far\n"
    rows = [
        (f"{run.started_at:%Y-%m-%d %H:%M}", run.flow, run.state, run.loaded, run.reports, run.facts,
         f"{run.facts_a_report:.1f}", run.failed, f"{run.failed_share:.1%}")
        for run in reversed(overview.runs)
    ]  # fmt: skip
    header = ("started (UTC)", "flow", "state", "loaded", "reports", "facts", "facts a report", "failed",
              "failed share")  # fmt: skip
    oldest_first = list(reversed(overview.runs))
    return "\n\n".join(
        [
            f"# The last {len(rows)} runs",
            f"Facts a report {code(bars([run.facts_a_report for run in oldest_first]))} · "
            f"failed {code(bars([run.failed_share for run in oldest_first]))}",
            table(header, rows),
            "## All reports by year of the report",
            table(("year", "reports", "facts a report", "without agency", "checks failed"), overview.years),
        ]
    )  # fmt: skip
