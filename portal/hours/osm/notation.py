"""Write the parts of an `opening_hours` rule: dates, weeks, weekdays, times."""

from collections.abc import Iterable
from datetime import date

from portal.hours.osm.dates import MONTHS
from portal.hours.osm.weekdays import DAYS
from portal.hours.slots import (
    DAY,
    EVERY_DAY,
    DayRule,
    MonthDay,
    Season,
    TimeSpan,
    Weekday,
    Weeks,
)

_DAYS = {number: name.capitalize() for name, number in DAYS.items()}
_MONTHS = {number: name.capitalize() for name, number in MONTHS.items()}
_WEEKS = {Weeks.EVEN: "week 2-53/2", Weeks.ODD: "week 1-53/2"}
_LAST_OF_MONTH = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def selector(rule: DayRule, holiday: str = "") -> str:
    """Write the days of a rule; every day is written only where nothing else stands."""
    parts = [dates(rule), _WEEKS.get(rule.weeks, ""), holiday, days(rule)]
    return " ".join(part for part in parts if part) or "Mo-Su"


def dates(rule: DayRule) -> str:
    """Write the dates, the validity or the season of a rule, as far as the notation goes."""
    if rule.dates:
        return ",".join(_date(day) for day in sorted(rule.dates))
    years = _years(rule)
    if rule.season is not None:
        return f"{years} {_season(rule.season)}".strip()
    return years


def _years(rule: DayRule) -> str:
    first, last = rule.valid_from, rule.valid_to
    if first is None:
        return ""
    if last is None:
        return f"{first.year}+" if (first.month, first.day) == (1, 1) else f"{_date(first)}+"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    return stretch(first, last)


def stretch(first: date, last: date) -> str:
    """Write from one date to another."""
    return _date(first) if first == last else f"{_date(first)}-{_date(last)}"


def _date(day: date) -> str:
    return f"{day.year} {_month_day(MonthDay(day.month, day.day))}"


def _month_day(day: MonthDay) -> str:
    return f"{_MONTHS[day.month]} {day.day:02}"


def _season(season: Season) -> str:
    first, last = season.first, season.last
    if first.day == 1 and last.day == _LAST_OF_MONTH[last.month]:
        return _MONTHS[first.month] if first.month == last.month else f"{_MONTHS[first.month]}-{_MONTHS[last.month]}"
    return _month_day(first) if first == last else f"{_month_day(first)}-{_month_day(last)}"


def days(rule: DayRule) -> str:
    """Write the weekdays of a rule, or nothing for every day."""
    if rule.dates or (rule.days == EVERY_DAY and not rule.nth):
        return ""
    if rule.nth:
        nth = ",".join(str(n) for n in sorted(rule.nth, key=lambda n: (n < 0, abs(n))))
        return ",".join(f"{_DAYS[day]}[{nth}]" for day in sorted(rule.days))
    return ",".join(_runs(rule.days))


def _runs(found: Iterable[Weekday]) -> list[str]:
    runs: list[list[Weekday]] = []
    for day in sorted(found):
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [_DAYS[run[0]] if len(run) == 1 else f"{_DAYS[run[0]]}-{_DAYS[run[-1]]}" for run in runs]


def times(spans: Iterable[TimeSpan]) -> str:
    """Write times; an end past midnight is written as the hour of the next day where that says the same."""
    return ",".join(f"{_clock(span.start)}-{_clock(_end(span))}" for span in spans)


def _end(span: TimeSpan) -> int:
    return span.end - DAY if DAY < span.end < span.start + DAY and span.end - DAY < span.start else span.end


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
