"""How much there is, for the home page."""

from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint, Stop
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.queries.shown import is_published, shows_its_commune

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class DirectoryCounts:
    """What the directory offers the public today."""

    n_services: int = 0
    n_structures: int = 0
    n_places: int = 0
    n_communes: int = 0
    n_tours: int = 0


def directory_counts(session: Session) -> DirectoryCounts:
    """Count what published services offer. Two queries."""
    services, structures = session.execute(
        select(func.count(Service.id), func.count(distinct(Service.structure_id))).where(is_published())
    ).one()
    places, communes, tours = session.execute(
        _offered(
            select(
                func.count(distinct(func.coalesce(Place.linked_to_id, Place.id))),
                func.count(distinct(Place.commune_code)),
                func.count(distinct(Stop.tour_id)),
            )
        ).outerjoin(Stop, Stop.id == AccessPoint.stop_id)
    ).one()
    return DirectoryCounts(services, structures, places, communes, tours)


def _offered(query: Select[*Columns]) -> Select[*Columns]:
    """Ask about published services where the public may know them to be."""
    return (
        query.select_from(AccessPoint)
        .join(Service, Service.id == AccessPoint.service_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .where(is_published(), shows_its_commune())
    )
