"""Finds what an earlier loading made: by name, or by a name it once had, so that a renamed sheet is not made twice."""

from typing import TypeVar

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import Stop, Tour
from portal.directory.models.identities import FormerSlug
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.recording import slug_of

_Row = TypeVar("_Row", Structure, Place, Tour, Service)


def structure_named(session: Session, name: str) -> Structure | None:
    """Find the structure that bears, or once bore, a name."""
    return _named(session, Structure, name)


def place_named(session: Session, name: str, *, commune: str) -> Place | None:
    """Find the place of a commune that bears, or once bore, a name."""
    return _named(session, Place, name, Place.commune_code == commune)


def tour_named(session: Session, name: str, *, structure: Structure) -> Tour | None:
    """Find the tour of a structure that bears, or once bore, a name."""
    return _named(session, Tour, name, Tour.structure_id == structure.id)


def service_named(session: Session, title: str, *, structure: Structure) -> Service | None:
    """Find the service of a structure that bears, or once bore, a title."""
    return _named(session, Service, title, Service.structure_id == structure.id)


def stops_of(session: Session, tour: Tour) -> dict[int, Stop]:
    """List the stops of a tour by the number of their place."""
    session.flush()
    stops = session.scalars(select(Stop).where(Stop.tour_id == tour.id).order_by(Stop.position.desc()))
    return {stop.place_id: stop for stop in stops}


def _named(session: Session, table: type[_Row], name: str, *same: ColumnElement[bool]) -> _Row | None:
    session.flush()
    slug = slug_of(name)
    formerly = select(FormerSlug.owner_id).where(FormerSlug.slug == slug)
    query = select(table).where(or_(table.slug == slug, table.id.in_(formerly)), *same)
    return session.scalars(query.order_by(table.id).limit(1)).first()
