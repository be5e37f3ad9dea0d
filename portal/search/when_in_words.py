"""Say the time a visitor asked for, as the page repeats it: "samedi 28 novembre, le matin"."""

from collections.abc import Mapping
from datetime import date, datetime

from portal.core.languages import FRENCH, Label
from portal.hours.words.languages import phrases_in
from portal.hours.words.moments import clock, long_date
from portal.search.when import (
    AFTERNOON,
    DAY,
    EARLY,
    EVENING,
    LUNCH,
    MORNING,
    WHOLE_DAY,
    DayName,
    Hours,
    When,
    days_of,
)

_NOW = Label("maintenant", "now")
_NEAR = {0: Label("aujourd’hui", "today"), 1: Label("demain", "tomorrow")}
_PARTS: Mapping[Hours, Label] = {
    WHOLE_DAY: Label("", ""),
    EARLY: Label("tôt le matin", "early in the morning"),
    MORNING: Label("le matin", "in the morning"),
    LUNCH: Label("entre midi et deux", "at lunchtime"),
    AFTERNOON: Label("l’après-midi", "in the afternoon"),
    EVENING: Label("le soir", "in the evening"),
}
_SINCE = Label("du {first} au {last}", "from {first} to {last}")
_AT = Label("à {start}", "at {start}")
_AFTER = Label("après {start}", "after {start}")
_BEFORE = Label("avant {end}", "before {end}")
_BETWEEN = Label("de {start} à {end}", "from {start} to {end}")


def words_of(when: When, now: datetime, language: str = FRENCH) -> str:
    """Say a time seen from an instant of the territory."""
    if when.day is DayName.NOW:
        return _NOW.said(language)
    first, last = days_of(when, now)
    if first != last:
        phrases = phrases_in(language)
        return _SINCE.said(language).format(first=long_date(first, phrases), last=long_date(last, phrases))
    day, hours = _day_words(first, now, language), _hours_words(when.hours, language)
    return f"{day}, {hours}" if hours else day


def _day_words(day: date, now: datetime, language: str) -> str:
    near = _NEAR.get((day - now.date()).days)
    return long_date(day, phrases_in(language)) if near is None else near.said(language)


def _hours_words(hours: Hours, language: str) -> str:
    if hours in _PARTS:
        return _PARTS[hours].said(language)
    phrases = phrases_in(language)
    return _form(hours).said(language).format(start=clock(hours.start, phrases), end=clock(hours.end, phrases))


def _form(hours: Hours) -> Label:
    if hours.end - hours.start == 1:
        return _AT
    if hours.end == DAY:
        return _AFTER
    return _BEFORE if hours.start == 0 else _BETWEEN
