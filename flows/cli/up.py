"""`gongkai up` and `gongkai down`: the server, the worker and the deployments of this machine."""

from __future__ import annotations

import signal
from pathlib import Path
from types import FrameType

import typer

from flows.cli.printing import print_json, working
from flows.settings import load_settings


def up(home: Path, *, foreground: bool, as_json: bool) -> None:
    """Start what does not run, deploy, and say where to look."""
    from flows.operate.up import up as start
    from flows.operate.up import watch

    settings = load_settings()
    with working("Starting server and worker"):
        started = start(settings, home)
    if as_json:
        print_json({"url": started.url, "deployments": started.deployments})
    else:
        for name, process in (("server", started.server), ("worker", started.worker)):
            typer.echo(f"{name}: {'started' if process is not None else 'runs already'}")
        typer.echo(f"deployments: {', '.join(started.deployments)}")
        typer.echo(f"Look at {started.url}")
        if not settings.paths:
            typer.echo('Scheduled runs have nothing to ingest: set paths = ["…"] in gongkai.toml.', err=True)
    if foreground:
        signal.signal(signal.SIGTERM, _interrupt)
        watch(home, started)


def down(home: Path) -> None:
    """Stop what runs."""
    from flows.operate.up import down as stop

    with working("Stopping"):
        stopped = stop(home)
    typer.echo(f"Stopped: {', '.join(stopped)}." if stopped else "Nothing runs.")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
