"""Addresses made comparable, and whether two places described apart are one: linked then, never merged."""

import re
from dataclasses import dataclass
from functools import lru_cache

from portal.core.text import fold
from portal.geography.distances import great_circle
from portal.geography.points import Point

_NUMBERED = 150
"""Metres between two points that may be those of one numbered address, or of one square."""
_STREET = 40
"""Metres along a street without number within which two points are one door."""
_SQUARES = ("place ", "square ", "parvis ", "esplanade ", "cour ")
_SHORT = {
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "bvd": "boulevard",
    "pl": "place",
    "r": "rue",
    "rte": "route",
    "ch": "chemin",
    "che": "chemin",
    "imp": "impasse",
    "all": "allee",
    "sq": "square",
    "fg": "faubourg",
    "fbg": "faubourg",
    "st": "saint",
    "ste": "sainte",
    "dr": "docteur",
    "gal": "general",
    "mal": "marechal",
    "pdt": "president",
}
_SMALL = frozenset({"de", "du", "des", "la", "le", "les", "l", "d", "a", "au", "aux", "et"})
_MAIL_BOX = re.compile(r"\b(?:cs|bp|tsa|cedex)\s*\d*\b")
_WORD = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True, kw_only=True)
class Spot:
    """What tells a place from another: its address, its commune, its point when it is precise."""

    commune_code: str
    address: str
    point: Point | None = None


@lru_cache(maxsize=65_536)
def address_key(address: str) -> str:
    """Write an address in one way: abbreviations spelled out, small words and mail boxes left out."""
    words = _WORD.findall(_MAIL_BOX.sub(" ", fold(address)))
    return " ".join(_SHORT.get(word, word) for word in words if word not in _SMALL)


def is_same_place(one: Spot, other: Spot) -> bool:
    """Tell whether two places are certainly one: one address in one commune, and points that agree."""
    key = address_key(one.address)
    if not key or one.commune_code != other.commune_code or key != address_key(other.address):
        return False
    away = metres_between(one.point, other.point)
    if away is None:
        return key[0].isdigit()
    return away <= (_NUMBERED if key[0].isdigit() or key.startswith(_SQUARES) else _STREET)


def metres_between(one: Point | None, other: Point | None) -> float | None:
    """Give the metres between two points; None when one is not known."""
    if one is None or other is None:
        return None
    return great_circle(one.lat, one.lon, other.lat, other.lon)
