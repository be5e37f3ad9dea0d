"""What opens between two dates: permanences and passages of the weeks to come."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.queries.shown import is_published, shows_its_address, shows_its_commune
from portal.directory.rules.choices import AccessPointKind, AddressShown
from portal.geography.models import Commune

ON_THE_SPOT = frozenset({AccessPointKind.PLACE, AccessPointKind.TOUR_STOP})


@dataclass(frozen=True)
class OccurrenceListing:
    """An occurrence with who opens, where, and how much of that the public may know: at least the commune."""

    occurrence: Occurrence
    service: Service
    access_point: AccessPoint
    place: Place
    commune: Commune
    tour: Tour | None
    is_told: bool
    """Whether the public may know the address; it may know the commune anyway."""

    @property
    def shown(self) -> AddressShown:
        """Tell how much is shown of where it is."""
        return AddressShown.EXACT if self.is_told else AddressShown.COMMUNE


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
        select(Occurrence, Service, AccessPoint, Place, Commune, Tour, shows_its_address())
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
    )
    return sorted((OccurrenceListing(*row) for row in rows), key=_by_time)


def last_day_written(session: Session) -> date | None:
    """Tell how far occurrences are written out; None when there are none. One query."""
    return session.scalar(select(func.max(Occurrence.day)))


def _by_time(listing: OccurrenceListing) -> tuple[datetime, str, int, datetime, str, str]:
    one = listing.occurrence
    title = fold(listing.service.title)
    return one.starts_at, title, one.access_point_id, one.ends_at, one.mode, one.appointment
