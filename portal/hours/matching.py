"""Which days of a year a rule holds on: one byte a day, computed once for all schedules that share the rule."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from portal.hours.calendar import Answer, Calendar
from portal.hours.slots import DayRule, MonthDay, PublicHolidays, SchoolHolidays, Weeks

FIRST_YEAR = 1950
LAST_YEAR = 2150
"""Nothing is said of days outside these years: neither clocks nor holidays are known there."""

_FEBRUARY_29 = MonthDay(2, 29)

Flags = NDArray[np.bool_]


class Match(IntEnum):
    """What a rule says of one day."""

    OUT = 0
    """Its validity or its season does not reach this day."""
    NO = 1
    YES = 2
    HOLIDAY_DOUBT = 3
    """It would hold, but the day is a public holiday and nobody said what happens then."""
    SCHOOL_DOUBT = 4
    """It would hold or not by school holidays nobody knows."""


@lru_cache(maxsize=16384)
def days_of_year(rule: DayRule, calendar: Calendar, year: int) -> bytes:
    """Give the `Match` of each day of a year, in order."""
    days = _year(year)
    in_force = _in_force(rule, days)
    holds = in_force & _usual_days(rule, days)
    holidays = _public_holidays(calendar, year)
    doubt_of_holiday = np.zeros(len(holds), dtype=np.bool_)
    if rule.public_holidays is PublicHolidays.CLOSED:
        holds &= ~holidays
    elif rule.public_holidays is PublicHolidays.ONLY:
        holds &= holidays
    elif rule.public_holidays is PublicHolidays.UNSTATED and not rule.dates:
        # Who names a date has said what happens on it, public holiday or not.
        doubt_of_holiday = holidays
    doubt_of_school = np.zeros(len(holds), dtype=np.bool_)
    if rule.school_holidays is not SchoolHolidays.ALWAYS:
        school = _school_holidays(calendar, rule.zones, year)
        refused = Answer.YES if rule.school_holidays is SchoolHolidays.EXCEPT else Answer.NO
        holds &= school != refused
        doubt_of_school = school == Answer.UNKNOWN
    matches = np.where(in_force, np.uint8(Match.NO), np.uint8(Match.OUT))
    matches[holds] = Match.YES
    matches[holds & doubt_of_school] = Match.SCHOOL_DOUBT
    matches[holds & doubt_of_holiday] = Match.HOLIDAY_DOUBT
    return matches.tobytes()


@dataclass(frozen=True)
class _Year:
    """The days of one year as columns."""

    ordinal: NDArray[np.int64]
    weekday: NDArray[np.int64]
    week: NDArray[np.int64]
    nth: NDArray[np.int64]
    nth_from_end: NDArray[np.int64]
    month_day: NDArray[np.int64]
    is_leap: bool


@lru_cache(maxsize=256)
def _year(year: int) -> _Year:
    first = date(year, 1, 1).toordinal()
    days = [date.fromordinal(ordinal) for ordinal in range(first, date(year, 12, 31).toordinal() + 1)]
    lengths = {month: max(day.day for day in days if day.month == month) for month in range(1, 13)}
    return _Year(
        ordinal=np.array([day.toordinal() for day in days]),
        weekday=np.array([day.weekday() for day in days]),
        week=np.array([day.isocalendar().week for day in days]),
        nth=np.array([(day.day - 1) // 7 + 1 for day in days]),
        nth_from_end=np.array([-((lengths[day.month] - day.day) // 7) - 1 for day in days]),
        month_day=np.array([day.month * 100 + day.day for day in days]),
        is_leap=lengths[2] == 29,  # noqa: PLR2004  the length of a leap February is a figure of its own
    )


def _in_force(rule: DayRule, days: _Year) -> Flags:
    in_force = np.ones(len(days.ordinal), dtype=np.bool_)
    if rule.valid_from is not None:
        in_force &= days.ordinal >= rule.valid_from.toordinal()
    if rule.valid_to is not None:
        in_force &= days.ordinal <= rule.valid_to.toordinal()
    if rule.dates:
        in_force &= days.ordinal <= max(rule.dates).toordinal()
    if rule.season is not None:
        after = days.month_day >= _number(rule.season.first, days)
        before = days.month_day <= _number(rule.season.last, days)
        in_force &= (after & before) if rule.season.first <= rule.season.last else (after | before)
    return in_force


def _number(month_day: MonthDay, days: _Year) -> int:
    if month_day == _FEBRUARY_29 and not days.is_leap:
        return 228
    return month_day.month * 100 + month_day.day


def _usual_days(rule: DayRule, days: _Year) -> Flags:
    if rule.dates:
        return np.isin(days.ordinal, [day.toordinal() for day in rule.dates])
    usual: Flags = np.isin(days.weekday, [int(weekday) for weekday in rule.days])
    if rule.weeks is not Weeks.EVERY:
        usual &= days.week % 2 == (0 if rule.weeks is Weeks.EVEN else 1)
    if rule.nth:
        nth = list(rule.nth)
        usual &= np.isin(days.nth, nth) | np.isin(days.nth_from_end, nth)
    return usual


@lru_cache(maxsize=1024)
def _public_holidays(calendar: Calendar, year: int) -> Flags:
    holidays = [day.toordinal() for day in calendar.public_holidays(year)]
    return np.isin(_year(year).ordinal, holidays)


@lru_cache(maxsize=1024)
def _school_holidays(calendar: Calendar, zones: frozenset[str], year: int) -> NDArray[np.uint8]:
    days = _year(year).ordinal.tolist()
    return np.array([calendar.school_holiday(date.fromordinal(day), zones) for day in days], dtype=np.uint8)
