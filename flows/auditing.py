"""Audits as the flows and the command line ask for them: a run of its own, or the end of one that loads. No
Prefect here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tasks.errors import GongkaiError
from tasks.load import RunEnd, begin_run, finish_run
from warehouse.audit.run import Audited, audit
from warehouse.lake import Warehouse
from warehouse.reuse.measure import Measured, measure

# Loading a document takes the rows of earlier audits away, and every audit leaves a row.
_NEW = """
    SELECT document_id FROM reports
    ANTI JOIN (SELECT document_id FROM checks WHERE stage = 'audit') USING (document_id)
"""


@dataclass(frozen=True, slots=True)
class Examined:
    """What the rules found, and what was found repeated."""

    audited: Audited
    reuse: Measured

    @property
    def message(self) -> str:
        return f"{self.audited.message}; {self.reuse.message}"


def audit_as_run(warehouse: Warehouse, progress: Callable[[str], None] = lambda rule: None) -> Examined:
    """Audit all reports; `progress` is told each rule's name. Raises GongkaiError."""
    run_id = begin_run(warehouse, "audit")
    try:
        examined = Examined(audit(warehouse, progress=progress), measure(warehouse))
    except GongkaiError as error:
        finish_run(warehouse, run_id, RunEnd("failed", message=str(error)))
        raise
    finish_run(warehouse, run_id, RunEnd("completed", message=examined.message))
    return examined


def audit_new(warehouse: Warehouse) -> Examined | None:
    """Audit the reports that no audit has seen since they were loaded; None when there are none."""
    if not warehouse.rows(f"{_NEW} LIMIT 1"):
        return None
    reuse = measure(warehouse)  # first: a run killed between the two would leave nothing for the next to do
    return Examined(audit(warehouse, _NEW), reuse)
