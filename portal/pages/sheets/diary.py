"""The openings of a service for diaries: thirteen weeks, each opening an event of its own."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from portal.directory.cards.values import AccessPointCard, ServiceSheet
from portal.directory.queries.openings import schedule_of
from portal.hours.occurrences import Occurrence
from portal.hours.slots import Appointment
from portal.pages.sheets.openings import WEEKS_AHEAD
from portal.web.icalendar import Event, opening_uid

MOST_EVENTS = 2000


def events_of(sheet: ServiceSheet, points: Iterable[AccessPointCard], *, now: datetime, url: str) -> list[Event]:
    """List the openings of a service from today on, those of each desk in turn."""
    return list(islice((event for point in points for event in _events(sheet, point, now, url)), MOST_EVENTS))


def _events(sheet: ServiceSheet, point: AccessPointCard, now: datetime, url: str) -> Iterator[Event]:
    opening = point.opening
    today = now.astimezone(opening.calendar.time_zone).date()
    schedule = schedule_of(opening.opening, opening.calendar)
    place = _place(point)
    for one in schedule.occurrences(today, today + timedelta(weeks=WEEKS_AHEAD)):
        yield Event(
            uid=opening_uid(point.public_id, one.start, one.end),
            starts_at=one.start,
            ends_at=one.end,
            summary=sheet.card.title,
            location=place,
            description="\n".join(_remarks(one, point)),
            url=url,
            is_certain=one.is_certain,
        )


def _place(point: AccessPointCard) -> str:
    where = point.location
    if where is None:
        return ""
    name = "" if where.link is None else where.link.name
    return ", ".join(
        part for part in (name, where.address, f"{where.postal_code} {where.commune.name}".strip()) if part
    )


def _remarks(one: Occurrence, point: AccessPointCard) -> Iterator[str]:
    if point.tour is not None:
        yield point.tour.name
    if one.appointment is Appointment.REQUIRED:
        yield "Sur rendez-vous."
    if not one.is_certain:
        yield "À vérifier par téléphone avant de venir."
