"""A calendar that any diary reads (RFC 5545): dated events with the place and the address of their page.

Times are written in UTC, so that no definition of a time zone has to travel along.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response

from portal.web.content_lines import text_line, written

CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Event:
    """Something that happens from one instant to another."""

    uid: str
    """The same each time the calendar is written, so that a diary changes its entry and makes no second one."""
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    is_certain: bool = True
    is_cancelled: bool = False

    @property
    def status(self) -> str:
        """Say whether it takes place, in the word of diaries."""
        if self.is_cancelled:
            return "CANCELLED"
        return "CONFIRMED" if self.is_certain else "TENTATIVE"


def calendar_answer(name: str, events: Iterable[Event], *, stamp: datetime) -> Response:
    """Answer with a calendar."""
    return Response(write_calendar(name, events, stamp=stamp), content_type=CONTENT_TYPE)


def write_calendar(name: str, events: Iterable[Event], *, stamp: datetime) -> str:
    """Write a calendar; `stamp` is the instant its contents were true."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Maillage//Maillage//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        text_line("NAME", name),
        text_line("X-WR-CALNAME", name),
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return written(lines)


def opening_uid(access_point: str, starts_at: datetime, ends_at: datetime) -> str:
    """Name the opening of an access point on a date, the same in every calendar that holds it."""
    return f"{access_point}-{starts_at:%Y%m%dT%H%M}-{ends_at:%H%M}@maillage"


def _event(event: Event, stamp: datetime) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield text_line("UID", event.uid)
    yield f"DTSTAMP:{_instant(stamp)}"
    yield f"DTSTART:{_instant(event.starts_at)}"
    yield f"DTEND:{_instant(event.ends_at)}"
    yield text_line("SUMMARY", event.summary)
    if event.location:
        yield text_line("LOCATION", event.location)
    if event.description:
        yield text_line("DESCRIPTION", event.description)
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{event.status}"
    # It tells when somebody can come, not that the diary's owner is taken.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
