"""Write the openings of a window as iCalendar events: RRULE and EXDATE where they say it best, else RDATE.

The events give exactly the occurrences of the schedule from the first date to the last, whatever makes them so:
holidays become EXDATE, weeks and seasons that RRULE cannot say become RDATE. What is uncertain is written apart, as
tentative.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from portal.hours.occurrences import Occurrence
from portal.hours.rrule.recurrence import DAY_CODES, Frequency, Recurrence, dates_of
from portal.hours.schedule import Schedule
from portal.hours.slots import Appointment, DayRule, Mode, Weeks

_LOCAL, _UNIVERSAL = "%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Event:
    """One VEVENT, before anyone names it."""

    start: datetime
    end: datetime
    rule: str = ""
    excluded: tuple[datetime, ...] = ()
    added: tuple[datetime, ...] = ()
    mode: Mode = Mode.ON_SITE
    appointment: Appointment = Appointment.NONE
    note: str = ""
    """The note of the slot, or the reason of the extra opening."""
    is_certain: bool = True

    @property
    def lines(self) -> tuple[str, ...]:
        """Give the lines of dates and recurrence of the event, unfolded."""
        found = [_line("DTSTART", [self.start]), _line("DTEND", [self.end])]
        if self.rule:
            found.append(f"RRULE:{self.rule}")
        found += [_line("EXDATE", self.excluded)] if self.excluded else []
        found += [_line("RDATE", self.added)] if self.added else []
        return (*found, f"STATUS:{'CONFIRMED' if self.is_certain else 'TENTATIVE'}")


def _line(name: str, instants: Iterable[datetime]) -> str:
    """Write instants in local time, or in universal time where local time is ambiguous."""
    listed = list(instants)
    if any(instant.tzinfo is UTC for instant in listed):
        return f"{name}:{','.join(instant.astimezone(UTC).strftime(_UNIVERSAL) for instant in listed)}"
    return f"{name};TZID={listed[0].tzinfo}:{','.join(instant.strftime(_LOCAL) for instant in listed)}"


@dataclass(frozen=True)
class _Kind:
    """What the occurrences of one event share."""

    slot: int | None
    exception: int | None
    is_certain: bool
    time: str
    length: timedelta
    is_ambiguous: bool


def write_rrule(schedule: Schedule, first: date, last: date) -> tuple[Event, ...]:
    """Write the openings that start from one date to another, both included."""
    kinds: dict[_Kind, list[Occurrence]] = defaultdict(list)
    for one in schedule.occurrences(first, last):
        kinds[_kind(one)].append(one)
    events = (_event(schedule, kind, found) for kind, found in kinds.items())
    return tuple(sorted(events, key=lambda event: (event.start.astimezone(UTC), event.end.astimezone(UTC))))


def _kind(one: Occurrence) -> _Kind:
    start, end = one.start.astimezone(UTC), one.end.astimezone(UTC)
    return _Kind(
        slot=one.slot,
        exception=one.exception,
        is_certain=one.is_certain,
        time=one.start.strftime("%H:%M"),
        length=end - start,
        is_ambiguous=_is_ambiguous(one.start) or _is_ambiguous(one.end),
    )


def _is_ambiguous(instant: datetime) -> bool:
    """Tell whether the wall clock shows this time twice that night, or jumps over it."""
    return instant.replace(fold=0).utcoffset() != instant.replace(fold=1).utcoffset()


def _event(schedule: Schedule, kind: _Kind, found: list[Occurrence]) -> Event:
    # Spans that overlap in a slot may start together: once is enough for a diary. The hour that comes twice is two
    # starts, which the wall clock would take for one.
    starts = list({one.start.astimezone(UTC): one.start for one in found}.values())
    start, end = starts[0], found[0].end
    if kind.is_ambiguous:
        starts, start, end = [one.astimezone(UTC) for one in starts], start.astimezone(UTC), end.astimezone(UTC)
    recurrence = None if kind.is_ambiguous else _recurrence(schedule, kind, starts)
    rule, excluded, added = "", tuple[datetime, ...](), tuple(starts[1:])
    if recurrence is not None:
        expected = list(dates_of(recurrence, start.date()))
        gaps = sorted(set(expected) - {one.date() for one in starts})
        if len(gaps) < len(starts) - 1:
            rule = _rule_text(recurrence, starts[-1])
            excluded = tuple(datetime.combine(day, start.timetz()) for day in gaps)
            added = ()
    return Event(
        start=start,
        end=end,
        rule=rule,
        excluded=excluded,
        added=added,
        mode=found[0].mode,
        appointment=found[0].appointment,
        note=_note(schedule, kind),
        is_certain=kind.is_certain,
    )


def _note(schedule: Schedule, kind: _Kind) -> str:
    if kind.slot is not None:
        return schedule.opening.slots[kind.slot].note
    return "" if kind.exception is None else schedule.opening.exceptions[kind.exception].reason


def _recurrence(schedule: Schedule, kind: _Kind, starts: list[datetime]) -> Recurrence | None:
    """Find the recurrence of a slot, when RRULE can say one that holds all its dates."""
    if kind.slot is None or not kind.is_certain or len(starts) < 2:  # noqa: PLR2004 - one date does not recur
        return None
    rule = schedule.opening.slots[kind.slot].rule
    if rule.dates or rule.weeks is not Weeks.EVERY:
        return None
    days = {one.weekday() for one in starts} if not rule.nth else set(rule.days)
    return Recurrence(
        frequency=Frequency.MONTHLY if rule.nth else Frequency.WEEKLY,
        by_day=frozenset((ordinal, day) for ordinal in _ordinals(rule) for day in days),
        until=starts[-1].date(),
    )


def _ordinals(rule: DayRule) -> frozenset[int]:
    return rule.nth or frozenset({0})


def _rule_text(recurrence: Recurrence, last: datetime) -> str:
    days = sorted(recurrence.by_day, key=lambda one: (one[1], one[0]))
    by_day = ",".join(f"{ordinal or ''}{DAY_CODES[day]}" for ordinal, day in days)
    until = last.astimezone(UTC).strftime(_UNIVERSAL)
    return f"FREQ={recurrence.frequency};BYDAY={by_day};UNTIL={until}"
