"""A list as dates: when the services that a search finds open in the coming weeks."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from portal.search.dated import openings_of
from portal.search.exports.listing import WholeList
from portal.web.addresses import absolute
from portal.web.icalendar import Event

MOST_SERVICES, MOST_EVENTS = 100, 3000
_AHEAD = timedelta(days=27)


def dates_of(found: WholeList, *, now: datetime) -> list[Event]:
    """List the openings of four weeks, service by service, up to a cap."""
    return list(islice(_events(found, now), MOST_EVENTS))


def _events(found: WholeList, now: datetime) -> Iterator[Event]:
    for listed in found.items:
        card, desk = listed.hit.card, listed.hit.access_point
        if desk is not None:
            today = now.astimezone(desk.opening.calendar.time_zone).date()
            url = absolute(f"/services/{card.slug}-{card.public_id}")
            yield from openings_of(card, desk, first=today, last=today + _AHEAD, url=url)
