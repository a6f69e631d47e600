"""Which network addresses a webhook may reach: public ones, and the networks that the installation allows."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

from webhooks.errors import AddressRefused
from webhooks.policy import Network

Address = IPv4Address | IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

NAT64: Final = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address, which a gateway connects to."""

SPECIAL: Final = (IPv4Network("192.0.0.0/24"), IPv6Network("fec0::/10"))
"""Not public by RFC 6890 and RFC 3879, though older versions of `ipaddress` take them, or parts of them, for that."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


def reachable(host: str, found: Sequence[str], allowed: Sequence[Network]) -> list[str]:
    """Those of a name's addresses that a webhook may reach. Raises AddressRefused when there is none.

    The caller connects to one of these and does not resolve again, so a name cannot change its mind in between.
    """
    permitted = [address for address in found if is_permitted(ip_address(address), allowed)]
    if not permitted:
        raise AddressRefused(host, list(found))
    return permitted


def is_permitted(address: Address, allowed: Sequence[Network]) -> bool:
    """Whether an address is public or in an allowed network; one that wraps another counts as both."""
    if _lies_in(address, allowed):
        return True
    inner = _wrapped(address)
    return _is_public(address) if inner is None else is_permitted(inner, allowed)


def _is_public(address: Address) -> bool:
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    unusable = special or address.is_reserved or address.is_unspecified or _lies_in(address, SPECIAL)
    return address.is_global and not unusable


def _lies_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


def _wrapped(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
