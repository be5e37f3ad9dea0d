"""Where the fictional addresses lie: a point near the middle of a real commune, the same for the same address."""

import hashlib
import math
import re
from collections.abc import Iterable
from functools import cache

from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.geography.points import Point
from portal.geography.territories import demonstration_territory
from portal.intake.rules.addresses import address_key

FARTHEST = 700
"""Metres from the middle of a commune within which every address lies."""
_LONGEST_STREET = 200
_STEP = 4
_METRES_IN_A_DEGREE = 111_195
_NUMBERED = re.compile(r"(\d{1,4})\b\D*")


@cache
def commune_of(code: str) -> Commune | None:
    """Give a commune by its INSEE code; None for one that a wrong row names on purpose."""
    return communes().communes.get(code)


def postal_code_of(code: str) -> str:
    """Give the first postal code of a commune."""
    commune = commune_of(code)
    return commune.postal_codes[0] if commune else ""


def point_of(code: str, address: str) -> Point | None:
    """Make a point of an address: streets lie around the middle of their commune, numbers along their street."""
    commune, key = commune_of(code), address_key(address)
    if commune is None or not key:
        return None
    numbered = _NUMBERED.match(key)
    street = key[numbered.end() :] if numbered else key
    way, far, along = _shares(f"{code} {street}")
    reach = _reach(commune)
    paces = min(int(numbered[1]) * _STEP, reach // 4) if numbered else 0
    north, east = _step(way, (reach - min(_LONGEST_STREET, reach // 4)) * math.sqrt(far))
    more_north, more_east = _step(along, paces)
    return _moved(commune.point, north + more_north, east + more_east)


def _reach(commune: Commune) -> int:
    """Give how far the houses of a commune go, in metres."""
    return min(FARTHEST, commune.radius, 150 + int(5 * math.sqrt(commune.population)))


def _shares(seed: str) -> tuple[float, float, float]:
    """Draw three figures from 0 to 1 that depend on the words alone."""
    digest = hashlib.sha256(seed.encode()).digest()
    first, second, third = (int.from_bytes(digest[at : at + 4], "big") / 2**32 for at in (0, 4, 8))
    return first, second, third


def _step(way: float, metres: float) -> tuple[float, float]:
    return metres * math.cos(2 * math.pi * way), metres * math.sin(2 * math.pi * way)


def _moved(point: Point, north: float, east: float) -> Point:
    lat = point.lat + north / _METRES_IN_A_DEGREE
    lon = point.lon + east / (_METRES_IN_A_DEGREE * math.cos(math.radians(point.lat)))
    return Point(round(lat, 6), round(lon, 6))


@cache
def _territory() -> frozenset[str]:
    return demonstration_territory().communes


@cache
def _by_epci() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in sorted(_territory()):
        commune = commune_of(code)
        if commune is not None:
            found.setdefault(commune.epci, []).append(code)
    return found


def communes_named(areas: Iterable[str]) -> tuple[str, ...]:
    """List the INSEE codes that areas stand for: "10268", "commune:10268", "epci:200006716" or "territoire"."""
    codes: list[str] = []
    for area in areas:
        kind, _, code = area.rpartition(":")
        if area == "territoire":
            codes += sorted(_territory())
        else:
            codes += _by_epci()[code] if kind == "epci" else (code,)
    return tuple(dict.fromkeys(codes))
