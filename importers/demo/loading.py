"""Brings the demonstration into the directory: what is not there is made, what is there is left as people made it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from importers.demo.existing import place_named, service_named, stops_of, structure_named, tour_named
from importers.demo.reading import read_shipped
from importers.demo.sheets import (
    AccessEntry,
    Demonstration,
    PlaceEntry,
    ServiceEntry,
    StructureEntry,
    TourEntry,
)
from portal.core.changes import Act, Actor
from portal.core.models import ActorKind
from portal.directory.models.access_points import Stop, Tour
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.access_points import create_access_point
from portal.directory.operations.lifecycle import close_service, publish_service, verify_service
from portal.directory.operations.places import create_place
from portal.directory.operations.services import ServiceValues, change_service, create_service
from portal.directory.operations.structures import create_structure
from portal.directory.operations.tours import add_stop, create_tour
from portal.directory.rules.choices import Status

DEMONSTRATION = Actor(kind=ActorKind.SOURCE, name="demonstration")
REASON = "Jeu de démonstration"


@dataclass(frozen=True)
class Loaded:
    """How much of the demonstration was not there yet."""

    structures: int = 0
    places: int = 0
    tours: int = 0
    services: int = 0

    @property
    def is_new(self) -> bool:
        """Tell whether anything was made."""
        return any((self.structures, self.places, self.tours, self.services))


@dataclass(frozen=True)
class _Rows:
    """The rows that stand for the entries of the files, by key."""

    structures: Mapping[str, Structure]
    places: Mapping[str, Place]
    stops: Mapping[str, Stop]


def load_shipped(session: Session, *, reference_day: date, now: datetime) -> Loaded:
    """Load the demonstration that ships with the portal; a second time changes nothing."""
    return load_demonstration(session, read_shipped(reference_day=reference_day).demonstration, now=now)


def load_demonstration(session: Session, demonstration: Demonstration, *, now: datetime) -> Loaded:
    """Make what the directory does not hold yet; days later than now count as now."""
    act = Act(by=DEMONSTRATION, at=now, reason=REASON)
    structures = {entry.key: structure_named(session, entry.name) for entry in demonstration.structures}
    places = {entry.key: place_named(session, entry.name, commune=entry.commune) for entry in demonstration.places}
    bodies = {e.key: structures[e.key] or _make_structure(session, e, act) for e in demonstration.structures}
    spots = {e.key: places[e.key] or _make_place(session, e, act) for e in demonstration.places}
    tours = {e.key: tour_named(session, e.name, structure=bodies[e.structure]) for e in demonstration.tours}
    stops: dict[str, Stop] = {}
    for entry in demonstration.tours:
        tour = tours[entry.key] or _make_tour(session, entry, bodies[entry.structure], act)
        stops |= _stops(session, entry, tour, spots, act)
    services = _services(session, demonstration, _Rows(bodies, spots, stops), act)
    return Loaded(structures=_missing(structures), places=_missing(places), tours=_missing(tours), services=services)


def _missing(rows: Mapping[str, object | None]) -> int:
    return sum(row is None for row in rows.values())


def _make_structure(session: Session, entry: StructureEntry, act: Act) -> Structure:
    return create_structure(
        session,
        act=act,
        name=entry.name,
        description=entry.description,
        legal_nature=entry.legal_nature,
        contacts=entry.contacts,
    )


def _make_place(session: Session, entry: PlaceEntry, act: Act) -> Place:
    return create_place(
        session,
        act=act,
        name=entry.name,
        address=entry.address,
        postal_code=entry.postal_code,
        commune_code=entry.commune,
        point=entry.point,
        precision=entry.precision,
        address_shown=entry.address_shown,
        access=dict(entry.access),
        access_note=entry.access_note,
    )


def _make_tour(session: Session, entry: TourEntry, structure: Structure, act: Act) -> Tour:
    return create_tour(
        session,
        structure=structure,
        act=act,
        name=entry.name,
        description=entry.description,
        contacts=entry.contacts,
    )


def _stops(session: Session, entry: TourEntry, tour: Tour, places: Mapping[str, Place], act: Act) -> dict[str, Stop]:
    there = stops_of(session, tour)
    stops: dict[str, Stop] = {}
    for stop in entry.stops:
        place = places[stop.place]
        stops[stop.key] = there.get(place.id) or add_stop(
            session,
            tour=tour,
            place=place,
            act=act,
            note=stop.note,
            opening=stop.hours.opening,
            opening_words=stop.hours.words,
        )
    return stops


def _services(session: Session, demonstration: Demonstration, rows: _Rows, act: Act) -> int:
    """Make the services that are missing; they close at the end, when their successors are there."""
    services: dict[str, Service] = {}
    made: list[ServiceEntry] = []
    for entry in demonstration.services:
        service = service_named(session, _titles(entry)[0], structure=rows.structures[entry.structure])
        if service is None:
            service = _make_service(session, entry, rows, _dated(act, entry))
            made.append(entry)
        services[entry.key] = service
    for entry in made:
        if entry.closure is not None:
            successor = services.get(entry.closure.successor)
            close_service(session, service=services[entry.key], act=_dated(act, entry), successor=successor)
    return len(made)


def _titles(entry: ServiceEntry) -> tuple[str, ...]:
    return (*entry.former_titles, entry.title)


def _dated(act: Act, entry: ServiceEntry) -> Act:
    """Date what concerns a closed service from the day it closed."""
    if entry.closure is None or entry.closure.day >= act.at.date():
        return act
    return replace(act, at=datetime.combine(entry.closure.day, act.at.timetz()))


def _make_service(session: Session, entry: ServiceEntry, rows: _Rows, act: Act) -> Service:
    first, *later = _titles(entry)
    values = _values(entry)
    values["title"] = first
    service = create_service(session, structure=rows.structures[entry.structure], act=act, **values)
    for access in entry.access:
        _make_access_point(session, service, access, rows, act)
    for title in later:
        change_service(session, service=service, act=act, title=title)
    if entry.verification is not None:
        day = min(entry.verification.day, act.at.date())
        verify_service(session, service=service, by=entry.verification.by, act=act, on=day)
    if entry.status is not Status.DRAFT:
        publish_service(session, service=service, act=act)
    return service


def _make_access_point(session: Session, service: Service, entry: AccessEntry, rows: _Rows, act: Act) -> None:
    create_access_point(
        session,
        service=service,
        kind=entry.kind,
        act=act,
        at=rows.places.get(entry.at) or rows.stops.get(entry.at),
        note=entry.note,
        url=entry.url,
        address_shown=entry.address_shown,
        contacts=entry.contacts,
        opening=entry.hours.opening,
        opening_words=entry.hours.words,
    )


def _values(entry: ServiceEntry) -> ServiceValues:
    youngest, oldest = entry.ages or (None, None)
    values = ServiceValues(
        summary=entry.summary,
        description=entry.description,
        concepts=entry.concepts,
        audiences=entry.audiences,
        age_min=youngest,
        age_max=oldest,
        cost=entry.cost,
        cost_note=entry.cost_note,
        modes=entry.modes,
        languages=entry.languages,
        documents=entry.documents,
        eligibility=entry.eligibility,
        legal_nature=entry.legal_nature,
        competence=entry.competence,
        online_url=entry.online_url,
        contacts=entry.contacts,
    )
    if entry.review_months is not None:
        values["review_months"] = entry.review_months
    return values
