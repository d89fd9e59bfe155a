"""`gongkai audit`: the rules applied, and what they found, the gravest first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer
from rich.console import Console

from flows.auditing import Examined, audit_as_run
from flows.cli.printing import print_json, print_table
from flows.cli.waiting import bar
from tasks.errors import GongkaiError
from warehouse.audit.rules import Severity, rules
from warehouse.audit.run import RuleOutcome
from warehouse.lake import open_warehouse

LISTED = 100
"""Findings that are listed; more are counted, --json gives all."""

HEADINGS = ("severity", "rule", "agency", "year", "expected", "actual", "message_zh", "document_id")

FINDINGS = """
    SELECT
        c.severity, c.rule, r.agency, r.year, c.expected, c.actual, c.message, c.message_zh,
        c.indicator, c.dimension, c.member, c.expected_document_id, c.expected_evidence, c.expected_start,
        c.expected_end, c.actual_evidence, c.actual_start, c.actual_end, c.document_id, r.uri
    FROM checks c
    JOIN reports r USING (document_id)
    WHERE NOT c.passed AND c.stage = 'audit' AND list_contains($severities, c.severity)
        AND ($rule::VARCHAR IS NULL OR c.rule = $rule)
    ORDER BY list_position($severities, c.severity), c.rule, r.agency, r.year, c.indicator, c.member,
        c.document_id, c.message
"""


def audit(home: Path, rule: str | None, severity: Severity, *, as_json: bool) -> None:
    """Audit, then print each rule's outcome and the findings of at least `severity`."""
    if rule is not None and rule not in {each.rule for each in rules()}:
        known = ", ".join(each.rule for each in rules())
        raise GongkaiError(f"There is no rule {rule}.", f"The rules are: {known}.")
    examined = _audit(home)
    wanted = [each.value for each in Severity]
    wanted = wanted[: wanted.index(severity) + 1]
    with open_warehouse(home, read_only=True) as warehouse:
        findings = warehouse.rows(FINDINGS, {"severities": wanted, "rule": rule})
    outcomes = [each for each in examined.audited.rules if rule in (None, each.rule)]
    if as_json:
        print_json({"message": examined.message, "rules": outcomes, "findings": findings})
    else:
        _tell(examined, outcomes, findings)


def _audit(home: Path) -> Examined:
    open_warehouse(home, read_only=True).close()  # there is one: writing would make it
    err = Console(stderr=True, markup=False)
    with open_warehouse(home) as warehouse:
        if not err.is_terminal:
            return audit_as_run(warehouse)
        with bar(err, "Auditing", len(rules())) as progress:
            return audit_as_run(warehouse, lambda rule: progress.advance(progress.tasks[0].id))


def _tell(examined: Examined, outcomes: list[RuleOutcome], findings: list[dict[str, Any]]) -> None:
    print_table(
        ("rule", "severity", "reports", "comparisons", "failing", "findings"),
        [(o.rule, o.severity, o.reports, o.tested, o.failing, o.findings) for o in outcomes],
    )
    if findings:
        typer.echo("")
        print_table(HEADINGS, [[row[name] for name in HEADINGS] for row in findings[:LISTED]])
    if len(findings) > LISTED:
        typer.echo(f"… and {len(findings) - LISTED:,} more: --json, --rule, or `checks` in SQL.")
    typer.echo(examined.audited.message)
    typer.echo(examined.reuse.message)
