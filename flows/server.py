"""Prefect's own state for a run started by hand: its settings, and a server for the length of the run.

Nothing here imports prefect: its settings are read from the environment when it is first imported, and a
server needs seconds to start, during which the rest can be imported. Run as a script this module is that
server. With `PREFECT_API_URL` set (or in the active profile) the user's own server is used instead.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

from flows import blank
from flows.operate.machinery import running_url
from tasks.errors import GongkaiError

# Nobody is told that this runs, and nothing but what the user must know goes to the terminal.
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}

# What a server that lives for one run can do without: pages, block types, automations.
BRIEF = {
    "PREFECT__SERVER_EPHEMERAL": "1",
    "PREFECT__SERVER_FINAL": "1",
    "PREFECT_SERVER_UI_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}

START_SECONDS = 120  # 2.5 s here, 9 s with a new database; a busy small machine takes many times that
LOOK_SECONDS = 0.2
STOP_SECONDS = 10


def settle(home: Path) -> None:
    """Give Prefect its settings, as far as the user has not: quiet, and with its files under `home`."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    url = users_server() or running_url(home)
    if url:
        os.environ["PREFECT_API_URL"] = url
    os.environ.setdefault("PREFECT_HOME", str(home / "prefect"))


def users_server() -> str | None:
    """The address of the server the user chose, by environment or by Prefect's active profile."""
    if "PREFECT_API_URL" in os.environ:
        return os.environ["PREFECT_API_URL"] or None
    folder = Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect"))
    file = Path(os.environ.get("PREFECT_PROFILES_PATH", folder / "profiles.toml"))
    if not file.is_file():
        return None
    profiles = tomllib.loads(file.read_text(encoding="utf-8"))
    name = os.environ.get("PREFECT_PROFILE", profiles.get("active"))
    url = profiles.get("profiles", {}).get(name, {}).get("PREFECT_API_URL")
    return str(url) if url else None


_own: list[str] = []  # the address of the server that this process started
_new: list[Path] = []  # the database that this server makes


def is_own_server() -> bool:
    """The server in use is this run's own: no other process uses it."""
    return bool(_own) and os.environ.get("PREFECT_API_URL") == _own[0]


def serve() -> bool:
    """Have a Prefect server behind `PREFECT_API_URL`: the user's, or one of our own until this process ends.

    Returns at once, telling whether it started one; `wait_until_ready` tells when it answers. Call `settle`
    first, import prefect after: at exit the server must go last, when Prefect's own exit handlers have sent
    it their logs and events.
    """
    if os.environ.get("PREFECT_API_URL"):
        return False
    log = Path(os.environ["PREFECT_HOME"]) / "server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    database = log.with_name("prefect.db")
    if not blank.lay(database):
        _new.append(database)
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener, log.open("wb") as output:
        port = listener.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-P", __file__, str(listener.fileno())],
            stdin=subprocess.PIPE,  # closed when this process ends, however it ends: then the server ends too
            stdout=output,
            stderr=output,
            pass_fds=[listener.fileno()],
            env={**os.environ, **BRIEF},
            start_new_session=True,  # Ctrl-C stops the run; the server must live to record that
        )
    os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"
    _own[:] = [os.environ["PREFECT_API_URL"]]
    atexit.register(_stop, process)
    return True


def wait_until_ready(process: subprocess.Popen[bytes] | None = None) -> None:
    """Return when the server answers; raise `GongkaiError` when it does not, or its `process` has ended.

    A server of `serve` has its socket open before it starts, so that one request waits for it; one that was
    started as `process` opens it when it is ready.
    """
    url = os.environ["PREFECT_API_URL"]
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=START_SECONDS):
                while _new:
                    blank.keep(_new.pop())
                return
        except urllib.error.HTTPError:
            return  # it answers; whether it lets us in is for Prefect's client to find out
        except OSError as error:
            if process is None or process.poll() is not None or time.monotonic() > end:
                log = Path(os.environ["PREFECT_HOME"]) / "server.log"
                raise GongkaiError(
                    f"Prefect's server at {url} does not answer: {error}.",
                    f"Check PREFECT_API_URL, or see {log} when gongkai started it.",
                ) from error
        time.sleep(LOOK_SECONDS)


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _serve(descriptor: int) -> None:
    """Be the server on an open socket until standard input ends."""

    def end_with_parent() -> None:
        sys.stdin.buffer.read()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=end_with_parent, daemon=True).start()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        fd=descriptor,
        log_level="error",
        lifespan="on",
    )


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
