"""What the warehouse says of a run and of those before it, for the artifacts: small results of plain SQL."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from warehouse.lake import Warehouse

LAST_RUNS = 30
REASONS = 20
EXAMPLES = 20
LISTED = 20

_FORMS = """
    SELECT coalesce(form, 'unknown') AS form, count(*) AS reports, sum(fact_count)::BIGINT AS facts,
           round(avg(fact_count), 1) AS each
    FROM reports SEMI JOIN (SELECT document_id FROM documents WHERE run_id = $run) USING (document_id)
    GROUP BY ALL ORDER BY form
"""
_CHECKS = f"""
    SELECT rule, severity, count(DISTINCT document_id) AS reports, min(message) AS example
    FROM checks SEMI JOIN (SELECT document_id FROM documents WHERE run_id = $run) USING (document_id)
    WHERE NOT passed GROUP BY ALL ORDER BY severity, reports DESC, rule LIMIT {LISTED}
"""
_SOURCES = f"""
    SELECT d.source, coalesce(min(s.kind), '') AS kind, coalesce(min(s.address), '') AS address,
           count(*) AS documents
    FROM documents d LEFT JOIN sources s USING (source)
    WHERE d.run_id = $run GROUP BY d.source ORDER BY documents DESC, d.source LIMIT {LISTED}
"""
_HOSTS = r"""
    SELECT regexp_extract(uri, '^https?://([^/]+)', 1) AS host, count(*) AS requests,
           round(avg(duration_s), 2) AS each, count(*) FILTER (outcome = 'failed') AS failed
    FROM fetches WHERE run_id = $run AND uri LIKE 'http%' AND duration_s IS NOT NULL
    GROUP BY host ORDER BY each DESC LIMIT 10
"""
_REASONS = f"""
    SELECT stage, error, min(advice) AS advice, count(*) AS documents
    FROM quarantine GROUP BY stage, error ORDER BY documents DESC, stage, error LIMIT {REASONS}
"""
_EXAMPLES = f"""
    SELECT uri, source, attempts, strftime(first_failed_at, '%Y-%m-%d') AS since
    FROM quarantine WHERE stage = $stage AND error = $error ORDER BY uri LIMIT {EXAMPLES}
"""
_RUNS = f"""
    SELECT started_at, flow, state, coalesce(new, 0) + coalesce(changed, 0) AS loaded,
           coalesce(reports, 0) AS reports, coalesce(facts, 0) AS facts, coalesce(failed, 0) AS failed
    FROM runs WHERE flow IN ('ingest', 'reextract', 'retry') AND state <> 'running'
    ORDER BY started_at DESC LIMIT {LAST_RUNS}
"""
_YEARS = """
    SELECT coalesce(r.year::VARCHAR, 'unknown') AS year, count(*) AS reports,
           round(avg(r.fact_count), 1) AS each, count(*) FILTER (r.agency IS NULL) AS anonymous,
           count(c.document_id) AS questioned
    FROM reports r LEFT JOIN (SELECT DISTINCT document_id FROM checks WHERE NOT passed) c USING (document_id)
    GROUP BY ALL ORDER BY year DESC
"""


@dataclass(frozen=True, slots=True)
class Reason:
    """Documents that failed in one stage for one cause, with the first of them."""

    stage: str
    error: str
    advice: str | None
    documents: int
    examples: list[tuple[object, ...]]  # uri, source, attempts, since

    @property
    def words(self) -> str:
        """What `retry --reason` takes for it: the error's first words, without what a shell would read."""
        return re.split("['\":(]", self.error)[0].strip()[:80].strip() or self.stage


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is over."""

    started_at: dt.datetime
    flow: str
    state: str
    loaded: int
    reports: int
    facts: int
    failed: int

    @property
    def facts_a_report(self) -> float:
        return self.facts / self.reports if self.reports else 0.0

    @property
    def failed_share(self) -> float:
        return self.failed / max(1, self.loaded + self.failed)


@dataclass(frozen=True, slots=True)
class Overview:
    """A run seen with the warehouse around it; tuples in the order of the artifacts' columns."""

    forms: list[tuple[object, ...]]
    checks: list[tuple[object, ...]]
    sources: list[tuple[str, str, str, int]]
    hosts: list[tuple[object, ...]]
    quarantined: int
    reasons: list[Reason]
    runs: list[Run]  # newest first
    years: list[tuple[object, ...]]


def overview_of(warehouse: Warehouse, run_id: str) -> Overview:
    """What there is to say after the run."""
    of_run = {"run": run_id}
    [count] = warehouse.rows("SELECT count(*) AS n FROM quarantine")
    return Overview(
        forms=_tuples(warehouse, _FORMS, of_run),
        checks=_tuples(warehouse, _CHECKS, of_run),
        sources=[tuple(row.values()) for row in warehouse.rows(_SOURCES, of_run)],
        hosts=_tuples(warehouse, _HOSTS, of_run),
        quarantined=count["n"],
        reasons=[_reason(warehouse, row) for row in warehouse.rows(_REASONS)],
        runs=[Run(**row) for row in warehouse.rows(_RUNS)],
        years=_tuples(warehouse, _YEARS, {}),
    )


def _reason(warehouse: Warehouse, row: dict[str, Any]) -> Reason:
    same = {"stage": row["stage"], "error": row["error"]}
    return Reason(**row, examples=_tuples(warehouse, _EXAMPLES, same))


def _tuples(warehouse: Warehouse, query: str, parameters: Mapping[str, object]) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in warehouse.rows(query, parameters)]
