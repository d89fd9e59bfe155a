"""An audit as a run of the warehouse: written down in `runs`, whoever asked for it. No Prefect here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tasks.errors import GongkaiError
from tasks.load import RunEnd, begin_run, finish_run
from warehouse.audit.run import Audited, audit
from warehouse.lake import open_warehouse


def audit_warehouse(home: Path, progress: Callable[[str], None] = lambda rule: None) -> Audited:
    """Audit all reports at `home`; `progress` is told each rule's name. Raises GongkaiError."""
    open_warehouse(home, read_only=True).close()  # there is one: writing would make it
    with open_warehouse(home) as warehouse:
        run_id = begin_run(warehouse, "audit")
        try:
            audited = audit(warehouse, progress=progress)
        except GongkaiError as error:
            finish_run(warehouse, run_id, RunEnd("failed", message=str(error)))
            raise
        finish_run(warehouse, run_id, RunEnd("completed", message=audited.message))
    return audited
