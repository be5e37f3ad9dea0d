"""Metres between points over the great circle, alike for one point and for an array of them.

Points are kept as unit vectors from the middle of the earth: the straight line between two of them gives the distance
without sines and cosines of each. The portal has its own distances for what a person reads; these rank, and are whole
metres, so that all engines agree.
"""

import math

import numpy as np
from numpy.typing import NDArray

from search_index.documents import Spot

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the earth in metres."""

Metres = NDArray[np.float64]
Vectors = NDArray[np.float64]
"""Three rows (x, y, z), and a column for each point."""


def vectors_of(lats: Metres, lons: Metres) -> Vectors:
    """Place points, in degrees, on a sphere of radius 1."""
    north, east = np.radians(lats), np.radians(lons)
    return np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def vector_of(spot: Spot) -> Vectors:
    """Place one spot."""
    north, east = math.radians(spot.lat), math.radians(spot.lon)
    width = math.cos(north)
    return np.array(((width * math.cos(east),), (width * math.sin(east),), (math.sin(north),)))


def spot_of(vector: Vectors) -> Spot:
    """Give the spot at which a vector of three numbers ends."""
    east, north, up = vector.tolist()
    return Spot(math.degrees(math.asin(max(-1.0, min(up, 1.0)))), math.degrees(math.atan2(north, east)))


def metres_from(here: Vectors, there: Vectors) -> Metres:
    """Give the whole metres from one point to each of many."""
    return metres_of(squares_from(here, there))


def squares_from(here: Vectors, there: Vectors) -> Metres:
    """Give the square of the straight line to each point: what sorts like distances and costs hardly anything."""
    east, north, up = there - here
    squares: Metres = east * east + north * north + up * up
    return squares


def metres_of(squares: Metres) -> Metres:
    """Turn straight lines into whole metres over the great circle."""
    metres: Metres = np.rint(2 * EARTH_RADIUS * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1.0)))
    return metres


def square_of(metres: float) -> float:
    """Give the square of the straight line between points so many metres apart."""
    return (2 * math.sin(min(metres / (2 * EARTH_RADIUS), math.pi / 2))) ** 2
