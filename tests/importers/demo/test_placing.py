"""Fictional addresses lie near the middle of their real commune, and always at the same point."""

from hypothesis import given
from hypothesis import strategies as st

from importers.demo.placing import FARTHEST, commune_of, communes_named, point_of, postal_code_of
from portal.geography.distances import great_circle
from portal.geography.territories import demonstration_territory

CODES = sorted(demonstration_territory().communes)
STREETS = st.sampled_from(["rue du Lavoir", "place du Puits", "chemin des Vignes", "Grande Rue", "quai des Mariniers"])
NUMBERS = st.sampled_from(["", "1 ", "4 bis ", "12 ", "350 "])


def metres(one: tuple[str, str], other: tuple[str, str]) -> float:
    first, second = point_of(*one), point_of(*other)
    assert first is not None
    assert second is not None
    return great_circle(first.lat, first.lon, second.lat, second.lon)


@given(st.sampled_from(CODES), NUMBERS, STREETS)
def test_every_address_lies_in_the_middle_of_its_commune(code: str, number: str, street: str) -> None:
    commune, point = commune_of(code), point_of(code, number + street)
    assert commune is not None
    assert point is not None
    away = great_circle(commune.point.lat, commune.point.lon, point.lat, point.lon)
    assert away <= min(FARTHEST, commune.radius)


@given(st.sampled_from(CODES), STREETS)
def test_numbers_of_one_street_are_neighbours(code: str, street: str) -> None:
    assert metres((code, f"1 {street}"), (code, f"300 {street}")) <= 200


def test_an_address_written_otherwise_is_the_same_point() -> None:
    assert point_of("10323", "4 av. des Ateliers") == point_of("10323", "4, Avenue des Ateliers")


def test_streets_of_one_name_lie_apart_in_two_communes() -> None:
    assert metres(("10323", "4 rue du Lavoir"), ("10268", "4 rue du Lavoir")) > 10_000


def test_a_commune_that_is_none_has_no_point_and_no_postal_code() -> None:
    assert (point_of("10999", "4 rue du Lavoir"), point_of("10323", ""), postal_code_of("10999")) == (None, None, "")


def test_areas_stand_for_communes() -> None:
    assert communes_named(["10323", "commune:10268", "10323"]) == ("10323", "10268")
    assert len(communes_named(["epci:200000545"])) == 6
    assert len(communes_named(["territoire"])) == 79
