"""What the public sees of the directory, and what it never sees."""

from dataclasses import FrozenInstanceError, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.cards.services import service_card, service_sheet
from portal.directory.cards.sheets import place_sheet, structure_sheet, tour_sheet
from portal.directory.cards.values import ServiceCard
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.services import Service
from portal.directory.operations.access_points import change_access_point
from portal.directory.operations.lifecycle import close_service, note_import, publish_service, verify_service
from portal.directory.operations.places import change_place, link_places
from portal.directory.queries.addresses import resolve
from portal.directory.queries.listings import any_services_by_ids
from portal.directory.queries.sheets import place_listing, structure_listing, tour_listing
from portal.directory.rules.choices import AddressShown, CompetenceKind, ContactAudience, ContactType, Kind
from portal.directory.rules.competence import CompetenceArea, VisitorCommune
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import NoSuchSheet
from portal.geography.points import Point
from portal.hours.layers import StateCode
from portal.hours.slots import DatedException, ExceptionKind, Opening, Unread
from tests.directory.builders import NOON, Builder, hours
from tests.directory.conftest import CountQueries

PHONE = ContactLine(ContactType.PHONE, "03 53 01 00 01")
DIRECT = ContactLine(ContactType.PHONE, "03 53 01 00 02", audience=ContactAudience.PROFESSIONAL)
OTHER_PHONE = ContactLine(ContactType.PHONE, "03 53 01 00 03")
ADDRESS = ContactLine(ContactType.POST, "1 rue du Lavoir, 10100 Romilly-sur-Seine")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Paris"))


def card_of(session: Session, service: Service, visitor: VisitorCommune | None = None) -> ServiceCard:
    session.flush()
    [listing] = any_services_by_ids(session, [service.id])
    return service_card(listing, now=MONDAY, visitor=visitor)


def test_a_card_says_where_and_whether_it_is_open(build: Builder, session: Session) -> None:
    place = build.a_place(name="Mairie", point=Point(48.5, 3.7))
    card = card_of(session, build.a_service(at=place, opens="Mo-Fr 09:00-12:00"))
    [desk] = card.access_points
    assert desk.location is not None
    assert (desk.location.address, desk.location.point) == ("1 rue du Lavoir", Point(48.5, 3.7))
    assert (desk.location.commune.name, desk.location.commune.department) == ("Romilly-sur-Seine", "10")
    assert (desk.opening.state.code, desk.opening.state.until) == (StateCode.OPEN, MONDAY.replace(hour=12))


def test_a_card_cannot_be_altered(build: Builder, session: Session) -> None:
    card = card_of(session, build.a_service())
    with pytest.raises(FrozenInstanceError):
        card.title = "Autre"  # type: ignore[misc]  # what the test is about


def test_cards_ask_the_database_nothing(build: Builder, session: Session, count_queries: CountQueries) -> None:
    number = build.a_service(opens="Mo-Fr 09:00-12:00").id
    with count_queries() as sent:
        listings = any_services_by_ids(session, [number])
        service_sheet(listings[0], now=MONDAY)
    assert len(sent) == 2


def talkative(words: str) -> Opening:
    """Open on Monday mornings, closed today, with words wherever people write some."""
    day = MONDAY.date()
    slot = replace(hours("Mo 09:00-12:00").slots[0], note=words)
    kinds = (ExceptionKind.CLOSED, ExceptionKind.MESSAGE)
    exceptions = tuple(DatedException(day, day, kind, reason=words) for kind in kinds)
    return Opening(slots=(slot,), exceptions=exceptions, unread=(Unread(words),))


def secrets_of(build: Builder, says: AddressShown | None) -> str:
    place = build.a_place(
        name="Foyer des Tilleuls", address="9 allée Cachée", point=Point(48.123, 3.456), contacts=[ADDRESS, PHONE]
    )
    service = build.a_draft(title="Mise à l’abri", concepts=["SO12"], contacts=[ADDRESS, PHONE])
    build.an_access_point(
        service,
        at=place,
        note="Sonnez au 9 allée Cachée.",
        contacts=[ADDRESS],
        address_shown=says,
        opening=talkative("face aux Tilleuls"),
        opening_words="lundi, face aux Tilleuls",
    )
    publish_service(build.session, service=service, act=build.act)
    return repr(card_of(build.session, service))


