"""Say times and dates: "9 h 30", "de 9 heures à midi", "1er décembre 2026", "demain à 9 h"."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from portal.core.languages import FRENCH
from portal.hours.slots import DAY, WHOLE_DAY, MonthDay, TimeSpan
from portal.hours.words.languages import phrases_in
from portal.hours.words.phrases import Phrases

_NEAR = 6
"""Days within which the name of the weekday is enough."""
_FAR = 300
"""Days from which the year is said."""


def clock(minute: int, phrases: Phrases) -> str:
    """Say a time of the day, such as 9 h 30."""
    return phrases.midnight if minute == DAY else phrases.clock(minute % DAY)


def spans(times: Iterable[TimeSpan], phrases: Phrases) -> str:
    """Say the times of a day in short."""
    return ", ".join(
        phrases.whole_day[0]
        if span == WHOLE_DAY
        else f"{clock(span.start, phrases)}{phrases.time_to}{clock(span.end, phrases)}"
        for span in times
    )


def spans_spoken(times: Iterable[TimeSpan], phrases: Phrases) -> str:
    """Say the times of a day for the ear."""
    return phrases.then.join(
        phrases.whole_day[1]
        if span == WHOLE_DAY
        else phrases.times_spoken.format(start=_spoken(span.start, phrases), end=_spoken(span.end, phrases))
        for span in times
    )


def _spoken(minute: int, phrases: Phrases) -> str:
    return phrases.midnight if minute == DAY else phrases.clock_spoken(minute % DAY)


def month_day(day: MonthDay, phrases: Phrases) -> str:
    """Say a day of any year."""
    return f"{day_of_month(day.day, phrases)} {phrases.months[day.month - 1]}"


def day_of_month(number: int, phrases: Phrases) -> str:
    """Say the number of a day: 1er, 2, 3."""
    return phrases.first_of_month if number == 1 else str(number)


def calendar_date(day: date, phrases: Phrases) -> str:
    """Say a date with its year."""
    return f"{month_day(MonthDay(day.month, day.day), phrases)} {day.year}"


def long_date(day: date, phrases: Phrases) -> str:
    """Say a date with its weekday, without its year."""
    return f"{phrases.days[day.weekday()]} {month_day(MonthDay(day.month, day.day), phrases)}"


def date_seen_from(day: date, today: date, phrases: Phrases) -> str:
    """Say a date, with its year only when it is far."""
    far = abs((day - today).days) > _FAR
    return calendar_date(day, phrases) if far else month_day(MonthDay(day.month, day.day), phrases)


def moment_seen_from(instant: datetime, now: datetime, phrases: Phrases) -> str:
    """Say when something happens: à 14 h, demain à 9 h, samedi à 9 h, le lundi 30 novembre à 9 h."""
    time = _at(clock(instant.hour * 60 + instant.minute, phrases), phrases)
    day = day_seen_from(instant.date(), now.date(), phrases)
    return f"{day} {time}".strip()


def date_in_words(day: date, language: str = FRENCH) -> str:
    """Say a date whole: 1er mai 2026."""
    return calendar_date(day, phrases_in(language))


def instant_in_words(instant: datetime, language: str = FRENCH) -> str:
    """Say an instant whole: samedi 21 novembre 2026 à 11 h."""
    phrases = phrases_in(language)
    time = _at(clock(instant.hour * 60 + instant.minute, phrases), phrases)
    return f"{long_date(instant.date(), phrases)} {instant.year} {time}"


def _at(time: str, phrases: Phrases) -> str:
    return phrases.states["at"].format(time=time)


def day_seen_from(day: date, today: date, phrases: Phrases) -> str:
    """Say a day from today: nothing for today itself."""
    distance = (day - today).days
    if distance == 0:
        return ""
    if distance == 1:
        return phrases.states["tomorrow"]
    if 0 < distance <= _NEAR:
        return phrases.days[day.weekday()]
    year = f" {day.year}" if abs(distance) > _FAR else ""
    return phrases.states["on_date"].format(date=long_date(day, phrases) + year)


def end_seen_from(instant: datetime, now: datetime, phrases: Phrases) -> str:
    """Say until when, taking midnight for the end of the evening before."""
    last = instant - timedelta(minutes=1)
    if (instant.hour, instant.minute) == (0, 0):
        day = day_seen_from(last.date(), now.date(), phrases)
        return f"{day} {_at(phrases.midnight, phrases)}".strip()
    return moment_seen_from(instant, now, phrases)
