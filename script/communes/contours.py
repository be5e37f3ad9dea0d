"""Contours of communes: reading them from WKB, choosing the point that stands for a commune, and its radius."""

import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.geography.distances import great_circles

Ring = NDArray[np.float64]
"""A closed ring: rows of longitude and latitude, the last equal to the first."""
Polygon = list[Ring]
"""The outer ring, then the holes."""

CLOSED = 4
"""Points of the smallest ring: a triangle and its return."""
MARGIN = 0.001
"""Degrees: a point on the very border would fall outside when it is rounded."""
STEP = 100
"""Radii are kept in hundreds of metres, rounded up: no corner may fall outside."""


@dataclass(frozen=True)
class Shape:
    """The polygons of one commune."""

    polygons: list[Polygon]

    def joined(self, other: "Shape") -> "Shape":
        """Put two shapes side by side: a commune whose contour is only known by its parts."""
        return Shape(self.polygons + other.polygons)

    @property
    def corners(self) -> Ring:
        """All vertices of all outer rings."""
        return np.concatenate([polygon[0] for polygon in self.polygons])


def read_wkb(hexadecimal: str) -> Shape:
    """Read a little-endian MultiPolygon, the only geometry of the source."""
    octets = bytes.fromhex(hexadecimal)
    order, kind, count = struct.unpack_from("<BII", octets)
    if (order, kind) != (1, 6):
        raise ValueError(f"expected a little-endian MultiPolygon, found byte order {order} and type {kind}")
    offset, polygons = 9, []
    for _ in range(count):
        (rings,) = struct.unpack_from("<I", octets, offset + 5)
        offset += 9
        polygon: Polygon = []
        for _ in range(rings):
            (length,) = struct.unpack_from("<I", octets, offset)
            pairs = np.frombuffer(octets, dtype="<f8", count=2 * length, offset=offset + 4)
            polygon.append(pairs.reshape(length, 2).astype(np.float64))
            offset += 4 + 16 * length
        polygons.append(polygon)
    return Shape(polygons)


def point_of(shape: Shape) -> tuple[float, float]:
    """Choose the point (lat, lon) that stands for a commune.

    It is the centroid of the largest polygon. Where that falls outside or on the border (a crescent around a lake, a
    commune bent round its neighbour), it is the middle of the longest stretch inside at the centroid's latitude.
    """
    largest = max(shape.polygons, key=lambda polygon: abs(_area_and_centroid(polygon[0])[0]))
    _, lon, lat = _area_and_centroid(largest[0])
    stretches = _stretches(largest, lat)
    if any(west + MARGIN <= lon <= east - MARGIN for west, east in stretches):
        return lat, lon
    west, east = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return lat, (west + east) / 2


def radius_of(shape: Shape, lat: float, lon: float) -> int:
    """Give the distance to the farthest corner, in metres rounded up to a hundred."""
    corners = shape.corners
    farthest = float(great_circles(lat, lon, corners[:, 1], corners[:, 0]).max())
    return math.ceil(farthest / STEP) * STEP


def quantised(shape: Shape, *, decimals: int) -> list[list[list[list[float]]]]:
    """Snap all vertices to one grid and drop repeated ones, as GeoJSON coordinates.

    Neighbours share their vertices in the source, so they share them on the grid: no gap, no overlap.
    """
    polygons = [[_snapped(ring, decimals) for ring in polygon] for polygon in shape.polygons]
    return [[ring for ring in polygon if len(ring) >= CLOSED] for polygon in polygons if len(polygon[0]) >= CLOSED]


def _snapped(ring: Ring, decimals: int) -> list[list[float]]:
    snapped: list[list[float]] = []
    for pair in np.round(ring, decimals).tolist():
        if not snapped or pair != snapped[-1]:
            snapped.append(pair)
    return snapped


def _area_and_centroid(ring: Ring) -> tuple[float, float, float]:
    """Give signed area and centroid (lon, lat) by the shoelace formula, around the first vertex for precision."""
    origin = ring[0]
    x, y = (ring - origin).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    doubled = float(cross.sum())
    if doubled == 0:
        return 0.0, float(ring[:, 0].mean()), float(ring[:, 1].mean())
    lon = float(((x[:-1] + x[1:]) * cross).sum()) / (3 * doubled)
    lat = float(((y[:-1] + y[1:]) * cross).sum()) / (3 * doubled)
    return doubled / 2, lon + float(origin[0]), lat + float(origin[1])


def _stretches(polygon: Polygon, lat: float) -> list[tuple[float, float]]:
    """Cut a polygon along a parallel: the intervals of longitude that lie inside."""
    crossings: list[float] = []
    for ring in polygon:
        start, end = ring[:-1], ring[1:]
        across = (start[:, 1] > lat) != (end[:, 1] > lat)
        one, other = start[across], end[across]
        share = (lat - one[:, 1]) / (other[:, 1] - one[:, 1])
        crossings += (one[:, 0] + share * (other[:, 0] - one[:, 0])).tolist()
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=True))
