"""From metres on a national map to degrees: the projections French files name, written out from their definitions.

A full projection library weighs some thirty megabytes and brings every map of the world; two formulas and four changes
of datum are all that France and its overseas territories use. Old overseas grids (Guadeloupe 1948, Martinique 1938,
CSG67) and Lambert II are shifted by three parameters, good to some ten metres; the others are exact to the centimetre.
Parameters: EPSG registry.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from portal.core.text import fold

_ENOUGH = 1e-12
_MOST_STEPS = 20


@dataclass(frozen=True)
class Ellipsoid:
    """The figure of the earth a map was drawn on."""

    a: float
    flattening: float

    @property
    def e2(self) -> float:
        """Give the square of the first eccentricity."""
        return self.flattening * (2 - self.flattening)


GRS80 = Ellipsoid(6378137.0, 1 / 298.257222101)
INTERNATIONAL = Ellipsoid(6378388.0, 1 / 297)
CLARKE = Ellipsoid(6378249.2, 1 - 6356515.0 / 6378249.2)


class Grid(Protocol):
    """A way of drawing the ellipsoid on a plane."""

    def radians(self, x: float, y: float, ellipsoid: Ellipsoid) -> tuple[float, float]:
        """Give latitude and longitude, in radians, of a point of the plane."""
        ...


@dataclass(frozen=True)
class Conic:
    """Lambert's conformal cone; one parallel with a scale, or two without."""

    origin: float
    parallels: tuple[float, float]
    meridian: float
    false_x: float
    false_y: float
    scale: float = 1.0

    def radians(self, x: float, y: float, ellipsoid: Ellipsoid) -> tuple[float, float]:
        """Undo the projection."""
        e = math.sqrt(ellipsoid.e2)
        first, second, origin = (math.radians(each) for each in (*self.parallels, self.origin))
        n = math.sin(first)
        if first != second:
            n = (math.log(_m(first, e)) - math.log(_m(second, e))) / (_log_t(first, e) - _log_t(second, e))
        size = self.scale * ellipsoid.a * _m(first, e) / n * math.exp(-n * _log_t(first, e))
        far = size * math.exp(n * _log_t(origin, e))
        dx, dy = x - self.false_x, far - (y - self.false_y)
        # South of the equator the cone points downwards: everything about it changes its sign.
        log_t = math.log(math.hypot(dx, dy) / abs(size)) / n
        away = math.atan2(math.copysign(dx, dx * n), math.copysign(dy, dy * n))
        return _latitude_of(log_t, e), math.radians(self.meridian) + away / n


@dataclass(frozen=True)
class Cylinder:
    """Transverse Mercator, by Krüger's series in the third flattening."""

    meridian: float
    false_y: float = 0.0
    false_x: float = 500_000.0
    scale: float = 0.9996

    def radians(self, x: float, y: float, ellipsoid: Ellipsoid) -> tuple[float, float]:
        """Undo the projection."""
        n = ellipsoid.flattening / (2 - ellipsoid.flattening)
        size = self.scale * ellipsoid.a / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
        xi, eta = (y - self.false_y) / size, (x - self.false_x) / size
        betas = (n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96, n**2 / 48 + n**3 / 15, 17 * n**3 / 480)
        straight_xi, straight_eta = xi, eta
        for rank, beta in enumerate(betas, start=1):
            straight_xi -= beta * math.sin(2 * rank * xi) * math.cosh(2 * rank * eta)
            straight_eta -= beta * math.cos(2 * rank * xi) * math.sinh(2 * rank * eta)
        conformal = math.asin(math.sin(straight_xi) / math.cosh(straight_eta))
        log_t = -math.atanh(math.sin(conformal))
        away = math.atan2(math.sinh(straight_eta), math.cos(straight_xi))
        return _latitude_of(log_t, math.sqrt(ellipsoid.e2)), math.radians(self.meridian) + away


