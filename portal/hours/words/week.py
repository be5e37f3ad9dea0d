"""Say a week day by day, each with its date, its holidays and what is exceptional: frozen values for a template."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from portal.hours.canonical import glued
from portal.hours.layers import StateCode
from portal.hours.occurrences import Occurrence
from portal.hours.schedule import Schedule
from portal.hours.slots import DAY, Appointment, DatedException, ExceptionKind, Mode
from portal.hours.words import moments, rules
from portal.hours.words.phrases import FRENCH, Phrases

DAYS = 7


@dataclass(frozen=True)
class DayLine:
    """One day of the week."""

    day: date
    name: str
    """Such as "lundi 23 novembre"."""
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


def week_of(schedule: Schedule, today: date, *, first: date | None = None, phrases: Phrases = FRENCH) -> Week:
    """Say the week from Monday to Sunday that holds a day, or the seven days from another one on."""
    start = first or today - timedelta(today.weekday())
    days = [start + timedelta(n) for n in range(DAYS)]
    touching = [one for one in schedule.opening.exceptions if one.first <= days[-1] and one.last >= days[0]]
    return Week(
        exceptions=tuple(_exception(one, phrases) for one in sorted(touching, key=lambda one: (one.first, one.last))),
        days=tuple(_day(schedule, day, today, phrases) for day in days),
    )


def _exception(one: DatedException, phrases: Phrases) -> str:
    when = rules.date_range(one.first, one.last, phrases)
    if one.kind is ExceptionKind.MESSAGE:
        return f"{when}{phrases.colon}{one.reason}"
    form = phrases.closed_on if one.kind is ExceptionKind.CLOSED else phrases.extra_on
    times = moments.spans(one.times, phrases)
    return " ".join(
        words for words in (form.format(when=when), times, f"({one.reason})" if one.reason else "") if words
    )


def _day(schedule: Schedule, day: date, today: date, phrases: Phrases) -> DayLine:
    calendar = schedule.calendar
    found = schedule.occurrences(day, day)
    codes = {shown.status.code for shown in schedule.days.shown_on(day.toordinal())}
    uncertain = StateCode.UNKNOWN in codes or not all(one.is_certain for one in found)
    touching = [one for one in schedule.opening.exceptions if one.first <= day <= one.last]
    return DayLine(
        day=day,
        name=moments.long_date(day, phrases),
        words=_words(found, codes, phrases, is_spoken=False),
        spoken=_words(found, codes, phrases, is_spoken=True),
        is_today=day == today,
        is_closed=not found and not uncertain and codes <= _CLOSED,
        is_uncertain=uncertain,
        public_holiday=calendar.public_holiday(day),
        school_holiday=calendar.school_holiday_name(day),
        exception=next((one.reason for one in touching if one.kind is not ExceptionKind.MESSAGE), ""),
        messages=schedule.messages_on(day),
    )


_CLOSED = {StateCode.CLOSED, StateCode.EXCEPTIONAL, StateCode.SEASON_OVER}


def _words(found: tuple[Occurrence, ...], codes: set[StateCode], phrases: Phrases, *, is_spoken: bool) -> str:
    if not found:
        return _words_without_times(codes, phrases)
    by_way: dict[tuple[Mode, Appointment], list[tuple[int, int]]] = defaultdict(list)
    for one in found:
        by_way[one.mode, one.appointment].append(_minutes(one))
    said = []
    for (mode, appointment), stretches in by_way.items():
        times = (moments.spans_spoken if is_spoken else moments.spans)(glued(stretches), phrases)
        remarks = [phrases.modes.get(mode, ""), phrases.appointments.get(appointment, "")]
        said.append(" ".join([times, *(words for words in remarks if words)]))
    text = phrases.separator.join(said)
    uncertain = StateCode.UNKNOWN in codes or not all(one.is_certain for one in found)
    return f"{text} ({phrases.states['day_unknown']})" if uncertain else text


def _minutes(one: Occurrence) -> tuple[int, int]:
    start = one.start.hour * 60 + one.start.minute
    days = (one.end.date() - one.start.date()).days
    end = one.end.hour * 60 + one.end.minute + days * DAY
    return start, max(end, start + 1)


def _words_without_times(codes: set[StateCode], phrases: Phrases) -> str:
    """Say the strongest state of a day without any time."""
    for code, name in (
        (StateCode.APPOINTMENT, "appointment"),
        (StateCode.UNKNOWN, "day_unknown"),
        (StateCode.EXCEPTIONAL, "day_exceptional"),
        (StateCode.SEASON_OVER, "day_season"),
    ):
        if code in codes:
            return phrases.states[name].lower()
    return phrases.states["day_closed"]
