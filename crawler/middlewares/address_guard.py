"""No connection to a private, loopback or otherwise internal address, whoever names it.

A listing is hostile input: it may name `http://127.0.0.1/`, a host that resolves to 10.0.0.1, or redirect there. The
resolver filters what a name resolves to at the moment of connecting, so that a second look-up cannot differ from the
first; the middleware refuses literal addresses, which need no resolver. A proxy that the user set is connected to
wherever it stands; what lies behind it is the proxy's to decide.
"""

from __future__ import annotations

import ipaddress
import urllib.request
from collections.abc import Iterable, Sequence
from typing import Any, Self, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import CachingHostnameResolver
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer, provider

from crawler.failures import Refused, describe
from crawler.session import setting
from store.errors import UsageError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
REFUSED_NAMES: set[str] = set()
"""Host names that resolved to refused addresses only: the resolver sees it, the middleware tells it."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def parse_networks(text: str) -> tuple[Network, ...]:
    """CIDRs separated by commas or spaces.

    Raises:
        UsageError: one of them is no CIDR.
    """
    try:
        return tuple(ipaddress.ip_network(part, strict=False) for part in text.replace(",", " ").split())
    except ValueError as error:
        raise UsageError(f"allow-private: expected CIDRs such as 10.0.0.0/8, {error}") from error


def is_refused(address: Address, allowed: Iterable[Network]) -> bool:
    """True unless the address is a public one or stands in an allowed network."""
    embedded = _embedded(address)
    if any(a in network for a in (address, embedded) for network in allowed if a.version == network.version):
        return False
    return not embedded.is_global or embedded.is_multicast


def _embedded(address: Address) -> Address:
    """The IPv4 address that an IPv6 one carries (mapped, 6to4, NAT64): that is where the packet ends."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address


def literal(host: str) -> Address | None:
    """The address that a host part is, in the spellings that connecting accepts; None for a name."""
    try:
        return ipaddress.ip_address(host.strip("[]").split("%")[0])
    except ValueError:
        return None


def proxy_endpoints() -> frozenset[tuple[str, int]]:
    """(host, port) of the proxies in the environment."""
    found = set()
    for scheme, url in urllib.request.getproxies().items():
        parts = urlsplit(url if "//" in url else f"http://{url}")
        if scheme != "no" and parts.hostname:
            found.add((parts.hostname.lower(), parts.port or (443 if parts.scheme == "https" else 80)))
    return frozenset(found)


class AddressGuard:
    """Refuses requests to literal addresses that are private; runs last before the downloader, on every redirect."""

    def __init__(self, allowed: tuple[Network, ...]) -> None:
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(parse_networks(setting(crawler.settings, "SILKWATCH_ALLOW_PRIVATE")))

    def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).hostname or ""
        address = literal(host)
        if request.meta.get("proxy") or address is None:
            return
        if is_refused(address, self.allowed):
            raise Refused("private_address", f"{host} is not a public address; allow it with --allow-private")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """A name without a permitted address fails like a name that does not exist: here the reason is told."""
        host = urlparse_cached(request).hostname or ""
        if host in REFUSED_NAMES and describe(exception).code == "dns":
            text = f"{host} has no public address; allow its network with --allow-private"
            raise Refused("private_address", text) from exception


@implementer(IHostnameResolver)
class GuardedResolver(CachingHostnameResolver):
    """Scrapy's caching resolver for IPv4 and IPv6, without the addresses that are refused."""

    def __init__(self, reactor: ReactorBase, cache_size: int, allowed: tuple[Network, ...]) -> None:
        super().__init__(reactor, cache_size)
        self.allowed, self.proxies = allowed, proxy_endpoints()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        allowed = parse_networks(setting(crawler.settings, "SILKWATCH_ALLOW_PRIVATE"))
        return cls(reactor, crawler.settings.getint("DNSCACHE_SIZE"), allowed)

    def resolveHostName(
        self,
        resolutionReceiver: IResolutionReceiver,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> IHostResolution:
        if (hostName.lower(), portNumber) not in self.proxies:
            resolutionReceiver = cast(IResolutionReceiver, _PublicOnly(resolutionReceiver, hostName, self.allowed))
        return super().resolveHostName(resolutionReceiver, hostName, portNumber, addressTypes, transportSemantics)


@provider(IResolutionReceiver)
class _PublicOnly:
    """Passes on the addresses that may be connected to; none left means that the host cannot be connected to."""

    def __init__(self, receiver: Any, host: str, allowed: tuple[Network, ...]) -> None:
        self.receiver, self.host, self.allowed = receiver, host, allowed
        self.passed = self.refused = 0

    def resolutionBegan(self, resolution: IHostResolution) -> None:
        self.receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:
        host = literal(getattr(address, "host", ""))
        if host is not None and not is_refused(host, self.allowed):
            self.passed += 1
            self.receiver.addressResolved(address)
        else:
            self.refused += 1

    def resolutionComplete(self) -> None:
        if self.refused and not self.passed:
            REFUSED_NAMES.add(self.host)
        self.receiver.resolutionComplete()
