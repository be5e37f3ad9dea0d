"""The rounds that lists leave to be completed, as a person of the team completes them: stop by stop, with its hours."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from importers.demo.placing import point_of, postal_code_of
from portal.core.changes import Act
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.services import Service
from portal.directory.operations.access_points import create_access_point, delete_access_point
from portal.directory.operations.places import create_place
from portal.directory.operations.tours import add_stop, delete_stop
from portal.directory.rules.choices import AccessPointKind, Precision
from portal.hours.french import read_french
from portal.vocabulary.marks import Table


def complete_round(session: Session, *, service: Service, stops: Iterable[Table], act: Act) -> None:
    """Put the stops of a round in the place of its base; a round that has several is complete already."""
    session.flush()
    doors = session.scalars(select(AccessPoint).where(AccessPoint.service_id == service.id)).all()
    base = next((session.get_one(Stop, door.stop_id) for door in doors if door.stop_id is not None), None)
    if base is None or len(doors) > 1:
        return
    tour = session.get_one(Tour, base.tour_id)
    for entry in stops:
        _stop(session, service, tour, entry, act)
    for door in doors:
        delete_access_point(session, access_point=door, act=act)
    delete_stop(session, stop=base, act=act)


def _stop(session: Session, service: Service, tour: Tour, entry: Table, act: Act) -> None:
    code, address = entry.text("commune"), entry.text("adresse")
    point = point_of(code, address)
    place = create_place(
        session,
        act=act,
        name=entry.text("lieu"),
        address=address,
        postal_code=postal_code_of(code),
        commune_code=code,
        point=point,
        precision=Precision.ADDRESS if point else Precision.UNKNOWN,
    )
    opening, _ = read_french(entry.text("horaires"))
    stop = add_stop(session, tour=tour, place=place, act=act, opening=opening, opening_words=entry.text("horaires"))
    create_access_point(session, service=service, kind=AccessPointKind.TOUR_STOP, act=act, at=stop)
