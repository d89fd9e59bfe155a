"""An audit as a run of the warehouse: written down in `runs`, whoever asked for it. No Prefect here."""

from __future__ import annotations

from collections.abc import Callable

from tasks.errors import GongkaiError
from tasks.load import RunEnd, begin_run, finish_run
from warehouse.audit.run import Audited, audit
from warehouse.lake import Warehouse


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
