"""The days on which something runs, as rules: sets of days are read for the habit that made them.

A timetable gives dates; people say "du lundi au vendredi hors vacances scolaires". A habit is taken only where it says
exactly the dates of the timetable, day by day, but for days named apart and for days on which nothing runs at all,
which become closures. Where no habit fits, stretches of weeks say the same dates at greater length.

A set of days is an integer whose bit n is the nth day of the `Horizon`: thousands of stops share few hundred days.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache, reduce
from itertools import product
from operator import or_

from portal.hours.calendar import ZONES, Answer, Calendar
from portal.hours.regions import HolidayRegion
from portal.hours.slots import (
    DatedException,
    DayRule,
    ExceptionKind,
    Opening,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
)

NOTHING_RUNS = "Ne circule pas"
_HABIT = 3
"""Days of one weekday from which they are a habit; fewer are named one by one."""
_BRIDGED = 2
"""Weeks without service that a stretch of weeks goes on over."""
_WEEK = 7

Times = tuple[TimeSpan, ...]
Run = tuple[int, Times]
"""A set of days, and the times of each of them."""


@dataclass(frozen=True)
class Horizon:
    """The days a timetable speaks of: bit 0 is the first one."""

    first: date
    n_days: int

    @property
    def last(self) -> date:
        """Give the last day."""
        return self.day(self.n_days - 1)

    @cached_property
    def whole(self) -> int:
        """Give the set of all days."""
        return (1 << self.n_days) - 1

    def day(self, bit: int) -> date:
        """Give the date of a bit."""
        return self.first + timedelta(bit)

    def between(self, first: date, last: date) -> int:
        """Give the set of the days from one date to another, as far as they lie within."""
        start, end = max((first - self.first).days, 0), min((last - self.first).days + 1, self.n_days)
        return (1 << end) - (1 << start) if start < end else 0

    def of_dates(self, dates: Iterable[date]) -> int:
        """Give the set of some dates; those outside are left out."""
        found = 0
        for each in dates:
            found |= self.between(each, each)
        return found

    def on(self, weekday: int) -> int:
        """Give the set of one weekday."""
        return self._weekdays[weekday]

    @cached_property
    def _weekdays(self) -> tuple[int, ...]:
        weekly = sum(1 << bit for bit in range(0, self.n_days, _WEEK))
        offsets = ((weekday - self.first.weekday()) % _WEEK for weekday in range(_WEEK))
        return tuple(weekly << offset & self.whole for offset in offsets)


def days_in(days: int) -> Iterator[int]:
    """Go through the bits of a set, the first day first."""
    while days:
        lowest = days & -days
        yield lowest.bit_length() - 1
        days ^= lowest


def cut_days(sets: Sequence[int], horizon: Horizon) -> list[tuple[int, tuple[int, ...]]]:
    """Cut the days where the sets they belong to change: days, and the places of the sets that hold them."""
    cells: list[tuple[int, tuple[int, ...]]] = [(horizon.whole, ())]
    for place, days in enumerate(sets):
        cells = [
            part
            for held, holding in cells
            for part in ((held & days, (*holding, place)), (held & ~days, holding))
            if part[0]
        ]
    return [(held, holding) for held, holding in cells if holding]


def opening_of(runs: Iterable[Run], horizon: Horizon, calendar: Calendar) -> Opening:
    """Say when something runs; no two runs may share a day. After the horizon nobody knows."""
    known = sorted((days, times) for days, times in runs if days and times)
    idle = horizon.whole & ~reduce(or_, (days for days, _ in known), 0)
    slots: list[Slot] = []
    closed = 0
    for days, times in known:
        rules, claimed = rules_of(days, idle, horizon, calendar)
        slots += [Slot(times, rule) for rule in rules]
        closed |= claimed
    slots.sort(key=_order)
    closures = tuple(_closure(horizon.day(bit)) for bit in days_in(closed))
    return Opening(tuple(slots), closures)


def unknown_after(last: date, words: str) -> Unread:
    """Leave in doubt the days after a timetable ends: what follows it is published later."""
    return Unread(words, DayRule(valid_from=last + timedelta(1)))


def unknown_before(first: date, words: str) -> Unread:
    """Leave in doubt the days before a timetable begins."""
    return Unread(words, DayRule(valid_to=first - timedelta(1)))


@lru_cache(maxsize=8192)
def rules_of(days: int, idle: int, horizon: Horizon, calendar: Calendar) -> tuple[tuple[DayRule, ...], int]:
    """Give the rules of a set of days, and the idle days they claim too, which need a closure."""
    weeks, bridged = _by_weeks(days, idle, horizon, calendar)
    habit = _habit(days, idle, horizon, calendar)
    n_parts = sum(max(1, len(rule.dates)) for rule in weeks) + bridged.bit_count()
    if habit is None or habit.cost > n_parts:
        return weeks, bridged
    holidays = _kinds_of_days(horizon, calendar).holidays
    return (habit.rule, *_named(habit.missing, horizon, holidays)), habit.claimed


@dataclass(frozen=True)
class _Habit:
    """A rule, the days it lacks and the idle days it claims."""

    rule: DayRule
    missing: int
    claimed: int

    @property
    def cost(self) -> int:
        return 1 + self.missing.bit_count() + self.claimed.bit_count()


def _habit(days: int, idle: int, horizon: Horizon, calendar: Calendar) -> _Habit | None:
    """Find the plainest rule that nearly is the set."""
    weekdays = frozenset(each for each in Weekday if (days & horizon.on(each)).bit_count() >= _HABIT)
    usual = reduce(or_, map(horizon.on, weekdays), 0)
    if not usual:
        return None
    kinds = _kinds_of_days(horizon, calendar)
    found: list[_Habit] = []
    for stretch, (school, of_school), (public, of_public) in product(
        _stretches(days & usual, horizon), kinds.school.items(), kinds.public.items()
    ):
        claimed = usual & stretch & of_school & of_public
        if claimed & ~days & ~idle or (school is not SchoolHolidays.ALWAYS and usual & stretch & kinds.unknown):
            continue
        rule = DayRule(
            days=weekdays,
            valid_from=horizon.day((stretch & -stretch).bit_length() - 1),
            valid_to=horizon.day(stretch.bit_length() - 1),
            public_holidays=public if usual & stretch & of_school & kinds.holidays else PublicHolidays.UNSTATED,
            school_holidays=school,
            zones=frozenset() if school is SchoolHolidays.ALWAYS else frozenset({calendar.school_zone}),
        )
        found.append(_Habit(rule, days & ~claimed, claimed & ~days))
    return min(found, key=lambda each: each.cost, default=None)


def _stretches(days: int, horizon: Horizon) -> tuple[int, int]:
    """Give the whole horizon, and the stretch from the first day of a set to its last."""
    return horizon.whole, (1 << days.bit_length()) - (days & -days)


@dataclass(frozen=True)
class _KindsOfDays:
    """The days of the horizon by what holidays make of them; the plainest kind stands first."""

    school: dict[SchoolHolidays, int]
    unknown: int
    public: dict[PublicHolidays, int]
    holidays: int


@lru_cache(maxsize=64)
def _kinds_of_days(horizon: Horizon, calendar: Calendar) -> _KindsOfDays:
    # Where holidays are kept that differ from one département to the next, dates alone are sure.
    is_common = calendar.region is HolidayRegion.METROPOLE
    holidays = unknown = off_school = 0
    for bit in range(horizon.n_days):
        day = horizon.day(bit)
        holidays |= bool(calendar.public_holiday(day)) << bit
        answer = calendar.school_holiday(day)
        off_school |= (answer is Answer.YES) << bit
        unknown |= (answer is Answer.UNKNOWN) << bit
    school = {SchoolHolidays.ALWAYS: horizon.whole}
    if calendar.school_zone in ZONES:
        school |= {SchoolHolidays.EXCEPT: horizon.whole & ~off_school, SchoolHolidays.ONLY: off_school}
    public = {PublicHolidays.OPEN: horizon.whole}
    if is_common:
        public |= {PublicHolidays.CLOSED: horizon.whole & ~holidays}
    return _KindsOfDays(school, unknown, public, holidays)


def _by_weeks(days: int, idle: int, horizon: Horizon, calendar: Calendar) -> tuple[tuple[DayRule, ...], int]:
    """Cut a set into stretches of weeks; weekdays that begin and end in the same weeks go together."""
    monday = horizon.first.weekday()
    together: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    named = bridged = 0
    for weekday in Weekday:
        for first, last, gaps in _unbroken(days & horizon.on(weekday), idle):
            held = horizon.on(weekday) & ((1 << last + 1) - (1 << first)) & ~gaps
            if held.bit_count() < _HABIT:
                named |= held
            else:
                together[(first + monday) // _WEEK, (last + monday) // _WEEK].append((first, last))
                bridged |= gaps
    holidays = _kinds_of_days(horizon, calendar).holidays
    rules = []
    for runs in together.values():
        first, last = min(run[0] for run in runs), max(run[1] for run in runs)
        has_holidays = any(holidays & horizon.on(horizon.day(run[0]).weekday()) & _range(first, last) for run in runs)
        weekdays = frozenset(Weekday(horizon.day(run[0]).weekday()) for run in runs)
        rules.append(_weekly(weekdays, first, last, horizon, holidays=has_holidays))
    return (*rules, *_named(named, horizon, holidays)), bridged


def _unbroken(days: int, idle: int) -> Iterator[tuple[int, int, int]]:
    """Give the runs of weeks of one weekday: first day, last day, and the idle days within."""
    first = last = None
    gaps = 0
    for bit in days_in(days):
        between = [last + _WEEK * n for n in range(1, (bit - last) // _WEEK)] if last is not None else []
        if first is not None and len(between) <= _BRIDGED and all(idle >> each & 1 for each in between):
            gaps |= sum(1 << each for each in between)
        else:
            if first is not None and last is not None:
                yield first, last, gaps
            first, gaps = bit, 0
        last = bit
    if first is not None and last is not None:
        yield first, last, gaps


def _range(first: int, last: int) -> int:
    return (1 << last + 1) - (1 << first)


def _named(days: int, horizon: Horizon, holidays: int) -> tuple[DayRule, ...]:
    """Name dates one by one, or as the days of a week or two where that says the same."""
    if not days:
        return ()
    first, last = (days & -days).bit_length() - 1, days.bit_length() - 1
    dates = frozenset(map(horizon.day, days_in(days)))
    weekdays = frozenset(Weekday(day.weekday()) for day in dates)
    said = _range(first, last) & reduce(or_, (horizon.on(weekday) for weekday in weekdays))
    if said != days or len(weekdays) < _HABIT:
        return (DayRule(dates=dates),)
    return (_weekly(weekdays, first, last, horizon, holidays=bool(days & holidays)),)


def _weekly(weekdays: frozenset[Weekday], first: int, last: int, horizon: Horizon, *, holidays: bool) -> DayRule:
    return DayRule(
        days=weekdays,
        valid_from=horizon.day(first),
        valid_to=horizon.day(last),
        public_holidays=PublicHolidays.OPEN if holidays else PublicHolidays.UNSTATED,
    )


def _closure(day: date) -> DatedException:
    return DatedException(day, day, ExceptionKind.CLOSED, reason=NOTHING_RUNS)


def _order(slot: Slot) -> tuple[object, ...]:
    rule = slot.rule
    return (sorted(rule.dates), rule.valid_from or date.min, sorted(rule.days), rule.school_holidays, slot.times)
