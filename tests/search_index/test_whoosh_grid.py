"""The grid never leaves out what lies within a radius, wherever on the earth."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search_index.distances import metres_from, vector_of, vectors_of
from search_index.documents import Spot
from search_index.whoosh_engine.grid import Grid

spots = st.builds(Spot, st.floats(-90, 90), st.floats(-180, 180))
close = st.builds(lambda lat, lon: (lat, lon), st.floats(-0.5, 0.5), st.floats(-0.5, 0.5))


@given(spots, st.lists(close, max_size=20), st.lists(spots, max_size=10), st.floats(0, 80_000) | st.floats(0, 2.1e7))
def test_everything_within_a_radius_is_found(
    spot: Spot, around: list[tuple[float, float]], anywhere: list[Spot], radius: float
) -> None:
    near = [Spot(float(np.clip(spot.lat + north, -90, 90)), _wrapped(spot.lon + east)) for north, east in around]
    there = [spot, *near, *anywhere]
    lats, lons = (np.array([getattr(each, name) for each in there]) for name in ("lat", "lon"))
    within = np.flatnonzero(metres_from(vector_of(spot), vectors_of(lats, lons)) <= radius)
    grid = Grid(lats, lons)
    found = grid.rows_in(grid.slices(spot, radius))
    assert set(within.tolist()) <= set(found.tolist())
    assert found.tolist() == sorted(set(found.tolist()))


def _wrapped(lon: float) -> float:
    return (lon + 180) % 360 - 180


def test_what_lies_far_away_is_not_looked_at() -> None:
    lats, lons = np.arange(-80.0, 80.0, 0.5), np.full(320, 3.5)
    grid = Grid(lats, lons)
    assert len(grid.rows_in(grid.slices(Spot(48.0, 3.5), 20_000.0))) <= 2


def test_rows_without_a_spot_are_nowhere() -> None:
    grid = Grid(np.array([np.nan, 48.0]), np.array([np.nan, 3.5]))
    assert grid.rows_in(grid.slices(Spot(48.0, 3.5), 3e7)).tolist() == [1]
