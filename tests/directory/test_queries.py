"""What the directory is asked: all of it loaded, few queries, full order."""

from datetime import date

import pytest
from hypothesis import given
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service
from portal.directory.operations.merging import merge_services
from portal.directory.operations.openings import set_opening
from portal.directory.operations.places import link_places
from portal.directory.operations.services import change_service, delete_service
from portal.directory.operations.structures import delete_structure
from portal.directory.queries.addresses import Found, Gone, Moved, former_owners, kind_of, resolve
from portal.directory.queries.listings import any_services_by_ids, services_by_ids
from portal.directory.queries.openings import held_openings
from portal.directory.rules.choices import AddressShown, CompetenceKind, ContactAudience, ContactType, Kind
from portal.directory.rules.competence import CompetenceArea
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import NoSuchSheet
from portal.hours.slots import Mode, Opening
from portal.vocabulary.audiences import Audience
from tests.directory.builders import Builder, hours
from tests.directory.conftest import CountQueries
from tests.hours.openings import openings
from tests.tools.examples import examples

PHONE = ContactLine(ContactType.PHONE, "03 53 01 00 01", label="Accueil")
DIRECT = ContactLine(ContactType.PHONE, "03 53 01 00 02", audience=ContactAudience.PROFESSIONAL)


@pytest.mark.parametrize("relationship", ["structure", "identity"])
def test_a_relationship_not_asked_for_raises(build: Builder, session: Session, relationship: str) -> None:
    service = build.a_draft()
    session.flush()
    session.expunge_all()
    with pytest.raises(InvalidRequestError, match="raise"):
        getattr(session.get_one(Service, service.id), relationship)


def test_any_number_of_services_costs_two_queries(
    build: Builder, session: Session, count_queries: CountQueries
) -> None:
    numbers = [build.a_service(opens="Mo-Fr 09:00-12:00", contacts=[PHONE]).id for _ in range(12)]
    with count_queries() as sent:
        listings = services_by_ids(session, numbers)
        assert [len(each.access_points) for each in listings] == [1] * 12
    assert len(sent) == 2


def test_a_listing_holds_all_that_hangs_on_a_service(build: Builder, session: Session) -> None:
    area = CompetenceArea(CompetenceKind.EPCI, "200000545")
    service = build.a_service(
        structure=build.a_structure(contacts=[PHONE]),
        at=build.a_place(contacts=[DIRECT, PHONE]),
        opens="Mo-Fr 09:00-12:00; PH off",
        concepts=["SO02", "AD03"],
        audiences=[Audience.SENIORS, Audience.FAMILIES],
        modes=[Mode.PHONE],
        languages=["fr", "en"],
        competence=[area],
        contacts=[DIRECT],
    )
    [listing] = services_by_ids(session, [service.id])
    [desk] = listing.access_points
    assert (listing.concepts, listing.audiences) == (("SO02", "AD03"), (Audience.FAMILIES, Audience.SENIORS))
    assert (listing.modes, listing.languages, listing.competence) == ((Mode.PHONE,), ("en", "fr"), (area,))
    assert (listing.contacts, listing.structure_contacts, desk.place_contacts) == ((), (PHONE,), (PHONE,))
    assert desk.opening == hours("Mo-Fr 09:00-12:00; PH off")
    assert desk.commune is not None
    assert desk.calendar.school_zone == "B"


@given(opening=openings)
@examples(15)
def test_listings_read_any_opening_as_it_was_set(build: Builder, opening: Opening) -> None:
    service = build.a_service()
    [desk] = build.session.scalars(select(AccessPoint).where(AccessPoint.service_id == service.id))
    set_opening(build.session, owner=desk, opening=opening, words="", act=build.act)
    build.session.flush()
    [listing] = services_by_ids(build.session, [service.id])
    assert listing.access_points[0].opening == opening


def test_an_access_point_without_hours_has_those_of_its_stop(build: Builder, session: Session) -> None:
    stop = build.a_stop(build.a_tour(), opens="Tu[2] 14:00-16:00")
    service = build.a_draft()
    build.an_access_point(service, at=stop)
    build.an_access_point(service, at=stop, opens="Tu[2] 15:00-16:00")
    [listing] = any_services_by_ids(session, [service.id])
    assert [each.opening_words for each in listing.access_points] == ["Tu[2] 14:00-16:00", "Tu[2] 15:00-16:00"]
    assert listing.access_points[0].opening == hours("Tu[2] 14:00-16:00")
    assert listing.access_points[0].tour is not None


def test_a_telephone_keeps_the_calendar_of_the_desk(build: Builder, session: Session) -> None:
    service = build.a_service()
    build.by_phone(service, opening=hours("Mo 09:00-12:00"), opening_words="lundi matin")
    [listing] = services_by_ids(session, [service.id])
    assert [each.calendar.school_zone for each in listing.access_points] == ["B", "B"]


