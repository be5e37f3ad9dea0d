"""A slow evaluator, written apart from the real one: it looks at one minute and asks every rule in turn.

It shares the values of `slots.py` and nothing else: holidays come from their own sources, days are counted by hand.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.easter import easter
from vacances_scolaires_france import SchoolHolidayDates

from portal.hours.slots import (
    WHOLE_DAY,
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    MonthDay,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    TimeSpan,
    Weeks,
)

ONE_DAY = timedelta(days=1)
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
BRIDGE_SUNDAYS = {date(2027, 5, 9), date(2028, 5, 28)}
"""Days our own table adds to the national one."""
MODES = ["on_site", "home", "video", "phone"]
"""Of two open at once the first one is named."""

Told = tuple[str, str, str]
"""State code, mode, reason."""


@cache
def school_table() -> dict[date, dict[str, Any]]:
    return dict(SchoolHolidayDates().data)


@cache
def is_public_holiday(day: date) -> bool:
    return (day.month, day.day) in FIXED_HOLIDAYS or (day - easter(day.year)).days in {1, 39, 50}


def in_school_holidays(day: date, zone: str) -> bool | None:
    """Answer for a zone of the table; None is "not known"."""
    if day in BRIDGE_SUNDAYS:
        return True
    table = school_table()
    if not min(table) <= day <= max(table):
        return None
    return bool(table.get(day, {}).get(f"vacances_zone_{zone.lower()}", False))


def last_of_february(year: int) -> date:
    return date(year, 3, 1) - ONE_DAY


def of_year(month_day: MonthDay, year: int) -> date:
    return last_of_february(year) if month_day == MonthDay(2, 29) else date(year, month_day.month, month_day.day)


def is_in_force(rule: DayRule, day: date) -> bool:
    if rule.valid_from and day < rule.valid_from:
        return False
    if rule.valid_to and day > rule.valid_to:
        return False
    if rule.dates and all(one < day for one in rule.dates):
        return False
    if rule.season is None:
        return True
    first, last = of_year(rule.season.first, day.year), of_year(rule.season.last, day.year)
    crosses = (rule.season.first.month, rule.season.first.day) > (rule.season.last.month, rule.season.last.day)
    return (day >= first or day <= last) if crosses else first <= day <= last


def nth_of_month(day: date) -> set[int]:
    """Count the days of that weekday in the month, from both ends."""
    days = [day.replace(day=number) for number in range(1, 32) if is_date(day.year, day.month, number)]
    same = [one for one in days if one.weekday() == day.weekday()]
    return {same.index(day) + 1, same.index(day) - len(same)}


def is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def is_usual_day(rule: DayRule, day: date) -> bool:
    if rule.dates:
        return day in rule.dates
    if day.weekday() not in rule.days:
        return False
    odd = int(f"{day:%V}") % 2 == 1
    if (rule.weeks is Weeks.EVEN and odd) or (rule.weeks is Weeks.ODD and not odd):
        return False
    return not rule.nth or bool(rule.nth & nth_of_month(day))


def holds(rule: DayRule, zone: str, day: date) -> str:
    """Answer out, no, yes, or the reason of the doubt."""
    if not is_in_force(rule, day):
        return "out"
    if not is_usual_day(rule, day):
        return "no"
    is_holiday = is_public_holiday(day)
    if rule.public_holidays is (PublicHolidays.CLOSED if is_holiday else PublicHolidays.ONLY):
        return "no"
    school = school_answer(rule, zone, day)
    if school is False:
        return "no"
    if rule.public_holidays is PublicHolidays.UNSTATED and is_holiday and not rule.dates:
        return "jour férié : à vérifier"
    return "yes" if school else "vacances scolaires pas encore connues : à vérifier"


def school_answer(rule: DayRule, zone: str, day: date) -> bool | None:
    """Tell whether the school calendar lets the rule hold."""
    if rule.school_holidays is SchoolHolidays.ALWAYS:
        return True
    answers = [in_school_holidays(day, one) for one in (rule.zones or {zone})]
    in_holidays = True if True in answers else None if None in answers else False
    if in_holidays is None:
        return None
    return in_holidays is (rule.school_holidays is SchoolHolidays.ONLY)


def length(one: DatedException) -> int:
    return one.last.toordinal() - one.first.toordinal() + 1


class Reference:
    """The same opening, asked one minute at a time."""

    def __init__(self, opening: Opening, zone: str, time_zone: ZoneInfo) -> None:
        self.opening = opening
        self.zone = zone
        self.time_zone = time_zone
        self.holds = cache(lambda rule, day: holds(rule, zone, day))
        self.ground = cache(self._ground)
        self.of_day = cache(self._of_day)
        self.closure = cache(self._closure)

    def told_at(self, instant: datetime) -> Told:
        local = instant.astimezone(UTC).astimezone(self.time_zone)
        today, minute = local.date(), local.hour * 60 + local.minute
        owners = ((today, minute), (today - ONE_DAY, minute + 1440))
        dated = [one for day, at in owners for one in self._dated(day, at)]
        if dated:
            return min(exceptional_answer(one) for one in dated)[1]
        usual = [one for day, at in owners if not self.closure(day) for one in self._usual(day, at)]
        if usual:
            return min(usual)[1]
        for day, at in owners:
            closure = self.closure(day)
            if closure and (day == today or list(self._usual(day, at))):
                return ("exceptional", "", closure.reason)
        return (self.ground(today), "", "")

    def _ground(self, day: date) -> str:
        if not self.opening.slots:
            return "closed" if any(unread.touches is not None for unread in self.opening.unread) else "unknown"
        if self._is_in_force(day) or all(
            slot.rule.valid_from and day < slot.rule.valid_from for slot in self.opening.slots
        ):
            return "closed"
        before = next((n for n in range(1, 47) if self._is_in_force(day - n * ONE_DAY)), 99)
        after = next((n for n in range(1, 47) if self._is_in_force(day + n * ONE_DAY)), 99)
        return "closed" if before + after - 1 <= 45 else "season_over"

    def _is_in_force(self, day: date) -> bool:
        return any(self.holds(slot.rule, day) != "out" for slot in self.opening.slots)

    def _closure(self, day: date) -> DatedException | None:
        whole = [one for one in self.of_day(day) if is_closure(one) and not one.times]
        return min(whole, key=lambda one: (length(one), one.reason), default=None)

    def _of_day(self, day: date) -> list[DatedException]:
        return [one for one in self.opening.exceptions if one.first <= day <= one.last]

    def _dated(self, day: date, at: int) -> Iterator[DatedException]:
        closure = self.closure(day)
        for one in self.of_day(day):
            if one.kind is ExceptionKind.MESSAGE or (is_closure(one) and not one.times):
                continue
            if not is_closure(one) and closure and length(closure) < length(one):
                continue
            if covers(one.times or (WHOLE_DAY,), at):
                yield one

    def _usual(self, day: date, at: int) -> Iterator[tuple[int, Told]]:
        """Give what slots and unread words say, with their rank: the lowest shows."""
        for unread in self.opening.unread:
            says = unread.touches is not None and self.holds(unread.touches, day) not in {"out", "no"}
            if says and covers(unread.times or (WHOLE_DAY,), at):
                yield 0, ("unknown", "", unread.text)
        for slot in self.opening.slots:
            answer = self.holds(slot.rule, day)
            if answer not in {"out", "no"} and covers(slot.times or (WHOLE_DAY,), at):
                yield usual_answer(slot, answer)


def usual_answer(slot: Slot, answer: str) -> tuple[int, Told]:
    if answer != "yes":
        return 20, ("unknown", "", answer)
    if slot.appointment is Appointment.REQUIRED:
        return 30 + MODES.index(slot.mode), ("appointment", slot.mode.value, "")
    if not slot.times:
        return 20, ("unknown", "", "horaires non précisés : à vérifier")
    return 10 + MODES.index(slot.mode), ("open", slot.mode.value, "")


def is_closure(one: DatedException) -> bool:
    return one.kind is ExceptionKind.CLOSED


def exceptional_answer(one: DatedException) -> tuple[tuple[int, bool, int], Told]:
    """Give what a dated exception says, with its rank: the lowest shows."""
    if is_closure(one):
        rank, told = 0, ("exceptional", "", one.reason)
    elif one.appointment is Appointment.REQUIRED:
        rank, told = 30 + MODES.index(one.mode), ("appointment", one.mode.value, one.reason)
    elif one.times:
        rank, told = 10 + MODES.index(one.mode), ("open", one.mode.value, one.reason)
    else:
        rank, told = 20, ("unknown", "", one.reason or "horaires non précisés : à vérifier")
    return (length(one), not one.times, rank), told


def covers(times: tuple[TimeSpan, ...], minute: int) -> bool:
    return any(span.start <= minute < span.end for span in times)
