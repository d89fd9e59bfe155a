"""`gongkai serve`: a release's explorer on this machine, with parts of files for its database."""

from __future__ import annotations

import socket
from pathlib import Path

import typer

from tasks.errors import GongkaiError
from warehouse.release import newest_release

HOST = "127.0.0.1"


def serve(folder: Path, port: int) -> None:
    """Serve the release until interrupted; its address is printed."""
    release = newest_release(folder)
    if not (release / "site/index.html").is_file():
        raise GongkaiError(f"{release} has no site.", "Publish it again with this gongkai.")
    with _listener(port) as listener:
        typer.echo(f"http://{HOST}:{listener.getsockname()[1]}/site/   (Ctrl-C ends it)")
        _run(release, listener)


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise GongkaiError(
            f"Port {port} cannot be used: {error.strerror}.", "Name another with --port; 0 takes a free one."
        ) from error


def _run(release: Path, listener: socket.socket) -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.responses import RedirectResponse
    from starlette.routing import Mount, Route
    from starlette.staticfiles import StaticFiles

    async def start(_: object) -> RedirectResponse:
        return RedirectResponse("/site/")

    files = StaticFiles(directory=release, html=True)
    app = Starlette(routes=[Route("/", start), Mount("/", files)])
    config = uvicorn.Config(app, log_level="warning", lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])