@pytest.mark.parametrize(
    ("says", "seen"),
    [
        (None, set()),
        (AddressShown.NONE, set()),
        (AddressShown.COMMUNE, {"Romilly-sur-Seine'"}),
        (AddressShown.EXACT, {"Romilly-sur-Seine'", "Tilleuls", "Cachée", "48.123", "rue du Lavoir"}),
    ],
)
def test_a_shelter_shows_no_more_than_was_decided(build: Builder, says: AddressShown | None, seen: set[str]) -> None:
    shown = secrets_of(build, says)
    hints = {"Romilly-sur-Seine'", "Tilleuls", "Cachée", "48.123", "rue du Lavoir"}
    assert {hint for hint in hints if hint in shown} == seen
    assert "03 53 01 00 01" in shown


@pytest.mark.parametrize(("concept", "bus"), [("AD04", "Bus"), ("SO11", None)])
def test_a_withheld_desk_does_not_name_its_bus(build: Builder, session: Session, concept: str, bus: str | None) -> None:
    service = build.a_draft(concepts=[concept])
    build.an_access_point(service, at=build.a_stop(build.a_tour(name="Bus")))
    [desk] = card_of(session, service).access_points
    assert (desk.tour and desk.tour.name) == bus


def test_professional_contacts_are_on_no_public_card(build: Builder, session: Session) -> None:
    structure = build.a_structure(contacts=[DIRECT])
    place = build.a_place(contacts=[DIRECT])
    service = build.a_service(structure=structure, at=place, contacts=[DIRECT])
    session.flush()
    pages = [
        card_of(session, service),
        place_sheet(place_listing(session, place.id), now=MONDAY),
        structure_sheet(structure_listing(session, structure.id), now=MONDAY),
    ]
    assert "03 53 01 00 02" not in repr(pages)


def test_a_service_without_contact_lends_that_of_its_structure(build: Builder, session: Session) -> None:
    service = build.a_service(structure=build.a_structure(contacts=[PHONE]), at=build.a_place(contacts=[ADDRESS]))
    card = card_of(session, service)
    assert (card.contacts, card.access_points[0].contacts) == ((PHONE,), (ADDRESS,))


def test_a_desk_with_a_number_of_its_own_keeps_the_address_of_its_place(build: Builder, session: Session) -> None:
    service = build.a_service(at=None)
    build.an_access_point(service, at=build.a_place(contacts=[PHONE, ADDRESS]), contacts=[OTHER_PHONE])
    points = card_of(session, service).access_points
    assert (OTHER_PHONE, ADDRESS) in [point.contacts for point in points]


@pytest.mark.parametrize(("commune", "competent"), [("10323", True), ("10387", False), ("", None)])
def test_a_card_says_whether_it_answers_for_the_visitor(
    build: Builder, session: Session, commune: str, *, competent: bool | None
) -> None:
    sector = [CompetenceArea(CompetenceKind.COMMUNE, "10323")]
    service = build.a_service(concepts=("SO02",), competence=sector)
    visitor = VisitorCommune(commune) if commune else None
    assert card_of(session, service, visitor=visitor).is_competent is competent


def test_who_has_no_sector_is_in_charge_of_no_commune_and_serves_some(build: Builder, session: Session) -> None:
    served = [CompetenceArea(CompetenceKind.COMMUNE, "10323")]
    doctor = build.a_service(title="Médecins du Mail", concepts=("SA01",), competence=served)
    here = card_of(session, doctor, visitor=VisitorCommune("10323"))
    assert (here.is_competent, here.serves_visitor) == (None, True)
    assert card_of(session, doctor, visitor=VisitorCommune("10387")).is_competent is False


