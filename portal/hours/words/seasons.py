"""Tell a season with a short gap ("fermé en août") from a season in its own right."""

from datetime import date, timedelta

from portal.hours.slots import MonthDay, Season

_SHORT_GAP = 45
"""A gap longer than this is the time between two seasons."""
_LEAP_YEAR = 2024


def gap_of(season: Season) -> Season | None:
    """Give the stretch a yearly season leaves out when that is the shorter thing to say."""
    first = _day(season.last) + timedelta(1)
    last = _day(season.first) - timedelta(1)
    length = (last - first).days % 366 + 1
    return Season(_month_day(first), _month_day(last)) if length <= _SHORT_GAP else None


def has_whole_months(season: Season) -> bool:
    """Tell whether a season goes from the first of a month to the last of one, without coming round to itself."""
    ends = (_day(season.last) + timedelta(1)).day == 1
    return ends and season.first.day == 1 and (season.first < season.last or season.first.month > season.last.month)


def _day(day: MonthDay) -> date:
    return date(_LEAP_YEAR, day.month, day.day)


def _month_day(day: date) -> MonthDay:
    return MonthDay(day.month, day.day)
