"""A coarse grid of cells: which rows may lie within a radius, without looking at all of them."""

import math

import numpy as np
from numpy.typing import NDArray

from search_index.distances import EARTH_RADIUS
from search_index.documents import Spot

Rows = NDArray[np.int32]
_CELLS_A_DEGREE = 16
"""Cells of 7 km from south to north: a circle of 20 km touches about 50."""
_COLUMNS = 360 * _CELLS_A_DEGREE
_METRES_A_DEGREE = EARTH_RADIUS * math.pi / 180
_DATE_LINE = 180.0
_POLAR = 85.0
"""Degrees beyond which a circle is taken for its whole band of latitudes."""


class Grid:
    """Rows sorted by cell, from south to north and from west to east."""

    def __init__(self, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> None:
        rows = np.flatnonzero(~np.isnan(lats)).astype(np.int32)
        cells = _lines(lats[rows]) * _COLUMNS + _columns(lons[rows])
        order = np.argsort(cells, kind="stable")
        self._rows, self._cells = rows[order], cells[order]

    def around(self, spot: Spot, radius: float) -> Rows:
        """Give the rows that lie within a radius in metres, in order, and some that lie a little farther."""
        starts, ends = self._slices(spot, radius)
        parts = [self._rows[start:end] for start, end in zip(starts, ends, strict=True) if start < end]
        found = np.concatenate(parts) if parts else self._rows[:0]
        found.sort()
        return found

    def n_around(self, spot: Spot, radius: float) -> int:
        """Count them."""
        starts, ends = self._slices(spot, radius)
        return sum(ends) - sum(starts)

    def _slices(self, spot: Spot, radius: float) -> tuple[list[int], list[int]]:
        # Half a metre more, because distances are compared as whole metres.
        reach = (radius + 1) / _METRES_A_DEGREE
        south, north = max(spot.lat - reach, -90.0), min(spot.lat + reach, 90.0)
        lines = np.arange(_line(south), _line(north) + 1) * _COLUMNS
        west, east = _width(spot, reach, max(abs(south), abs(north)))
        bounds = np.searchsorted(self._cells, np.concatenate((lines + west, lines + east + 1)))
        starts, ends = bounds[: len(lines)].tolist(), bounds[len(lines) :].tolist()
        return starts, ends


def _width(spot: Spot, reach: float, farthest: float) -> tuple[int, int]:
    """Give the first and last column of a circle; all of them where it touches a pole or the date line."""
    if farthest < _POLAR:
        # The widest a circle gets on its way to the pole lies a little beyond its centre.
        half = math.degrees(math.asin(min(1.0, math.sin(math.radians(reach)) / math.cos(math.radians(spot.lat)))))
        if reach < 90 - farthest and abs(spot.lon) + half < _DATE_LINE:
            return _column(spot.lon - half), _column(spot.lon + half)
    return 0, _COLUMNS - 1


def _line(lat: float) -> int:
    return int((lat + 90) * _CELLS_A_DEGREE)


def _column(lon: float) -> int:
    return min(int((lon + 180) * _CELLS_A_DEGREE), _COLUMNS - 1)


def _lines(lats: NDArray[np.float64]) -> NDArray[np.int64]:
    return ((lats + 90) * _CELLS_A_DEGREE).astype(np.int64)


def _columns(lons: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.minimum((lons + 180) * _CELLS_A_DEGREE, _COLUMNS - 1).astype(np.int64)
