"""Points are refused when they are none, and distances are said as people say them."""

import math

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from portal.geography.distances import distance_words, great_circle, great_circles, metres_outside, shown_distance
from portal.geography.points import Point, read_point

ROMILLY, NOGENT = Point(48.516, 3.716), Point(48.498, 3.494)
LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "moins de 1 km"),
        (999.9, "moins de 1 km"),
        (1000, "1 km"),
        (1049, "1 km"),
        (4230, "4,2 km"),
        (9940, "9,9 km"),
        (9960, "10 km à vol d’oiseau"),
        (12_400, "12 km à vol d’oiseau"),
    ],
)
def test_distance_is_said_as_people_do(metres: float, words: str) -> None:
    assert distance_words(metres).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("metres", "words"), [(999.9, "less than 1 km"), (4230, "4.2 km"), (12_400, "12 km as the crow flies")]
)
def test_distance_is_said_in_english(metres: float, words: str) -> None:
    assert distance_words(metres, "en").replace("\u00a0", " ") == words


def test_romilly_and_nogent_are_sixteen_kilometres_apart() -> None:
    assert shown_distance(ROMILLY, NOGENT) == pytest.approx(16_525, abs=30)
    assert great_circle(48.516, 3.716, 48.498, 3.494) == pytest.approx(shown_distance(ROMILLY, NOGENT), rel=0.006)


@given(st.floats(-60, 60), LONS, st.floats(-4, 4), st.floats(-4, 4))
def test_a_distance_somebody_reads_is_right_to_a_metre(lat: float, lon: float, up: float, right: float) -> None:
    there = (lat + up, max(-180, min(180, lon + right)))
    exactly = geodesic((lat, lon), there).meters
    assert shown_distance(Point(lat, lon), Point(*there)) == pytest.approx(exactly, abs=1, rel=1e-5)


@given(LATS, LONS, LATS, LONS)
def test_a_distance_across_the_earth_is_told_too(lat: float, lon: float, other_lat: float, other_lon: float) -> None:
    exactly = geodesic((lat, lon), (other_lat, other_lon)).meters
    assert shown_distance(Point(lat, lon), Point(other_lat, other_lon)) == pytest.approx(exactly, abs=1, rel=1e-4)


@given(LATS, LONS, LATS, LONS)
def test_quick_distance_is_symmetric_and_finite(lat: float, lon: float, other_lat: float, other_lon: float) -> None:
    there, back = great_circle(lat, lon, other_lat, other_lon), great_circle(other_lat, other_lon, lat, lon)
    assert there == pytest.approx(back, abs=1)
    assert 0 <= there <= 20_015_200


def test_many_distances_equal_single_ones() -> None:
    many = great_circles(48.5, 3.7, np.array([48.5, 48.6, -10.0]), np.array([3.7, 3.7, 100.0]))
    assert many.tolist() == pytest.approx([0, great_circle(48.5, 3.7, 48.6, 3.7), great_circle(48.5, 3.7, -10, 100)])


@pytest.mark.parametrize(("lat", "lon"), [(90.01, 0), (-91, 0), (0, 180.5), (math.nan, 0), (0, math.inf)])
def test_point_off_the_earth_is_refused(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="not a point"):
        Point(lat, lon)


@pytest.mark.parametrize("text", ["48.516,3.716", " 48.516 , 3.716 ", "48.516;3.716", "+48.516,3.716"])
def test_written_point_is_read(text: str) -> None:
    assert read_point(text) == (ROMILLY, ())


@pytest.mark.parametrize("text", ["", "48.5", "48,5,3,7", "nord,sud", "95,3", "48.5,181", "nan,nan", "1e1,2", "٤٨,٣"])
def test_unreadable_point_is_a_problem(text: str) -> None:
    point, problems = read_point(text)
    assert point is None
    assert [problem.code for problem in problems] == ["point-illisible"]


@given(LATS, LONS)
def test_cut_point_keeps_three_decimals_and_stays_close(lat: float, lon: float) -> None:
    cut = Point(lat, lon).cut()
    assert cut.cut() == cut
    assert abs(cut.lat - lat) < 0.001001
    assert abs(cut.lon - lon) < 0.001001


@pytest.mark.parametrize(("north", "outside"), [(0.0, 0), (0.06, 0), (0.0628, 0), (0.0630, 6), (0.1, 4120)])
def test_point_counts_as_near_up_to_two_kilometres(north: float, outside: int) -> None:
    point = Point(48.5 + north, 3.7)
    assert metres_outside(point, centre=Point(48.5, 3.7), radius=5000) == pytest.approx(outside, abs=1)
