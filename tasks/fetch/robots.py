"""robots.txt (RFC 9309): once a host a day, kept in the store like a page and asked for conditionally."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import replace

from protego import Protego

from tasks.clean.charset import decode
from tasks.fetch.answers import Answer, Fault, FetchFault, Request
from tasks.fetch.book import Book, Seen, attempt_of, now
from tasks.fetch.policy import AGENT
from tasks.fetch.urls import origin

KEPT = dt.timedelta(hours=24)  # RFC 9309, 2.4
LONGEST_DELAY = 300.0  # a crawl-delay beyond it would mean never; it is a mistake or a joke
MAX_BYTES = 512_000  # RFC 9309, 2.5 asks for 500 KiB at least

Fetch = Callable[[Request], Awaitable[Answer]]


class Robots:
    """The rules of all hosts of a run; `fetch` asks for a robots.txt with pace and retries."""

    def __init__(self, book: Book, fetch: Fetch) -> None:
        self._book = book
        self._fetch = fetch
        self._rules: dict[str, Protego] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def check(self, url: str) -> float | None:
        """Raise `FetchFault` where the rules forbid the address; the crawl-delay they ask for, if any."""
        rules = await self._of(origin(url))
        if not rules.can_fetch(url, AGENT):
            raise FetchFault(Fault.ROBOTS, "robots.txt forbids it.")
        delay = rules.crawl_delay(AGENT)
        return min(float(delay), LONGEST_DELAY) if delay else None

    async def _of(self, site: str) -> Protego:
        async with self._locks.setdefault(site, asyncio.Lock()):
            if site not in self._rules:
                self._rules[site] = Protego.parse(await self._text(f"{site}/robots.txt"))
            return self._rules[site]

    async def _text(self, url: str) -> str:
        known = self._book.page(url)
        if known and known.checked_at and now() - known.checked_at < KEPT and known.fault is None:
            return self._stored(known)
        request = Request(
            url, etag=known.etag if known else None, last_modified=known.last_modified if known else None
        )
        at = now()
        try:
            answer = await self._fetch(request)
        except FetchFault as fault:
            return self._without(url, fault, at)
        if answer.is_unchanged and known:
            self._book.see(_checked(known, at))
            self._book.attempt(attempt_of(known, self._book, at, "unchanged", status=304))
            return self._stored(known)
        return self._new(url, answer, at)

    def _new(self, url: str, answer: Answer, at: dt.datetime) -> str:
        sha256 = self._book.blobs.put(answer.content)
        page = Seen(
            url,
            origin(url),
            "robots",
            "accepted",
            etag=answer.etag,
            last_modified=answer.last_modified,
            media_type=answer.media_type,
            sha256=sha256,
            status=200,
            checked_at=at,
            fetched_at=at,
            changed_at=at,
        )
        self._book.see(page)
        columns = {"status": 200, "bytes": len(answer.content), "sha256": sha256}
        self._book.attempt(attempt_of(page, self._book, at, "new", **columns))
        return _rules_in(answer.content)

    def _without(self, url: str, fault: FetchFault, at: dt.datetime) -> str:
        """No rules: with a 4xx, or a redirect to nowhere, all is allowed; else nothing is, for now."""
        if fault.fault not in (Fault.STATUS, Fault.REDIRECTS, Fault.REDIRECT_LOOP, Fault.TOO_LARGE):
            unreachable = (
                Fault.ADDRESS,
                Fault.CIRCUIT_OPEN,
                Fault.ELSEWHERE,
                Fault.DNS_OR_CONNECT,
                Fault.TLS,
                Fault.CERTIFICATE,
            )  # the host itself
            name = fault.fault if fault.fault in unreachable else Fault.ROBOTS_UNREACHABLE
            words = f"robots.txt: {fault.words}"
            raise FetchFault(name, words, status=fault.status, is_final=True) from fault
        self._book.see(Seen(url, origin(url), "robots", "accepted", status=fault.status, checked_at=at))
        return ""

    def _stored(self, known: Seen) -> str:
        return _rules_in(self._book.blobs.get(known.sha256)) if known.sha256 else ""


def _checked(known: Seen, at: dt.datetime) -> Seen:
    return replace(known, checked_at=at)


def _rules_in(content: bytes) -> str:
    return decode(content[:MAX_BYTES]).text if content.strip() else ""
