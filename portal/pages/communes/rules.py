"""Which address is whose, and which offices every inhabitant has to do with. Pure."""

from dataclasses import dataclass

from portal.core.text import fold

TOWN_HALL = "AD01"
OFFICES = (
    "SO03",  # Caf
    "SO04",  # MSA
    "SO05",  # health insurance
    "SO06",  # pensions
    "EM01",  # France Travail
    "EM02",  # mission locale
    "AD07",  # taxes
    "SO02",  # social workers of the département
    "SO01",  # CCAS, CIAS
    "SE01",  # information for the elderly
    "HA01",  # MDPH
    "PE01",  # relais petite enfance
    "PE07",  # PMI
    "LO01",  # housing
    "AD08",  # préfecture, sous-préfecture
    "AD02",  # intercommunalité
    "UR01",  # gendarmerie, police
)
"""Kinds of office whose area decides where one has to go; where two are near, the competent one is the right one."""


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
