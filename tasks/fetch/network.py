"""Which machines may be talked to: addresses are checked when a connection is made, not only when a URL is
read, so that neither a redirect nor a changed answer of the DNS gets into a private network.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


class ForbiddenAddress(Exception):
    """The host lies in a network that must not be reached: private, loopback, link-local."""


def check_address(address: Address, allowed: Sequence[Network]) -> None:
    """Raise `ForbiddenAddress` unless the address is public or in one of the networks `allowed`."""
    for inner in _addresses_in(address):
        if any(inner in network for network in allowed if network.version == inner.version):
            continue
        if not inner.is_global or inner.is_multicast:
            raise ForbiddenAddress(str(address))


def _addresses_in(address: Address) -> list[Address]:
    """The address, or the IPv4 address that an IPv6 one stands for."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return [address.ipv4_mapped]
        if address.sixtofour:
            return [address.sixtofour]
        if address in _NAT64:
            return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address]


async def resolve(host: str, port: int) -> list[Address]:
    """The host's addresses. `*.localhost` is this machine (RFC 6761) and is not asked for."""
    try:
        return [ipaddress.ip_address(host.strip("[]"))]
    except ValueError:
        if host == "localhost" or host.endswith(".localhost"):
            return [ipaddress.IPv4Address("127.0.0.1")]
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects only to addresses that were looked at: the name is resolved once, here."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self._allowed = allowed
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await asyncio.wait_for(resolve(host, port), timeout)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} is not known: {error.strerror or error}") from error
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host}: no answer of the DNS") from error
        for address in addresses:
            check_address(address, self._allowed)
        return await self._first(addresses, port, timeout, local_address, socket_options)

    async def _first(
        self, addresses: list[Address], port: int, timeout: float | None, local: str | None, options: Any
    ) -> httpcore.AsyncNetworkStream:
        for place, address in enumerate(addresses, start=1):
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local, options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise httpcore.ConnectError("no address")

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        raise ForbiddenAddress(path)

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)
