"""Addresses are placed from what is known here; an outside service helps but never holds anything up."""

from datetime import timedelta

import pytest

from portal.core.clock import FixedClock
from portal.geography.ban import open_geocoder
from portal.geography.geocoding import (
    Address,
    ChainedGeocoder,
    GeocoderUnavailable,
    GuardedGeocoder,
    KnownPlaces,
    LocalGeocoder,
    Place,
    Precision,
    RememberingGeocoder,
)
from portal.geography.lookup import Lookup
from portal.geography.points import Point

STREET = Address(street="1 rue de l’Exemple", postal_code="10100", town="Romilly-sur-Seine", commune="10323")
FOUND = Place(Point(48.51, 3.72), Precision.ADDRESS, 0.9, "10323", "1 rue de l’Exemple")
ELSEWHERE = Place(Point(48.3, 4.08), Precision.ADDRESS, 0.9, "10387", "1 rue de l’Exemple, Troyes")


@pytest.fixture
def local(lookup: Lookup) -> LocalGeocoder:
    """Give the geocoder that knows communes and localities."""
    return LocalGeocoder(lookup)


@pytest.mark.parametrize(
    ("address", "commune", "confidence"),
    [
        (STREET, "10323", 1.0),
        (Address(town="ROMILLY SUR SEINE", postal_code="10100"), "10323", 1.0),
        (Address(town="Romily sur Seine"), "10323", 0.5),
        (Address(commune="23023"), "23149", 1.0),
    ],
)
def test_address_is_placed_at_its_commune(
    local: LocalGeocoder, address: Address, commune: str, confidence: float
) -> None:
    place = local.locate(address)
    assert place is not None
    assert (place.commune, place.precision, place.confidence) == (commune, Precision.COMMUNE, confidence)


def test_delegated_commune_is_a_locality_with_its_own_point(local: LocalGeocoder, lookup: Lookup) -> None:
    place = local.locate(Address(town="Arbignieu", postal_code="01300"))
    seat = lookup.communes.get("01015")
    assert place is not None
    assert seat is not None
    assert (place.commune, place.precision) == ("01015", Precision.LOCALITY)
    assert place.point != seat.point


@pytest.mark.parametrize("address", [Address(), Address(town="Sainte-Colombe"), Address(postal_code="10400")])
def test_doubtful_address_is_not_placed(local: LocalGeocoder, address: Address) -> None:
    assert local.locate(address) is None


def test_without_a_service_everything_stays_here(clock: FixedClock) -> None:
    assert isinstance(open_geocoder(domain="", clock=clock), LocalGeocoder)


def test_outside_service_makes_the_point_exact(local: LocalGeocoder) -> None:
    outside = KnownPlaces([(STREET, FOUND)])
    assert ChainedGeocoder(local, outside=outside).locate(STREET) == FOUND


def test_service_is_not_asked_without_a_street(local: LocalGeocoder) -> None:
    outside = KnownPlaces()
    ChainedGeocoder(local, outside=outside).locate(Address(town="Troyes"))
    assert outside.asked == 0


@pytest.mark.parametrize("is_down", [True, False])
def test_service_that_fails_or_contradicts_changes_nothing(local: LocalGeocoder, *, is_down: bool) -> None:
    outside = KnownPlaces([(STREET, ELSEWHERE)])
    outside.is_down = is_down
    assert ChainedGeocoder(local, outside=outside).locate(STREET) == local.locate(STREET)


def test_answers_are_remembered_up_to_a_size() -> None:
    known = KnownPlaces([(STREET, FOUND)])
    remembering = RememberingGeocoder(known, size=2)
    for address in (STREET, STREET, Address(town="A"), STREET, Address(town="B")):
        remembering.locate(address)
    assert known.asked == 3
    # The oldest unused answer was forgotten, the used one was kept.
    assert (remembering.locate(STREET), known.asked) == (FOUND, 3)
    assert (remembering.locate(Address(town="A")), known.asked) == (None, 4)


def test_failing_service_is_left_alone_then_tried_once(clock: FixedClock) -> None:
    known = KnownPlaces([(STREET, FOUND)])
    known.is_down = True
    guarded = GuardedGeocoder(known, clock=clock, failures=3, pause=timedelta(minutes=5))
    for _ in range(6):
        with pytest.raises(GeocoderUnavailable):
            guarded.locate(STREET)
    assert known.asked == 3
    clock.advance(timedelta(minutes=5))
    with pytest.raises(GeocoderUnavailable):
        guarded.locate(STREET)
    with pytest.raises(GeocoderUnavailable):
        guarded.locate(STREET)
    assert known.asked == 4


def test_recovered_service_is_trusted_again(clock: FixedClock) -> None:
    known = KnownPlaces([(STREET, FOUND)])
    guarded = GuardedGeocoder(known, clock=clock, failures=1)
    known.is_down = True
    with pytest.raises(GeocoderUnavailable):
        guarded.locate(STREET)
    known.is_down = False
    clock.advance(timedelta(minutes=6))
    assert guarded.locate(STREET) == FOUND
    assert guarded.locate(STREET) == FOUND
