"""Metres between points, by the great circle; the same figures for one point and for an array of them.

The portal has its own for what a person reads; these rank, and are whole metres so that all engines agree.
"""

import numpy as np
from numpy.typing import NDArray

from search_index.documents import Spot

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the earth in metres."""

Metres = NDArray[np.float64]


def metres_from(spot: Spot, lats: Metres, lons: Metres) -> Metres:
    """Give the whole metres from a spot to each of many points, in degrees (haversine)."""
    here, there = np.radians(spot.lat), np.radians(lats)
    chord = np.sin((there - here) / 2) ** 2
    chord += np.cos(here) * np.cos(there) * np.sin(np.radians(lons - spot.lon) / 2) ** 2
    metres: Metres = np.rint(2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))
    return metres


def metres_between(one: Spot, other: Spot) -> float:
    """Give the whole metres between two spots."""
    return float(metres_from(one, np.array([other.lat]), np.array([other.lon]))[0])
