"""What opens between two dates: permanences and passages of the weeks to come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, distinct, func, select
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.places import Place
from portal.directory.models.services import Service, ServiceConcept
from portal.directory.queries.shown import is_published, shows_its_address, shows_its_commune
from portal.directory.rules.choices import AccessPointKind, AddressShown
from portal.geography.models import Commune

ON_THE_SPOT = frozenset({AccessPointKind.PLACE, AccessPointKind.TOUR_STOP})
DAYS_OF_A_ROUND, DAYS_OF_A_DESK = 5, 2
"""Days of a week on which something that passes may be there: a charging point that never closes does not pass."""
_WEEK = timedelta(weeks=1)


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
    concept: str | None = None
    """The one the service is filed under."""
    stop: Stop | None = None
    cancelled: str | None = None
    """Why it does not take place, as far as told; None when it does."""

    @property
    def rows(self) -> tuple[object, ...]:
        """Give the rows it is made of."""
        some = (self.occurrence, self.service, self.access_point, self.place, self.commune, self.tour, self.stop)
        return tuple(each for each in some if each is not None)

    @property
    def changed_at(self) -> datetime:
        """Tell when any of what it says was last changed."""
        said_by = (self.service, self.access_point, self.place, self.stop)
        return max(each.changed_at for each in said_by if each is not None)

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
    return _listed(session, Occurrence.day.between(first, last) & public_in(communes) & AccessPoint.kind.in_(kinds))


def passages_between(
    session: Session, *, first: date, last: date, communes: Collection[str], itinerant: Collection[str]
) -> list[OccurrenceListing]:
    """List the rounds and the desks of passage in some communes, both dates included, in order of time. One query.

    A desk of passage is of a kind that often travels (`itinerant`, codes of the thesaurus; none for rounds alone) and
    open two days a week at most: the office of every day is no event.
    """
    n_weeks = whole_weeks(first, last)
    # Days are counted over whole weeks: on a Saturday every office would seem open two days at most.
    counted = Occurrence.day.between(first, first + n_weeks * _WEEK - timedelta(days=1))
    most = case(
        (AccessPoint.kind == AccessPointKind.TOUR_STOP, DAYS_OF_A_ROUND * n_weeks), else_=DAYS_OF_A_DESK * n_weeks
    )
    passing = (
        select(Occurrence.access_point_id)
        .join(AccessPoint, AccessPoint.id == Occurrence.access_point_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .where(counted, Place.commune_code.in_(communes), of_passage(itinerant))
        .group_by(Occurrence.access_point_id, AccessPoint.kind)
        .having(func.count(distinct(Occurrence.day)) <= most)
    )
    shown = Occurrence.day.between(first, last) & Occurrence.access_point_id.in_(passing)
    return _listed(session, shown & public_in(communes))


def of_passage(itinerant: Collection[str]) -> ColumnElement[bool]:
    """Keep the stops of rounds, and the desks of kinds that often travel."""
    travels = AccessPoint.service_id.in_(select(ServiceConcept.service_id).where(ServiceConcept.code.in_(itinerant)))
    return (AccessPoint.kind == AccessPointKind.TOUR_STOP) | ((AccessPoint.kind == AccessPointKind.PLACE) & travels)


def whole_weeks(first: date, last: date) -> int:
    """Count the weeks that hold all days from one date to another."""
    return -(-(last - first + timedelta(days=1)) // _WEEK)


def last_day_written(session: Session) -> date | None:
    """Tell how far occurrences are written out; None when there are none. One query."""
    return session.scalar(select(func.max(Occurrence.day)))


def _listed(session: Session, condition: ColumnElement[bool]) -> list[OccurrenceListing]:
    rows = session.execute(
        select(Occurrence, *desk_columns())
        .join(AccessPoint, AccessPoint.id == Occurrence.access_point_id)
        .join(Service, Service.id == AccessPoint.service_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .join(Commune, Commune.code == Place.commune_code)
        .outerjoin(Stop, Stop.id == AccessPoint.stop_id)
        .outerjoin(Tour, Tour.id == Stop.tour_id)
        .where(condition)
    )
    return in_order(OccurrenceListing(*row) for row in rows)


def desk_columns() -> tuple[Any, ...]:
    """Ask for what stands in a listing after its occurrence."""
    return Service, AccessPoint, Place, Commune, Tour, shows_its_address(), _filed_under(), Stop


def in_order(listings: Iterable[OccurrenceListing]) -> list[OccurrenceListing]:
    """Put what opens in order of time."""
    return sorted(listings, key=_by_time)


def _filed_under() -> ScalarSelect[str]:
    return (
        select(ServiceConcept.code)
        .where(ServiceConcept.service_id == Service.id)
        .order_by(ServiceConcept.position)
        .limit(1)
        .correlate(Service)
        .scalar_subquery()
    )


def public_in(communes: Collection[str]) -> ColumnElement[bool]:
    """Keep what the public may know to be in some communes."""
    return Place.commune_code.in_(communes) & is_published() & shows_its_commune()


def _by_time(listing: OccurrenceListing) -> tuple[datetime, str, int, datetime, str, str]:
    one = listing.occurrence
    title = fold(listing.service.title)
    return one.starts_at, title, one.access_point_id, one.ends_at, one.mode, one.appointment
