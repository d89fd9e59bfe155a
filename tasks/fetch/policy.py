"""How sites are asked: plain frozen values that a run takes from its settings."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from tasks.fetch.network import Network
from tasks.fetch.read import MAX_PAGE_BYTES

AGENT = "gongkai"
"""The name that robots.txt may address."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Pace, limits and permissions; seconds and bytes."""

    contact: str = ""
    delay: float = 1.0
    jitter: float = 0.3  # a delay is up to this share longer
    connections: int = 1
    hosts: int = 40
    timeout: float = 30.0
    total_timeout: float = 180.0
    max_bytes: int = MAX_PAGE_BYTES
    max_redirects: int = 5
    attempts: int = 4
    backoff: float = 1.0
    longest_wait: float = 120.0
    failures_to_open: int = 5
    recheck_days: float = 30.0
    private_networks: tuple[Network, ...] = ()
    old_tls: bool = False
    ca_file: str | None = None

    @property
    def user_agent(self) -> str:
        about = "reads annual open-information reports (政府信息公开年报)".encode("ascii", "ignore").decode()
        contact = self.contact or "no contact given"
        return f"{AGENT}/{version('gongkai')} ({about.replace(' ()', '')}; {contact})"
