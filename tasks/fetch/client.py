"""One HTTP exchange: a request in, a whole answer or a named fault out. No retries, no pace, no robots here.

Redirects are answers too (`Redirect`): who follows them decides hop by hop whether the target may be asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import email.utils
import ssl
import zlib
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode, urljoin

import certifi
import httpcore
import httpx

from tasks.fetch.answers import Answer, Fault, FetchFault, Request
from tasks.fetch.network import CheckedBackend, ForbiddenAddress
from tasks.fetch.policy import Policy

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
"""Statuses of a server or a proxy before it that is busy or broken for now."""

OLD_CIPHERS = "DEFAULT:@SECLEVEL=0"
OP_LEGACY_SERVER_CONNECT = 0x4  # named in ssl from Python 3.12 on
KEEPALIVE = 30.0  # seconds a connection waits for the next request: longer than the usual delay
_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Redirect:
    url: str
    status: int


class Client:
    """Sends requests as `policy` says; an async context manager."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._client = httpx.AsyncClient(
            transport=_Hosts(policy),
            trust_env=False,  # a proxy of the environment would get round the check of addresses
            timeout=policy.timeout,
            headers={
                "User-Agent": policy.user_agent,
                "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
                "Accept-Language": "zh-CN,zh;q=0.9",
                "Accept-Encoding": "gzip, deflate",
            },
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def send(self, request: Request) -> Answer | Redirect:
        """Ask once. Raises `FetchFault`."""
        limit = asyncio.timeout(self._policy.total_timeout)
        too_late = FetchFault(Fault.TIMEOUT, f"No whole answer in {self._policy.total_timeout:g} s.")
        try:
            async with limit:
                return await self._send(request)
        except TimeoutError as error:
            raise too_late from error
        except ForbiddenAddress as error:
            raise FetchFault(Fault.ADDRESS, f"The host is at {error}, which is no public address.") from error
        except httpx.TransportError as error:
            # a connection given up at the limit may say that it broke
            raise (too_late if limit.expired() else self._broken(error)) from error
        except httpx.InvalidURL as error:
            raise FetchFault(Fault.SCHEME, f"Not an address: {error}.") from error

    def _broken(self, error: httpx.TransportError) -> FetchFault:
        """Why the connection gave no answer."""
        if isinstance(error, httpx.TimeoutException):
            return FetchFault(Fault.TIMEOUT, f"No answer in {self._policy.timeout:g} s.")
        if isinstance(error, httpx.ConnectError):
            return _connect_fault(error)
        if isinstance(error, httpx.RemoteProtocolError):
            is_short = "without sending complete" in str(error)
            return FetchFault(Fault.TRUNCATED if is_short else Fault.RESET, f"{error}.")
        return FetchFault(Fault.RESET, f"The connection broke: {error or type(error).__name__}.")

    async def _send(self, request: Request) -> Answer | Redirect:
        async with self._client.stream(
            request.method, request.url, content=_form(request), headers=_headers(request)
        ) as response:
            if response.status_code in REDIRECTS:
                return _redirect(request, response)
            if response.status_code == 304:
                content = b""
            elif response.status_code != 200:
                raise _status_fault(response)
            else:
                content = await _content(response, self._policy.max_bytes)
        headers = response.headers
        return Answer(
            request.url,
            response.status_code,
            content,
            headers.get("content-type"),
            headers.get("etag"),
            headers.get("last-modified"),
        )


class _Hosts(httpx.AsyncBaseTransport):
    """A pool of connections for each host: in a common one httpcore looks at every connection of every host
    at each request."""

    def __init__(self, policy: Policy) -> None:
        self._tls = _tls(policy)
        self._backend = CheckedBackend(policy.private_networks)
        self._hosts: dict[tuple[str, str, int | None], httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        key = (request.url.scheme, request.url.host, request.url.port)
        if key not in self._hosts:
            self._hosts[key] = self._made()
        return await self._hosts[key].handle_async_request(request)

    def _made(self) -> httpx.AsyncHTTPTransport:
        transport = httpx.AsyncHTTPTransport(verify=self._tls)
        # httpx has no argument for it: the pool it made is replaced by one that checks addresses.
        transport._pool = httpcore.AsyncConnectionPool(
            ssl_context=self._tls, keepalive_expiry=KEEPALIVE, network_backend=self._backend
        )
        return transport

    async def aclose(self) -> None:
        for transport in self._hosts.values():
            await transport.aclose()


def _tls(policy: Policy) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=policy.ca_file or certifi.where())
    if policy.old_tls:
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers(OLD_CIPHERS)
        context.options |= OP_LEGACY_SERVER_CONNECT
    return context