def test_a_telephone_and_its_occurrences_keep_one_calendar(build: Builder, session: Session) -> None:
    service = build.a_draft()
    build.an_access_point(service, at=build.a_place(commune_code=build.a_commune("58194", "Nevers", department="58")))
    build.an_access_point(service, at=build.a_place(commune_code=build.a_commune("10323", department="10")))
    phone = build.by_phone(service, opening=hours("Mo 09:00-12:00"))
    [listing] = any_services_by_ids(session, [service.id])
    assert listing.access_points[-1].calendar == held_openings(session, [phone.id])[0].calendar


def test_listings_keep_the_order_asked_and_leave_out_the_unpublished(build: Builder, session: Session) -> None:
    first, second, draft, closed = build.a_service(), build.a_service(), build.a_draft(), build.a_service()
    close_service(session, service=closed, act=build.act)
    session.flush()
    asked = [second.id, draft.id, first.id, closed.id, second.id, 10**6]
    assert [each.service.id for each in services_by_ids(session, asked)] == [second.id, first.id]
    assert len(any_services_by_ids(session, asked)) == 4


def test_an_address_is_found_by_its_id_whatever_its_slug(build: Builder, session: Session) -> None:
    service = build.a_service(title="La Poste")
    session.flush()
    moved = Moved(Kind.SERVICE, "la-poste", service.public_id)
    assert resolve(session, Kind.SERVICE, service.public_id) == Found(service.id)
    assert resolve(session, Kind.SERVICE, service.public_id, slug="la-poste") == Found(service.id)
    assert resolve(session, Kind.SERVICE, service.public_id, slug="poste") == moved
    assert kind_of(session, service.public_id) is Kind.SERVICE


def test_a_former_slug_still_leads_somewhere(build: Builder, session: Session) -> None:
    service, other = build.a_service(title="RAM"), build.a_service(title="RPE")
    change_service(session, service=service, act=build.act, title="RPE")
    session.flush()
    assert former_owners(session, Kind.SERVICE, "ram") == [service.public_id]
    assert former_owners(session, Kind.SERVICE, "rpe") == [service.public_id, other.public_id]
    assert former_owners(session, Kind.PLACE, "ram") == []


def test_a_merged_service_leads_to_the_last_one_kept(build: Builder, session: Session) -> None:
    one, two, three = (build.a_service(title=title) for title in ("Un", "Deux", "Trois"))
    merge_services(session, keep=two, drop=one, act=build.act)
    merge_services(session, keep=three, drop=two, act=build.act)
    assert resolve(session, Kind.SERVICE, one.public_id, slug="un") == Moved(Kind.SERVICE, "trois", three.public_id)


def test_a_linked_place_leads_to_the_other(build: Builder, session: Session) -> None:
    post, hall = build.a_place(name="Poste"), build.a_place(name="Mairie")
    link_places(session, place=post, to=hall, act=build.act)
    session.flush()
    assert resolve(session, Kind.PLACE, post.public_id) == Moved(Kind.PLACE, "mairie", hall.public_id)


def test_a_deleted_thing_is_gone_and_a_closed_one_found(build: Builder, session: Session) -> None:
    service, empty = build.a_service(), build.a_structure()
    close_service(session, service=service, act=build.act)
    delete_structure(session, structure=empty, act=build.act)
    assert resolve(session, Kind.SERVICE, service.public_id) == Found(service.id)
    assert resolve(session, Kind.STRUCTURE, empty.public_id) == Gone(date(2026, 11, 21))


def test_what_the_public_may_not_see_has_no_address(build: Builder, session: Session) -> None:
    draft = build.a_draft()
    for kind, name in ((Kind.SERVICE, draft.public_id), (Kind.PLACE, draft.public_id), (Kind.SERVICE, "xxxxx")):
        with pytest.raises(NoSuchSheet, match="n’existe pas"):
            resolve(session, kind, name)
    delete_service(session, service=draft, act=build.act)
    assert isinstance(resolve(session, Kind.SERVICE, draft.public_id), Gone)


@pytest.mark.parametrize("slug", ["", "foyer", "foyer-des-tilleuls"])
def test_no_address_tells_the_name_of_a_withheld_place(build: Builder, session: Session, slug: str) -> None:
    shelter = build.a_place(name="Foyer des Tilleuls")
    other = build.a_place(name="Annexe")
    link_places(session, place=other, to=shelter, act=build.act)
    build.a_service(at=other, concepts=["SO12"])
    for place in (shelter, other):
        with pytest.raises(NoSuchSheet):
            resolve(session, Kind.PLACE, place.public_id, slug=slug)


@pytest.mark.parametrize("says", [AddressShown.NONE, AddressShown.COMMUNE])
def test_an_empty_place_is_withheld_when_it_says_so(build: Builder, session: Session, says: AddressShown) -> None:
    hidden, shown = build.a_place(address_shown=says), build.a_place(address_shown=AddressShown.EXACT)
    build.an_access_point(build.a_draft(), at=shown, address_shown=says)
    build.a_service(at=shown)
    session.flush()
    assert resolve(session, Kind.PLACE, shown.public_id) == Found(shown.id)
    with pytest.raises(NoSuchSheet):
        resolve(session, Kind.PLACE, hidden.public_id)
