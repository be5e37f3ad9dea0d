"""What would have passed and does not: rounds and desks of passage that a dated closure takes away.

Occurrences hold what takes place. Who comes every Tuesday must be told that this Tuesday nobody comes, so what is
missing is computed from the opening without its closures.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.openings import ExceptionRow
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.queries.line_union import Lines
from portal.directory.queries.listings import opening_in
from portal.directory.queries.occurrences import (
    DAYS_OF_A_DESK,
    DAYS_OF_A_ROUND,
    OccurrenceListing,
    desk_columns,
    of_passage,
    public_in,
    whole_weeks,
)
from portal.directory.queries.openings import calendar_of, schedule_of
from portal.directory.rules.choices import AccessPointKind
from portal.directory.rules.openings import opening_in_force
from portal.geography.models import Commune
from portal.hours import occurrences as dated
from portal.hours.slots import DatedException, ExceptionKind, Opening


@dataclass(frozen=True)
class ClosedDesks:
    """The desks of passage that announce a closure between two dates, still without their openings."""

    first: date
    last: date
    rows: tuple[Any, ...] = ()

    @property
    def services(self) -> frozenset[int]:
        """List the numbers of the services whose lines must be loaded."""
        return frozenset(row[0].id for row in self.rows)

    def cancelled(self, lines: Lines) -> Iterator[OccurrenceListing]:
        """List what would have taken place."""
        for service, desk, *rest in self.rows:
            opening, zone = _opening_at(desk, lines), calendar_of(rest[1].department)
            usual, kept = (
                schedule_of(each, zone).occurrences(self.first, self.last) for each in (_unclosed(opening), opening)
            )
            if len({one.start.date() for one in usual}) <= self._most_days(desk):
                for one in usual:
                    if not any(each.start < one.end and one.start < each.end for each in kept):
                        listing = OccurrenceListing(_row(desk, one), service, desk, *rest)
                        yield replace(listing, cancelled=_reason(opening, one.start.date()))

    def _most_days(self, desk: AccessPoint) -> int:
        is_round = desk.kind is AccessPointKind.TOUR_STOP
        return whole_weeks(self.first, self.last) * (DAYS_OF_A_ROUND if is_round else DAYS_OF_A_DESK)


def closed_desks(
    session: Session, *, first: date, last: date, communes: Collection[str], itinerant: Collection[str]
) -> ClosedDesks:
    """Find the rounds and desks of passage in some communes that announce a closure between two dates. One query."""
    closing = select(ExceptionRow.owner_id).where(
        ExceptionRow.kind == ExceptionKind.CLOSED, ExceptionRow.first <= last, ExceptionRow.last >= first
    )
    rows = session.execute(
        select(*desk_columns())
        .select_from(AccessPoint)
        .join(Service, Service.id == AccessPoint.service_id)
        .join(Place, Place.id == AccessPoint.place_id)
        .join(Commune, Commune.code == Place.commune_code)
        .outerjoin(Stop, Stop.id == AccessPoint.stop_id)
        .outerjoin(Tour, Tour.id == Stop.tour_id)
        .where(AccessPoint.id.in_(closing) | AccessPoint.stop_id.in_(closing))
        .where(public_in(communes), of_passage(itinerant))
        .order_by(AccessPoint.id)
    )
    return ClosedDesks(first, last, tuple(tuple(row) for row in rows))


def _opening_at(desk: AccessPoint, lines: Lines) -> Opening:
    of_stop = Opening() if desk.stop_id is None else opening_in(lines, desk.stop_id)
    return opening_in_force(opening_in(lines, desk.id), of_stop)


def _unclosed(opening: Opening) -> Opening:
    kept = (each for each in opening.exceptions if each.kind is not ExceptionKind.CLOSED)
    return replace(opening, exceptions=tuple(kept))


def _row(desk: AccessPoint, one: dated.Occurrence) -> Occurrence:
    """Write a row that no table holds."""
    return Occurrence(
        access_point_id=desk.id,
        starts_at=one.start,
        ends_at=one.end,
        mode=one.mode,
        appointment=one.appointment,
        day=one.start.date(),
        is_certain=one.is_certain,
    )


def _reason(opening: Opening, day: date) -> str:
    def closes(each: DatedException) -> bool:
        return each.kind is ExceptionKind.CLOSED and each.first <= day <= each.last

    return next((each.reason for each in opening.exceptions if closes(each)), "")
