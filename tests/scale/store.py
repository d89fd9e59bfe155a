"""An object store for the tests: moto's server in a process of its own, behind a door that can fail.

The door is a proxy on 127.0.0.1: it passes every request on, or answers 503, or hangs up.
"""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from tests.engines import free_port, wait_for_port

BUCKET = "reports"
HOP = {"connection", "transfer-encoding", "content-length", "server", "date"}


class Door:
    """What happens to requests: `fault` is a status, "hang up", or None; requests are counted."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.fault: int | str | None = None
        self.requests = 0
        self.refused = 0
        door = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                door.requests += 1
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                if door.fault is not None:
                    door.refused += 1
                    self.refuse(door.fault)
                    return
                inner = http.client.HTTPConnection("127.0.0.1", door.port, timeout=60)
                inner.request(self.command, self.path, body, dict(self.headers))
                reply = inner.getresponse()
                content = reply.read()
                self.send_response(reply.status)
                for name, value in reply.getheaders():
                    if name.lower() not in HOP:
                        self.send_header(name, value)
                size = reply.getheader("content-length") if self.command == "HEAD" else None
                self.send_header("Content-Length", size or str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                inner.close()

            def refuse(self, fault: int | str) -> None:
                self.close_connection = True
                if isinstance(fault, int):
                    code = {403: "InvalidAccessKeyId", 503: "SlowDown"}.get(fault, "InternalError")
                    content = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
                    self.send_response(fault)
                    self.send_header("Content-Length", str(len(content)))
                    self.send_header("Connection", "close")
                    self.end_headers()
                    if self.command != "HEAD":
                        self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = answer

            def log_message(self, *_: Any) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
        }

    def fail(self, fault: int | str, seconds: float) -> threading.Thread:
        """Fail for so long from now on; the thread that mends it."""
        self.fault = fault

        def mend() -> None:
            time.sleep(seconds)
            self.fault = None

        thread = threading.Thread(target=mend)
        thread.start()
        return thread

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def object_store() -> Iterator[Door]:
    """The door of a store with the empty bucket `reports`."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for_port(port)
        httpx.put(f"http://127.0.0.1:{port}/{BUCKET}").raise_for_status()
        door = Door(port)
        yield door
        door.close()
    finally:
        process.kill()
        process.wait()