@dataclass(frozen=True)
class System:
    """A named way of writing points in metres."""

    epsg: int
    name: str
    grid: Grid
    ellipsoid: Ellipsoid = GRS80
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Metres between the centre of the ellipsoid and that of the earth."""

    def degrees(self, x: float, y: float) -> tuple[float, float] | None:
        """Give latitude and longitude in degrees (WGS 84); None for metres far outside any map."""
        try:
            lat, lon = self.grid.radians(x, y, self.ellipsoid)
            if any(self.shift):
                lat, lon = _shifted(lat, lon, self.ellipsoid, self.shift)
        except (ArithmeticError, ValueError):
            return None
        found = math.degrees(lat), math.degrees(lon)
        return found if all(math.isfinite(each) for each in found) else None


_UTM = {
    5490: ("RGAF09 / UTM 20 Nord (Antilles)", -63),
    4559: ("RRAF 1991 / UTM 20 Nord (Antilles)", -63),
    2989: ("RRAF 1991 / UTM 20 Nord (Antilles)", -63),
    32620: ("WGS 84 / UTM 20 Nord", -63),
    2972: ("RGFG95 / UTM 22 Nord (Guyane)", -51),
    32622: ("WGS 84 / UTM 22 Nord", -51),
    4467: ("RGSPM06 / UTM 21 Nord (Saint-Pierre-et-Miquelon)", -57),
    32621: ("WGS 84 / UTM 21 Nord", -57),
}
_UTM_SOUTH = {
    2975: ("RGR92 / UTM 40 Sud (La Réunion)", 57),
    32740: ("WGS 84 / UTM 40 Sud", 57),
    4471: ("RGM04 / UTM 38 Sud (Mayotte)", 45),
    32738: ("WGS 84 / UTM 38 Sud", 45),
}
_OLD_UTM = {
    2970: ("Guadeloupe 1948 / UTM 20 Nord", -63, (-467.0, -16.0, -300.0)),
    2969: ("Fort Marigot / UTM 20 Nord", -63, (137.0, 248.0, -430.0)),
    2973: ("Martinique 1938 / UTM 20 Nord", -63, (186.0, 482.0, 151.0)),
    2971: ("CSG67 / UTM 22 Nord (Guyane)", -51, (-186.0, 230.0, 110.0)),
}
_PARIS = 2 + 20 / 60 + 14.025 / 3600
"""Degrees of the meridian of Paris east of Greenwich."""

SYSTEMS = {
    system.epsg: system
    for system in (
        System(2154, "Lambert-93", Conic(46.5, (49.0, 44.0), 3.0, 700_000, 6_600_000)),
        System(
            27572,
            "Lambert II étendu",
            Conic(46.8, (46.8, 46.8), _PARIS, 600_000, 2_200_000, 0.99987742),
            CLARKE,
            (-168.0, -60.0, 320.0),
        ),
        System(3163, "Lambert Nouvelle-Calédonie", Conic(-21.5, (-20 - 2 / 3, -22 - 1 / 3), 166.0, 400_000, 300_000)),
        *(
            System(
                3900 + zone,
                f"CC{zone}",
                Conic(zone, (zone - 0.75, zone + 0.75), 3.0, 1_700_000, (zone - 41) * 1_000_000 + 200_000),
            )
            for zone in range(42, 51)
        ),
        *(System(epsg, name, Cylinder(meridian)) for epsg, (name, meridian) in _UTM.items()),
        *(System(epsg, name, Cylinder(meridian, 10_000_000)) for epsg, (name, meridian) in _UTM_SOUTH.items()),
        *(
            System(epsg, name, Cylinder(meridian), INTERNATIONAL, shift)
            for epsg, (name, meridian, shift) in _OLD_UTM.items()
        ),
    )
}

_NAMES = {
    "lambert93": 2154, "l93": 2154, "rgf93lambert93": 2154, "lambertiietendu": 27572, "lambert2etendu": 27572,
    "utmn20": 5490, "rgaf09utm20n": 5490, "utm20n": 5490, "utmn21": 4467, "utm21n": 4467, "utmn22": 2972,
    "utm22n": 2972, "rgfg95": 2972, "utms38": 4471, "utm38s": 4471, "rgm04": 4471, "utms40": 2975, "utm40s": 2975,
    "rgr92": 2975, "rgspm06": 4467, "rgaf09": 5490,
} | {f"cc{zone}": 3900 + zone for zone in range(42, 51)}  # fmt: skip
"""Names as national files write them, letters and figures only; bare "UTM_N20" is drawn on today's datum."""
_EPSG = re.compile(r"epsg\D{0,3}(\d{4,5})")


def system_named(text: str) -> System | None:
    """Find the system words name: "LAMBERT_93", or an EPSG code anywhere in a sentence."""
    return _system_named(text[:400])


@lru_cache(maxsize=200)
def _system_named(text: str) -> System | None:
    key = fold(text)
    if code := _EPSG.search(key):
        return SYSTEMS.get(int(code[1]))
    plain = re.sub(r"[^a-z0-9]", "", key)
    return SYSTEMS.get(int(plain)) if plain.isdigit() and len(plain) <= 5 else SYSTEMS.get(_NAMES.get(plain, 0))  # noqa: PLR2004 - EPSG codes


def _m(lat: float, e: float) -> float:
    return math.cos(lat) / math.sqrt(1 - (e * math.sin(lat)) ** 2)


def _log_t(lat: float, e: float) -> float:
    """Give minus the isometric latitude."""
    return -(math.atanh(math.sin(lat)) - e * math.atanh(e * math.sin(lat)))


def _latitude_of(log_t: float, e: float) -> float:
    """Undo the isometric latitude, step by step."""
    lat = math.atan(math.sinh(-log_t))
    for _ in range(_MOST_STEPS):
        step = math.atan(math.sinh(-log_t + e * math.atanh(e * math.sin(lat))))
        if abs(step - lat) < _ENOUGH:
            return step
        lat = step
    return lat


def _shifted(lat: float, lon: float, ellipsoid: Ellipsoid, shift: tuple[float, float, float]) -> tuple[float, float]:
    """Move from an old datum to today's, by way of the centre of the earth; heights count as zero."""
    radius = ellipsoid.a / math.sqrt(1 - ellipsoid.e2 * math.sin(lat) ** 2)
    x = radius * math.cos(lat) * math.cos(lon) + shift[0]
    y = radius * math.cos(lat) * math.sin(lon) + shift[1]
    z = radius * (1 - ellipsoid.e2) * math.sin(lat) + shift[2]
    across = math.hypot(x, y)
    found = math.atan2(z, across * (1 - GRS80.e2))
    for _ in range(_MOST_STEPS):
        curve = GRS80.a / math.sqrt(1 - GRS80.e2 * math.sin(found) ** 2)
        found = math.atan2(z + GRS80.e2 * curve * math.sin(found), across)
    return found, math.atan2(y, x)
