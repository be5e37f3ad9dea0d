"""A coarse grid of cells: which rows may lie within a radius, without looking at all of them."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search_index.distances import EARTH_RADIUS
from search_index.documents import Spot

Rows = NDArray[np.intp]
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
        rows = np.flatnonzero(~np.isnan(lats))
        cells = cells_of(lats[rows], lons[rows])
        order = np.argsort(cells, kind="stable")
        self._rows, self._cells = rows[order], cells[order]

    def slices(self, spot: Spot, radius: float) -> list[tuple[int, int]]:
        """Find the rows that lie within a radius in metres, and some that lie a little farther, line by line."""
        # A metre more, because distances are compared as whole metres.
        reach = (radius + 1) / _METRES_A_DEGREE
        south, north = max(spot.lat - reach, -90.0), min(spot.lat + reach, 90.0)
        lines = np.arange(_line(south), _line(north) + 1) * _COLUMNS
        west, east = _width(spot, reach, max(abs(south), abs(north)))
        bounds = self._cells.searchsorted(np.concatenate((lines + west, lines + east + 1))).tolist()
        return [(start, end) for start, end in zip(bounds, bounds[len(lines) :], strict=False) if start < end]

    def rows_in(self, slices: Sequence[tuple[int, int]]) -> Rows:
        """Give those rows in order."""
        found = np.concatenate([self._rows[start:end] for start, end in slices]) if slices else self._rows[:0]
        # Rows follow the cells but for groups of several places: a stable sort finds nearly nothing to do.
        found.sort(kind="stable")
        return found


def _width(spot: Spot, reach: float, farthest: float) -> tuple[int, int]:
    """Give the first and last column of a circle; all of them where it touches a pole or the date line."""
    if farthest < _POLAR:
        # The widest a circle gets on its way to the pole lies a little beyond its centre.
        half = math.degrees(math.asin(min(1.0, math.sin(math.radians(reach)) / math.cos(math.radians(spot.lat)))))
        if reach < 90 - farthest and abs(spot.lon) + half < _DATE_LINE:
            return _column(spot.lon - half), _column(spot.lon + half)
    return 0, _COLUMNS - 1


def cell_of(spot: Spot) -> int:
    """Give the number of the cell a spot lies in."""
    return _line(spot.lat) * _COLUMNS + _column(spot.lon)


def _line(lat: float) -> int:
    return int((lat + 90) * _CELLS_A_DEGREE)


def _column(lon: float) -> int:
    return min(int((lon + 180) * _CELLS_A_DEGREE), _COLUMNS - 1)


def cells_of(lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the numbers of the cells of points, counted from south to north and from west to east."""
    lines = ((lats + 90) * _CELLS_A_DEGREE).astype(np.int64)
    return lines * _COLUMNS + np.minimum((lons + 180) * _CELLS_A_DEGREE, _COLUMNS - 1).astype(np.int64)
