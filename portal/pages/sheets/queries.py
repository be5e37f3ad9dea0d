"""The row an address names: loaded at once when the address is right, looked for elsewhere when it is not."""

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.queries.addresses import Gone, Moved, kind_of, resolve
from portal.directory.queries.listings import Nearby, ServiceListing, load_offers
from portal.directory.queries.sheets import (
    PlaceListing,
    StructureListing,
    TourListing,
    place_listing,
    structure_listing,
    tour_listing,
)
from portal.directory.queries.successors import successor_of
from portal.directory.rules.choices import Kind, Status
from portal.directory.rules.public_ids import number_of
from portal.directory.rules.refusals import NoSuchSheet
from portal.pages.sheets.addresses import SHELVES, Name

Loaded_co = TypeVar("Loaded_co", covariant=True)
_ANY_OTHER_SLUG = "?"


def service_named(session: Session, name: Name) -> ServiceListing | None:
    """Load the service of an address, closed ones too; None when it stands elsewhere, or nowhere. Two queries."""
    number = number_of(name.public_id)
    if number is None:
        return None
    is_here = Service.id == number, Service.slug == name.slug, Service.status != Status.DRAFT
    return next(iter(load_offers(session, *is_here).services), None)


def place_named(
    session: Session, name: Name, *, near: Callable[[Place], Nearby] = lambda _: Nearby()
) -> PlaceListing | None:
    """Load the place of an address, with what passes near; None when it stands elsewhere, or nowhere. Three queries."""
    found = _loaded(session, name, partial(place_listing, near=near))
    return None if found is None or found.place.linked_to_id is not None else found


def structure_named(session: Session, name: Name) -> StructureListing | None:
    """Load the structure of an address; None when it stands elsewhere, or nowhere. Three queries."""
    found = _loaded(session, name, structure_listing)
    return None if found is None or found.structure.merged_into_id is not None else found


def tour_named(session: Session, name: Name) -> TourListing | None:
    """Load the tour of an address; None when it stands elsewhere, or nowhere. Three queries."""
    return _loaded(session, name, tour_listing)


def elsewhere(session: Session, kind: Kind, name: Name) -> Moved | Gone:
    """Tell where what an address once named stands now, or that it is gone; raise when it never was."""
    found = resolve(session, kind, name.public_id, slug=_ANY_OTHER_SLUG)
    if isinstance(found, Moved | Gone):
        return found
    raise NoSuchSheet


def at_short_address(session: Session, name: str) -> Moved | Gone:
    """Tell where a public id leads, whatever it names."""
    kind = kind_of(session, name)
    if kind not in SHELVES:
        raise NoSuchSheet
    return elsewhere(session, kind, Name("", name))


def heir_of(session: Session, service: Service) -> Service | None:
    """Find who answers today for a closed service."""
    return None if service.status is not Status.CLOSED else successor_of(session, service)


class _Load(Protocol[Loaded_co]):
    def __call__(self, session: Session, number: int, *, slug: str | None) -> Loaded_co: ...


def _loaded(session: Session, name: Name, load: _Load[Loaded_co]) -> Loaded_co | None:
    number = number_of(name.public_id)
    if number is None:
        return None
    try:
        return load(session, number, slug=name.slug)
    except NoSuchSheet:
        return None
