"""Distances: quick ones over many points for search, exact ones for a person to read, and their words.

Search ranks by the great circle on a sphere (error under 0.6 %); what a page shows is the geodesic on the ellipsoid.
"""

import math
from typing import TYPE_CHECKING, cast

import numpy as np
from geopy.distance import geodesic

from portal.core.languages import FRENCH, Label
from portal.core.text import NBSP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portal.geography.points import Point

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the earth in metres."""

_EQUATOR, _FLATTENING = 6_378_137.0, 1 / 298.257223563
"""The ellipsoid that satellites and maps go by (WGS 84)."""
_FAR = 0.5
"""Radians, some three thousand kilometres, beyond which the quick formula is not trusted."""

NEAR = 2000
"""Metres beyond the farthest corner of a commune within which a point still counts as its own."""

_KILOMETRE = 1000
_TEN_KILOMETRES = 9_950
"""Metres from which a distance is said without decimals (9,95 km rounds to 10)."""


def great_circle(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the metres between two points on the sphere."""
    here, there = math.radians(lat), math.radians(other_lat)
    chord = math.sin((there - here) / 2) ** 2
    chord += math.cos(here) * math.cos(there) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(min(chord, 1.0)))


def great_circles(
    lat: float, lon: float, lats: "NDArray[np.float64]", lons: "NDArray[np.float64]"
) -> "NDArray[np.float64]":
    """Give the metres from one point to each of many, in one sweep (haversine)."""
    here, there = np.radians(lat), np.radians(lats)
    chord = np.sin((there - here) / 2) ** 2
    chord += np.cos(here) * np.cos(there) * np.sin(np.radians(lons - lon) / 2) ** 2
    return cast("NDArray[np.float64]", 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))


def shown_distance(one: "Point", other: "Point") -> float:
    """Give the metres between two points on the ellipsoid, for a distance somebody reads (Lambert’s formula).

    Between points of one country it is right to some metres in a thousand kilometres, at a hundredth of the cost of
    the general answer, which is for the other side of the earth: a list has twenty distances, new for each visitor.
    """
    here, there = _reduced(one.lat), _reduced(other.lat)
    arc = great_circle(math.degrees(here), one.lon, math.degrees(there), other.lon) / EARTH_RADIUS
    if arc == 0:
        return 0.0
    if arc > _FAR:
        return float(geodesic((one.lat, one.lon), (other.lat, other.lon)).meters)
    middle, half = (here + there) / 2, (there - here) / 2
    flatter = (arc - math.sin(arc)) * (math.sin(middle) * math.cos(half) / math.cos(arc / 2)) ** 2
    rounder = (arc + math.sin(arc)) * (math.cos(middle) * math.sin(half) / math.sin(arc / 2)) ** 2
    return _EQUATOR * (arc - _FLATTENING / 2 * (flatter + rounder))


def _reduced(lat: float) -> float:
    """Give the latitude, in radians, at which a point of the ellipsoid stands on the sphere around it."""
    return math.atan((1 - _FLATTENING) * math.tan(math.radians(lat)))


def metres_outside(point: "Point", *, centre: "Point", radius: int) -> int:
    """Tell how many metres beyond the commune's neighbourhood a point lies; 0 means in or near it."""
    away = great_circle(point.lat, point.lon, centre.lat, centre.lon)
    return max(0, math.ceil(away - radius - NEAR))


def distance_words(metres: float, language: str = FRENCH) -> str:
    """Say a distance as a person does: "moins de 1 km", "4,2 km", "12 km à vol d’oiseau".

    Up to ten kilometres the road is close enough to the straight line; beyond, the words say which one it is.
    """
    if metres < _KILOMETRE:
        return _LESS.said(language)
    if metres >= _TEN_KILOMETRES:
        return _AS_THE_CROW_FLIES.said(language).format(kilometres=f"{metres / 1000:.0f}")
    kilometres = f"{metres / 1000:.1f}".removesuffix(".0")
    return f"{kilometres.replace('.', _DECIMAL_MARK.said(language))}{NBSP}km"


_LESS = Label(f"moins de 1{NBSP}km", f"less than 1{NBSP}km")
_AS_THE_CROW_FLIES = Label(f"{{kilometres}}{NBSP}km à vol d’oiseau", f"{{kilometres}}{NBSP}km as the crow flies")
_DECIMAL_MARK = Label(",", ".")
