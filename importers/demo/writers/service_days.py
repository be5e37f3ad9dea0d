"""Service days of a timetable: a calendar row for what comes back every week, and dates for the rest."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.hours.calendar import Answer, Calendar
from portal.vocabulary.marks import Table

_BEFORE, _AFTER = 30, 380
"""Days around its own that a timetable speaks of: a whole school year, and a summer."""
_DEPARTMENT = "10"
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ADDED, _REMOVED = "1", "2"
CALENDAR = ("service_id", *_WEEK, "start_date", "end_date")
DATES = ("service_id", "date", "exception_type")
Cells = dict[str, str]


@dataclass(frozen=True)
class Span:
    """The days a timetable speaks of."""

    first: date
    last: date

    def __iter__(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=number)


def span_around(day: date) -> Span:
    """Give the days that an edition speaks of."""
    return Span(day - timedelta(days=_BEFORE), day + timedelta(days=_AFTER))


def days_of(rule: Table, span: Span) -> frozenset[date]:
    """List the days of a rule: weekdays, school holidays, public holidays, a season."""
    weekdays = {int(leaf.text) for leaf in rule.leaves("jours")}
    calendar = Calendar.of_department(_DEPARTMENT)
    return frozenset(day for day in span if day.weekday() in weekdays and _runs(rule, day, calendar))


def _runs(rule: Table, day: date, calendar: Calendar) -> bool:
    is_holiday = calendar.school_holiday(day) is Answer.YES
    if rule.text("feries") == "non" and calendar.public_holiday(day):
        return False
    if not _is_in_season(rule, day):
        return False
    return {"sauf": not is_holiday, "seulement": is_holiday}.get(rule.text("vacances"), True)


def _is_in_season(rule: Table, day: date) -> bool:
    first, last = rule.text("du"), rule.text("au")
    return not first or first <= f"{day:%m-%d}" <= last


def calendar_rows(services: Mapping[str, Collection[date]], span: Span) -> tuple[list[Cells], list[Cells]]:
    """Write services as rows of calendar.txt and calendar_dates.txt."""
    weekly: list[Cells] = []
    dated: list[Cells] = []
    for name, days in services.items():
        usual = _usual_weekdays(days, span)
        bounds = {"start_date": f"{span.first:%Y%m%d}", "end_date": f"{span.last:%Y%m%d}"}
        marks = {word: str(int(rank in usual)) for rank, word in enumerate(_WEEK)}
        weekly.append({"service_id": name, **marks, **bounds})
        expected = {day for day in span if day.weekday() in usual}
        exceptions = {**dict.fromkeys(expected - set(days), _REMOVED), **dict.fromkeys(set(days) - expected, _ADDED)}
        dated += [
            {"service_id": name, "date": f"{day:%Y%m%d}", "exception_type": kind}
            for day, kind in sorted(exceptions.items())
        ]
    return weekly, dated


def _usual_weekdays(days: Collection[date], span: Span) -> frozenset[int]:
    """Tell the weekdays on which a service runs more often than not."""
    runs = [sum(day.weekday() == rank for day in days) for rank in range(7)]
    there = [sum(day.weekday() == rank for day in span) for rank in range(7)]
    return frozenset(rank for rank in range(7) if 2 * runs[rank] > there[rank])
