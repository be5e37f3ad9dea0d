"""Write the openings of a window as schema.org `openingHoursSpecification`, for search engines.

Only what is sure and open to who comes without appointment is written: schema.org has no "unknown", so a doubtful day
is left out of every stretch. The usual week comes first, then each date that is unlike it; a date opened and closed
at 00:00 is closed all day, as search engines read it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from portal.hours.canonical import canonical_slots, glued
from portal.hours.occurrences import Occurrence
from portal.hours.schedule import Schedule
from portal.hours.slots import (
    DAY,
    Appointment,
    DayRule,
    Mode,
    MonthDay,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    TimeSpan,
    Weekday,
    Weeks,
)

Specification = dict[str, str | list[str]]
Hours = tuple[TimeSpan, ...]

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def write_schema_org(schedule: Schedule, first: date, last: date) -> list[Specification]:
    """Write the openings from one date to another, both included, as values ready for JSON."""
    window = [first + timedelta(n) for n in range((last - first).days + 1)]
    actual, doubtful = _actual(schedule, first, last)
    regular = canonical_slots(_as_usual(slot) for slot in schedule.opening.slots if _is_regular(slot))
    usual = {day: _usual_hours(regular, day) for day in window}
    special = [day for day in window if day not in doubtful and actual.get(day, ()) != usual[day]]
    return [
        *(
            specification
            for slot in regular
            for stretch in _stretches(slot.rule, window, doubtful)
            for specification in _weekly(slot, stretch, window)
        ),
        *(specification for day in special for specification in _dated(day, actual.get(day, ()))),
    ]


def _actual(schedule: Schedule, first: date, last: date) -> tuple[dict[date, Hours], set[date]]:
    """Tell the sure hours of each date, and which dates are in doubt."""
    found: dict[date, list[tuple[int, int]]] = defaultdict(list)
    doubtful: set[date] = set()
    for one in schedule.occurrences(first, last):
        if one.mode is Mode.ON_SITE and one.appointment is not Appointment.REQUIRED:
            found[one.start.date()].append(_minutes(one))
            if not one.is_certain:
                doubtful.add(one.start.date())
    return {day: glued(spans) for day, spans in found.items()}, doubtful


def _minutes(one: Occurrence) -> tuple[int, int]:
    """Give the minutes of the wall clock; on the night the clock goes back, an end may seem to come first."""
    start = one.start.hour * 60 + one.start.minute
    days = (one.end.date() - one.start.date()).days
    end = days * DAY + one.end.hour * 60 + one.end.minute
    return start, min(max(end, start + 1), start + DAY)


def _is_regular(slot: Slot) -> bool:
    """Tell whether a slot is a plain week, perhaps of a season."""
    rule = slot.rule
    plain = rule.weeks is Weeks.EVERY and not rule.nth and not rule.dates
    everyone = slot.mode is Mode.ON_SITE and slot.appointment is not Appointment.REQUIRED
    holidays = rule.school_holidays is SchoolHolidays.ALWAYS and rule.public_holidays is not PublicHolidays.ONLY
    return plain and everyone and holidays and bool(slot.times)


def _as_usual(slot: Slot) -> Slot:
    """Keep what the usual week says: holidays become dates of their own."""
    rule = slot.rule
    return Slot(slot.times, DayRule(rule.days, valid_from=rule.valid_from, valid_to=rule.valid_to, season=rule.season))


def _usual_hours(regular: Iterable[Slot], day: date) -> Hours:
    holding = (slot for slot in regular if day.weekday() in slot.rule.days and _is_in_force(slot.rule, day))
    return glued((span.start, span.end) for slot in holding for span in slot.times)


def _is_in_force(rule: DayRule, day: date) -> bool:
    valid = (rule.valid_from or date.min) <= day <= (rule.valid_to or date.max)
    if not valid or rule.season is None:
        return valid
    first, last = (_in_year(end, day.year) for end in (rule.season.first, rule.season.last))
    return first <= day <= last if first <= last else day >= first or day <= last


def _in_year(day: MonthDay, year: int) -> date:
    """Give a day of the season in a year; 29 February stands for the last of February."""
    return date(year, 3, 1) - timedelta(1) if day == MonthDay(2, 29) else date(year, day.month, day.day)


def _stretches(rule: DayRule, window: list[date], doubtful: set[date]) -> Iterator[tuple[date, date]]:
    """Cut the window where the rule is not in force or a day is in doubt."""
    for holds, days in groupby(window, key=lambda day: _is_in_force(rule, day) and day not in doubtful):
        if holds:
            listed = list(days)
            yield listed[0], listed[-1]


def _weekly(slot: Slot, stretch: tuple[date, date], window: list[date]) -> Iterator[Specification]:
    first, last = stretch
    weekdays = {Weekday((first + timedelta(n)).weekday()) for n in range(min(7, (last - first).days + 1))}
    days = sorted(slot.rule.days & weekdays)
    for span in slot.times if days else ():
        specification: Specification = {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [f"https://schema.org/{_NAMES[day]}" for day in days],
            **_times(span),
        }
        if stretch != (window[0], window[-1]):
            specification |= {"validFrom": first.isoformat(), "validThrough": last.isoformat()}
        yield specification


def _dated(day: date, hours: Hours) -> Iterator[Specification]:
    for span in hours or (None,):
        yield {
            "@type": "OpeningHoursSpecification",
            **({"opens": "00:00", "closes": "00:00"} if span is None else _times(span)),
            "validFrom": day.isoformat(),
            "validThrough": day.isoformat(),
        }


def _times(span: TimeSpan) -> dict[str, str]:
    """Write an end past midnight as the hour of the next day, and the whole day as search engines read it."""
    closes = "23:59" if (span.start, span.end) == (0, DAY) else _clock(span.end % DAY)
    return {"opens": _clock(span.start), "closes": closes}


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
