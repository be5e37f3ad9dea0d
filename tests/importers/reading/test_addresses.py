"""Which addresses may be asked: the open Internet, in no disguise."""

import pytest

from importers.reading.addresses import is_public, read_address

SPECIAL = [
    "0.0.0.1", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.1.1.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1",
    "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
]  # fmt: skip
OPEN = ["1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:2800::1", "64:ff9b::101:101", "2002:101:101::1"]


@pytest.mark.parametrize("text", SPECIAL)
def test_special_address_is_never_asked(text: str) -> None:
    address = read_address(text)
    assert address is not None
    assert not is_public(address)


@pytest.mark.parametrize("text", OPEN)
def test_ordinary_address_may_be_asked(text: str) -> None:
    address = read_address(text)
    assert address is not None
    assert is_public(address)


def test_words_are_no_address() -> None:
    assert read_address("localhost") is None
