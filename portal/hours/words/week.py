"""Say a week day by day, each with its date, its holidays and what is exceptional: frozen values for a template."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from portal.core.languages import FRENCH
from portal.hours.canonical import glued
from portal.hours.layers import StateCode, Status
from portal.hours.matching import Match
from portal.hours.occurrences import Occurrence
from portal.hours.schedule import Schedule
from portal.hours.slots import DAY, Appointment, DatedException, ExceptionKind, Mode, Slot
from portal.hours.words import exceptions, moments, rules
from portal.hours.words.languages import phrases_in
from portal.hours.words.phrases import Phrases

DAYS = 7


@dataclass(frozen=True)
class DayLine:
    """One day of the week."""

    day: date
    name: str
    """Such as "lundi 23 novembre"."""
    short: str
    """Such as "lundi 23": enough inside a week."""
    words: str
    spoken: str
    is_today: bool
    is_closed: bool
    is_uncertain: bool
    public_holiday: str = ""
    school_holiday: str = ""
    exception: str = ""
    """Why this day is unlike others, when a dated exception touches it."""
    messages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Week:
    """Seven days in a row, and the exceptions that touch them first."""

    exceptions: tuple[str, ...]
    days: tuple[DayLine, ...]
    lines: tuple[DayLine, ...]
    """The same with closed days in a row told as one: "fermé" six times over hides the day that counts."""


def week_of(schedule: Schedule, today: date, *, first: date | None = None, language: str = FRENCH) -> Week:
    """Say the week from Monday to Sunday that holds a day, or the seven days from another one on."""
    phrases = phrases_in(language)
    start = first or today - timedelta(today.weekday())
    days = [start + timedelta(n) for n in range(DAYS)]
    touching = [one for one in schedule.opening.exceptions if one.first <= days[-1] and one.last >= days[0]]
    lines = tuple(_day(schedule, day, today, phrases) for day in days)
    return Week(
        exceptions=tuple(_exception(one, phrases) for one in sorted(touching, key=lambda one: (one.first, one.last))),
        days=lines,
        lines=tuple(_as_one(tuple(same), phrases) for _, same in groupby(lines, key=_sameness)),
    )


def _sameness(line: DayLine) -> object:
    """Give what closed days of one line share; a day that is open, or today, is like no other."""
    notes = line.public_holiday, line.school_holiday, line.exception, line.messages
    return (line.words, *notes) if line.is_closed and not line.is_today else line.day


def _as_one(same: tuple[DayLine, ...], phrases: Phrases) -> DayLine:
    first, last = same[0], same[-1]
    if first is last:
        return first
    ends = [f"{phrases.short_days[each.day.weekday()]} {moments.day_of_month(each.day.day, phrases)}" for each in same]
    return replace(
        first,
        name=phrases.day_range_spoken.format(first=first.name, last=last.name),
        short=phrases.day_range_spoken.format(first=ends[0], last=ends[-1]),
    )


def _exception(one: DatedException, phrases: Phrases) -> str:
    if one.kind is not ExceptionKind.MESSAGE:
        return exceptions.in_words(one, phrases)
    return f"{rules.date_range(one.first, one.last, phrases)}{phrases.colon}{one.reason}"


@dataclass(frozen=True)
class _Contents:
    """What is known of one day."""

    found: tuple[Occurrence, ...]
    statuses: frozenset[Status]
    asks: bool
    """Whether one is received by appointment at times nobody gave."""

    @property
    def codes(self) -> frozenset[StateCode]:
        """Give what shows during the day."""
        return frozenset(status.code for status in self.statuses)

    @property
    def is_uncertain(self) -> bool:
        """Tell whether some of the day is to be checked."""
        return StateCode.UNKNOWN in self.codes or not all(one.is_certain for one in self.found)

    def doubt(self, phrases: Phrases) -> str:
        """Say that the day is to be checked, and why when one known doubt makes it so."""
        reasons = {status.reason for status in self.statuses if status.code is StateCode.UNKNOWN}
        why = phrases.doubts.get(reasons.pop()) if len(reasons) == 1 else None
        return phrases.colon.join(words for words in (why, phrases.states["day_unknown"]) if words)


def _contents(schedule: Schedule, day: date) -> _Contents:
    statuses = frozenset(shown.status for shown in schedule.days.shown_on(day.toordinal()))
    shows_it = any(status.code is StateCode.APPOINTMENT for status in statuses)
    return _Contents(schedule.occurrences(day, day), statuses, asks=shows_it and _asks(schedule, day))


def _asks(schedule: Schedule, day: date) -> bool:
    opening, kind = schedule.opening, schedule.days.kind_of(day.toordinal())
    slots = (slot for slot, match in zip(opening.slots, kind.matches, strict=False) if match == Match.YES)
    extras = (opening.exceptions[place] for place in kind.exceptions)
    present: tuple[Slot | DatedException, ...] = (*slots, *extras)
    return any(not one.times and one.appointment is Appointment.REQUIRED for one in present)


def _day(schedule: Schedule, day: date, today: date, phrases: Phrases) -> DayLine:
    calendar = schedule.calendar
    contents = _contents(schedule, day)
    touching = [one for one in schedule.opening.exceptions if one.first <= day <= one.last]
    return DayLine(
        day=day,
        name=moments.long_date(day, phrases),
        short=f"{phrases.days[day.weekday()]} {moments.day_of_month(day.day, phrases)}",
        words=_words(contents, phrases, is_spoken=False),
        spoken=_words(contents, phrases, is_spoken=True),
        is_today=day == today,
        is_closed=not contents.found and not contents.is_uncertain and contents.codes <= _CLOSED,
        is_uncertain=contents.is_uncertain,
        public_holiday=_holiday(calendar.public_holiday(day), phrases),
        school_holiday=_holiday(calendar.school_holiday_name(day), phrases),
        exception=next((one.reason for one in touching if one.kind is not ExceptionKind.MESSAGE), ""),
        messages=schedule.messages_on(day),
    )


def _holiday(name: str, phrases: Phrases) -> str:
    """Name a holiday; two may share a day."""
    return phrases.list_and.join(phrases.holidays.get(each, each) for each in name.split(" et "))


_CLOSED = {StateCode.CLOSED, StateCode.EXCEPTIONAL, StateCode.SEASON_OVER}


def _words(contents: _Contents, phrases: Phrases, *, is_spoken: bool) -> str:
    by_way: dict[tuple[Mode, Appointment], list[tuple[int, int]]] = defaultdict(list)
    for one in contents.found:
        by_way[one.mode, one.appointment].append(_minutes(one))
    said = []
    for (mode, appointment), stretches in by_way.items():
        times = (moments.spans_spoken if is_spoken else moments.spans)(glued(stretches), phrases)
        remarks = [phrases.modes.get(mode, ""), phrases.appointments.get(appointment, "")]
        said.append(" ".join([times, *(words for words in remarks if words)]))
    if contents.asks:
        said.append(phrases.appointments[Appointment.REQUIRED])
    if not said:
        return _words_without_times(contents, phrases)
    text = phrases.separator.join(said)
    return f"{text} ({contents.doubt(phrases)})" if contents.is_uncertain else text


def _minutes(one: Occurrence) -> tuple[int, int]:
    start = one.start.hour * 60 + one.start.minute
    days = (one.end.date() - one.start.date()).days
    end = one.end.hour * 60 + one.end.minute + days * DAY
    return start, max(end, start + 1)


def _words_without_times(contents: _Contents, phrases: Phrases) -> str:
    """Say the strongest state of a day without any time."""
    if contents.is_uncertain:
        return contents.doubt(phrases)
    for code, name in ((StateCode.EXCEPTIONAL, "day_exceptional"), (StateCode.SEASON_OVER, "day_season")):
        if code in contents.codes:
            return phrases.states[name]
    return phrases.states["day_closed"]
