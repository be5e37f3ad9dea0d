"""Nothing the public may ask tells in which commune a withheld shelter is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.directory.cards.services import service_sheet
from portal.directory.cards.sheets import place_sheet, structure_sheet, tour_sheet
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import publish_service
from portal.directory.queries.counts import directory_counts
from portal.directory.queries.listings import services_by_ids
from portal.directory.queries.occurrences import occurrences_between
from portal.directory.queries.sheets import place_listing, structure_listing, tour_listing
from portal.directory.rules.choices import AccessPointKind, AddressShown, ContactType
from portal.directory.rules.contact_lines import ContactLine
from tests.directory.builders import NOON, Builder

NEVERS = "58194"
POST = ContactLine(ContactType.POST, "1 rue du Lavoir, 58000 Nevers")


def a_shelter(build: Builder, *, concept: str = "SO12", says: AddressShown | None = None) -> tuple[Service, int, int]:
    """Publish a shelter of Nevers, reached there, by telephone and at the stop of a bus; give its place and tour."""
    structure = build.a_structure(contacts=[POST])
    place = build.a_place(
        name="Foyer", commune_code=build.a_commune(NEVERS, "Nevers", "58"), address_shown=says, contacts=[POST]
    )
    tour = build.a_tour(structure=structure, contacts=[POST])
    service = build.a_draft(structure=structure, concepts=[concept], contacts=[POST])
    build.an_access_point(service, at=place, opens="Mo-Fr 09:00-12:00", contacts=[POST], note="À Nevers")
    build.an_access_point(service, at=build.a_stop(tour, place=place, opens="Tu 09:00-12:00", note="À Nevers"))
    build.by_phone(service, contacts=[POST])
    publish_service(build.session, service=service, act=build.act)
    build.session.flush()
    return service, place.id, tour.id


def pages(session: Session, service: Service, place: int, tour: int) -> Iterator[object]:
    [listing] = services_by_ids(session, [service.id])
    yield service_sheet(listing, now=NOON)
    yield place_sheet(place_listing(session, place), now=NOON)
    yield structure_sheet(structure_listing(session, service.structure_id), now=NOON)
    yield tour_sheet(tour_listing(session, tour), now=NOON)


@pytest.mark.parametrize(
    ("concept", "says"), [("SO11", None), ("SO12", AddressShown.EXACT), ("AD01", AddressShown.NONE)]
)
def test_no_page_names_the_commune_of_a_shelter(
    build: Builder, session: Session, concept: str, says: AddressShown | None
) -> None:
    shown = repr(list(pages(session, *a_shelter(build, concept=concept, says=says))))
    assert {hint for hint in ("Nevers", NEVERS, "58000", "'58'", "Foyer", "Lavoir") if hint in shown} == set()


def test_no_question_about_a_commune_finds_a_shelter(build: Builder, session: Session) -> None:
    a_shelter(build)
    soon = NOON.date() + timedelta(weeks=2)
    assert (
        occurrences_between(session, first=NOON.date(), last=soon, communes=[NEVERS], kinds=list(AccessPointKind)) == []
    )
    whole = directory_counts(session)
    assert (whole.n_services, whole.n_places, whole.n_communes, whole.n_tours) == (1, 0, 0, 0)


def test_a_shelter_that_decided_counts_where_it_said(build: Builder, session: Session) -> None:
    a_shelter(build, concept="AD01", says=AddressShown.COMMUNE)
    counts = directory_counts(session)
    assert (counts.n_places, counts.n_communes) == (1, 1)
