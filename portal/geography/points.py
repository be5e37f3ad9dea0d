"""Points on the earth: what a point is, how one is read, how one is cut. Pure values."""

import math
import re
from dataclasses import dataclass
from typing import Self

from portal.core.problems import Problem

LATITUDES = 90
LONGITUDES = 180

_PAIR = re.compile(r"\s*([-+]?\d{1,3}(?:\.\d{1,20})?)\s*[,;]\s*([-+]?\d{1,3}(?:\.\d{1,20})?)\s*", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A latitude and a longitude in degrees (WGS 84)."""

    lat: float
    lon: float

    def __post_init__(self) -> None:
        """Refuse what lies outside the earth; NaN fails every comparison and is refused too."""
        if not _on_earth(self.lat, self.lon):
            raise ValueError(f"not a point on the earth: {self.lat}, {self.lon}")

    def cut(self) -> Self:
        """Keep three decimals, about a hundred metres: what may stand in a log or a statistic."""
        return type(self)(_three_decimals(self.lat), _three_decimals(self.lon))

    def __str__(self) -> str:
        return f"{self.lat},{self.lon}"


def read_point(text: str) -> tuple[Point | None, tuple[Problem, ...]]:
    """Read `lat,lon` in degrees."""
    pair = _PAIR.fullmatch(text[:80])
    if pair is None:
        return None, (_unreadable(text, "s’écrit latitude, virgule, longitude, par exemple 48.516,3.716"),)
    lat, lon = float(pair[1]), float(pair[2])
    if not _on_earth(lat, lon):
        return None, (_unreadable(text, "n’est pas sur la Terre : vérifiez l’ordre, la latitude d’abord"),)
    return Point(lat, lon), ()


def _on_earth(lat: float, lon: float) -> bool:
    return abs(lat) <= LATITUDES and abs(lon) <= LONGITUDES


def _three_decimals(degrees: float) -> float:
    """Cut towards zero: rounding could move a point over a border of the grid and back again."""
    return math.trunc(round(degrees * 1000, 6)) / 1000


def _unreadable(text: str, fault: str) -> Problem:
    return Problem(code="point-illisible", text=f"Un point {fault}.", value=text[:80], field="point")
