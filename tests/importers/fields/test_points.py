"""Points: degrees, metres, and the commune they should lie in."""

import math

import pytest

from importers.fields.points import read_point, read_point_cell, read_precision, read_projected_point, settle
from importers.fields.projections import SYSTEMS, system_named
from portal.directory.rules.choices import Precision
from portal.geography.distances import great_circle
from portal.geography.lookup import communes
from portal.geography.points import Point


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        ("48.516", "3.726", Point(48.516, 3.726)),
        ("48,516", "3,726", Point(48.516, 3.726)),
        (" 43.52609 ", "-1.5e-01", Point(43.52609, -0.15)),
        ("-20.8789", "55.4481", Point(-20.8789, 55.4481)),
        ("16,2411", "-61,5331", Point(16.2411, -61.5331)),
    ],
)
def test_degrees_are_read_with_point_or_comma(lat: str, lon: str, expected: Point) -> None:
    assert read_point(lat, lon) == (expected, ())


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("0", "0.0", "point-nul"),
        ("48.5", "", "point-incomplet"),
        ("NaN", "3.7", "point-incomplet"),
        ("48°30", "3°43", "point-illisible"),
        ("4,85E+01", "3.7", "point-illisible"),
        ("48516", "3.7", "point-impossible"),
        ("777000", "6830000", "point-projete"),
        ("40.7", "-74.0", "point-hors-de-france"),
        ("inf", "inf.", "point-incomplet"),
    ],
)
def test_impossible_degrees_are_refused(lat: str, lon: str, code: str) -> None:
    point, problems = read_point(lat, lon)
    assert (point, [problem.code for problem in problems]) == (None, [code])


@pytest.mark.parametrize(("lat", "lon"), [("", ""), ("NA", "NA"), ("NaN", "nan"), ("-", "")])
def test_absent_degrees_say_nothing(lat: str, lon: str) -> None:
    assert read_point(lat, lon) == (None, ())


@pytest.mark.parametrize(("lat", "lon"), [("3.726", "48.516"), ("55.4481", "-20.8789"), ("-61.5331", "16.2411")])
def test_swapped_degrees_are_turned_and_said(lat: str, lon: str) -> None:
    point, problems = read_point(lat, lon)
    assert (point, [problem.code for problem in problems]) == (Point(float(lon), float(lat)), ["point-inverse"])


@pytest.mark.parametrize("cell", ["48.516,3.726", "48,516 ; 3,726", "48.516 3.726", "(48.516, 3.726)", "48,516 3,726"])
def test_one_cell_may_hold_both_degrees(cell: str) -> None:
    assert read_point_cell(cell) == (Point(48.516, 3.726), ())


@pytest.mark.parametrize(
    ("x", "y", "system", "expected"),
    [
        # Two addresses of the national address base, whose degrees stand beside their metres.
        ("539416.13", "6225601.11", "LAMBERT_93", (43.111637, 1.028392)),
        ("363406,065895971", "6791854,24255302", "EPSG:2154 RGF93 / Lambert-93 (Métropole)", (48.14018, -1.527669)),
        ("1 049 409.0", "6838286.4", "Lambert 93", (48.55045, 7.737072)),
        ("1779707.405", "7233610.463", "CC48", (48.2973, 4.0744)),
        ("728962.386", "2367902.152", "LAMBERT_II_ETENDU", (48.2973, 4.0744)),
        ("656770.897", "1796166.176", "EPSG:5490 RGAF09/UTM Zone 20N (Antilles)", (16.2411, -61.5331)),
        ("657193.6", "1796469.6", "EPSG:2970", (16.2411, -61.5331)),
        ("707159.6", "1615204.7", "2973", (14.6037, -61.0733)),
        ("352980.205", "545868.922", "EPSG:2972 RGFG95 / UTM Zone 22N (Guyane)", (4.9372, -52.326)),
        ("338568.315", "7690475.437", "EPSG:2975 RGR92 / UTM Zone 40S (La Réunion)", (-20.8789, 55.4481)),
        ("524724.521", "8587115.821", "EPSG:4471 RGM04 / UTM Zone 38S (Mayotte)", (-12.7806, 45.2278)),
        ("562803.427", "5180945.354", "EPSG:4467 RGSPM06 / UTM Zone 21N", (46.7791, -56.1773)),
    ],
)
def test_metres_become_degrees(x: str, y: str, system: str, expected: tuple[float, float]) -> None:
    point, problems = read_projected_point(x, y, system)
    assert point is not None
    assert great_circle(point.lat, point.lon, *expected) < (15 if system in {"EPSG:2970", "2973"} else 2)
    assert problems == ()


@pytest.mark.parametrize(
    ("x", "y", "system", "code"),
    [
        ("539416.13", "6225601.11", "EPSG:9999", "projection-inconnue"),
        ("539416.13", "6225601.11", "", "projection-inconnue"),
        ("539416.13", "", "LAMBERT_93", "point-incomplet"),
        ("539416.13", "6225601.11", "EPSG:2975", "point-hors-de-france"),
        ("1E+05", "6225601", "LAMBERT_93", "point-illisible"),
        ("700000", "999999999", "LAMBERT_93", "point-hors-de-france"),
    ],
)
def test_wrong_metres_are_refused(x: str, y: str, system: str, code: str) -> None:
    point, problems = read_projected_point(x, y, system)
    assert (point, [problem.code for problem in problems]) == (None, [code])


def test_swapped_metres_are_turned_and_said() -> None:
    point, problems = read_projected_point("6225601.11", "539416.13", "LAMBERT_93")
    assert point == read_projected_point("539416.13", "6225601.11", "LAMBERT_93")[0]
    assert [problem.code for problem in problems] == ["point-inverse"]


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: str(system.epsg))
def test_metres_of_no_map_never_raise(system: object) -> None:
    assert isinstance(system, type(SYSTEMS[2154]))
    for x, y in [(math.inf, 0), (math.nan, math.nan), (1e300, -1e300), (-1e9, 1e9), (0, 0)]:
        found = system.degrees(x, y)
        assert found is None or all(map(math.isfinite, found))


def test_system_is_found_by_code_or_name() -> None:
    names = [system.epsg if (system := system_named(words)) else 0 for words in ("UTM_S40", "L93", "EPSG 4471", "NGF")]
    assert names == [2975, 2154, 4471, 0]


def test_point_near_its_commune_stays_where_it_is() -> None:
    nogent = communes().communes.get("10268")
    assert nogent is not None
    placed, problems = settle(Point(48.4935, 3.5025), nogent, precision=Precision.STREET)
    assert (placed and (placed.point, placed.precision), problems) == ((Point(48.4935, 3.5025), Precision.STREET), ())


def test_point_far_from_its_commune_is_set_aside() -> None:
    nogent = communes().communes.get("10268")
    assert nogent is not None
    placed, problems = settle(Point(48.2973, 4.0744), nogent)
    assert (placed and (placed.point, placed.precision)) == (nogent.point, Precision.COMMUNE)
    assert [problem.code for problem in problems] == ["point-hors-de-sa-commune"]
    assert " 48 km " in problems[0].text


@pytest.mark.parametrize(
    ("words", "expected"), [("Géocodé au numéro", Precision.ADDRESS), ("street", Precision.STREET), ("", None)]
)
def test_precision_is_read_in_geocoders_words(words: str, expected: Precision | None) -> None:
    assert read_precision(words) == (expected, ())
