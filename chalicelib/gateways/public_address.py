"""Which addresses on the network we may call when somebody else has named the host.

A name is resolved once and the very address that was judged is connected to, so that a second
answer of the name server cannot lead elsewhere.
"""

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit

Resolve = Callable[[str, int], Iterable[str]]
"""Returns the addresses of a host; raises OSError when the name server knows none."""

_PORTS: Final = {"https": 443, "http": 80}
_CARRIES_IPV4: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


class AddressRefused(Exception):
    """An address that we do not call, whatever stands there."""


@dataclass(frozen=True, slots=True)
class Target:
    """A host that may be called: by which name, at which address."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def target_of(url: str, resolve: Resolve, *, anywhere: bool = False) -> Target:
    """Return where a URL leads.

    Args:
        url: as the other side's people have entered it.
        resolve: asks the name server.
        anywhere: whether plain HTTP and this machine's own network may be called: only where
            the whole cloud stands on one machine.

    Raises:
        AddressRefused: not HTTPS, or a host that leads into a private network (SSRF).
        OSError: the name is not known now.
    """
    parts, port = _parts(url)
    if parts.scheme not in (_PORTS if anywhere else ("https",)):
        raise AddressRefused("scheme")
    if not parts.hostname or parts.username is not None or parts.password is not None:
        raise AddressRefused("host")
    host = _ascii(parts.hostname)
    addresses = list(resolve(host, port))
    if not addresses:
        raise OSError("the name leads nowhere")
    if not anywhere and not all(map(is_public, addresses)):
        raise AddressRefused("network")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, addresses[0], path)


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the open network and to no machine of ours."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(known, IPv6Address):
        inner = known.ipv4_mapped or known.sixtofour
        if inner is not None:
            known = inner
        elif known.teredo or any(known in network for network in _CARRIES_IPV4):
            return False
    return _is_open(known)


def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system's resolver knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _is_open(known: IPv4Address | IPv6Address) -> bool:
    return known.is_global and not known.is_multicast and not known.is_reserved


def _parts(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url.strip())
        return parts, parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise AddressRefused("form") from error


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError as error:
        raise AddressRefused("host") from error
