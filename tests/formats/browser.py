"""Pages saved in one file by Chromium, over its debugging protocol."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection

SECONDS = 120
LISTENING = re.compile(rb"DevTools listening on (ws://\S+)")


def save_as_mhtml(pages: list[Path], folder: Path) -> list[Path]:
    """Each page opened and saved as one file (`Page.captureSnapshot`), by one browser."""
    folder.mkdir(parents=True, exist_ok=True)
    with _browser() as browser:
        return [_saved(browser, page, folder) for page in pages]


@contextmanager
def _browser() -> Iterator[Connection]:
    # A helper of the browser may still write into its profile when the browser itself has ended.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"),
            f"--user-data-dir={profile}",
        ]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            try:
                assert process.stderr is not None
                address = next(found for line in process.stderr if (found := LISTENING.search(line)))
                with connect(address[1].decode(), max_size=None) as browser:
                    yield browser
            finally:
                process.kill()


def _saved(browser: Connection, page: Path, folder: Path) -> Path:
    target = _ask(browser, "Target.createTarget", url=page.absolute().as_uri())["targetId"]
    session = _ask(browser, "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    _ask(browser, "Page.enable", session)
    # The blank page before it is complete, too.
    ready = {"expression": "location.href != 'about:blank' && document.readyState == 'complete'"}
    while not _ask(browser, "Runtime.evaluate", session, **ready)["result"].get("value"):
        pass
    data = _ask(browser, "Page.captureSnapshot", session, format="mhtml")["data"]
    _ask(browser, "Target.closeTarget", targetId=target)
    path = folder / f"{page.stem}.mhtml"
    path.write_bytes(data.encode())
    return path


def _ask(browser: Connection, method: str, session: str | None = None, **parameters: Any) -> Any:
    order: dict[str, Any] = {"id": 1, "method": method, "params": parameters}
    browser.send(json.dumps({**order, "sessionId": session} if session else order))
    while True:
        answer = json.loads(browser.recv(timeout=SECONDS))
        if answer.get("id") == 1:
            return answer["result"]