def test_a_card_says_how_fresh_it_is(build: Builder, session: Session) -> None:
    service = build.a_service()
    note_import(service=service, on=NOON.date(), source="ANCT")
    assert card_of(session, service).freshness.sentence.fr.startswith(
        "Lu le 21 novembre 2026 dans le fichier «\u00a0ANCT"
    )
    verify_service(session, service=service, by="le service", act=build.act)
    assert card_of(session, service).freshness.sentence.fr == "Vérifié le 21 novembre 2026 par le service."


def test_a_card_carries_the_message_of_the_day(build: Builder, session: Session) -> None:
    message = DatedException(MONDAY.date(), MONDAY.date(), ExceptionKind.MESSAGE, reason="Parking en travaux.")
    service = build.a_draft()
    build.an_access_point(service, opening=replace(hours("Mo-Fr 09:00-12:00"), exceptions=(message,)))
    [desk] = card_of(session, service).access_points
    assert (desk.opening.messages, desk.opening.state.code) == (("Parking en travaux.",), StateCode.OPEN)


def test_a_closed_service_leads_to_its_successor(build: Builder, session: Session) -> None:
    service, successor = build.a_service(title="MSAP"), build.a_service(title="France services")
    close_service(session, service=service, act=build.act, successor=successor)
    session.flush()
    sheet = service_sheet(any_services_by_ids(session, [service.id])[0], now=MONDAY, successor=successor)
    assert (sheet.closed_on, sheet.successor and sheet.successor.name) == (NOON.date(), "France services")


def test_linked_places_are_one_page(build: Builder, session: Session) -> None:
    hall, post = build.a_place(name="Mairie", contacts=[PHONE]), build.a_place(name="Poste", contacts=[PHONE])
    for place, title in ((post, "Élections"), (hall, "Courrier"), (hall, "Zone bleue")):
        build.a_service(title=title, at=place)
    link_places(session, place=post, to=hall, act=build.act)
    sheet = place_sheet(place_listing(session, hall.id), now=MONDAY)
    assert sheet is not None
    assert [card.title for card in sheet.services] == ["Courrier", "Élections", "Zone bleue"]
    assert sheet.contacts == (PHONE,)


def test_the_page_of_a_town_hall_is_silent_on_the_shelter_it_lodges(build: Builder, session: Session) -> None:
    place = build.a_place(name="Mairie")
    build.a_service(title="État civil", at=place)
    build.a_service(title="Écoute des victimes", at=place, concepts=["SO11"])
    sheet = place_sheet(place_listing(session, place.id), now=MONDAY)
    assert sheet is not None
    assert [card.title for card in sheet.services] == ["État civil"]


def test_a_town_hall_keeps_the_telephone_of_the_shelter_linked_to_it(build: Builder, session: Session) -> None:
    hall, shelter = build.a_place(name="Mairie", contacts=[PHONE]), build.a_place(contacts=[OTHER_PHONE, ADDRESS])
    build.a_service(title="État civil", at=hall)
    build.a_service(at=shelter, concepts=["SO12"])
    link_places(session, place=shelter, to=hall, act=build.act)
    sheet = place_sheet(place_listing(session, hall.id), now=MONDAY)
    assert sheet is not None
    assert sheet.contacts == (PHONE,)


@pytest.mark.parametrize(("concept", "says"), [("SO12", None), ("AD01", AddressShown.NONE)])
def test_a_linked_town_hall_reveals_no_withheld_place(
    build: Builder, session: Session, concept: str, says: AddressShown | None
) -> None:
    hall, shelter = build.a_place(name="Mairie"), build.a_place(name="Foyer", address_shown=says)
    build.a_service(title="État civil", at=hall)
    build.a_service(at=shelter, concepts=[concept])
    link_places(session, place=hall, to=shelter, act=build.act)
    session.flush()
    assert place_sheet(place_listing(session, shelter.id), now=MONDAY) is None
    with pytest.raises(NoSuchSheet):
        resolve(session, Kind.PLACE, shelter.public_id)


