"""Sets of days as lists of rules: what two rules share, and what is left of one without the other.

An `opening_hours` rule replaces earlier ones on its days, so every earlier slot must lose exactly those days. A rule is
the product of independent conditions; without another rule it is at most a handful of products.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from portal.hours.calendar import Calendar
from portal.hours.slots import DayRule, MonthDay, PublicHolidays, SchoolHolidays, Season, Weeks

YEAR = tuple(MonthDay(day.month, day.day) for day in (date(2024, 1, 1) + timedelta(n) for n in range(366)))
"""Every day a year can have."""

LAST_OF_FEBRUARY = MonthDay(2, 29)

Split = tuple[list[DayRule], list[DayRule]]
"""The part of a rule outside a condition, and the part inside."""


class Inexpressible(Exception):  # noqa: N818 - it is an answer, not a fault: the reader turns it into a flag
    """No list of rules says these days."""


def shared(one: DayRule, other: DayRule) -> list[DayRule]:
    """Give the days that both rules hold on."""
    return split(one, other)[1]


def without(one: DayRule, other: DayRule) -> list[DayRule]:
    """Give the days of one rule that the other does not hold on."""
    return split(one, other)[0]


def may_meet(one: DayRule, other: DayRule) -> bool:
    """Tell whether two rules may hold on one day."""
    try:
        return bool(shared(one, other))
    except Inexpressible:
        return True


def split(rule: DayRule, other: DayRule) -> Split:
    """Cut a rule in two: its days outside another rule, and those inside."""
    if rule.dates:
        return _split_dates(rule, other)
    outside: list[DayRule] = []
    inside = [rule]
    for condition in _CONDITIONS:
        cuts = [condition(part, other) for part in inside]
        outside += [part for left, _ in cuts for part in left]
        inside = [part for _, right in cuts for part in right]
    return (outside, inside) if inside else ([rule], [])


def _by_days(rule: DayRule, other: DayRule) -> Split:
    left, right = rule.days - other.days, rule.days & other.days
    return _parts(rule, "days", left), _parts(rule, "days", right)


def _parts(rule: DayRule, field: str, value: frozenset[object]) -> list[DayRule]:
    return [replace(rule, **{field: value})] if value else []  # type: ignore[arg-type]  # the field's own values


def _by_weeks(rule: DayRule, other: DayRule) -> Split:
    if other.weeks in {Weeks.EVERY, rule.weeks}:
        return [], [rule]
    if rule.weeks is not Weeks.EVERY:
        return [rule], []
    rest = Weeks.ODD if other.weeks is Weeks.EVEN else Weeks.EVEN
    return [replace(rule, weeks=rest)], [replace(rule, weeks=other.weeks)]


def _by_nth(rule: DayRule, other: DayRule) -> Split:
    if not other.nth or rule.nth == other.nth:
        return [], [rule]
    signs = {n > 0 for n in rule.nth | other.nth}
    if len(signs) > 1:
        if rule.nth and not any(_can_be_the_same(one, two) for one in rule.nth for two in other.nth):
            return [rule], []
        raise Inexpressible
    every = frozenset(range(1, 6)) if signs == {True} else frozenset(range(-5, 0))
    mine = rule.nth or every
    return _parts(rule, "nth", mine - other.nth), _parts(rule, "nth", mine & other.nth)


def _can_be_the_same(one: int, other: int) -> bool:
    """Tell whether two ways of counting in a month may lead to one day: a month has four or five of each weekday."""
    return one == other or ((one > 0) != (other > 0) and abs(one) + abs(other) - 1 in _DAYS_IN_A_MONTH)


_DAYS_IN_A_MONTH = (4, 5)


def _by_validity(rule: DayRule, other: DayRule) -> Split:
    first, last = rule.valid_from or date.min, rule.valid_to or date.max
    start, end = max(first, other.valid_from or date.min), min(last, other.valid_to or date.max)
    if start > end:
        return [rule], []
    outside = []
    if start > first:
        outside.append(replace(rule, valid_to=start - timedelta(1)))
    if end < last:
        outside.append(replace(rule, valid_from=end + timedelta(1)))
    inside = replace(
        rule,
        valid_from=None if start == date.min else start,
        valid_to=None if end == date.max else end,
    )
    return outside, [inside]


def _by_season(rule: DayRule, other: DayRule) -> Split:
    if other.season is None or rule.season == other.season:
        return [], [rule]
    mine, theirs = days_of(rule.season), days_of(other.season)
    return _in_seasons(rule, mine - theirs), _in_seasons(rule, mine & theirs)


def _in_seasons(rule: DayRule, days: frozenset[MonthDay]) -> list[DayRule]:
    return [replace(rule, season=season) for season in seasons_of(days)]


def days_of(season: Season | None) -> frozenset[MonthDay]:
    """List the days of the year a season holds."""
    if season is None:
        return frozenset(YEAR)
    if season.first <= season.last:
        return frozenset(day for day in YEAR if season.first <= day <= season.last)
    return frozenset(day for day in YEAR if day >= season.first or day <= season.last)


def seasons_of(days: frozenset[MonthDay]) -> list[Season | None]:
    """Write a set of days as the fewest seasons; None is the whole year."""
    if len(days) == len(YEAR):
        return [None]
    firsts = [day for n, day in enumerate(YEAR) if day in days and YEAR[n - 1] not in days]
    seasons = [Season(first, _last_of_run(first, days)) for first in firsts]
    # In a common year 29 February means the 28th: a season that begins there, or stops just before, would slip a day.
    if any(season.first == LAST_OF_FEBRUARY for season in seasons):
        raise Inexpressible
    return list(seasons)


def _last_of_run(first: MonthDay, days: frozenset[MonthDay]) -> MonthDay:
    start = YEAR.index(first)
    steps = (n for n in range(start, start + len(YEAR)) if YEAR[(n + 1) % len(YEAR)] not in days)
    return YEAR[next(steps) % len(YEAR)]


def _by_public_holidays(rule: DayRule, other: DayRule) -> Split:
    if other.public_holidays is not PublicHolidays.ONLY or rule.public_holidays is PublicHolidays.ONLY:
        return [], [rule]
    if rule.public_holidays is PublicHolidays.CLOSED:
        return [rule], []
    return (
        [replace(rule, public_holidays=PublicHolidays.CLOSED)],
        [replace(rule, public_holidays=PublicHolidays.ONLY)],
    )


def _by_school_holidays(rule: DayRule, other: DayRule) -> Split:
    if other.school_holidays is not SchoolHolidays.ONLY or rule.school_holidays is SchoolHolidays.ONLY:
        return [], [rule]
    if rule.school_holidays is SchoolHolidays.EXCEPT:
        return [rule], []
    return (
        [replace(rule, school_holidays=SchoolHolidays.EXCEPT)],
        [replace(rule, school_holidays=SchoolHolidays.ONLY)],
    )


_CONDITIONS: tuple[Callable[[DayRule, DayRule], Split], ...] = (
    _by_days,
    _by_weeks,
    _by_nth,
    _by_validity,
    _by_season,
    _by_public_holidays,
    _by_school_holidays,
)


def _split_dates(rule: DayRule, other: DayRule) -> Split:
    """Cut explicit dates by the calendar; school holidays depend on the place."""
    inside = frozenset(day for day in rule.dates if _holds_on(other, day))
    if inside and other.school_holidays is SchoolHolidays.ONLY:
        raise Inexpressible
    return _parts(rule, "dates", rule.dates - inside), _parts(rule, "dates", inside)


def _holds_on(rule: DayRule, day: date) -> bool:
    if rule.dates:
        return day in rule.dates
    return all(condition(day, rule) for condition in _DATE_CONDITIONS)


_FRANCE = Calendar()

_DATE_CONDITIONS: tuple[Callable[[date, DayRule], bool], ...] = (
    lambda day, rule: day.weekday() in rule.days,
    lambda day, rule: rule.weeks is Weeks.EVERY or (day.isocalendar().week % 2 == 0) == (rule.weeks is Weeks.EVEN),
    lambda day, rule: not rule.nth or not rule.nth.isdisjoint(nth_of(day)),
    lambda day, rule: (rule.valid_from or date.min) <= day <= (rule.valid_to or date.max),
    lambda day, rule: rule.season is None or MonthDay(day.month, day.day) in days_of(rule.season),
    lambda day, rule: rule.public_holidays is not PublicHolidays.ONLY or bool(_FRANCE.public_holiday(day)),
)


def nth_of(day: date) -> tuple[int, int]:
    """Tell which of its weekday in the month a date is, from the start and from the end."""
    following = (day.replace(day=1) + timedelta(32)).replace(day=1)
    left = (following - day).days - 1
    return (day.day - 1) // 7 + 1, -(left // 7 + 1)


def disjoint(rules: tuple[DayRule, ...]) -> Iterator[DayRule]:
    """Write a union of rules so that no day is in two of them."""
    for position, rule in enumerate(rules):
        parts = [rule]
        for later in rules[position + 1 :]:
            parts = [rest for part in parts for rest in without(part, later)]
        yield from parts
