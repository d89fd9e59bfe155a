"""The events that automations and people listen for: a document quarantined, a run finished, a floor broken.

Their names and payloads are an interface (docs/operate.md); Prefect adds the flow run they belong to.
"""

from __future__ import annotations

from prefect.events import emit_event

from flows.outcome import Failure
from flows.summary import IngestSummary
from tasks.values import document_id

QUARANTINED = "gongkai.document.quarantined"
FINISHED = "gongkai.run.finished"
FLOOR_BROKEN = "gongkai.floor.broken"

TOLD_SINGLY = 100
"""Events of single documents a run sends; when more fail, `gongkai.run.finished` says how many."""


def tell_of(summary: IngestSummary) -> None:
    """The events of a run that is over."""
    for failure in summary.failed[:TOLD_SINGLY]:
        _quarantined(failure, summary.run_id)
    emit_event(
        FINISHED,
        resource={
            "prefect.resource.id": f"gongkai.run.{summary.run_id}",
            "prefect.resource.name": summary.message,
            "gongkai.flow": summary.flow,
            "gongkai.state": summary.state,
        },
        payload={
            "flow": summary.flow,
            "state": summary.state,
            "discovered": summary.discovered,
            "new": summary.new,
            "changed": summary.changed,
            "unchanged": summary.unchanged,
            "failed": len(summary.failed),
            "reports": summary.reports,
            "facts": summary.facts,
            "seconds": round(summary.seconds, 1),
        },
    )


def tell_floor_broken(source: str, message: str) -> None:
    """A source holds less than it must; `message` says what was expected and found."""
    emit_event(
        FLOOR_BROKEN,
        resource={"prefect.resource.id": f"gongkai.source.{source}", "prefect.resource.name": source},
        payload={"source": source, "message": message},
    )


def _quarantined(failure: Failure, run_id: str) -> None:
    emit_event(
        QUARANTINED,
        resource={
            "prefect.resource.id": f"gongkai.document.{document_id(failure.uri)}",
            "prefect.resource.name": failure.uri,
            "gongkai.stage": failure.stage,
        },
        payload={
            "uri": failure.uri,
            "stage": failure.stage,
            "error": failure.message,
            "advice": failure.advice,
            "run_id": run_id,
        },
    )
