"""What opens between two dates: permanences and passages of the weeks to come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.queries.shown import is_published, shows_its_commune
from portal.directory.rules.choices import AccessPointKind
from portal.geography.models import Commune

ON_THE_SPOT = frozenset({AccessPointKind.PLACE, AccessPointKind.TOUR_STOP})


@dataclass(frozen=True)
class OccurrenceListing:
    """An occurrence with who opens, and where as far as the public may know."""

    occurrence: Occurrence
    service: Service
    access_point: AccessPoint
    place: Place
    commune: Commune
    tour: Tour | None


def occurrences_between(
    session: Session,
    *,
    first: date,
    last: date,
    communes: Collection[str],
    kinds: Collection[AccessPointKind] = ON_THE_SPOT,
) -> list[OccurrenceListing]:
    """List what opens in some communes from one date to another, both included, in order of time. One query."""
    rows = session.execute(
        select(Occurrence, Service, AccessPoint, Place, Commune, Tour)
        .join(AccessPoint, AccessPoint.id == Occurrence.access_point_id)
        .join(Service, Service.id == AccessPoint.service_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .join(Commune, Commune.code == Place.commune_code)
        .outerjoin(Stop, Stop.id == AccessPoint.stop_id)
        .outerjoin(Tour, Tour.id == Stop.tour_id)
        .where(
            Occurrence.day.between(first, last),
            Place.commune_code.in_(communes),
            AccessPoint.kind.in_(kinds),
            is_published(),
            shows_its_commune(),
        )
        .order_by(Occurrence.starts_at, Service.title, Occurrence.access_point_id, Occurrence.ends_at)
        .order_by(Occurrence.mode, Occurrence.appointment)
    )
    return [OccurrenceListing(*row) for row in rows]
