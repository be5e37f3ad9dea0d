"""A point is given its commune: by contours where they ship, else by an estimate that its words may settle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.geography.points import Point
from portal.geography.whereabouts import lies_in, whereabouts

SQUARE = ((0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0))
HOLE = ((0.5, 0.5), (1.0, 0.5), (1.0, 1.0), (0.5, 1.0), (0.5, 0.5))


def name_at(lat: float, lon: float, words: str = "") -> str:
    commune = whereabouts().commune_at(Point(lat, lon), words=words)
    return "" if commune is None else commune.name


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (48.5187, 3.7215, "Romilly-sur-Seine"),
        (48.4966, 3.4999, "Nogent-sur-Seine"),
        (46.6675, 5.5530, "Lons-le-Saunier"),
        (48.4727, 2.6926, "Bois-le-Roi"),
        (-20.8789, 55.4481, "Saint-Denis"),
    ],
)
def test_point_in_a_town_names_it(lat: float, lon: float, name: str) -> None:
    assert name_at(lat, lon) == name


@pytest.mark.parametrize(("lat", "lon"), [(47.0, -20.0), (51.5072, -0.1276), (0.0, 0.0)])
def test_point_at_sea_or_abroad_has_no_commune(lat: float, lon: float) -> None:
    assert whereabouts().commune_at(Point(lat, lon)) is None


def test_centre_of_nearly_every_commune_is_its_own() -> None:
    lookup = whereabouts()
    mine = [each for each in _aube() if (lookup.commune_at(each.point) or each).code == each.code]
    assert len(mine) >= len(_aube()) - 2


def test_words_that_begin_with_a_name_settle_the_commune() -> None:
    between = (46.6858, 5.5600)
    assert name_at(*between, "MONTMOROT - Zone commerciale") == "Montmorot"
    assert name_at(*between, "Lons le Saunier Gare") == "Lons-le-Saunier"


def test_name_of_a_far_commune_settles_nothing() -> None:
    assert name_at(46.6675, 5.5530, "Troyes Gare") == "Lons-le-Saunier"


def test_hole_is_not_inside() -> None:
    assert lies_in(Point(0.2, 0.2), (SQUARE, HOLE))
    assert not lies_in(Point(0.7, 0.7), (SQUARE, HOLE))
    assert not lies_in(Point(2.5, 0.2), (SQUARE, HOLE))


def test_polygon_holds_the_communes_of_its_centres() -> None:
    ring = ((3.70, 48.50), (3.80, 48.50), (3.80, 48.53), (3.70, 48.53), (3.70, 48.50))
    assert {each.code for each in whereabouts().communes_within((ring,))} == {"10323", "10220"}


@given(st.floats(-90, 90), st.floats(-180, 180), st.text(max_size=20))
def test_any_point_is_answered(lat: float, lon: float, words: str) -> None:
    found = whereabouts().commune_at(Point(lat, lon), words=words)
    assert found is None or isinstance(found, Commune)


def _aube() -> list[Commune]:
    return [each for each in communes().communes if each.department == "10"]
