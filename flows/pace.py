"""A host's pace among all processes: with a Prefect server, by a global concurrency limit whose slot
comes back
after the delay; without one of the user's, this process is alone and keeps it itself (`tasks.fetch.hosts`).
"""

from __future__ import annotations

import re
from contextlib import suppress

from flows.server import is_own_server
from tasks.fetch.hosts import Hold

# Below this a call to the server costs as much as the delay it keeps.
SHORTEST = 0.2

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._:-]")


async def pace_holder() -> Hold | None:
    """What waits for a host's turn at the user's server; None where the server is this run's own."""
    if is_own_server():
        return None
    made: dict[str, float] = {}

    async def hold(host: str, delay: float) -> None:
        from prefect import get_client
        from prefect.concurrency.asyncio import rate_limit
        from prefect.exceptions import ObjectAlreadyExists

        if delay < SHORTEST:
            return
        name = limit_name(host)
        if made.get(name) != delay:
            async with get_client() as client:
                with suppress(ObjectAlreadyExists):  # another process made it in the same moment
                    await client.upsert_global_concurrency_limit_by_name(
                        name, 1, slot_decay_per_second=1 / delay
                    )
            made[name] = delay
        await rate_limit(name, strict=True)

    return hold


def limit_name(host: str) -> str:
    """The name of the host's limit in Prefect."""
    return f"gongkai-host-{_NOT_IN_NAMES.sub('-', host)}"
