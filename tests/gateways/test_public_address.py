"""Somebody else's address is called only where it leads into the open network (SSRF)."""

from collections.abc import Callable

import pytest

from chalicelib.gateways.public_address import AddressRefused, is_public, resolved, target_of

OPEN = "93.184.215.14"


def leading_to(*addresses: str) -> Callable[[str, int], list[str]]:
    """A name server that gives every host these addresses."""
    return lambda *_: list(addresses)


class TestAnAddress:
    """Which addresses are open."""

    @pytest.mark.parametrize("address", [OPEN, "8.8.8.8", "2a00:1450:4001:81b::200e"])
    def test_of_the_open_network(self, address: str) -> None:
        assert is_public(address)

    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1",
            "127.255.255.254",
            "0.0.0.0",
            "10.0.0.8",
            "172.16.0.1",
            "192.168.1.1",
            "100.64.0.1",
            "169.254.169.254",
            "169.254.170.2",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fe80::1%eth0",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::7f00:1",
            "2002:7f00:1::",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "not an address",
            "",
        ],
    )
    def test_of_ours_or_nobodys(self, address: str) -> None:
        assert not is_public(address)


class TestATarget:
    """Where a URL leads."""

    def test_keeps_the_name_and_the_judged_address(self) -> None:
        target = target_of("https://Hook.Example:8443/in?x=1#part", leading_to(OPEN))
        assert (target.scheme, target.host, target.port) == ("https", "hook.example", 8443)
        assert (target.address, target.path) == (OPEN, "/in?x=1")

    def test_of_a_ukrainian_name_is_ascii(self) -> None:
        target = target_of("https://місто.укр", leading_to(OPEN))
        assert (target.host, target.port, target.path) == ("xn--l1aeie2h.xn--j1amh", 443, "/")

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "hook.example",
            "//hook.example/",
            "http://hook.example/",
            "ftp://hook.example/",
            "file:///etc/passwd",
            "gopher://hook.example/",
            "https://",
            "https:///in",
            "https://user@hook.example/",
            "https://:secret@hook.example/",
            "https://hook.example:port/",
            "https://hook.example:99999/",
            "https://[::1/",
            f"https://{'м' * 80}.укр/",
        ],
    )
    def test_that_is_none_is_refused(self, url: str) -> None:
        with pytest.raises(AddressRefused):
            target_of(url, leading_to(OPEN))

    @pytest.mark.parametrize(
        "addresses", [("127.0.0.1",), (OPEN, "10.0.0.8"), ("fd00:ec2::254", OPEN)]
    )
    def test_in_a_private_network_is_refused(self, addresses: tuple[str, ...]) -> None:
        with pytest.raises(AddressRefused):
            target_of("https://hook.example/", leading_to(*addresses))

    @pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "[::1]"])
    def test_by_whatever_spelling_of_this_machine_is_refused(self, host: str) -> None:
        with pytest.raises((AddressRefused, OSError)):
            target_of(f"https://{host}/", resolved)

    def test_of_a_name_that_nobody_knows_is_away(self) -> None:
        with pytest.raises(OSError, match="nowhere"):
            target_of("https://hook.example/", leading_to())

    def test_where_the_cloud_is_one_machine_is_anything(self) -> None:
        target = target_of("http://localhost/in", leading_to("127.0.0.1"), anywhere=True)
        assert (target.scheme, target.port, target.address) == ("http", 80, "127.0.0.1")
        with pytest.raises(AddressRefused):
            target_of("ftp://localhost/", leading_to("127.0.0.1"), anywhere=True)
