"""Hosts of addresses: one spelling for each, and the registrable domain they belong to."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache

import tldextract

from crawler.url_rules import BLOG_SERVICES, VARIANT_LABELS

_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_NUMERIC = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
"""What a browser would read as an IPv4 address: its last label is a number."""


@lru_cache(maxsize=16384)
def folded(host: str) -> str | None:
    """The host in lower case ASCII (IDNA 2003), without trailing dot; IPv6 compressed, in brackets. None: no host.

    The standard library's codec is used: it maps upper case, full-width letters and the ideographic full stop as
    browsers do, and registries refuse the few labels on which IDNA 2008 differs for news sites (ß, final sigma).
    """
    host = host.strip().rstrip(".").lower()
    if host.startswith("["):
        return _ipv6(host)
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").rstrip(".").lower()
        except UnicodeError:
            return None
    if not _HOST.fullmatch(host):
        return None
    return _ipv4(host) if _NUMERIC.fullmatch(host) else host


def _ipv6(host: str) -> str | None:
    try:
        return f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]" if host.endswith("]") else None
    except ValueError:
        return None


def _ipv4(host: str) -> str | None:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError:
        return None


@lru_cache(maxsize=16384)
def registrable(host: str) -> str:
    """The registrable domain of a folded host, by the public suffix list (private suffixes too: each blog of a
    blogging service is a site of its own). An address of numbers and a single label stand for themselves; under an
    unknown suffix, the last two labels.
    """
    if host.startswith("[") or _NUMERIC.fullmatch(host) or "." not in host:
        return host
    parts = _suffixes().extract_str(host)
    if parts.suffix:
        named = parts.domain and not (parts.domain == "www" and "." in parts.suffix)  # www.ma.gov.br is ma.gov.br
        return f"{parts.domain}.{parts.suffix}" if named else parts.suffix
    return ".".join(host.split(".")[-2:])


@lru_cache(maxsize=16384)
def identity_host(host: str) -> str | None:
    """The folded host without labels that name a rendering of the same site: www, m, amp, mobile …"""
    ascii_host = folded(host)
    if ascii_host is None:
        return None
    base = registrable(ascii_host)
    below = ascii_host[: -len(base)].rstrip(".")
    kept = [label for label in below.split(".") if label and label not in VARIANT_LABELS]
    return ".".join([*kept, base])


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The list that comes with tldextract: it never fetches one and keeps no files (36 ms once, 7 µs a new host)."""
    return tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True, extra_suffixes=BLOG_SERVICES
    )
