"""When desks are in which state, for the index: each distinct opening once, over a rolling window of days.

A schedule's key is a digest of what decides its states, the same in every process and for ever: notes and reasons are
left out, so that the hours most town halls share are walked once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from types import MappingProxyType
from zoneinfo import ZoneInfo

from portal.core.canonical import canonical
from portal.directory.operations.recording import written
from portal.hours.calendar import Calendar
from portal.hours.compiled import Window, changes_of
from portal.hours.layers import StateCode
from portal.hours.schedule import Schedule
from portal.hours.slots import ExceptionKind, Opening
from search_index.times import Changes, Span, State, Timetables

MINUTES_A_DAY = 1440
DAYS_BEFORE, DAYS_AFTER = 1, 14
"""Days kept beside today: an evening may have begun yesterday, and most people ask about the coming fortnight."""
STATES: Mapping[StateCode, State] = MappingProxyType({code: State[code.name] for code in StateCode})


@dataclass(frozen=True)
class Hours:
    """An opening in the calendar of its place."""

    opening: Opening
    calendar: Calendar


def key_of(hours: Hours) -> str:
    """Name a schedule; empty where nothing is said of when one can come."""
    opening = hours.opening
    return _digest(hours) if opening.slots or opening.exceptions or opening.unread else ""


def window_on(today: date, zone: ZoneInfo) -> Window:
    """Give the days that schedules are compiled for on a day."""
    return Window(today - timedelta(days=DAYS_BEFORE), DAYS_BEFORE + 1 + DAYS_AFTER, zone)


def span_of_days(window: Window) -> Span:
    """Give the minutes of a window as the library counts them."""
    return Span(window.minutes.start, window.minutes.stop - 1)


def whole_days(span: Span) -> Span:
    """Widen a span by a day on each side: schedules are walked by whole days."""
    return Span(span.first - MINUTES_A_DAY, span.last + MINUTES_A_DAY)


def changes_over(hours: Hours, span: Span) -> Changes:
    """Compile one schedule over some minutes."""
    schedule = Schedule(hours.opening, hours.calendar)
    found = changes_of(schedule, range(span.first, span.last + 1))
    return tuple((minute, STATES[code]) for minute, code in found)


def timetables_of(schedules: Iterable[tuple[str, Hours]], span: Span) -> Timetables:
    """Compile schedules over some minutes, each once."""
    distinct = dict(schedules)
    return Timetables(span, {key: changes_over(hours, span) for key, hours in distinct.items() if key})


@lru_cache(maxsize=65_536)
def _digest(hours: Hours) -> str:
    calendar = hours.calendar
    where = (str(calendar.time_zone), calendar.school_zone, calendar.region.value, written(calendar.periods))
    told = canonical([written(_bare(hours.opening)), where])
    return blake2b(told.encode(), digest_size=12).hexdigest()


def _bare(opening: Opening) -> Opening:
    """Leave out the words that change no state."""
    return Opening(
        slots=tuple(replace(slot, note="") for slot in opening.slots),
        exceptions=tuple(
            replace(each, reason="") for each in opening.exceptions if each.kind is not ExceptionKind.MESSAGE
        ),
        unread=tuple(replace(each, text="") for each in opening.unread if each.touches is not None),
    )
