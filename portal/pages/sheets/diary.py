"""The openings of a service for diaries: thirteen weeks, each opening an event of its own."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from portal.directory.cards.values import AccessPointCard, ServiceSheet
from portal.pages.sheets.openings import WEEKS_AHEAD
from portal.search.dated import openings_of
from portal.web.icalendar import Event

MOST_EVENTS = 2000


def events_of(sheet: ServiceSheet, points: Iterable[AccessPointCard], *, now: datetime, url: str) -> list[Event]:
    """List the openings of a service from today on, those of each desk in turn."""
    return list(islice((event for point in points for event in _events(sheet, point, now, url)), MOST_EVENTS))


def _events(sheet: ServiceSheet, point: AccessPointCard, now: datetime, url: str) -> Iterator[Event]:
    today = now.astimezone(point.opening.calendar.time_zone).date()
    return openings_of(sheet.card, point, first=today, last=today + timedelta(weeks=WEEKS_AHEAD), url=url)
