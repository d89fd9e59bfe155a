"""Audits as the flows and the command line ask for them: a run of its own, or the end of one that loads. No
Prefect here."""

from __future__ import annotations

from collections.abc import Callable

from tasks.errors import GongkaiError
from tasks.load import RunEnd, begin_run, finish_run
from warehouse.audit.run import Audited, audit
from warehouse.lake import Warehouse

# Loading a document takes the rows of earlier audits away, and every audit leaves a row.
_NEW = """
    SELECT document_id FROM reports
    ANTI JOIN (SELECT document_id FROM checks WHERE stage = 'audit') USING (document_id)
"""


def audit_as_run(warehouse: Warehouse, progress: Callable[[str], None] = lambda rule: None) -> Audited:
    """Audit all reports; `progress` is told each rule's name. Raises GongkaiError."""
    run_id = begin_run(warehouse, "audit")
    try:
        audited = audit(warehouse, progress=progress)
    except GongkaiError as error:
        finish_run(warehouse, run_id, RunEnd("failed", message=str(error)))
        raise
    finish_run(warehouse, run_id, RunEnd("completed", message=audited.message))
    return audited


def audit_new(warehouse: Warehouse) -> Audited | None:
    """Audit the reports that no audit has seen since they were loaded; None when there are none."""
    if not warehouse.rows(f"{_NEW} LIMIT 1"):
        return None
    return audit(warehouse, _NEW)
