"""Runs the rules and writes what they find to `checks`, one transaction for all.

A rule is asked twice: first only whether its comparisons hold, over all reports in scope (so that words and
evidence of what is right are never made), then for everything about those reports where one does not. A
report that satisfies a rule gets one row for it. Rows are exchanged only of reports whose results have
changed: an audit that finds nothing new writes nothing.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from warehouse.audit.relations import narrow, relations
from warehouse.audit.rules import Rule, Severity, rules
from warehouse.contract import CHECKS
from warehouse.lake import Warehouse

STAGE = "audit"

# What a rule may leave out, with its type.
OPTIONAL = {
    "severity": "VARCHAR",
    "expected": "VARCHAR",
    "actual": "VARCHAR",
    "indicator": "VARCHAR",
    "dimension": "VARCHAR",
    "member": "VARCHAR",
    "about_zh": "VARCHAR",
    "about_en": "VARCHAR",
    "expected_document_id": "VARCHAR",
    "expected_evidence": "VARCHAR",
    "expected_start": "INTEGER",
    "expected_end": "INTEGER",
    "actual_evidence": "VARCHAR",
    "actual_start": "INTEGER",
    "actual_end": "INTEGER",
}
_COLUMNS = ", ".join(CHECKS.names)
_COMPARED = ", ".join(name for name in CHECKS.names if name not in ("document_id", "audited_at"))


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule did: reports it could be applied to, comparisons, reports that fail, findings."""

    rule: str
    severity: str
    category: str
    reports: int
    tested: int
    failing: int
    findings: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Audited:
    """What an audit did: reports looked at, those whose rows changed, findings by their severity, and each
    rule's outcome."""

    reports: int
    changed: int
    findings: dict[str, int]
    rules: tuple[RuleOutcome, ...]
    seconds: float

    @property
    def message(self) -> str:
        errors, warnings, remarks = (self.findings.get(severity, 0) for severity in Severity)
        return (
            f"{self.reports:,} reports audited: {errors:,} errors, {warnings:,} warnings, {remarks:,} "
            f"remarks; {self.changed:,} reports with other results than before"
        )


def audit(
    warehouse: Warehouse,
    touched: str | None = None,
    progress: Callable[[str], None] = lambda rule: None,
) -> Audited:
    """Audit all reports, or those whose document_id the query `touched` gives, with the others of their
    bodies."""
    start = time.perf_counter()
    outcomes = []
    with warehouse.transaction() as connection, relations(connection, touched) as reports:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE found AS SELECT {_COLUMNS} FROM checks LIMIT 0")
        for rule in rules():
            progress(rule.rule)
            outcomes.append(_apply(connection, rule))
        findings = dict(
            connection.execute(
                "SELECT severity, count(*) FROM found WHERE NOT passed GROUP BY ALL"
            ).fetchall()
        )
        changed = _exchange(connection)
        connection.execute("DROP TABLE temp.found")  # after an error it leaves with the transaction
    return Audited(reports, changed, findings, tuple(outcomes), time.perf_counter() - start)


def _apply(connection: duckdb.DuckDBPyConnection, rule: Rule) -> RuleOutcome:
    start = time.perf_counter()
    narrow(connection, "FROM everything")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE tested AS SELECT document_id, count(*)::INTEGER AS tested, "
        f"count(*) FILTER (NOT passed)::INTEGER AS failed FROM ({rule.query}) GROUP BY ALL"
    )
    row = connection.execute(
        "SELECT count(*), coalesce(sum(tested), 0)::BIGINT, count(*) FILTER (failed > 0), "
        "coalesce(sum(failed), 0)::BIGINT FROM tested"
    ).fetchone()
    assert row is not None
    reports, tested, failing, findings = row
    _note_passed(connection, rule)
    if findings:
        narrow(connection, "SELECT document_id FROM tested WHERE failed > 0")
        _note_failed(connection, rule)
    connection.execute("DROP TABLE temp.tested")
    seconds = time.perf_counter() - start
    return RuleOutcome(
        rule.rule, rule.severity, rule.category, reports, tested, failing, findings, round(seconds, 3)
    )


def _note_passed(connection: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    connection.execute(
        "INSERT INTO found BY NAME SELECT document_id, ? AS stage, ? AS rule, ? AS severity, true AS passed, "
        "tested, ? AS message, ? AS message_zh FROM tested WHERE failed = 0",
        [STAGE, rule.rule, rule.severity, rule.asks_en, rule.asks_zh],
    )


def _note_failed(connection: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    described = connection.execute(f"DESCRIBE {rule.query}").fetchall()
    given = {row[0] for row in described}
    columns = ", ".join(
        f"{name}::{kind} AS {name}" if name in given else f"NULL::{kind} AS {name}"
        for name, kind in OPTIONAL.items()
    )
    connection.execute(
        f"""
        INSERT INTO found BY NAME
        SELECT
            f.* EXCLUDE (about_zh, about_en) REPLACE (coalesce(f.severity, $severity) AS severity),
            $stage AS stage, $rule AS rule, t.tested,
            {_message("$message_en", "about_en")} AS message,
            {_message("$message_zh", "about_zh")} AS message_zh
        FROM (SELECT document_id, passed, {columns} FROM ({rule.query})) f
        JOIN tested t USING (document_id)
        WHERE NOT f.passed
        """,
        {
            "severity": rule.severity,
            "stage": STAGE,
            "rule": rule.rule,
            "message_en": rule.message_en,
            "message_zh": rule.message_zh,
        },
    )


def _message(template: str, about: str) -> str:
    words = template
    for name, value in (("about", about), ("expected", "expected"), ("actual", "actual")):
        words = f"replace({words}, '{{{name}}}', coalesce(f.{value}, '—'))"
    return words


def _exchange(connection: duckdb.DuckDBPyConnection) -> int:
    """Write the rows of those reports whose results are others than before; returns how many these are."""
    digest = f"SELECT document_id, bit_xor(hash({_COMPARED})) AS digest, count(*) AS rows"
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE changed AS
        SELECT document_id
        FROM ({digest} FROM found GROUP BY ALL) n
        FULL JOIN (
            {digest} FROM checks
            WHERE stage = '{STAGE}' AND document_id IN (FROM everything) GROUP BY ALL
        ) o USING (document_id)
        WHERE n.digest IS DISTINCT FROM o.digest OR n.rows IS DISTINCT FROM o.rows
        """
    )
    changed = _count(connection, "changed")
    if changed:
        connection.execute(f"DELETE FROM checks WHERE stage = '{STAGE}' AND document_id IN (FROM changed)")
        connection.execute(
            "INSERT INTO checks BY NAME SELECT * REPLACE (?::TIMESTAMPTZ AS audited_at) FROM found "
            "WHERE document_id IN (FROM changed)",
            [dt.datetime.now(dt.UTC)],
        )
    connection.execute("DROP TABLE temp.changed")
    return changed


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert row is not None
    return int(row[0])
