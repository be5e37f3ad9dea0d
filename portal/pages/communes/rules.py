"""Which address is whose, and which town hall is the main one. Pure."""

from dataclasses import dataclass

from portal.core.text import fold


@dataclass(frozen=True)
class CommuneAddress:
    """The end of the address of a commune's page."""

    code: str
    slug: str


def read_address(name: str) -> CommuneAddress:
    """Read `10323-romilly-sur-seine`; the code alone will do."""
    code, _, slug = name.partition("-")
    return CommuneAddress(code.upper(), slug)


def town_hall_order(title: str, commune: str) -> tuple[bool, str]:
    """Put the mairie that bears the name of the commune before its annexes and those of delegated communes."""
    name, words = fold(commune), fold(title)
    return name not in words or "annexe" in words, words
