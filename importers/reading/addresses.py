"""Which machines may be asked for a file: those of the open Internet, never those behind our own door.

An address in another's clothes (IPv4 inside IPv6, 6to4, Teredo, NAT64) is judged by the address inside.
"""

from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
AddressPolicy = Callable[[Address], bool]
"""Tells whether an address may be connected to."""

# Said here in full: what the standard library calls global changed between patch releases of one Python.
_SPECIAL: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_LAST_32_BITS = 0xFFFFFFFF


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the open Internet, and so does each one it carries inside."""
    return all(_is_ordinary(each) for each in (address, *_carried(address)))


def read_address(text: str) -> Address | None:
    """Read an address as the resolver writes it, zone left out."""
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _is_ordinary(address: Address) -> bool:
    return address.is_global and not any(address in network for network in _SPECIAL)


def _carried(address: Address) -> Iterator[Address]:
    if isinstance(address, IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield IPv4Address(int(address) & _LAST_32_BITS)
