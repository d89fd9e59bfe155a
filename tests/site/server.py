"""The HTTP server: one thread with an event loop, raw sockets, so that it can misbehave byte by byte."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

REASONS = {200: "OK", 304: "Not Modified", 302: "Found", 301: "Moved Permanently", 404: "Not Found"}


@dataclass(frozen=True)
class Request:
    host: str
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("ascii"), keep_blank_values=True))

    @property
    def is_conditional(self) -> bool:
        return "if-none-match" in self.headers or "if-modified-since" in self.headers


@dataclass
class Reply:
    """An answer; with `raw` the handler writes to the socket itself."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    has_etag: bool = True
    raw: Callable[[asyncio.StreamWriter], Awaitable[None]] | None = None


@dataclass
class Exchange:
    """A line of the log; times are the monotonic clock's."""

    request: Request
    began: float
    ended: float = 0.0
    status: int = 0
    connection: int = 0


Site = Callable[[Request], Reply]


class Server:
    """A context manager; `sites` by host name without `.localhost`. With `tls` it speaks HTTPS."""

    def __init__(self, sites: dict[str, Site] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.sites = sites or {}
        self._tls = tls
        self.log: list[Exchange] = []
        self.most_at_once: dict[str, int] = {}
        self._under_way: dict[str, int] = {}
        self._connections = 0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.port = 0

    def url(self, host: str, path: str = "/") -> str:
        return f"http{'s' if self._tls else ''}://{host}.localhost:{self.port}{path}"

    def asked(self, host: str | None = None) -> list[Exchange]:
        return [e for e in self.log if host is None or e.request.host == host]

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(30)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(30)

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, backlog=256, ssl=self._tls)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._over.wait()
        server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        number = self._connections
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while (request := await _read(reader)) is not None:
                if not await self._answer(request, writer, number):
                    break
        writer.close()

    async def _answer(self, request: Request, writer: asyncio.StreamWriter, connection: int) -> bool:
        exchange = Exchange(request, time.monotonic(), connection=connection)
        self.log.append(exchange)
        host = request.host
        self._under_way[host] = self._under_way.get(host, 0) + 1
        self.most_at_once[host] = max(self.most_at_once.get(host, 0), self._under_way[host])
        try:
            site = self.sites.get(host)
            reply = site(request) if site else Reply(b"no such host", 404)
            if reply.raw is not None:
                await reply.raw(writer)
                return False
            return await _send(reply, request, writer, exchange)
        finally:
            exchange.ended = time.monotonic()
            self._under_way[host] -= 1


async def _send(reply: Reply, request: Request, writer: asyncio.StreamWriter, exchange: Exchange) -> bool:
    status, body = reply.status, reply.body
    headers = {"Content-Type": "text/html", **reply.headers}
    if status == 200 and reply.has_etag:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers["ETag"] = etag
        if request.headers.get("if-none-match") == etag and request.method == "GET":
            status, body = 304, b""
    exchange.status = status
    headers.setdefault("Content-Length", str(len(body)))
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}", *(f"{k}: {v}" for k, v in headers.items())]
    writer.write("\r\n".join([*lines, "", ""]).encode("utf-8") + body)
    await writer.drain()
    return int(headers["Content-Length"]) == len(body)


async def _read(reader: asyncio.StreamReader) -> Request | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, found, value = line.partition(":")
        if found:
            headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    host = headers.get("host", "").partition(":")[0].removesuffix(".localhost")
    return Request(host, method, target, headers, body)
