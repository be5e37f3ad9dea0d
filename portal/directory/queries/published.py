"""All that has a page of its own: what a map of the site lists. Five queries, whatever the size."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.queries.shown import is_published, shows_its_address
from portal.directory.rules.choices import AddressShown, Kind
from portal.directory.rules.public_ids import public_id
from portal.directory.rules.sensitive import shown_of_place


@dataclass(frozen=True)
class PublishedPage:
    """A thing with a page: its kind, the end of its address, and the day it changed last."""

    kind: Kind
    slug: str
    public_id: str
    changed_on: date


def published_pages(session: Session) -> list[PublishedPage]:
    """List services, structures, places and tours that the public sees, each in order of number."""
    return [*_services(session), *_structures(session), *_places(session), *_tours(session)]


def _services(session: Session) -> list[PublishedPage]:
    rows = session.execute(
        select(Service.id, Service.slug, Service.changed_at).where(is_published()).order_by(Service.id)
    )
    return [PublishedPage(Kind.SERVICE, row.slug, public_id(row.id), row.changed_at.date()) for row in rows]


def _structures(session: Session) -> list[PublishedPage]:
    offers = select(Service.structure_id).where(is_published())
    rows = session.execute(
        select(Structure.id, Structure.slug, Structure.changed_at)
        .where(Structure.id.in_(offers))
        .order_by(Structure.id)
    )
    return [PublishedPage(Kind.STRUCTURE, row.slug, public_id(row.id), row.changed_at.date()) for row in rows]


def _tours(session: Session) -> list[PublishedPage]:
    """Keep the tours that bring something published; the page of one that hides its stops says no place."""
    passing = (
        select(Stop.tour_id)
        .join(AccessPoint, AccessPoint.stop_id == Stop.id)
        .join(Service, Service.id == AccessPoint.service_id)
        .where(is_published())
    )
    rows = session.execute(select(Tour.id, Tour.slug, Tour.changed_at).where(Tour.id.in_(passing)).order_by(Tour.id))
    return [PublishedPage(Kind.TOUR, row.slug, public_id(row.id), row.changed_at.date()) for row in rows]


def _places(session: Session) -> list[PublishedPage]:
    """Keep the places that show their address and where something is published; a linked one leads to its head."""
    told = _told_of_places(session)
    rows = session.execute(
        select(Place.id, Place.slug, Place.changed_at, Place.address_shown)
        .where(Place.linked_to_id.is_(None))
        .order_by(Place.id)
    )
    return [
        PublishedPage(Kind.PLACE, row.slug, public_id(row.id), row.changed_at.date())
        for row in rows
        if _has_page(row.address_shown, told.get(row.id))
    ]


_Told = dict[tuple[bool, bool], list[AddressShown]]
"""What services show of a place: at the place itself or at one linked to it, published or not."""


def _told_of_places(session: Session) -> dict[int, _Told]:
    rows = session.execute(
        select(Place.id, Place.linked_to_id, is_published().label("seen"), shows_its_address().label("exact"))
        .select_from(AccessPoint)
        .join(Service, Service.id == AccessPoint.service_id)
        .join(Place, Place.id == AccessPoint.place_id)
    )
    told: dict[int, _Told] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        is_own = row.linked_to_id is None
        told[row.id if is_own else row.linked_to_id][is_own, bool(row.seen)].append(
            AddressShown.EXACT if row.exact else AddressShown.NONE
        )
    return told


def _has_page(place_says: AddressShown | None, told: _Told | None) -> bool:
    """Hold a place to the rule by which its address is answered or not."""
    if told is None:
        return False
    published = told[True, True] or told[False, True]
    others = [*told[True, False], *told[False, False]]
    return bool(published) and shown_of_place(place_says, published=published, others=others) is AddressShown.EXACT
