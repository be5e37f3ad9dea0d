"""When one can come: the state of an opening at an instant, its changes, its next openings, its occurrences.

Pure and timeless: nothing kept here depends on the present, so a schedule may live as long as its process. Which
layer of a day shows over which is said in `layers.py`, which days a rule holds on in `matching.py`, what happens on
the two nights when the clock jumps in `wall.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from portal.hours import wall
from portal.hours.calendar import Calendar
from portal.hours.days import FIRST_DAY, LAST_DAY, Days
from portal.hours.layers import StateCode, Status
from portal.hours.matching import FIRST_YEAR, LAST_YEAR
from portal.hours.occurrences import DayContents, Occurrence, Part, extra_parts, slot_parts, two_days
from portal.hours.slots import Appointment, ExceptionKind, Mode, Opening

HORIZON = 430
"""Days looked ahead without any change before saying that none is in sight: a year, its season and its holidays."""

_MOST_RUNS = 2000


@dataclass(frozen=True)
class State:
    """What to tell who wants to come at an instant."""

    code: StateCode
    until: datetime | None = None
    """When this answer ends (the end is not included); none when no end is in sight."""
    next: datetime | None = None
    """When it surely opens next, after the present opening if there is one."""
    next_mode: Mode | None = None
    """How one is received then."""
    next_appointment: datetime | None = None
    """When one is next received by appointment, after the present such time if there is one."""
    next_doubt: datetime | None = None
    """When, before all that is sure, the next time begins that nobody could vouch for."""
    next_doubt_reason: str = ""
    reason: str = ""
    """Why, in French: the reason of the exception, the words nobody could read, the doubt."""
    mode: Mode | None = None
    """How one is received, when open or by appointment."""


@dataclass(frozen=True)
class OpenRun:
    """A stretch of being open without a break, in one mode."""

    start: datetime
    end: datetime | None
    mode: Mode


class Run(NamedTuple):
    """Absolute minutes through which one status holds; no end when none is in sight."""

    start: int
    end: int | None
    status: Status


class Schedule:
    """An opening in the calendar of its place."""

    def __init__(self, opening: Opening, calendar: Calendar) -> None:
        self.opening = opening
        self.calendar = calendar
        self.days = Days(opening, calendar)
        self._ways = _ways(opening)

    def state_at(self, instant: datetime) -> State:
        """Tell what holds at an instant; one without offset is time of the place."""
        runs = self._state_runs(instant)
        now = next(runs, None)
        if now is None:
            return State(StateCode.UNKNOWN)
        following = self._following(runs)
        opening, doubt = following.get(StateCode.OPEN), following.get(StateCode.UNKNOWN)
        return State(
            code=now.status.code,
            until=self._instant(now.end),
            next=self._start(opening),
            next_mode=opening and opening.status.mode,
            next_appointment=self._start(following.get(StateCode.APPOINTMENT)),
            next_doubt=self._start(doubt),
            next_doubt_reason=doubt.status.reason if doubt else "",
            reason=now.status.reason,
            mode=now.status.mode,
        )

    def next_change(self, instant: datetime) -> datetime | None:
        """Give the first instant after this one when the code, the mode or the reason changes, if one is in sight."""
        run = next(self.runs(instant), None)
        return None if run is None else self._instant(run.end)

    def next_openings(self, n: int, instant: datetime) -> tuple[OpenRun, ...]:
        """List the next n openings that start after an instant."""
        zone = self.calendar.time_zone
        found = (
            OpenRun(wall.instant_of(run.start, zone), self._instant(run.end), run.status.mode or Mode.ON_SITE)
            for run in islice(self._state_runs(instant), 1, None)
            if run.status.code is StateCode.OPEN
        )
        return tuple(islice(found, n)) if StateCode.OPEN in self._ways else ()

    def messages_on(self, day: date) -> tuple[str, ...]:
        """List the messages of a date; they change no state."""
        messages = (one for one in self.opening.exceptions if one.kind is ExceptionKind.MESSAGE)
        return tuple(one.reason for one in messages if one.first <= day <= one.last)

    def occurrences(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """List the dated openings that start from one date to another, both included, in order."""
        days = range(max(first.toordinal(), FIRST_DAY), min(last.toordinal(), LAST_DAY) + 1)
        found = [one for day in days for one in self._occurrences_on(day)]
        return tuple(sorted(found, key=lambda one: (one.start.timestamp(), one.end.timestamp())))

    def runs(self, instant: datetime) -> Iterator[Run]:
        """Walk through the statuses from the one that holds at an instant on; neighbours differ.

        The first run is given as starting at that instant. In years nobody knows anything of there is none.
        """
        if not FIRST_YEAR < instant.year < LAST_YEAR:
            return
        minute = wall.minute_of(instant, self.calendar.time_zone)
        current: Run | None = None
        for start, status in self._stretches(minute):
            if current is not None and current.status != status:
                yield current._replace(end=start)
                current = None
            current = current or Run(max(start, minute), None, status)
        if current is not None:
            yield current

    def _stretches(self, minute: int) -> Iterator[tuple[int, Status]]:
        """Walk through the days and what shows on them, until nothing has changed for a long while."""
        day = wall.day_of(minute, self.calendar.time_zone)
        changed, last = day, None
        before = self.days.kind_of(day - 1)
        while day <= LAST_DAY:
            kind = self.days.kind_of(day)
            shown = self.days.shown_after(before, kind)
            if len(shown) > 1 or shown[0].status != last:
                for start, end, status in self.days.absolute(day, shown):
                    if end > minute:
                        yield start, status
                        last = status
                changed = day
            day, before = day + 1, kind
            if day - changed > HORIZON:
                # From here to a date the opening itself names, nothing more can change.
                day = changed = min((mark for mark in self.days.landmarks() if mark > day), default=LAST_DAY + 1)
                before = self.days.kind_of(day - 1) if day <= LAST_DAY else kind

    def _state_runs(self, instant: datetime) -> Iterator[Run]:
        """Walk through the runs, joining those that differ in their reason only."""
        current: Run | None = None
        for run in islice(self.runs(instant), _MOST_RUNS):
            if current is not None and current.status[:2] == run.status[:2]:
                current = current._replace(end=run.end)
                continue
            if current is not None:
                yield current
            current = run
        if current is not None:
            yield current

    def _following(self, runs: Iterator[Run]) -> dict[StateCode, Run]:
        """Find the next run of each way of being received, and of doubt when it comes before them all."""
        found: dict[StateCode, Run] = {}
        for run in runs if self._ways else ():
            code = run.status.code
            if code in self._ways or (code is StateCode.UNKNOWN and not found):
                found.setdefault(code, run)
                if self._ways <= found.keys():
                    break
        return found

    def _occurrences_on(self, day: int) -> Iterator[Occurrence]:
        kind = self.days.kind_of(day)
        shown = two_days(self.days.shown_on(day), self.days.shown_on(day + 1))
        contents = DayContents(kind.matches, kind.exceptions, shown)
        for place, part in slot_parts(self.opening, contents):
            slot = self.opening.slots[place]
            for start, end in self._instants(day, part):
                yield Occurrence(start, end, slot.mode, slot.appointment, slot=place, is_certain=part.is_certain)
        for place, part in extra_parts(self.opening, contents):
            extra = self.opening.exceptions[place]
            for start, end in self._instants(day, part):
                yield Occurrence(start, end, extra.mode, extra.appointment, exception=place, is_certain=part.is_certain)

    def _instants(self, day: int, part: Part) -> Iterator[tuple[datetime, datetime]]:
        zone = self.calendar.time_zone
        for start, end in wall.absolute_spans(day, part.start, part.end, zone):
            yield wall.instant_of(start, zone), wall.instant_of(end, zone)

    def _start(self, run: Run | None) -> datetime | None:
        return None if run is None else self._instant(run.start)

    def _instant(self, minute: int | None) -> datetime | None:
        return None if minute is None else wall.instant_of(minute, self.calendar.time_zone)


def _ways(opening: Opening) -> frozenset[StateCode]:
    """Tell in which ways one may ever be received, so that nobody looks for what cannot come; else where doubt is."""
    slots = [slot.appointment for slot in opening.slots]
    extras = [one.appointment for one in opening.exceptions if one.kind is ExceptionKind.EXTRA]
    asked = [appointment is Appointment.REQUIRED for appointment in (*slots, *extras)]
    ways = frozenset({StateCode.APPOINTMENT if required else StateCode.OPEN for required in asked})
    in_doubt = any(unread.touches is not None for unread in opening.unread)
    return ways or frozenset({StateCode.UNKNOWN} if in_doubt else ())
