"""What a place says of itself: never the centre of its commune, never its address twice."""

import pytest

from portal.directory.cards.values import CommuneLine, Link, Location
from portal.directory.rules.choices import Precision
from portal.geography.points import Point

ROMILLY = CommuneLine(code="10323", name="Romilly-sur-Seine", department="10", slug="10323-romilly-sur-seine")


@pytest.mark.parametrize(("name", "said"), [("Le Lavoir", "Le Lavoir"), ("3 rue de la Gare", "")])
def test_address_that_stands_for_a_name_is_said_once(name: str, said: str) -> None:
    where = Location(ROMILLY, link=Link("x", "x", name), address="3 rue de la Gare")
    assert where.own_name == said


@pytest.mark.parametrize(
    ("precision", "is_told"), [(Precision.COMMUNE, False), (Precision.ADDRESS, True), (Precision.UNKNOWN, True)]
)
def test_centre_of_a_commune_is_no_point_of_a_place(precision: Precision, *, is_told: bool) -> None:
    where = Location(ROMILLY, link=Link("x", "x", "Le Lavoir"), point=Point(48.5, 3.7), precision=precision)
    assert (where.own_point is not None) is is_told
