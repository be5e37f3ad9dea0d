"""A calendar that any diary reads (RFC 5545): dated events with the place and the address of their page.

Times are written in UTC, so that no definition of a time zone has to travel along.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response

CONTENT_TYPE = "text/calendar; charset=utf-8"
_LONGEST_LINE = 75
"""Bytes, without the end of the line."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


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
        _text("NAME", name),
        _text("X-WR-CALNAME", name),
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    ]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for folded in map(_folded, lines))


def _event(event: Event, stamp: datetime) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield _text("UID", event.uid)
    yield f"DTSTAMP:{_instant(stamp)}"
    yield f"DTSTART:{_instant(event.starts_at)}"
    yield f"DTEND:{_instant(event.ends_at)}"
    yield _text("SUMMARY", event.summary)
    if event.location:
        yield _text("LOCATION", event.location)
    if event.description:
        yield _text("DESCRIPTION", event.description)
    if event.url:
        yield f"URL:{event.url}"
    yield f"STATUS:{'CONFIRMED' if event.is_certain else 'TENTATIVE'}"
    # It tells when somebody can come, not that the diary's owner is taken.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(name: str, value: str) -> str:
    return f"{name}:{value.translate(_ESCAPED)}"


def _folded(line: str) -> str:
    """Cut a line that is too long between two characters; what follows begins with a space."""
    if len(line.encode()) <= _LONGEST_LINE:
        return line
    pieces, size = [""], 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > _LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += weight
    return "\r\n".join(pieces)
