"""Say on which days a rule holds: the days themselves, then the conditions."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from portal.hours.slots import (
    EVERY_DAY,
    DayRule,
    MonthDay,
    PublicHolidays,
    Season,
    Weekday,
)
from portal.hours.words import moments
from portal.hours.words.phrases import Phrases
from portal.hours.words.seasons import gap_of, has_whole_months


def days(rule: DayRule, phrases: Phrases, *, names: tuple[str, ...]) -> str:
    """Say the days of a rule: lun.–ven., 1er et 3e sam. du mois, le 24 décembre 2026, jours fériés."""
    if rule.dates:
        return _listed([_on(moments.calendar_date(day, phrases), phrases) for day in sorted(rule.dates)], phrases)
    named = _weekdays(rule, phrases, names)
    if rule.public_holidays is PublicHolidays.ONLY:
        is_every = rule.days == EVERY_DAY and not rule.nth
        return phrases.holidays_alone if is_every else phrases.holidays_on.format(days=named)
    return named


def _on(date_words: str, phrases: Phrases) -> str:
    return phrases.states["on_date"].format(date=date_words)


def _weekdays(rule: DayRule, phrases: Phrases, names: tuple[str, ...]) -> str:
    if rule.nth:
        nth = sorted(rule.nth, key=lambda n: (n < 0, abs(n)))
        ordinals = _listed([_ordinal(n, phrases) for n in nth], phrases)
        return f"{ordinals} {_listed([names[day] for day in sorted(rule.days)], phrases)} {phrases.of_month}"
    # "Tous les jours" is a promise for public holidays too; "lun.–dim." says nothing of them.
    if rule.days == EVERY_DAY and rule.public_holidays is not PublicHolidays.UNSTATED:
        return phrases.every_day
    return _listed([_run(run, phrases, names) for run in _runs(rule.days)], phrases)


def _ordinal(n: int, phrases: Phrases) -> str:
    return phrases.ordinals.get(n) or phrases.states["nth_from_end"].format(n=-n)


def _runs(found: Iterable[Weekday]) -> list[list[Weekday]]:
    ordered = sorted(found)
    starts = [0, *(place for place, (one, two) in enumerate(pairwise(ordered), 1) if two != one + 1), len(ordered)]
    runs = [ordered[first:last] for first, last in pairwise(starts)]
    # Two days are said one by one: "sam. et dim." is clearer than a range.
    return [part for run in runs for part in ([[day] for day in run] if len(run) == 2 else [run])]  # noqa: PLR2004 - two days


def _run(run: list[Weekday], phrases: Phrases, names: tuple[str, ...]) -> str:
    first, last = names[run[0]], names[run[-1]]
    if len(run) == 1:
        return first
    if names == phrases.days:
        return phrases.day_range_spoken.format(first=first, last=last)
    return f"{first}–{last}"


def _listed(parts: list[str], phrases: Phrases) -> str:
    """Join words as a list: a, b et c."""
    return phrases.list_and.join([*([", ".join(parts[:-1])] if parts[:-1] else []), parts[-1]])


def conditions(rule: DayRule, phrases: Phrases) -> list[str]:
    """List the conditions of a rule, the widest first; public holidays are left to the caller."""
    found = [
        _validity(rule.valid_from, rule.valid_to, phrases),
        _season(rule.season, phrases),
        phrases.weeks.get(rule.weeks, ""),
        _school(rule, phrases),
    ]
    return [words for words in found if words]


def _validity(first: date | None, last: date | None, phrases: Phrases) -> str:
    if first is not None and last is not None:
        return date_range(first, last, phrases)
    if first is not None:
        return phrases.from_date.format(first=moments.calendar_date(first, phrases))
    return phrases.until_date.format(last=moments.calendar_date(last, phrases)) if last is not None else ""


def date_range(first: date, last: date, phrases: Phrases) -> str:
    """Say from one date to another, the month and the year once when they are the same: du 18 au 20 novembre 2026."""
    end = moments.calendar_date(last, phrases)
    if first == last:
        return _on(end, phrases)
    begin = moments.calendar_date(first, phrases)
    if first.year == last.year:
        one_month = first.month == last.month
        begin = moments.day_of_month(first.day, phrases) if one_month else moments.month_day(_of(first), phrases)
    return phrases.date_range.format(first=begin, last=end)


def _of(day: date) -> MonthDay:
    return MonthDay(day.month, day.day)


def _season(season: Season | None, phrases: Phrases) -> str:
    if season is None:
        return ""
    gap = gap_of(season)
    if gap is not None:
        return phrases.season_without.format(season=_stretch(gap, phrases))
    return _stretch(season, phrases)


def _stretch(season: Season, phrases: Phrases) -> str:
    """Say a stretch of the year: en août, d’avril à octobre, du 15 juin au 15 septembre, le 14 juillet."""
    if has_whole_months(season):
        first, last = phrases.months[season.first.month - 1], phrases.months[season.last.month - 1]
        if first == last:
            return phrases.in_month.format(month=first)
        return phrases.month_range[first[0] in _VOWELS].format(first=first, last=last)
    if season.first == season.last:
        return _on(moments.month_day(season.first, phrases), phrases)
    return phrases.date_range.format(
        first=moments.month_day(season.first, phrases), last=moments.month_day(season.last, phrases)
    )


_VOWELS = frozenset("aeiou")


def _school(rule: DayRule, phrases: Phrases) -> str:
    words = phrases.school.get(rule.school_holidays, "")
    if not words or not rule.zones:
        return words
    one, many = phrases.of_zones
    form = one if len(rule.zones) == 1 else many
    return words + form.format(zones=_listed(sorted(rule.zones), phrases))
