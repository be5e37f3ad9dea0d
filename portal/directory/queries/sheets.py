"""Places, structures and tours with all that their pages say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from portal.core.text import fold
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.contacts import Translation
from portal.directory.models.identities import Addressed
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.queries.listings import Mention, Nearby, Offers, ServiceListing, load_offers
from portal.directory.queries.openings import calendar_of
from portal.directory.queries.ordering import in_alphabetical_order
from portal.directory.queries.shown import is_published
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
    mentions: tuple[Mention, ...] = ()
    """What passes near it."""
    has_namesake: bool = False
    """Whether another place of its commune bears its name: then the title of a page needs more."""


@dataclass(frozen=True)
class StructureListing:
    """A structure and what it offers the public."""

    structure: Structure
    contacts: tuple[ContactLine, ...]
    services: tuple[ServiceListing, ...]
    tours: tuple[Tour, ...]
    has_namesake: bool = False
    """Whether another structure bears its name."""


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


def place_listing(
    session: Session, number: int, *, slug: str | None = None, near: Callable[[Place], Nearby] = lambda _: Nearby()
) -> PlaceListing:
    """Load a place with all that is offered there or at a place linked to it. Three queries.

    With a slug, only the place that bears it now is found; so below. `near` tells what passes near the place.
    """
    rows = session.execute(
        select(Place, Commune, _has_namesake(Place, "name", "commune_code"))
        .join(Commune, Commune.code == Place.commune_code)
        .where(or_(Place.id == number, Place.linked_to_id == number))
        .order_by(Place.id)
    ).all()
    places = {place.id: (place, commune, has_namesake) for place, commune, has_namesake in rows}
    if number not in places or slug not in {None, places[number][0].slug}:
        raise NoSuchSheet
    place, commune, has_namesake = places[number]
    offered = Service.id.in_(select(AccessPoint.service_id).where(AccessPoint.place_id.in_(places)))
    offers = load_offers(session, offered, also=tuple(places), nearby=near(place))
    return PlaceListing(
        place=place,
        commune=commune,
        linked=tuple(each for each, _, _ in places.values() if each is not place),
        contacts={each: offers.contacts_of(each) for each in places},
        services=_by_title(offers),
        mentions=tuple(each for each in offers.mentions if each.place is None or each.place.id not in places),
        has_namesake=has_namesake,
    )


def structure_listing(session: Session, number: int, *, slug: str | None = None) -> StructureListing:
    """Load a structure with its published services and its tours. Three queries."""
    rows = session.execute(
        select(Structure, Tour, _has_namesake(Structure, "name"))
        .outerjoin(Tour, Tour.structure_id == Structure.id)
        .where(Structure.id == number)
    ).all()
    if not rows or slug not in {None, rows[0][0].slug}:
        raise NoSuchSheet
    offers = load_offers(session, Service.structure_id == number, is_published(), also=[number])
    tours: list[Tour | None] = [tour for _, tour, _ in rows]
    return StructureListing(
        structure=rows[0][0],
        contacts=offers.contacts_of(number),
        services=_by_title(offers),
        tours=tuple(sorted(filter(None, tours), key=lambda tour: (fold(tour.name), tour.id))),
        has_namesake=rows[0][2],
    )


def tour_listing(session: Session, number: int, *, slug: str | None = None) -> TourListing:
    """Load a tour with its stops and the services it brings. Three queries."""
    rows = session.execute(
        select(Tour, Structure, Stop, Place, Commune)
        .join(Structure, Structure.id == Tour.structure_id)
        .outerjoin(Stop, Stop.tour_id == Tour.id)
        .outerjoin(Place, Place.id == Stop.place_id)
        .outerjoin(Commune, Commune.code == Place.commune_code)
        .where(Tour.id == number)
        .order_by(Stop.position)
    ).all()
    if not rows or slug not in {None, rows[0][0].slug}:
        raise NoSuchSheet
    found: list[tuple[Stop | None, Place, Commune]] = [(stop, place, commune) for _, _, stop, place, commune in rows]
    stops = [(stop, place, commune) for stop, place, commune in found if stop is not None]
    brought = select(AccessPoint.service_id).where(AccessPoint.stop_id.in_([stop.id for stop, _, _ in stops]))
    offers = load_offers(session, Service.id.in_(brought), also=[number, *(stop.id for stop, _, _ in stops)])
    return TourListing(
        tour=rows[0][0],
        structure=rows[0][1],
        contacts=offers.contacts_of(number),
        stops=tuple(
            StopListing(stop, place, commune, offers.opening_of(stop.id), calendar_of(commune.department))
            for stop, place, commune in stops
        ),
        services=_by_title(offers),
    )


def translations_of(session: Session, owner: int, language: str) -> dict[str, Translation]:
    """Load what a sheet says in another language, field by field. One query."""
    rows = session.scalars(select(Translation).where(Translation.owner_id == owner, Translation.language == language))
    return {row.field: row for row in rows}


def _has_namesake(table: type[Addressed], *columns: str) -> ColumnElement[bool]:
    """Tell whether another row with a page says the same in some columns."""
    other = aliased(table)
    stands_alone = other.linked_to_id if table is Place else other.merged_into_id  # type: ignore[attr-defined]  # one of the two
    same = (getattr(other, name) == getattr(table, name) for name in columns)
    return exists().where(*same, other.id != table.id, stands_alone.is_(None))


def _by_title(offers: Offers) -> tuple[ServiceListing, ...]:
    by_number = {listing.service.id: listing for listing in offers.services}
    order = in_alphabetical_order((number, listing.service.title) for number, listing in by_number.items())
    return tuple(by_number[number] for number in order)
