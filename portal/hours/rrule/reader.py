"""Read iCalendar events into an opening: each VEVENT is a slot, EXDATE a closure of its times, RDATE more dates.

A recurrence the model knows (every week, the nth weekday of the month, a day of each year) becomes a rule. Another one
becomes the list of its dates when it ends; without an end it is flagged. Every second week becomes even or odd weeks
only when that gives the same dates until its end: after a year of 53 weeks it would not. An event happens on public
holidays too, unless EXDATE says otherwise.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from portal.core.problems import Problem
from portal.hours.calendar import PARIS
from portal.hours.canonical import canonical
from portal.hours.rrule.recurrence import Frequency, Recurrence, UnreadableRecurrence, dates_of, parse_recurrence
from portal.hours.slots import (
    DAY,
    EVERY_DAY,
    WHOLE_DAY,
    DatedException,
    DayRule,
    ExceptionKind,
    MonthDay,
    Opening,
    PublicHolidays,
    Season,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
    Weeks,
)

MOST_EVENTS = 200
MOST_DATES = 500
_FOLDED = re.compile(r"\r?\n[ \t]")
_STAMP = re.compile(r"(\d{8})(?:T(\d{2})(\d{2})(\d{2})?)?(Z?)")
_DURATION = re.compile(r"P(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:\d+S)?)?")
_LONGEST_NTH = 5

EMPTY = Problem("ical-vide", "Aucun événement n’est écrit : il faut au moins une ligne DTSTART.")
UNREADABLE = Problem("ical-illisible", "Cet événement n’est pas lisible : vérifiez ses dates et son heure de fin.")
UNSAYABLE = Problem("ical-repetition", "Cette répétition ne peut pas être reprise : donnez-lui une fin, ou ses dates.")
UTC = Problem("ical-utc", "Une répétition en temps universel se décale d’une heure en été : donnez l’heure locale.")


@dataclass
class _Event:
    """The properties of a VEVENT that matter here."""

    text: str
    start: str = ""
    zone: ZoneInfo = PARIS
    end: str = ""
    duration: str = ""
    rule: str = ""
    excluded: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)


def read_rrule(text: str) -> tuple[Opening, tuple[Problem, ...]]:
    """Read one or several VEVENT, or the bare lines of one; never raises."""
    events = _events(text)
    if not events:
        return Opening(), (EMPTY,)
    slots: list[Slot] = []
    exceptions: list[DatedException] = []
    unread: list[Unread] = []
    problems: list[Problem] = []
    for event in events[:MOST_EVENTS]:
        try:
            found, closures = _read(event)
        except _Doubt as doubt:
            problems.append(replace(doubt.problem, value=event.rule or event.start))
            unread.append(Unread(event.text, doubt.touches))
        else:
            slots += found
            exceptions += closures
    if len(events) > MOST_EVENTS:
        problems.append(UNREADABLE)
        unread.append(Unread(events[MOST_EVENTS].text, DayRule()))
    return canonical(Opening(tuple(slots), tuple(exceptions), tuple(unread))), tuple(problems)


class _Doubt(Exception):  # noqa: N818 - it never leaves this module, which turns it into a problem
    """An event that cannot be read, and the days it leaves in doubt."""

    def __init__(self, problem: Problem, touches: DayRule) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.touches = touches


def _events(text: str) -> list[_Event]:
    blocks = re.split(r"(?im)^BEGIN:VEVENT\s*$", _FOLDED.sub("", text))
    events = [_event(block) for block in (blocks[1:] or blocks)]
    return [event for event in events if event.start or event.rule]


def _event(block: str) -> _Event:
    event = _Event(block.strip())
    for line in block.splitlines():
        head, _, value = line.partition(":")
        match head.partition(";")[0].strip().upper():
            case "DTSTART":
                event.start = value.strip()
                event.zone = _zone(head)
            case "DTEND":
                event.end = value.strip()
            case "DURATION":
                event.duration = value.strip()
            case "RRULE":
                event.rule = value.strip()
            case "EXDATE":
                event.excluded += value.strip().split(",")
            case "RDATE":
                event.added += value.strip().split(",")
    return event


_ZONE = re.compile(r'TZID="?([\w/+-]+)')


def _zone(head: str) -> ZoneInfo:
    """Find the time zone a start is written in; most of those nobody knows mean that of mainland France."""
    match = _ZONE.search(head)
    try:
        return ZoneInfo(match[1]) if match else PARIS
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return PARIS


@dataclass(frozen=True)
class _Stamp:
    """A date, and a time unless it is a whole day."""

    day: date
    minute: int | None
    is_utc: bool


def _read(event: _Event) -> tuple[list[Slot], list[DatedException]]:
    start = _stamp(event.start)
    if start is None:
        raise _Doubt(UNREADABLE, DayRule())
    touched = DayRule(valid_from=start.day)
    if start.is_utc:
        raise _Doubt(UTC, touched)
    times = _times(event, start, touched)
    added, excluded = (_days(stamps, start, touched) for stamps in (event.added, event.excluded))
    rule = _rule(event, start, touched)
    if rule.dates:
        rule, added = replace(rule, dates=rule.dates | added), frozenset()
    closures = [DatedException(day, day, ExceptionKind.CLOSED, times) for day in sorted(excluded)]
    if rule.dates:
        kept = rule.dates - excluded
        return [Slot(times, replace(rule, dates=kept))] if kept else [], []
    return [Slot(times, rule), *([Slot(times, DayRule(dates=added))] if added else [])], closures


def _stamp(text: str) -> _Stamp | None:
    match = _STAMP.fullmatch(text)
    if match is None:
        return None
    try:
        day = datetime.strptime(match[1], "%Y%m%d").date()  # noqa: DTZ007 - a date has no time zone
    except ValueError:
        return None
    if match[2] is None:
        return _Stamp(day, None, is_utc=False)
    minute = int(match[2]) * 60 + int(match[3])
    return _Stamp(day, minute, bool(match[5])) if minute < DAY else None


def _times(event: _Event, start: _Stamp, touched: DayRule) -> tuple[TimeSpan, ...]:
    """Give the times of an event; without an end nobody knows how long it lasts."""
    if start.minute is None:
        return (WHOLE_DAY,)
    if event.end:
        end = _stamp(event.end)
        if end is None or end.minute is None or end.is_utc:
            raise _Doubt(UNREADABLE, touched)
        length = (end.day - start.day).days * DAY + end.minute - start.minute
    elif event.duration:
        length = _length(event.duration, touched)
    else:
        return ()
    if not 0 < length <= DAY:
        raise _Doubt(UNREADABLE, touched)
    return (TimeSpan(start.minute, start.minute + length),)


def _length(text: str, touched: DayRule) -> int:
    match = _DURATION.fullmatch(text.upper())
    if match is None:
        raise _Doubt(UNREADABLE, touched)
    weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    return (weeks * 7 + days) * DAY + hours * 60 + minutes


def _days(stamps: list[str], start: _Stamp, touched: DayRule) -> frozenset[date]:
    """Read EXDATE or RDATE, which must stand at the time of the event."""
    read = [_stamp(text.strip()) for text in stamps]
    if any(one is None or one.minute not in {start.minute, None} or one.is_utc for one in read):
        raise _Doubt(UNREADABLE, touched)
    return frozenset(one.day for one in read if one is not None)


def _rule(event: _Event, first: _Stamp, touched: DayRule) -> DayRule:
    start = first.day
    if not event.rule:
        return DayRule(dates=frozenset({start}))
    try:
        recurrence = parse_recurrence(event.rule, minute=first.minute, zone=event.zone)
    except UnreadableRecurrence:
        raise _Doubt(UNSAYABLE, touched) from None
    rule = _known_rule(recurrence, start)
    if rule is not None:
        return rule
    if not recurrence.is_bounded:
        days = _weekdays(recurrence, start) if recurrence.frequency is Frequency.WEEKLY else EVERY_DAY
        raise _Doubt(UNSAYABLE, replace(touched, days=days))
    dates = list(islice(dates_of(recurrence, start), MOST_DATES + 1))
    if not dates or len(dates) > MOST_DATES:
        raise _Doubt(UNSAYABLE, touched)
    return _alternate_weeks(recurrence, dates) or DayRule(dates=frozenset(dates))


def _known_rule(recurrence: Recurrence, start: date) -> DayRule | None:
    """Say a recurrence as a rule of the model, if it is one."""
    if recurrence.interval != 1 or recurrence.by_month_day or recurrence.by_set_position - _NTH:
        return _yearly_rule(recurrence, start)
    match recurrence.frequency:
        case Frequency.DAILY | Frequency.WEEKLY:
            rule = DayRule(days=_weekdays(recurrence, start))
        case Frequency.MONTHLY:
            nth = _nth(recurrence)
            if nth is None:
                return None
            rule = nth
        case Frequency.YEARLY:
            return _yearly_rule(recurrence, start)
    season = _season(recurrence.by_month)
    if recurrence.by_month and season is None:
        return None
    return _valid(replace(rule, season=season), recurrence, start)


_NTH = frozenset({*range(1, _LONGEST_NTH + 1), *range(-_LONGEST_NTH, 0)})


def _valid(rule: DayRule, recurrence: Recurrence, start: date) -> DayRule:
    last = recurrence.until
    if recurrence.count is not None:
        last = max(dates_of(recurrence, start), default=start)
    return replace(rule, valid_from=start, valid_to=last, public_holidays=PublicHolidays.OPEN)


def _weekdays(recurrence: Recurrence, start: date) -> frozenset[Weekday]:
    if recurrence.by_day:
        return frozenset(Weekday(weekday) for _, weekday in recurrence.by_day)
    return EVERY_DAY if recurrence.frequency is Frequency.DAILY else frozenset({Weekday(start.weekday())})


def _nth(recurrence: Recurrence) -> DayRule | None:
    """Read "the first and third Saturday": the same ordinals for every weekday, or one weekday with positions."""
    days = frozenset(Weekday(weekday) for _, weekday in recurrence.by_day)
    ordinals = {ordinal for ordinal, _ in recurrence.by_day}
    if recurrence.by_set_position:
        plain = ordinals == {0} and len(days) == 1
        return DayRule(days=days, nth=recurrence.by_set_position) if plain else None
    every_pair = {(ordinal, day) for ordinal in ordinals for day in days} == set(recurrence.by_day)
    if not ordinals or not ordinals <= _NTH or not every_pair:
        return None
    return DayRule(days=days, nth=frozenset(ordinals))


def _season(months: frozenset[int]) -> Season | None:
    """Give the months as one season, when they follow one another."""
    firsts = [month for month in sorted(months) if (month - 2) % 12 + 1 not in months]
    if len(firsts) != 1:
        return None
    last = (firsts[0] + len(months) - 2) % 12 + 1
    return Season(MonthDay(firsts[0], 1), MonthDay(last, monthrange(2024, last)[1]))


def _yearly_rule(recurrence: Recurrence, start: date) -> DayRule | None:
    """Read a day of each year; 29 February would not come every year."""
    is_yearly = recurrence.frequency is Frequency.YEARLY and recurrence.interval == 1
    if not is_yearly or recurrence.by_day or recurrence.by_set_position:
        return None
    months = recurrence.by_month or {start.month}
    days = recurrence.by_month_day or {start.day}
    if len(months) > 1 or len(days) > 1:
        return None
    (month,), (day,) = months, days
    if day < 1 or (month, day) == (2, 29) or day > monthrange(2024, month)[1]:
        return None
    return _valid(DayRule(season=Season(MonthDay(month, day), MonthDay(month, day))), recurrence, start)


def _alternate_weeks(recurrence: Recurrence, dates: list[date]) -> DayRule | None:
    """Say every second week as even or odd weeks when both give the same dates from the first to the last."""
    if recurrence.frequency is not Frequency.WEEKLY or recurrence.by_month:
        return None
    weeks = Weeks.EVEN if dates[0].isocalendar().week % 2 == 0 else Weeks.ODD
    days = frozenset(Weekday(day.weekday()) for day in dates)
    span = [dates[0] + timedelta(n) for n in range((dates[-1] - dates[0]).days + 1)]
    wanted = [
        day for day in span if day.weekday() in days and (day.isocalendar().week % 2 == 0) == (weeks is Weeks.EVEN)
    ]
    if wanted != dates or len(dates) < len(days) + 1:
        return None
    return DayRule(days=days, weeks=weeks, valid_from=dates[0], valid_to=dates[-1], public_holidays=PublicHolidays.OPEN)
