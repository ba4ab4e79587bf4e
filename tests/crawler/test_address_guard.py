"""Which addresses may be connected to, and what a failed request is called."""

from __future__ import annotations

import ipaddress

import pytest
from scrapy import exceptions
from twisted.internet import error as tx
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.failures import Refused, describe
from crawler.middlewares.address_guard import is_refused, literal, parse_networks, proxy_endpoints
from store.errors import UsageError


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::1"],
)  # fmt: skip
def test_internal_addresses_are_refused_in_every_spelling(address: str) -> None:
    assert is_refused(ipaddress.ip_address(address), ())


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses_are_connected_to(address: str) -> None:
    assert not is_refused(ipaddress.ip_address(address), ())


@pytest.mark.parametrize(
    ("cidrs", "address", "refused"),
    [("127.0.0.0/8", "127.0.0.1", False), ("127.0.0.0/8", "::ffff:127.0.0.1", False),
     ("127.0.0.0/8", "10.0.0.1", True),
     ("10.0.0.0/8, fd00::/8", "fd00::5", False), ("", "127.0.0.1", True)],
)  # fmt: skip
def test_a_network_can_be_allowed(cidrs: str, address: str, refused: bool) -> None:
    assert is_refused(ipaddress.ip_address(address), parse_networks(cidrs)) is refused


def test_a_wrong_cidr_is_named() -> None:
    with pytest.raises(UsageError, match="10\\.0\\.0\\.300"):
        parse_networks("10.0.0.300/8")


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1"), ("[::1]", "::1"), ("fe80::1%eth0", "fe80::1"), ("a.example", None)],
)
def test_literal_addresses_are_told_from_names(host: str, address: str | None) -> None:
    assert literal(host) == (ipaddress.ip_address(address) if address else None)


def test_the_proxies_of_the_environment_are_known_by_host_and_port(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", "http://user:secret@127.0.0.1:8899")
    monkeypatch.setenv("https_proxy", "Proxy.example:3128")
    monkeypatch.setenv("no_proxy", "localhost")
    assert proxy_endpoints() == {("127.0.0.1", 8899), ("proxy.example", 3128)}


@pytest.mark.parametrize(
    ("error", "code", "unreachable"),
    [
        (exceptions.CannotResolveHostError("no such host"), "dns", True),
        (tx.DNSLookupError("no such host"), "dns", True),
        (exceptions.DownloadTimeoutError("slow"), "timeout", True),
        (exceptions.DownloadConnectionRefusedError("no"), "refused", True),
        (exceptions.DownloadCancelledError("big"), "too_large", False),
        (ResponseFailed([Failure(tx.ConnectionLost("gone"))]), "connection", True),
        (ResponseFailed([Failure(Exception("certificate verify failed"))]), "tls", True),
        (Refused("robots", "forbidden"), "robots", False),
        (exceptions.IgnoreRequest("max redirections reached"), "redirects", False),
    ],
)
def test_every_failure_has_a_code_and_plain_words(error: Exception, code: str, unreachable: bool) -> None:
    problem = describe(error)
    assert (problem.code, problem.unreachable) == (code, unreachable)
    assert problem.text
