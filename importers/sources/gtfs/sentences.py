"""French sentences of timetables: kinds of days with their departures, ends of timetables, directions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_

from importers.sources.gtfs.offers import KindOfDay
from portal.hours.calendar import Calendar
from portal.hours.service_days import Horizon, days_in, rules_of
from portal.hours.slots import DayRule, PublicHolidays, Weekday
from portal.hours.words import moments, rules
from portal.hours.words.french import IN_FRENCH

_N_KINDS = 6
_N_TIMES = 6
"""Departures that are named one by one."""
_N_DATES = 3


@dataclass(frozen=True)
class Event:
    """What the times of a timetable are, in words."""

    one: str
    many: str
    first: str
    last: str


DEPARTURE = Event("un départ", "départs", "premier départ", "dernier")
ARRIVAL = Event("une arrivée", "arrivées", "première arrivée", "dernière")


def kind_sentences(
    kinds: Sequence[KindOfDay], horizon: Horizon, calendar: Calendar, event: Event = DEPARTURE
) -> tuple[str, ...]:
    """Say each kind of day with its departures, the most frequent first."""
    idle = horizon.whole & ~reduce(or_, (kind.days for kind in kinds), 0)
    # Kinds that differ between their first and last departure are told alike.
    alike: dict[str, int] = {}
    for kind in kinds:
        words = departure_words(kind, event)
        alike[words] = alike.get(words, 0) | kind.days
    ranked = sorted(alike.items(), key=lambda each: (-each[1].bit_count(), each[1] & -each[1]))
    said = [
        f"{_capital(day_words(days, idle, horizon, calendar))}{IN_FRENCH.colon}{words}."
        for words, days in ranked[:_N_KINDS]
    ]
    if len(ranked) > _N_KINDS:
        said.append("D’autres heures valent certains jours : voyez la fiche horaire de l’exploitant.")
    return tuple(said)


def day_words(days: int, idle: int, horizon: Horizon, calendar: Calendar) -> str:
    """Say on which days: "du lundi au vendredi, hors vacances scolaires de la zone B"."""
    found, _ = rules_of(days, idle, horizon, calendar)
    weekly = [rule for rule in found if not rule.dates]
    named = sorted(day for rule in found for day in rule.dates)
    if len(weekly) == 1:
        return _with_dates(_weekly_words(weekly[0], horizon), named)
    if weekly:
        weekdays = frozenset(Weekday(horizon.day(bit).weekday()) for bit in days_in(days))
        words = rules.days(DayRule(days=weekdays), IN_FRENCH, names=IN_FRENCH.days)
        return f"{words}, certaines semaines"
    if len(named) <= _N_DATES:
        return rules.days(DayRule(dates=frozenset(named)), IN_FRENCH, names=IN_FRENCH.days)
    return f"{len(named)} jours {rules.date_range(named[0], named[-1], IN_FRENCH)}"


def departure_words(kind: KindOfDay, event: Event = DEPARTURE) -> str:
    """Say the departures one by one when they are few, else the first and the last."""
    departures = kind.departures
    first, last = (moments.clock(minute, IN_FRENCH) for minute in (departures[0], departures[-1]))
    if len(departures) == 1:
        return f"{event.one} à {first}"
    if len(departures) <= _N_TIMES:
        return f"{event.many} à {listed(moments.clock(minute, IN_FRENCH) for minute in departures)}"
    return f"{event.first} à {first}, {event.last} à {last} ({len(departures)} {event.many})"


def until_words(last: date) -> str:
    """Say how far a timetable reaches."""
    return f"Horaires publiés jusqu’au {moments.calendar_date(last, IN_FRENCH)}."


def from_words(first: date) -> str:
    """Say from when on a timetable holds."""
    return f"Horaires publiés à partir du {moments.calendar_date(first, IN_FRENCH)}."


def over_words(last: date) -> str:
    """Say since when a timetable is over."""
    return f"Les horaires publiés se sont arrêtés le {moments.calendar_date(last, IN_FRENCH)} : demandez les nouveaux."


def listed(words: Iterable[str]) -> str:
    """Join words as a list: a, b et c."""
    *first, last = words
    return IN_FRENCH.list_and.join([*([", ".join(first)] if first else []), last])


def _weekly_words(rule: DayRule, horizon: Horizon) -> str:
    """Leave out the dates that are those of the whole timetable."""
    bare = replace(
        rule,
        valid_from=None if rule.valid_from == horizon.first else rule.valid_from,
        valid_to=None if rule.valid_to == horizon.last else rule.valid_to,
    )
    words = [rules.days(bare, IN_FRENCH, names=IN_FRENCH.days), *rules.conditions(bare, IN_FRENCH)]
    if rule.public_holidays is PublicHolidays.CLOSED:
        words.append(IN_FRENCH.public[PublicHolidays.CLOSED])
    return ", ".join(words)


def _with_dates(words: str, named: Sequence[date]) -> str:
    if not named:
        return words
    if len(named) > _N_DATES:
        return f"{words}, et {len(named)} autres jours"
    return f"{words}, et {rules.days(DayRule(dates=frozenset(named)), IN_FRENCH, names=IN_FRENCH.days)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
