"""Which addresses and URLs a webhook may have."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from webhooks.addresses import is_permitted, reachable
from webhooks.errors import AddressRefused, InvalidEndpoint
from webhooks.targets import target_of

CLOSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2001:db8::1",
    "2001:0:5ef5:79fb:0:0:80ff:fffe",
    "2002:7f00:1::1",
    "fc00::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_public_is_closed(address: str) -> None:
    assert not is_permitted(ip_address(address), [])


@pytest.mark.parametrize("address", ["1.1.1.1", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_a_public_address_is_open(address: str) -> None:
    assert is_permitted(ip_address(address), [])


def test_a_network_that_is_allowed_is_open_and_the_rest_stays_closed() -> None:
    allowed = [ip_network("10.20.0.0/16"), ip_network("fd00:20::/32")]
    open_ones = ["10.20.1.1", "fd00:20::1", "::ffff:10.20.1.1"]
    assert reachable("hooks", ["10.21.0.1", *open_ones, "fd00:21::1"], allowed) == open_ones


def test_a_refusal_names_the_addresses_and_the_setting() -> None:
    with pytest.raises(AddressRefused, match=r"hooks is 10\.0\.0\.1, ::1: not public.*webhooks\.allowed_networks"):
        reachable("hooks", ["10.0.0.1", "::1"], [])


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hook",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://example.org/",
        "https://",
        "https://user:password@example.org/",
        "https://example.org/#part",
        "https://example.org:port/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://example.org/a b",
        "https://example.org/\r\nx: y",
        "https://例子.中国/",
        "https://example.org/" + "x" * 2000,
    ],
)
def test_a_url_that_is_no_endpoint_is_refused(url: str) -> None:
    with pytest.raises(InvalidEndpoint):
        target_of(url, {"localhost"})


def test_a_url_is_taken_apart() -> None:
    target = target_of("https://Example.org/hook?a=1", set())
    assert (target.host, target.port, target.path, target.authority) == ("example.org", 443, "/hook?a=1", "example.org")
    assert target_of("https://[2400:3200::1]:8443", set()).authority == "[2400:3200::1]:8443"
    assert target_of("http://localhost/", {"localhost"}).port == 80
