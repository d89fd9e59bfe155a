"""`gongkai retry`, `gongkai reextract`, `gongkai maintain`: the flows that work on what is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from flows.cli.ingest import tell_summary
from flows.cli.printing import print_json, working
from warehouse.lake import open_warehouse


def retry(home: Path, reason: str | None, *, as_json: bool) -> None:
    """Try failed documents again and print what came of it."""
    _read_again("retry", home, {"reason": reason}, "Trying again", as_json=as_json)


def reextract(home: Path, source: str | None, *, everything: bool, as_json: bool) -> None:
    """Read stored documents again and print what came of it."""
    parameters = {"source": source, "everything": everything}
    _read_again("reextract", home, parameters, "Reading stored pages", as_json=as_json)


def maintain(home: Path, keep_days: int | None, *, as_json: bool) -> None:
    """Tidy the warehouse and say what that changed."""
    from flows.run import outcome_of, run_flow

    _there_is_one(home)
    with working("Tidying"):
        state = run_flow("maintain", home, {"keep_days": keep_days})
    tidied = outcome_of(state)
    if as_json:
        print_json(tidied)
    else:
        typer.echo(state.message)


def _read_again(flow: str, home: Path, parameters: dict[str, Any], words: str, *, as_json: bool) -> None:
    from flows.run import run_flow, summary_of

    _there_is_one(home)
    with working(words):
        summary = summary_of(run_flow(flow, home, parameters))
    tell_summary(summary, home, as_json=as_json)


def _there_is_one(home: Path) -> None:
    """Told at once, not when a server has started: writing would make a warehouse."""
    open_warehouse(home, read_only=True).close()