def test_no_sheet_names_the_person_behind_a_number(build: Builder, session: Session) -> None:
    named = replace(PHONE, person="Camille Exemple")
    structure, place = build.a_structure(contacts=[named]), build.a_place(contacts=[named, PHONE])
    build.a_service(structure=structure, at=place)
    session.flush()
    page = place_sheet(place_listing(session, place.id), now=MONDAY)
    assert page is not None
    assert page.contacts == structure_sheet(structure_listing(session, structure.id), now=MONDAY).contacts == (PHONE,)


@pytest.mark.parametrize("says", [None, AddressShown.COMMUNE])
def test_a_withheld_place_has_no_page(build: Builder, session: Session, says: AddressShown | None) -> None:
    place = build.a_place(address_shown=says)
    build.an_access_point(build.a_draft(concepts=["AD01"] if says else ["SO12"]), at=place)
    assert place_sheet(place_listing(session, place.id), now=MONDAY) is None
    change_place(session, place=place, act=build.act, address_shown=AddressShown.EXACT)
    [desk] = session.scalars(select(AccessPoint))
    change_access_point(session, access_point=desk, act=build.act, address_shown=AddressShown.EXACT)
    assert place_sheet(place_listing(session, place.id), now=MONDAY) is not None


def test_a_structure_shows_what_it_offers(build: Builder, session: Session) -> None:
    structure = build.a_structure(name="Agglo", contacts=[PHONE, ADDRESS])
    build.a_draft(structure=structure, title="Brouillon")
    build.a_service(structure=structure, title="Halte-garderie")
    build.a_tour(structure=structure)
    sheet = structure_sheet(structure_listing(session, structure.id), now=MONDAY)
    assert [card.title for card in sheet.services] == ["Halte-garderie"]
    assert [tour.name for tour in sheet.tours] == ["Bus des services"]
    assert sheet.contacts == (PHONE, ADDRESS)


def test_a_structure_that_shelters_keeps_its_postal_address(build: Builder, session: Session) -> None:
    structure = build.a_structure(contacts=[PHONE, ADDRESS])
    build.a_service(structure=structure, concepts=["SO12"])
    assert structure_sheet(structure_listing(session, structure.id), now=MONDAY).contacts == (PHONE,)


def test_a_tour_shows_its_stops_and_what_it_brings(build: Builder, session: Session) -> None:
    tour = build.a_tour(name="Bus", contacts=[PHONE, ADDRESS])
    first, second = (build.a_stop(tour, opens=opens, note="Parking.") for opens in ("Mo 09:00-12:00", "Tu 09:00-12:00"))
    for title, concept in (("Démarches", "AD04"), ("Refuge", "SO12")):
        service = build.a_draft(title=title, concepts=[concept])
        build.an_access_point(service, at=first if concept == "AD04" else second)
        publish_service(session, service=service, act=build.act)
    sheet = tour_sheet(tour_listing(session, tour.id), now=MONDAY)
    assert [(stop.location is None, stop.note) for stop in sheet.stops] == [(False, "Parking."), (True, "")]
    assert [stop.opening.state.code for stop in sheet.stops] == [StateCode.OPEN, StateCode.CLOSED]
    assert [card.title for card in sheet.services] == ["Démarches"]
    assert sheet.contacts == (PHONE,)


def test_sheets_cost_the_queries_they_say(build: Builder, session: Session, count_queries: CountQueries) -> None:
    structure = build.a_structure()
    tour = build.a_tour(structure=structure)
    stops = [build.a_stop(tour, opens="Mo 09:00-12:00") for _ in range(3)]
    for stop in stops:
        build.an_access_point(build.a_service(structure=structure, at=stop.place), at=stop)
    loads = ((place_listing, stops[0].place_id, 3), (structure_listing, structure.id, 3), (tour_listing, tour.id, 3))
    for load, number, most in loads:
        with count_queries() as sent:
            load(session, number)
        assert len(sent) == most


@pytest.mark.parametrize("load", [place_listing, structure_listing, tour_listing])
def test_a_sheet_that_is_not_there_is_not_found(session: Session, load: Any) -> None:  # noqa: ANN401 - any of three
    with pytest.raises(NoSuchSheet):
        load(session, 99)
