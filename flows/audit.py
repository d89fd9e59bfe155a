"""The flow `audit`: the rules of `warehouse/audit` over all reports, what is repeated, and both as an
artifact.

`gongkai audit` does the same without Prefect. The rules are SQL, no code.
"""

from __future__ import annotations

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.auditing import Examined, audit_as_run
from flows.home import home_of
from flows.markdown import table
from flows.writing import open_to_write
from tasks.errors import GongkaiError
from warehouse.lake import open_warehouse

SUMMARY_KEY = "audit-summary"


@flow(
    name="audit",
    description="Apply the audit's rules to all reports: sums, chains over years, deadlines, reuse.",
    persist_result=False,
)
def audit(home: str | None = None) -> State[Examined]:
    """Audit the warehouse.

    Args:
        home: The warehouse's folder. Empty: the setting `home`.
    """
    folder = home_of(home)
    try:
        open_warehouse(folder, read_only=True).close()  # there is one: writing would make it
        with open_to_write(folder) as warehouse:
            examined = audit_as_run(warehouse)
    except GongkaiError as error:
        return Failed(message=str(error), data=error)
    publish_audit(examined)
    get_run_logger().info(examined.message)
    return Completed(message=examined.message, data=examined)


def publish_audit(examined: Examined) -> None:
    """The outcome of each rule as the run's artifact."""
    create_markdown_artifact(audit_markdown(examined), key=SUMMARY_KEY, description=examined.message)


def audit_markdown(examined: Examined) -> str:
    """The rules with how often each was applied and broken."""
    header = ("rule", "severity", "reports", "comparisons", "reports failing", "findings", "seconds")
    rows = [
        (o.rule, o.severity, o.reports, o.tested, o.failing, o.findings, f"{o.seconds:.2f}")
        for o in examined.audited.rules
    ]
    return f"# {examined.message}\n\n{table(header, rows)}\n"
