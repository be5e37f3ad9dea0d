"""Which address is whose, and which town hall is the main one. Pure."""

from dataclasses import dataclass

from portal.core.text import fold

FRANCE_SERVICES = "AD03"
ANY_DESK = frozenset({"SO03", "SO04", "SO05", "SO06", FRANCE_SERVICES})
"""Bodies of a whole département, and France services: any of their desks receives, so the nearest is worth naming."""


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
