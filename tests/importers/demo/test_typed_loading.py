"""The demonstration comes into the directory once, and is never written over."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from importers.demo.loading import DEMONSTRATION, Loaded, load_demonstration, load_shipped
from importers.demo.reading import read_shipped
from importers.demo.sheets import Demonstration
from portal.core.changes import Act
from portal.core.content_hash import content_hash
from portal.core.database import Database
from portal.core.models import Change
from portal.directory.content import CONTENTS
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.contacts import Contact
from portal.directory.models.identities import FormerSlug
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.openings import SlotRow, UnreadRow
from portal.directory.models.places import Place
from portal.directory.models.services import Service, ServiceConcept
from portal.directory.models.structures import Structure
from portal.directory.operations.places import change_place
from portal.directory.operations.service_codes import codes_of
from portal.directory.operations.services import change_service
from portal.directory.operations.structures import change_structure
from portal.directory.rules.choices import AddressShown, Cost, LegalNature, Status
from portal.geography.communes import Communes
from portal.geography.models import Commune, Epci

NOW = datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("Europe/Paris"))
TODAY = NOW.date()
ACT = Act(by=DEMONSTRATION, at=NOW + timedelta(hours=1))
COUNTED = (Structure, Place, Tour, Stop, Service, ServiceConcept, AccessPoint, SlotRow, Contact, Occurrence, Change)


def add_communes(session: Session) -> None:
    """Put into the database the communes the demonstration speaks of, and no other."""
    known = Communes()
    codes = {place.commune for place in read_shipped(reference_day=TODAY).demonstration.places}
    communes = [commune for code in sorted(codes) if (commune := known.get(code)) is not None]
    session.add_all(Epci(code=code, name=name) for code, name in {(one.epci, one.epci_name) for one in communes})
    session.flush()
    for one in communes:
        row = Commune(code=one.code, name=one.name, slug=one.slug, department=one.department)
        row.department_name, row.epci_code, row.population = one.department_name, one.epci, one.population
        row.postal_codes, row.lat, row.lon = " ".join(one.postal_codes), one.point.lat, one.point.lon
        row.radius = one.radius
        session.add(row)
    session.flush()


def counts(session: Session) -> dict[str, int | None]:
    session.flush()
    return {table.__name__: session.scalar(select(func.count()).select_from(table)) for table in COUNTED}


@pytest.fixture(scope="module")
def loaded(new_sqlite: Callable[[], Database]) -> Iterator[Database]:
    """Give a database with the demonstration; tests only read it, or throw away what they wrote."""
    database = new_sqlite()
    with database.writing() as session:
        add_communes(session)
        load_shipped(session, reference_day=TODAY, now=NOW)
    yield database
    database.close()


@pytest.fixture
def work(loaded: Database) -> Iterator[Session]:
    with Session(loaded.engine) as session, session.begin() as transaction:
        yield session
        transaction.rollback()


def service_called(session: Session, title: str) -> Service:
    return session.scalars(select(Service).where(Service.title == title)).one()


def test_loading_twice_changes_nothing(session: Session) -> None:
    add_communes(session)
    first = load_shipped(session, reference_day=TODAY, now=NOW)
    before, published = counts(session), content_hash(session, CONTENTS)
    second = load_shipped(session, reference_day=TODAY, now=NOW + timedelta(days=3))
    assert first == Loaded(structures=31, places=29, tours=4, services=42)
    assert second == Loaded()
    assert not second.is_new
    assert (counts(session), content_hash(session, CONTENTS)) == (before, published)


def test_every_entry_of_the_files_has_its_row(work: Session) -> None:
    found = counts(work)
    demonstration = read_shipped(reference_day=TODAY).demonstration
    assert found["Stop"] == sum(len(tour.stops) for tour in demonstration.tours)
    assert found["AccessPoint"] == sum(len(service.access) for service in demonstration.services)
    assert found["ServiceConcept"] == sum(len(service.concepts) for service in demonstration.services)


def test_a_service_bears_all_that_its_entry_says(work: Session) -> None:
    service = service_called(work, "Épicerie solidaire Le Panier partagé")
    assert (service.cost, service.cost_note[:18], service.review_months) == (Cost.PAID, "Environ un dixième", 6)
    assert (service.documents.count("\n"), service.eligibility[:5], service.legal_nature) == (
        1,
        "Après",
        LegalNature.ASSOCIATION,
    )
    assert {name: codes_of(work, service, name) for name in ("concepts", "languages")} == {
        "concepts": ("SO08", "SO07"),
        "languages": ("fr", "uk"),
    }
    assert len(codes_of(work, service, "competence")) == 3
    assert len(codes_of(work, service, "audiences")) == 3


def test_contacts_of_every_kind_of_owner_are_kept(work: Session) -> None:
    demonstration = read_shipped(reference_day=TODAY).demonstration
    services, tours = demonstration.services, demonstration.tours
    expected = [
        *(line for structure in demonstration.structures for line in structure.contacts),
        *(line for tour in tours for line in tour.contacts),
        *(line for service in services for line in service.contacts),
        *(line for service in services for access in service.access for line in access.contacts),
    ]
    assert counts(work)["Contact"] == len(expected)


def test_services_are_published_drafted_or_closed(work: Session) -> None:
    found = work.execute(select(Service.status, func.count()).group_by(Service.status))
    assert {(status, count) for status, count in found} == {
        (Status.PUBLISHED, 40),
        (Status.DRAFT, 1),
        (Status.CLOSED, 1),
    }


def test_a_closed_service_leads_to_its_successor(work: Session) -> None:
    closed = service_called(work, "Guichet des impôts de Marigny")
    assert closed.closed_on == TODAY - timedelta(days=60)
    assert closed.successor_id == service_called(work, "Permanence des impôts").id


def test_a_renamed_service_keeps_its_former_address(work: Session) -> None:
    renamed = service_called(work, "Relais petite enfance des Deux Rives")
    former = work.scalars(select(FormerSlug.slug).where(FormerSlug.owner_id == renamed.id)).all()
    assert former == ["relais-d-assistantes-maternelles-des-deux-rives"]


def test_verification_counts_from_the_reference_day(work: Session) -> None:
    stale = service_called(work, "École de musique L’Accord")
    assert (stale.verified_on, stale.verified_by) == (TODAY - timedelta(days=800), "l’école de musique")


def test_the_shelter_keeps_its_address_to_itself(work: Session) -> None:
    place = work.scalars(select(Place).where(Place.name == "Maison d’accueil")).one()
    assert place.address_shown is AddressShown.NONE


def test_the_bus_passes_in_the_coming_weeks(work: Session) -> None:
    bus = service_called(work, "Démarches au bus des services")
    days = work.scalars(
        select(Occurrence.day)
        .join(AccessPoint, AccessPoint.id == Occurrence.access_point_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .where(AccessPoint.service_id == bus.id, Place.name == "Place de Barbuise")
        .order_by(Occurrence.day)
    )
    assert list(days) == [date(2026, 11, 23), date(2026, 12, 7), date(2026, 12, 21), date(2027, 1, 4)]


def test_words_nobody_could_read_are_kept(work: Session) -> None:
    assert list(work.scalars(select(UnreadRow.text))) == ["Le jeudi selon les bénévoles"]


def test_a_persons_change_survives_a_second_loading(work: Session) -> None:
    service = service_called(work, "Café La Passerelle")
    change_service(work, service=service, act=ACT, title="La Passerelle", summary="Fermé pour travaux.")
    again = load_shipped(work, reference_day=TODAY, now=NOW)
    assert again == Loaded()
    assert (service.title, service.summary) == ("La Passerelle", "Fermé pour travaux.")


def test_renamed_structures_and_places_are_not_made_twice(work: Session) -> None:
    structure = work.scalars(select(Structure).where(Structure.name == "Services en route")).one()
    place = work.scalars(select(Place).where(Place.name == "Place de Barbuise")).one()
    change_structure(work, structure=structure, act=ACT, name="Le bus pour tous")
    change_place(work, place=place, act=ACT, name="Place haute")
    assert load_shipped(work, reference_day=TODAY, now=NOW) == Loaded()


def some_services(*, reference_day: date, count: int) -> Demonstration:
    whole = read_shipped(reference_day=reference_day).demonstration
    return replace(whole, services=whole.services[:count])


def test_only_what_is_missing_is_made(session: Session) -> None:
    add_communes(session)
    load_demonstration(session, some_services(reference_day=TODAY, count=2), now=NOW)
    assert load_demonstration(session, some_services(reference_day=TODAY, count=5), now=NOW) == Loaded(services=3)


def test_a_clock_set_back_does_not_stop_the_loading(session: Session) -> None:
    add_communes(session)
    load_demonstration(session, some_services(reference_day=TODAY + timedelta(days=40), count=5), now=NOW)
    assert session.scalar(select(func.max(Service.verified_on))) == TODAY
