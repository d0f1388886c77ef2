"""Which machines may be talked to: a host's name is resolved once, and every answer must be permitted."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from messagecheck.crawler.errors import RefusedError, UnreachableError

Address = IPv4Address | IPv6Address
Permits = Callable[[Address], bool]

_UNICAST = ip_network("2000::/3")
"""The only IPv6 addresses of the internet; NAT64, mapped, local and multicast ones lie outside."""
_TUNNELS = tuple(map(ip_network, ("2001::/23", "2002::/16", "192.88.99.0/24")))
"""Teredo, ORCHID and 6to4, behind which any IPv4 address can hide."""
_INTERNAL = tuple(
    map(
        ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "fc00::/7", "::1/128"),
    )
)
"""An intranet's addresses. Link-local ones are not: nothing is published there, but clouds keep their secrets there."""


INTRANET = "crawl --allow-private and crawl.allow_private in the settings are for intranets"


def is_public(address: Address) -> bool:
    if address.version == 6 and address not in _UNICAST:
        return False
    return address.is_global and not address.is_multicast and not any(address in net for net in _TUNNELS)


def is_public_or_internal(address: Address) -> bool:
    """What --allow-private permits."""
    return is_public(address) or any(address in net for net in _INTERNAL)


def resolve(host: str, port: int, permits: Permits) -> tuple[str, ...]:
    """The host's addresses, best first. RefusedError if any of them is not permitted, UnreachableError for none."""
    try:
        answers = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"no address is known for {host}") from error
    addresses = [ip_address(str(answer[4][0])) for answer in answers]
    for address in addresses:
        if not permits(address):
            hint = f"; {INTRANET}" if is_public_or_internal(address) else ""
            raise RefusedError(f"{host} is at {address}, which is no public address{hint}")
    return tuple(dict.fromkeys(map(str, addresses)))
