"""Asking politely: robots.txt, pace, redirects hop by hop, retries. The one layer that retries.

A failed attempt is noted in the book here; of a good one the caller says what it was (new, changed …).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from tasks.fetch.answers import Answer, Fault, FetchFault, Request
from tasks.fetch.book import Book, Seen, attempt_of, now
from tasks.fetch.client import Client, Redirect
from tasks.fetch.hosts import Hold, Host
from tasks.fetch.policy import Policy
from tasks.fetch.robots import Robots
from tasks.fetch.urls import host_of, is_url, site_of

Check = Callable[[Answer], None]
"""Looks at a body and raises `FetchFault` when it is no page."""


_Follow = Callable[[Request], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Got:
    """A good answer, when it was asked for and how many seconds it took."""

    answer: Answer
    at: dt.datetime
    seconds: float


class Session:
    """All requests of a run; `paces` are delays of hosts that differ from the policy's. With `sites`, no
    other site is asked for anything: it belongs to another worker of the same run."""

    def __init__(
        self,
        client: Client,
        policy: Policy,
        book: Book,
        paces: dict[str, float],
        hold: Hold | None = None,
        sites: frozenset[str] | None = None,
    ) -> None:
        self._client = client
        self._policy = policy
        self._book = book
        self._paces = paces
        self._hold = hold
        self._sites = sites
        self._hosts: dict[str, Host] = {}
        self._robots = Robots(book, self._robots_txt)

    async def fetch(self, request: Request, page: Seen, check: Check | None = None) -> Got:
        """The answer to a request for `page`, after as many attempts as the policy allows.

        Raises `FetchFault` with the last attempt's fault; every failed attempt is in the book.
        """
        return await self._persist(request, page, check, self._follow)

    async def _robots_txt(self, request: Request) -> Answer:
        page = Seen(request.url, "", "robots", "accepted")
        return (await self._persist(request, page, None, self._follow_anywhere)).answer

    async def _persist(self, request: Request, page: Seen, check: Check | None, follow: _Follow) -> Got:
        host = self._host(request.url)
        for attempt in range(1, self._policy.attempts + 1):
            at, start = now(), time.perf_counter()
            try:
                answer = await follow(request)
                if check is not None and not answer.is_unchanged:
                    check(answer)
            except FetchFault as fault:
                seconds = time.perf_counter() - start
                if fault.fault is not Fault.ELSEWHERE:
                    self._note(page, fault, at, seconds)
                wait = self._wait(fault, attempt)
                if wait is None:
                    host.failed(fault.fault)
                    raise
                if fault.retry_after is not None:
                    host.rest(wait)  # it asks everybody to wait
                await asyncio.sleep(wait)
            else:
                host.succeeded()
                return Got(answer, at, time.perf_counter() - start)
        raise AssertionError("the last attempt returns or raises")

    def _wait(self, fault: FetchFault, attempt: int) -> float | None:
        """Seconds until the next attempt; None when there is to be none."""
        if fault.is_final or not fault.is_transient or fault.fault is Fault.CIRCUIT_OPEN:
            return None
        if attempt == self._policy.attempts:
            return None
        if fault.retry_after is not None:
            return fault.retry_after if fault.retry_after <= self._policy.longest_wait else None
        backoff = self._policy.backoff * 2.0 ** (attempt - 1)
        return min(backoff, self._policy.longest_wait) * random.uniform(1, 1.5)

    async def _follow(self, request: Request) -> Answer:
        """Follow redirects; each hop needs leave of its host's robots.txt and its turn there."""
        return await self._hops(request, is_robots=False)

    async def _follow_anywhere(self, request: Request) -> Answer:
        return await self._hops(request, is_robots=True)

    async def _hops(self, request: Request, *, is_robots: bool) -> Answer:
        seen = {request.url}
        for _ in range(self._policy.max_redirects + 1):
            answer = await self._hop(request, is_robots=is_robots)
            if isinstance(answer, Answer):
                return answer
            if not is_url(answer.url):
                raise FetchFault(Fault.SCHEME, "A redirect to what is no http address.", status=answer.status)
            if answer.url in seen:
                raise FetchFault(Fault.REDIRECT_LOOP, "Redirects in a circle.", status=answer.status)
            seen.add(answer.url)
            request = _redirected(request, answer)
        raise FetchFault(Fault.REDIRECTS, f"More than {self._policy.max_redirects} redirects.")

    async def _hop(self, request: Request, *, is_robots: bool) -> Answer | Redirect:
        try:
            host = self._host(request.url)
        except ValueError as error:
            raise FetchFault(Fault.SCHEME, f"Not an address: {error}.") from error
        if self._sites is not None and site_of(host.name) not in self._sites:
            raise FetchFault(Fault.ELSEWHERE, f"{host.name} is not this worker's to ask.", is_final=True)
        host.check_circuit()
        if not is_robots:
            asked = await self._robots.check(request.url)
            host.delay = max(host.delay, asked or 0.0)
        async with host.turn():
            return await self._client.send(request)

    def _host(self, url: str) -> Host:
        name = host_of(url)
        if name not in self._hosts:
            delay = self._paces.get(name, self._policy.delay)
            self._hosts[name] = Host(name, self._policy, delay, self._hold)
        return self._hosts[name]

    def _note(self, page: Seen, fault: FetchFault, at: dt.datetime, seconds: float) -> None:
        if fault.fault is Fault.ROBOTS and page.fault == Fault.ROBOTS:
            return  # nothing was asked, as last time
        self._book.attempt(
            attempt_of(
                page,
                self._book,
                at,
                "failed",
                status=fault.status,
                duration_s=seconds,
                fault=fault.fault.value,
                error=fault.words,
            )
        )


def _redirected(request: Request, redirect: Redirect) -> Request:
    """The request at its new address; a form is sent again only where the status says so (RFC 9110)."""
    data = request.data if redirect.status in (307, 308) else None
    return replace(request, url=redirect.url, data=data)
