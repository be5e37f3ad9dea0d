"""Cut stretches of days into what lies inside another stretch and what lies outside it.

"Fermé le 3e jeudi après-midi" and "en juillet : …" both need it: the days concerned are set apart, the others keep
their hours. What a `DayRule` cannot say (the days that are neither first nor last of a month) is refused, not guessed.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from portal.hours.slots import DayRule, MonthDay, PublicHolidays, SchoolHolidays, Season, Weeks

_LEAP_YEAR = 2024
_FORWARD, _BACKWARD = frozenset({1, 2, 3, 4, 5}), frozenset({-1, -2, -3, -4, -5})


class CannotSay(Exception):  # noqa: N818  # a refusal of the notation, not an error of the program
    """The days cannot be written as rules."""


def meet(one: DayRule, other: DayRule) -> tuple[DayRule, ...]:
    """Give the days of both rules, as none, one or two rules."""
    days = one.days & other.days
    school = _school_meet(one, other)
    weeks = _weeks_meet(one.weeks, other.weeks)
    first = max(filter(None, (one.valid_from, other.valid_from)), default=None)
    last = min(filter(None, (one.valid_to, other.valid_to)), default=None)
    public = _public_meet(one.public_holidays, other.public_holidays)
    nth = _nth_meet(one.nth, other.nth)
    if (
        not days
        or school is None
        or weeks is None
        or public is None
        or nth is None
        or (first and last and last < first)
    ):
        return ()
    base = replace(
        school, days=days, weeks=weeks, nth=nth, valid_from=first, valid_to=last, public_holidays=public,
        dates=one.dates or other.dates,
    )  # fmt: skip
    return tuple(replace(base, season=season) for season in _seasons_meet(one.season, other.season))


def without(rule: DayRule, cut: DayRule) -> tuple[DayRule, ...]:
    """Give the days of a rule that another does not name; refuse when they cannot be written."""
    if not meet(rule, cut):
        return (rule,)
    rest: list[DayRule] = []
    remaining = rule
    for outside, inside in _steps(rule, cut):
        rest += [piece for part in outside for piece in meet(remaining, part)]
        within = meet(remaining, inside)
        if len(within) != 1:
            # Two stretches of one year: cut each by itself.
            return tuple(rest) + tuple(piece for part in within for piece in without(part, cut))
        remaining = within[0]
    return tuple(rest)


def _steps(rule: DayRule, cut: DayRule) -> list[tuple[tuple[DayRule, ...], DayRule]]:
    """List, condition by condition, what lies outside the cut and what lies inside."""
    steps: list[tuple[tuple[DayRule, ...], DayRule]] = []
    if rule.days - cut.days:
        steps.append(((DayRule(days=rule.days - cut.days),), DayRule(days=cut.days)))
    if cut.nth:
        steps.append((_other_nth(rule.nth, cut.nth), DayRule(nth=cut.nth)))
    if cut.weeks is not Weeks.EVERY and rule.weeks is Weeks.EVERY:
        other = Weeks.ODD if cut.weeks is Weeks.EVEN else Weeks.EVEN
        steps.append(((DayRule(weeks=other),), DayRule(weeks=cut.weeks)))
    if cut.season:
        steps.append(
            (tuple(DayRule(season=season) for season in _rest_of_year(cut.season)), DayRule(season=cut.season))
        )
    if cut.valid_from or cut.valid_to:
        steps.append((_around(cut), DayRule(valid_from=cut.valid_from, valid_to=cut.valid_to)))
    if cut.school_holidays is not SchoolHolidays.ALWAYS:
        steps.append((_other_school(cut), DayRule(school_holidays=cut.school_holidays, zones=cut.zones)))
    if cut.public_holidays is PublicHolidays.ONLY:
        closed, only = (DayRule(public_holidays=kind) for kind in (PublicHolidays.CLOSED, PublicHolidays.ONLY))
        steps.append(((closed,), only))
    return steps


def _other_nth(mine: frozenset[int], cut: frozenset[int]) -> tuple[DayRule, ...]:
    whole = mine or (_FORWARD if cut <= _FORWARD else _BACKWARD)
    if not ((whole <= _FORWARD and cut <= _FORWARD) or (whole <= _BACKWARD and cut <= _BACKWARD)):
        raise CannotSay
    left = whole - cut
    return (DayRule(nth=left),) if left else ()


def _nth_meet(one: frozenset[int], other: frozenset[int]) -> frozenset[int] | None:
    if not one or not other or one == other:
        return one or other
    if not ((one | other) <= _FORWARD or (one | other) <= _BACKWARD):
        raise CannotSay
    return one & other or None


def _weeks_meet(one: Weeks, other: Weeks) -> Weeks | None:
    if one is Weeks.EVERY or one is other:
        return other
    return one if other is Weeks.EVERY else None


def _public_meet(one: PublicHolidays, other: PublicHolidays) -> PublicHolidays | None:
    """Join two postures; unstated and open say nothing against the other."""
    said = {one, other}
    if said == {PublicHolidays.CLOSED, PublicHolidays.ONLY}:
        return None
    for kind in (PublicHolidays.ONLY, PublicHolidays.CLOSED, PublicHolidays.OPEN):
        if kind in said:
            return kind
    return PublicHolidays.UNSTATED


def _school_meet(one: DayRule, other: DayRule) -> DayRule | None:
    rules = [rule for rule in (one, other) if rule.school_holidays is not SchoolHolidays.ALWAYS]
    if not rules:
        return DayRule()
    if len(rules) == 1 or (rules[0].school_holidays, rules[0].zones) == (rules[1].school_holidays, rules[1].zones):
        return DayRule(school_holidays=rules[0].school_holidays, zones=rules[0].zones)
    if rules[0].zones == rules[1].zones:
        return None
    raise CannotSay


def _other_school(cut: DayRule) -> tuple[DayRule, ...]:
    is_only = cut.school_holidays is SchoolHolidays.ONLY
    other = SchoolHolidays.EXCEPT if is_only else SchoolHolidays.ONLY
    return (DayRule(school_holidays=other, zones=cut.zones),)


def _around(cut: DayRule) -> tuple[DayRule, ...]:
    around: list[DayRule] = []
    if cut.valid_from and cut.valid_from > date.min:
        around.append(DayRule(valid_to=cut.valid_from - timedelta(days=1)))
    if cut.valid_to and cut.valid_to < date.max:
        around.append(DayRule(valid_from=cut.valid_to + timedelta(days=1)))
    return tuple(around)


def _seasons_meet(one: Season | None, other: Season | None) -> tuple[Season | None, ...]:
    if one is None or other is None or one == other:
        return (one or other,)
    return _stretches(_days_of(one) & _days_of(other))


def _rest_of_year(season: Season) -> tuple[Season, ...]:
    return _stretches(frozenset(range(366)) - _days_of(season))


def together(seasons: Iterable[Season]) -> tuple[Season, ...]:
    """Join stretches that touch: July and August make one summer."""
    return _stretches(frozenset(day for season in seasons for day in _days_of(season)))


@cache
def _year() -> tuple[MonthDay, ...]:
    start = date(_LEAP_YEAR, 1, 1)
    days = (start + timedelta(days=number) for number in range(366))
    return tuple(MonthDay(day.month, day.day) for day in days)


def _days_of(season: Season) -> frozenset[int]:
    first, last = _place(season.first), _place(season.last)
    if season.last == MonthDay(2, 28):
        # In a leap year the last of February is the 29th, and nobody means to leave it out.
        last += 1
    if first <= last:
        return frozenset(range(first, last + 1))
    return frozenset(range(first, 366)) | frozenset(range(last + 1))


def _place(day: MonthDay) -> int:
    return date(_LEAP_YEAR, day.month, day.day).timetuple().tm_yday - 1


def _stretches(days: frozenset[int]) -> tuple[Season, ...]:
    """Write a set of days of the year as stretches, joined over New Year."""
    starts = sorted(day for day in days if (day - 1) % 366 not in days)
    if not starts:
        return (Season(_year()[0], _year()[-1]),) if days else ()
    found = []
    for start in starts:
        end = start
        while (end + 1) % 366 in days:
            end = (end + 1) % 366
        found.append(Season(_year()[start], _year()[end]))
    return tuple(found)
