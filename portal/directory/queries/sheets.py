"""Places, structures and tours with all that their pages say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.contacts import Contact, Translation
from portal.directory.models.openings import opening_of
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.queries.leaves import contact_line
from portal.directory.queries.listings import ServiceListing, any_services_by_ids
from portal.directory.queries.openings import calendar_of, lines_of
from portal.directory.queries.ordering import in_alphabetical_order
from portal.directory.queries.shown import is_published
from portal.directory.rules.choices import ContactAudience
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.refusals import NoSuchSheet
from portal.geography.models import Commune
from portal.hours.calendar import Calendar
from portal.hours.slots import Opening


@dataclass(frozen=True)
class PlaceListing:
    """A place, those linked to it, and every service there, published or not."""

    place: Place
    commune: Commune
    linked: tuple[Place, ...]
    contacts: Mapping[int, tuple[ContactLine, ...]]
    """Public ones, by the number of the place they belong to: a linked place may be withheld."""
    services: tuple[ServiceListing, ...]


@dataclass(frozen=True)
class StructureListing:
    """A structure and what it offers the public."""

    structure: Structure
    contacts: tuple[ContactLine, ...]
    services: tuple[ServiceListing, ...]
    tours: tuple[Tour, ...]


@dataclass(frozen=True)
class StopListing:
    """A stop of a tour: where, and when."""

    stop: Stop
    place: Place
    commune: Commune
    opening: Opening
    calendar: Calendar


@dataclass(frozen=True)
class TourListing:
    """A tour, its stops in order and every service it brings, published or not."""

    tour: Tour
    structure: Structure
    contacts: tuple[ContactLine, ...]
    stops: tuple[StopListing, ...]
    services: tuple[ServiceListing, ...]


def place_listing(session: Session, number: int) -> PlaceListing:
    """Load a place with all that is offered there or at a place linked to it. Seven queries."""
    row = session.execute(
        select(Place, Commune).join(Commune, Commune.code == Place.commune_code).where(Place.id == number)
    ).one_or_none()
    if row is None:
        raise NoSuchSheet
    linked = session.scalars(select(Place).where(Place.linked_to_id == number).order_by(Place.id)).all()
    here = [number, *(place.id for place in linked)]
    offered = Service.id.in_(select(AccessPoint.service_id).where(AccessPoint.place_id.in_(here)))
    return PlaceListing(
        place=row[0],
        commune=row[1],
        linked=tuple(linked),
        contacts=public_contacts(session, here),
        services=_services(session, offered),
    )


def structure_listing(session: Session, number: int) -> StructureListing:
    """Load a structure with its published services and its tours. Seven queries."""
    structure = session.get(Structure, number)
    if structure is None:
        raise NoSuchSheet
    tours = session.scalars(select(Tour).where(Tour.structure_id == number))
    return StructureListing(
        structure=structure,
        contacts=public_contacts(session, [number]).get(number, ()),
        services=_services(session, Service.structure_id == number, is_published()),
        tours=tuple(sorted(tours, key=lambda tour: (fold(tour.name), tour.id))),
    )


def tour_listing(session: Session, number: int) -> TourListing:
    """Load a tour with its stops and the services it brings. Ten queries."""
    row = session.execute(
        select(Tour, Structure).join(Structure, Structure.id == Tour.structure_id).where(Tour.id == number)
    ).one_or_none()
    if row is None:
        raise NoSuchSheet
    stops = _stops(session, number)
    brought = select(AccessPoint.service_id).where(AccessPoint.stop_id.in_([each.stop.id for each in stops]))
    return TourListing(
        tour=row[0],
        structure=row[1],
        contacts=public_contacts(session, [number]).get(number, ()),
        stops=stops,
        services=_services(session, Service.id.in_(brought)),
    )


def public_contacts(session: Session, owners: Sequence[int]) -> Mapping[int, tuple[ContactLine, ...]]:
    """List the contacts that everybody may see, by owner; as on cards, no person is named. One query."""
    rows = session.scalars(
        select(Contact)
        .where(Contact.owner_id.in_(owners), Contact.audience == ContactAudience.PUBLIC)
        .order_by(Contact.owner_id, Contact.position)
    )
    found: dict[int, list[ContactLine]] = defaultdict(list)
    for row in rows:
        found[row.owner_id].append(replace(contact_line(row), person=""))
    return {owner: tuple(dict.fromkeys(lines)) for owner, lines in found.items()}


def translations_of(session: Session, owner: int, language: str) -> dict[str, Translation]:
    """Load what a sheet says in another language, field by field. One query."""
    rows = session.scalars(select(Translation).where(Translation.owner_id == owner, Translation.language == language))
    return {row.field: row for row in rows}


def _services(session: Session, *conditions: ColumnElement[bool]) -> tuple[ServiceListing, ...]:
    named = session.execute(select(Service.id, Service.title).where(*conditions))
    return tuple(any_services_by_ids(session, in_alphabetical_order(named)))


def _stops(session: Session, tour: int) -> tuple[StopListing, ...]:
    rows = session.execute(
        select(Stop, Place, Commune)
        .join(Place, Place.id == Stop.place_id)
        .join(Commune, Commune.code == Place.commune_code)
        .where(Stop.tour_id == tour)
        .order_by(Stop.position)
    ).all()
    lines = lines_of(session, [row[0].id for row in rows])
    return tuple(
        StopListing(stop, place, commune, opening_of(lines.get(stop.id, ())), calendar_of(commune.department))
        for stop, place, commune in rows
    )