def _form(request: Request) -> bytes | None:
    return urlencode(request.data).encode("ascii") if request.data is not None else None


def _headers(request: Request) -> dict[str, str]:
    headers: dict[str, str] = {}
    if request.data is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    if request.referer:
        headers["Referer"] = request.referer
    return headers


def _redirect(request: Request, response: httpx.Response) -> Redirect:
    location = response.headers.get("location")
    if not location:
        raise FetchFault(Fault.REDIRECTS, "A redirect without a target.", status=response.status_code)
    with contextlib.suppress(UnicodeError):  # headers are Latin-1 to HTTP; sites write UTF-8 into them
        location = location.encode("latin-1").decode("utf-8")
    return Redirect(urljoin(request.url, location), response.status_code)


def _status_fault(response: httpx.Response) -> FetchFault:
    status = response.status_code
    wait = _seconds(response.headers.get("retry-after"))
    fault = Fault.UNAVAILABLE if status in PASSING else Fault.STATUS
    return FetchFault(fault, f"The server answered {status}.", status=status, retry_after=wait)


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After in seconds from now: a number or a date (RFC 9110, 10.2.3)."""
    if retry_after is None:
        return None
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return max(0.0, (aware - dt.datetime.now(dt.UTC)).total_seconds())


async def _content(response: httpx.Response, limit: int) -> bytes:
    """The decoded body, never more than `limit` bytes of it in memory."""
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit:
        raise FetchFault(
            Fault.TOO_LARGE, f"{int(announced):,} bytes are announced; {limit:,} are read.", status=200
        )
    inflate = _inflater(response.headers.get("content-encoding", ""))
    parts: list[bytes] = []
    received = size = 0
    try:
        async for chunk in response.aiter_raw(_CHUNK):
            received += len(chunk)
            part = inflate.decompress(chunk, limit + 1 - size) if inflate else chunk
            parts.append(part)
            size += len(part)
            if size > limit:
                fault = Fault.BOMB if inflate and received <= limit else Fault.TOO_LARGE
                raise FetchFault(fault, f"More than {limit:,} bytes.", status=200)
    except zlib.error as error:
        raise FetchFault(Fault.ENCODING, f"The compressed bytes are broken: {error}.", status=200) from error
    if inflate and not inflate.eof and received:
        raise FetchFault(Fault.TRUNCATED, "The compressed bytes end too soon.", status=200)
    return b"".join(parts)


class _Inflater:
    """gzip, zlib or raw deflate, whichever the first bytes are; what follows the end is ignored."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=47)
        self._is_first = True
        self._is_plain = False

    @property
    def eof(self) -> bool:
        return self._is_plain or self._stream.eof

    def decompress(self, chunk: bytes, limit: int) -> bytes:
        if self._is_plain:
            return chunk
        if self._stream.eof:
            return b""
        try:
            return self._stream.decompress(chunk, limit)
        except zlib.error:
            if not self._is_first:
                raise
            return self._otherwise(chunk, limit)
        finally:
            self._is_first = False

    def _otherwise(self, chunk: bytes, limit: int) -> bytes:
        """`deflate` without its header, as old servers send it; or a page that was never compressed."""
        if chunk.lstrip()[:1] in (b"<", b"{", b"["):
            self._is_plain = True
            return chunk
        self._stream = zlib.decompressobj(wbits=-15)
        return self._stream.decompress(chunk, limit)


def _inflater(encoding: str) -> _Inflater | None:
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    names = [name for name in names if name != "identity"]
    if not names:
        return None
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise FetchFault(Fault.ENCODING, f"The content is coded as {encoding!r}, which was not asked for.")
    return _Inflater()


def _connect_fault(error: httpx.ConnectError) -> FetchFault:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchFault(Fault.CERTIFICATE, f"The certificate is refused: {cause.verify_message}.")
        if isinstance(cause, ssl.SSLError):
            return FetchFault(Fault.TLS, f"No version and cipher of TLS in common: {cause.reason or cause}.")
        cause = cause.__cause__ or cause.__context__
    return FetchFault(Fault.DNS_OR_CONNECT, f"No connection: {error or type(error).__name__}.")
