"""One request and what came of it: an answer, or a fault with a name of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why an attempt brought no page; the names stand in `fetches.fault`."""

    ROBOTS = "robots"  # robots.txt forbids it; nothing was asked
    ROBOTS_UNREACHABLE = "robots-unreachable"  # RFC 9309: then everything is forbidden for now
    ADDRESS = "address"  # a private, loopback or link-local network
    SCHEME = "scheme"  # neither http nor https
    DNS_OR_CONNECT = "connect"
    TLS = "tls"  # no common version or cipher
    CERTIFICATE = "certificate"  # of another host, expired, or by nobody we trust
    TIMEOUT = "timeout"
    RESET = "reset"  # the connection broke before or in the middle of the answer
    TRUNCATED = "truncated"  # fewer bytes than announced, or a page cut in its middle
    TOO_LARGE = "too-large"
    BOMB = "bomb"  # grows beyond the limit when decompressed
    ENCODING = "encoding"  # the compressed bytes are broken
    REDIRECT_LOOP = "redirect-loop"
    REDIRECTS = "redirects"  # more than allowed, or without a target
    STATUS = "status"  # 4xx, or 5xx after all attempts
    UNAVAILABLE = "unavailable"  # 429, 503 and their like: to be asked again
    CIRCUIT_OPEN = "circuit-open"  # the host failed too often in a row; nothing was asked
    ELSEWHERE = "elsewhere"  # another worker's site; nothing was asked, the run's own process will
    EMPTY = "empty"
    CHALLENGE = "challenge"
    SHELL = "shell"
    MOVED = "moved"
    SOFT_404 = "soft-404"
    LOGIN = "login"
    WRONG_TYPE = "wrong-type"  # a page where a file was linked
    LIST_UNREADABLE = "list-unreadable"  # no family reads it
    LIST_EMPTY = "list-empty"
    LIST_SHRUNK = "list-shrunk"  # far fewer items than last time, or than the source's floor


TRANSIENT = frozenset(
    {
        Fault.ROBOTS_UNREACHABLE,
        Fault.DNS_OR_CONNECT,
        Fault.TIMEOUT,
        Fault.RESET,
        Fault.TRUNCATED,
        Fault.ENCODING,
        Fault.UNAVAILABLE,
        Fault.CIRCUIT_OPEN,
        Fault.ELSEWHERE,
    }
)
"""Those that may pass by waiting."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for: `data` are the form fields of a POST."""

    url: str
    data: tuple[tuple[str, str], ...] | None = None
    etag: str | None = None
    last_modified: str | None = None
    referer: str | None = None

    @property
    def method(self) -> str:
        return "GET" if self.data is None else "POST"


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer with a final status: 200 with its content, or 304 without."""

    url: str  # where the redirects ended
    status: int
    content: bytes
    media_type: str | None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304


class FetchFault(Exception):
    """An attempt failed. `retry_after`: seconds the server asks to wait; `is_final`: all attempts were
    made."""

    def __init__(
        self,
        fault: Fault,
        words: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        is_final: bool = False,
    ) -> None:
        super().__init__(words)
        self.is_final = is_final
        self.fault = fault
        self.words = words
        self.status = status
        self.retry_after = retry_after

    @property
    def is_transient(self) -> bool:
        return self.fault in TRANSIENT
