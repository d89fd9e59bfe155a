"""What goes wrong at real sites, a page each: `PAGES` maps a path to its handler."""

from __future__ import annotations

import asyncio
import gzip
import struct
from collections.abc import Callable

from tests.site.reports import article, reports
from tests.site.server import Reply, Request

GOOD = article(reports(1)[0])
BOMB = gzip.compress(b"<html>" + b" " * 5_000_000)  # 5 kB
LARGE = b"<html>" + b"x" * 2_000_000


def page(body: str, title: str = "") -> Reply:
    return Reply(f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode())


def busy_then_fine(times: int, retry_after: str) -> Callable[[Request], Reply]:
    """503 with Retry-After so many times, then the page."""
    asked: list[Request] = []

    def site(request: Request) -> Reply:
        asked.append(request)
        if len(asked) <= times:
            return Reply(b"busy", 503, {"Retry-After": retry_after})
        return Reply(GOOD)

    return site


def head(length: int, extra: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n{extra}\r\n".encode()


async def hang(writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def reset(writer: asyncio.StreamWriter) -> None:
    """Half a page, then RST."""
    writer.write(head(len(GOOD)) + GOOD[: len(GOOD) // 2])
    await writer.drain()
    await asyncio.sleep(0.05)
    socket = writer.get_extra_info("socket")
    socket.setsockopt(1, 13, struct.pack("ii", 1, 0))  # SOL_SOCKET, SO_LINGER: close at once
    writer.transport.abort()


async def too_long_a_length(writer: asyncio.StreamWriter) -> None:
    writer.write(head(len(GOOD) + 1000) + GOOD)
    await writer.drain()


async def too_short_a_length(writer: asyncio.StreamWriter) -> None:
    writer.write(head(len(GOOD) - 200) + GOOD)
    await writer.drain()


async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(head(len(GOOD)))
    for byte in GOOD:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.2)


def bomb(request: Request) -> Reply:
    return Reply(BOMB, headers={"Content-Encoding": "gzip"})


def broken_gzip(request: Request) -> Reply:
    return Reply(gzip.compress(GOOD)[:-8] + b"\xff" * 8, headers={"Content-Encoding": "gzip"})


def leads_to(target: str, status: int = 302) -> Callable[[Request], Reply]:
    return lambda request: Reply(
        b"", status, {"Location": target.replace("PORT", request.headers["host"].split(":")[1])}
    )


def raw(write: object) -> Callable[[Request], Reply]:
    return lambda request: Reply(raw=write)  # type: ignore[arg-type]


LOGIN = '<form><input name="u"><input type="password" name="p"><button>登录</button></form>'
PAGES: dict[str, Callable[[Request], Reply]] = {
    "/challenge": lambda r: page("<script>document.cookie='__jsl_clearance=1';location.reload()</script>"),
    "/challenge-words": lambda r: page("<p>请完成安全验证后继续访问</p>", "安全验证"),
    "/shell": lambda r: page('<div id="app"></div><script src="/app.js"></script>', "清河县"),
    "/moved": lambda r: page("<script>window.location.href='http://new.example/';</script>页面已迁移"),
    "/soft-404": lambda r: page("<h1>404</h1><p>您访问的页面不存在或已删除</p>", "404错误"),
    "/login": lambda r: page(LOGIN, "用户登录"),
    "/empty": lambda r: Reply(b""),
    "/gone": lambda r: Reply(b"gone", 404),
    "/forbidden": lambda r: Reply(b"no", 403),
    "/broken": lambda r: Reply(b"error", 500),
    "/always-busy": lambda r: Reply(b"busy", 503),
    "/timeout": raw(hang),
    "/reset": raw(reset),
    "/too-long-a-length": raw(too_long_a_length),
    "/too-short-a-length": raw(too_short_a_length),
    "/drip": raw(drip),
    "/bomb": bomb,
    "/broken-gzip": broken_gzip,
    "/too-large": lambda r: Reply(LARGE),
    "/circle": leads_to("/circle-2"),
    "/circle-2": leads_to("/circle"),
    "/endless": lambda r: Reply(
        b"", 302, {"Location": f"/endless?{int(r.target.partition('?')[2] or 0) + 1}"}
    ),
    "/endless-more": lambda r: Reply(b"", 302, {"Location": "/endless"}),
    "/inside": leads_to("http://127.0.0.2:PORT/secret"),
    "/other-scheme": leads_to("ftp://files.example/a"),
    "/home-again": leads_to("/"),
    "/": lambda r: page("<p>清河县人民政府门户网站</p>" * 40, "清河县"),
}

FAULTS = {
    "/challenge": ("challenge", 200),
    "/challenge-words": ("challenge", 200),
    "/shell": ("shell", 200),
    "/moved": ("moved", 200),
    "/soft-404": ("soft-404", 200),
    "/login": ("login", 200),
    "/empty": ("empty", 200),
    "/gone": ("status", 404),
    "/forbidden": ("status", 403),
    "/broken": ("unavailable", 500),
    "/always-busy": ("unavailable", 503),
    "/timeout": ("timeout", None),
    "/reset": ("reset", None),
    "/too-long-a-length": ("truncated", None),
    "/too-short-a-length": ("truncated", 200),
    "/drip": ("timeout", None),
    "/bomb": ("bomb", 200),
    "/broken-gzip": ("encoding", 200),
    "/too-large": ("too-large", 200),
    "/circle": ("redirect-loop", 302),
    "/endless": ("redirects", None),
    "/inside": ("address", None),
    "/other-scheme": ("scheme", 302),
    "/home-again": ("soft-404", 200),
}
"""What each of them is called in `fetches`, and the status there."""

TRANSIENT = {"unavailable", "timeout", "reset", "truncated", "encoding"}


def site(request: Request) -> Reply:
    """A list of all of these as reports, among them good ones."""
    if request.path == "/list.html":
        links = [
            f'<li><a href="{path}">清河县{i}号局2019年政府信息公开年报</a></li>'
            for i, path in enumerate(FAULTS)
        ]
        links.append('<li><a href="/good">清河县2019年政府信息公开年报</a></li>')
        return page(f"<ul>{''.join(links)}</ul>", "政府信息公开年报")
    if request.path == "/good":
        return Reply(GOOD)
    handler = PAGES.get(request.path)
    return handler(request) if handler else Reply(b"", 404)
