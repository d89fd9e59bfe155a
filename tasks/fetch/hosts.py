"""A host's pace: so many requests at a time, a delay between them, and no more when it fails again and
again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tasks.fetch.answers import Fault, FetchFault
from tasks.fetch.policy import Policy

Hold = Callable[[str, float], Awaitable[None]]
"""Waits for a host's turn among all processes: told the host and its delay in seconds."""

BREAKING = frozenset({Fault.DNS_OR_CONNECT, Fault.TIMEOUT, Fault.UNAVAILABLE, Fault.RESET})
"""Faults of the host rather than of a page."""

UNASKED = frozenset({Fault.CIRCUIT_OPEN, Fault.ELSEWHERE, Fault.ROBOTS, Fault.ROBOTS_UNREACHABLE})
"""Faults of requests that were never sent: they tell nothing about the host."""


class Host:
    """`name` is host[:port]; `delay` seconds pass between the end of a request and the start of the next."""

    def __init__(self, name: str, policy: Policy, delay: float, hold: Hold | None) -> None:
        self.name = name
        self.delay = delay
        self._policy = policy
        self._hold = hold
        self._slots = asyncio.Semaphore(policy.connections)
        self._free_at = 0.0  # by the loop's clock
        self._failures = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the host's turn and keep it. Raises `FetchFault` when the circuit is open."""
        self.check_circuit()
        async with self._slots:
            await self._wait()
            self.check_circuit()  # it may have opened meanwhile
            try:
                yield
            finally:
                self.rest(self._pause())

    async def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        while (wait := self._free_at - loop.time()) > 0:
            await asyncio.sleep(wait)
        self._free_at = loop.time() + self._pause()  # for the other connections, if there are any
        if self._hold is not None and self.delay:
            await self._hold(self.name, self.delay)

    def _pause(self) -> float:
        return self.delay * (1 + random.uniform(0, self._policy.jitter))

    def rest(self, seconds: float) -> None:
        """Ask nothing for so many seconds: the delay, or what Retry-After says."""
        self._free_at = max(self._free_at, asyncio.get_running_loop().time() + seconds)

    def check_circuit(self) -> None:
        if self._failures >= self._policy.failures_to_open:
            raise FetchFault(
                Fault.CIRCUIT_OPEN, f"{self.name} failed {self._failures} times in a row and is left alone."
            )

    def succeeded(self) -> None:
        self._failures = 0

    def failed(self, fault: Fault) -> None:
        """A request failed for good, all its attempts included; an answer of whatever status is none."""
        if fault in BREAKING:
            self._failures += 1
        elif fault not in UNASKED:
            self._failures = 0
