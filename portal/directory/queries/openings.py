"""The openings of many access points at once, each with the calendar of its place."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.openings import LINE_TABLES, OpeningLine, opening_of
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.rules.choices import Status
from portal.directory.rules.openings import opening_in_force
from portal.geography.models import Commune
from portal.hours.calendar import Calendar
from portal.hours.occurrences import Occurrence
from portal.hours.schedule import Schedule
from portal.hours.slots import Opening


@dataclass(frozen=True)
class Held:
    """An access point, with the opening that holds there and the calendar it is read in."""

    access_point_id: int
    opening: Opening
    calendar: Calendar

    def dated(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """List its dated openings from one date to another."""
        return _dated(self.opening, self.calendar, first, last)


def held_openings(session: Session, numbers: Collection[int]) -> list[Held]:
    """Give the opening of each access point whose service is not closed, in order of number. Five queries."""
    rows = session.execute(
        select(AccessPoint.id, AccessPoint.stop_id, AccessPoint.service_id, Commune.department)
        .join(Service, Service.id == AccessPoint.service_id)
        .outerjoin(Place, Place.id == AccessPoint.place_id)
        .outerjoin(Commune, Commune.code == Place.commune_code)
        .where(AccessPoint.id.in_(numbers), Service.status != Status.CLOSED)
        .order_by(AccessPoint.id)
    ).all()
    lines = lines_of(session, {number for row in rows for number in (row.id, row.stop_id) if number is not None})
    homes = home_departments(session, {row.service_id for row in rows if row.department is None})
    return [
        Held(
            access_point_id=row.id,
            opening=opening_in_force(opening_of(lines.get(row.id, ())), opening_of(lines.get(row.stop_id, ()))),
            calendar=calendar_of(row.department or homes.get(row.service_id)),
        )
        for row in rows
    ]


def lines_of(session: Session, owners: Collection[int]) -> Mapping[int, list[OpeningLine]]:
    """Gather the lines of the openings of access points and stops. Three queries."""
    found: dict[int, list[OpeningLine]] = defaultdict(list)
    for table in LINE_TABLES:
        lines: Iterable[OpeningLine] = session.scalars(select(table).where(table.owner_id.in_(owners)))
        for line in lines:
            found[line.owner_id].append(line)
    return found


def home_departments(session: Session, services: Iterable[int]) -> Mapping[int, str]:
    """Give the département whose calendar a telephone or a home visit keeps: the first of the places'. One query."""
    wanted = set(services)
    if not wanted:
        return {}
    rows = session.execute(
        select(AccessPoint.service_id, func.min(Commune.department))
        .join(Place, Place.id == AccessPoint.place_id)
        .join(Commune, Commune.code == Place.commune_code)
        .where(AccessPoint.service_id.in_(wanted))
        .group_by(AccessPoint.service_id)
    )
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=4096)
def schedule_of(opening: Opening, calendar: Calendar) -> Schedule:
    """Prepare an opening once per process: many desks share theirs, and a schedule knows nothing of today."""
    return Schedule(opening, calendar)


@lru_cache(maxsize=256)
def calendar_of(department: str | None) -> Calendar:
    """Give the calendar of a département; without one, school holidays are known when all zones agree."""
    return Calendar() if department is None else Calendar.of_department(department)


@lru_cache(maxsize=256)
def _dated(opening: Opening, calendar: Calendar, first: date, last: date) -> tuple[Occurrence, ...]:
    return schedule_of(opening, calendar).occurrences(first, last)
