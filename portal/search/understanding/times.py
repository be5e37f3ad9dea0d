"""The time inside the words: "samedi matin", "ce soir", "ouvert maintenant", "après 18h", "le 24 décembre"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from portal.search.understanding.flat import Flat
from portal.search.when import (
    AFTERNOON,
    EARLY,
    EVENING,
    LUNCH,
    MORNING,
    NOW,
    WEEKDAYS,
    WHOLE_DAY,
    DayName,
    Hours,
    When,
    coming,
    hours_said,
)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv",
            "fevrier fev fevr",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_CLOCK = r"(?:(?P<{0}h>[01]?\d|2[0-4]) ?(?:h|heures?) ?(?P<{0}m>[0-5]\d)?|(?P<{0}n>midi|minuit))"
_FIRST, _LAST = _CLOCK.format("a"), _CLOCK.format("b")
_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_OPEN = re.compile(r"\b(?:qui (?:est|sont|soit) )?(?:encore )?ouvert(?:e|s|es|ure)?\b(?: tard)?")
_PRESENT = re.compile(
    r"\b(?:maintenant|en ce moment|actuellement|tout de suite|immediatement|a cette heure(?: ci)?|la tout de suite)\b"
)
_DAYS: tuple[tuple[re.Pattern[str], DayName], ...] = (
    (re.compile(r"\b(?:apres demain|surlendemain)\b"), DayName.AFTER_TOMORROW),
    (re.compile(r"\b(?:aujourdhui|aujourd hui|auj|ajd|ce jour|dans la journee)\b"), DayName.TODAY),
    (re.compile(r"\bdemain\b"), DayName.TOMORROW),
    (re.compile(r"\b(?:ce|le|les)? ?(?:week ?ends?|we)\b"), DayName.WEEKEND),
    (re.compile(r"\b(?:la )?semaine prochaine\b"), DayName.NEXT_WEEK),
    (re.compile(r"\bcette semaine\b"), DayName.WEEK),
)
_NAMED_DAY = re.compile(
    rf"\b(?:(?:ce|le|les|du|tous les|chaque) )?(?P<day>{_WEEKDAY})s?\b(?P<next> prochain| qui vient)?"
)
_DATED = re.compile(
    rf"\b(?:(?:le|du|au) )?(?:(?:{_WEEKDAY}) )?(?P<day>\d\d?|1er|premier)(?: (?P<month>{_MONTH})|/(?P<number>\d\d?))"
    r"(?:[ /](?P<year>20\d\d))?\b"
)
_PARTS: tuple[tuple[re.Pattern[str], Hours], ...] = (
    (re.compile(r"\b(?:tot le matin|de bon matin|(?:a|des) (?:l )?aube|le matin tot|tres tot)\b"), EARLY),
    (
        re.compile(
            r"\b(?:entre (?:midi|12 ?h) et (?:deux|2|14 ?h|2 ?h|deux heures)|pause (?:de midi|dejeuner)|"
            r"heure du (?:repas|dejeuner)|(?:le|ce|a) midi)\b"
        ),
        LUNCH,
    ),
    (re.compile(r"\b(?:(?:l|le|les|cet|cette|en|dans l|dans la) )?(?:apres midis?|aprem)\b"), AFTERNOON),
    (re.compile(r"\b(?:(?:le|les|ce|au|du|en|dans la|en fin de) )?(?:matins?|matinee)\b"), MORNING),
    (
        re.compile(r"\b(?:(?:(?:le|les|ce|au|du|en|dans la|en fin de) )?(?:soirs?|soiree)|(?:en )?fin de journee)\b"),
        EVENING,
    ),
)
_TODAYS = re.compile(r"\b(?:ce|cet|cette) (?:midi|soir|soiree|matin|apres midi|aprem)\b")
_BETWEEN = re.compile(rf"\b(?:de|entre) {_FIRST} (?:a|et) {_LAST}\b")
_AFTER = re.compile(rf"\b(?:apres(?! midi)|a partir(?: de| d)?|des|depuis) {_FIRST}\b")
_BEFORE = re.compile(rf"\b(?:avant|jusqu a|jusqu|jusque) {_FIRST}\b")
_AT = re.compile(rf"\b(?:a|vers|pour) {_FIRST}\b")
_OF_DAY = re.compile(rf"\b(?:(?:a|vers|pour|des) )?{_FIRST} (?:du|le) (?:matin|(?P<late>soir))\b")
_NOON = 12 * 60
_CLOCKS = ((_BETWEEN, None), (_AFTER, "apres"), (_BEFORE, "avant"), (_OF_DAY, None), (_AT, None))


@dataclass(frozen=True)
class TimeSeen:
    """A time met in the words, and the places of those words."""

    when: When
    places: frozenset[int]


def time_in(line: Flat, today: date) -> TimeSeen | None:
    """Find when somebody wants to come; a date without year is the next of its kind."""
    day, day_places = _day(line, today)
    hours, hour_places = _hours(line)
    places = day_places | hour_places
    opens = {place for _, places in line.sightings(_OPEN) for place in places}
    present = {place for _, places in line.sightings(_PRESENT) for place in places}
    if day is None and hours is None:
        return TimeSeen(NOW, frozenset(opens | present)) if opens or present else None
    if day is None:
        day = DayName.TODAY if _TODAYS.search(line.line) else DayName.WORKDAY
    keeps_hours = not (isinstance(day, DayName) and day.is_long)
    return TimeSeen(When(day, hours if hours and keeps_hours else WHOLE_DAY), frozenset(places | opens))


def _day(line: Flat, today: date) -> tuple[DayName | date | None, set[int]]:
    for found, places in line.sightings(_DATED):
        day = _date(found, today)
        if day is not None:
            return day, {*places}
    for pattern, name in _DAYS:
        for _, places in line.sightings(pattern):
            return name, {*places}
    for found, places in line.sightings(_NAMED_DAY):
        name = DayName(found["day"])
        # "Samedi prochain" said on a Saturday is never today.
        return (coming(name, today) if found["next"] else name), {*places}
    return None, set()


def _date(found: re.Match[str], today: date) -> date | None:
    number = 1 if found["day"] in {"1er", "premier"} else int(found["day"])
    month = _MONTHS[found["month"]] if found["month"] else int(found["number"])
    try:
        if found["year"]:
            return date(int(found["year"]), month, number)
        day = date(today.year, month, number)
        return day if day >= today - timedelta(days=1) else day.replace(year=today.year + 1)
    except ValueError:
        return None


def _hours(line: Flat) -> tuple[Hours | None, set[int]]:
    said = {place for part, _ in _PARTS for _, places in line.sightings(part) for place in places}
    for pattern, side in _CLOCKS:
        for found, places in line.sightings(pattern):
            last = _minute(found, "b") if pattern is _BETWEEN else None
            # "à midi" and "à 12 h" both begin a long noon: the part of the day below says it better.
            first = _minute(found, "a")
            if pattern is _OF_DAY and found["late"] and first < _NOON:
                first += _NOON
            hours = None if pattern is _AT and found["an"] else hours_said(side, first, last)
            if hours is not None:
                return hours, {*places} | said
    for part, hours in _PARTS:
        if part.search(line.line):
            return hours, said
    return None, set()


def _minute(found: re.Match[str], side: str) -> int:
    named = found[f"{side}n"]
    if named:
        return 12 * 60 if named == "midi" else 24 * 60
    return int(found[f"{side}h"]) * 60 + int(found[f"{side}m"] or 0)
