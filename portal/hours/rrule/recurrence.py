"""A recurrence as iCalendar says it, and the dates it gives; knows nothing of openings."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "UNTIL", "COUNT", "WKST"}
_MOST = 10_000
_LONGEST_REACH = 366 * 60


class UnreadableRecurrence(Exception):  # noqa: N818 - it never leaves the reader, which turns it into a problem
    """The recurrence is not of the subset that is read."""


class Frequency(StrEnum):
    """How often, before any other condition."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True)
class Recurrence:
    """The parts of an RRULE."""

    frequency: Frequency
    interval: int = 1
    by_day: frozenset[tuple[int, int]] = frozenset()
    """Ordinal (0 for every) and weekday."""
    by_month: frozenset[int] = frozenset()
    by_month_day: frozenset[int] = frozenset()
    by_set_position: frozenset[int] = frozenset()
    until: date | None = None
    count: int | None = None
    week_start: int = 0

    @property
    def is_bounded(self) -> bool:
        """Tell whether it ends."""
        return self.until is not None or self.count is not None


def parse_recurrence(text: str, *, minute: int | None = None, zone: tzinfo = UTC) -> Recurrence:
    """Read the value of an RRULE of events that start at a minute of the day in a time zone."""
    parts = dict(_part(piece) for piece in text.strip().strip(";").split(";"))
    if not parts.keys() <= _KNOWN or parts.get("FREQ") not in set(Frequency) or {"UNTIL", "COUNT"} <= parts.keys():
        raise UnreadableRecurrence
    recurrence = Recurrence(
        frequency=Frequency(parts["FREQ"]),
        interval=_positive(parts.get("INTERVAL", "1")),
        by_day=frozenset(_day(piece) for piece in _list(parts, "BYDAY")),
        by_month=frozenset(_within(piece, 1, 12) for piece in _list(parts, "BYMONTH")),
        by_month_day=frozenset(_within(piece, -31, 31) for piece in _list(parts, "BYMONTHDAY")),
        by_set_position=frozenset(_within(piece, -366, 366) for piece in _list(parts, "BYSETPOS")),
        until=_until(parts["UNTIL"], minute, zone) if "UNTIL" in parts else None,
        count=_positive(parts["COUNT"]) if "COUNT" in parts else None,
        week_start=_day(parts.get("WKST", "MO"))[1],
    )
    _refuse_what_means_otherwise(recurrence)
    return recurrence


def _part(piece: str) -> tuple[str, str]:
    name, _, value = piece.partition("=")
    return name.strip().upper(), value.strip().upper()


def _list(parts: Mapping[str, str], name: str) -> list[str]:
    return parts[name].split(",") if parts.get(name) else []


def _positive(text: str) -> int:
    return _within(text, 1, _MOST)


def _within(text: str, least: int, most: int) -> int:
    figures = text.removeprefix("-").removeprefix("+")
    if not (figures.isascii() and figures.isdigit()) or len(figures) > len(str(_MOST)):
        raise UnreadableRecurrence
    number = int(text)
    if number == 0 or not least <= number <= most:
        raise UnreadableRecurrence
    return number


def _day(text: str) -> tuple[int, int]:
    code, ordinal = text[-2:], text[:-2]
    if code not in DAY_CODES:
        raise UnreadableRecurrence
    return _within(ordinal, -53, 53) if ordinal else 0, DAY_CODES.index(code)


_INSTANT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


def _until(text: str, minute: int | None, zone: tzinfo) -> date:
    """Give the last day on which an event may start: the last instant may lie before its hour, or abroad a day off."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise UnreadableRecurrence
    try:
        last = datetime.strptime(match[1] + (match[2] or "235959"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        local = last.astimezone(zone) if match[3] else last
        starts_after = minute is not None and local.hour * 60 + local.minute < minute
        return local.date() - timedelta(starts_after)
    except (ValueError, OverflowError):
        raise UnreadableRecurrence from None


def _refuse_what_means_otherwise(recurrence: Recurrence) -> None:
    """Refuse what the predicate below would get wrong."""
    ordinals = any(ordinal for ordinal, _ in recurrence.by_day)
    monthly = recurrence.frequency is Frequency.MONTHLY
    yearly = recurrence.frequency is Frequency.YEARLY
    strange = (
        (ordinals and not monthly and not (yearly and recurrence.by_month)),
        (yearly and recurrence.by_day and not recurrence.by_month),
        (yearly and recurrence.by_month_day and not recurrence.by_month),
        (recurrence.by_set_position and not monthly),
        (recurrence.frequency is Frequency.WEEKLY and recurrence.by_month_day),
        (recurrence.week_start and recurrence.interval > 1),
    )
    if any(strange):
        raise UnreadableRecurrence


def dates_of(recurrence: Recurrence, start: date) -> Iterator[date]:
    """Walk through the dates from the start on; endless recurrences stop after sixty years."""
    found = 0
    for step in range(min(_LONGEST_REACH, (date.max - start).days)):
        day = start + timedelta(step)
        if recurrence.until is not None and day > recurrence.until:
            return
        if _holds(recurrence, start, day):
            yield day
            found += 1
            if found == recurrence.count:
                return


def _holds(recurrence: Recurrence, start: date, day: date) -> bool:
    if recurrence.by_month and day.month not in recurrence.by_month:
        return False
    match recurrence.frequency:
        case Frequency.DAILY:
            in_turn = (day - start).days % recurrence.interval == 0
            return in_turn and _is_by_day(recurrence, day) and _is_by_month_day(recurrence, day)
        case Frequency.WEEKLY:
            weeks = (_monday(day) - _monday(start)).days // 7
            return weeks % recurrence.interval == 0 and _is_weekly(recurrence, start, day)
        case Frequency.MONTHLY:
            months = (day.year - start.year) * 12 + day.month - start.month
            return months % recurrence.interval == 0 and day in _of_month(recurrence, start, day)
        case Frequency.YEARLY:
            return (day.year - start.year) % recurrence.interval == 0 and _is_yearly(recurrence, start, day)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _is_by_day(recurrence: Recurrence, day: date) -> bool:
    return not recurrence.by_day or any(_is_nth(day, ordinal, weekday) for ordinal, weekday in recurrence.by_day)


def _is_nth(day: date, ordinal: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    last = monthrange(day.year, day.month)[1]
    return ordinal in {0, (day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1)}


def _is_by_month_day(recurrence: Recurrence, day: date) -> bool:
    last = monthrange(day.year, day.month)[1]
    return not recurrence.by_month_day or not recurrence.by_month_day.isdisjoint({day.day, day.day - last - 1})


def _is_weekly(recurrence: Recurrence, start: date, day: date) -> bool:
    return _is_by_day(recurrence, day) if recurrence.by_day else day.weekday() == start.weekday()


def _of_month(recurrence: Recurrence, start: date, day: date) -> list[date]:
    """List the days of the month of a date that the recurrence names."""
    month = [day.replace(day=number) for number in range(1, monthrange(day.year, day.month)[1] + 1)]
    if recurrence.by_day or recurrence.by_month_day:
        named = [one for one in month if _is_by_day(recurrence, one) and _is_by_month_day(recurrence, one)]
    else:
        named = [one for one in month if one.day == start.day]
    if not recurrence.by_set_position:
        return named
    places = {place if place > 0 else len(named) + place + 1 for place in recurrence.by_set_position}
    return [one for number, one in enumerate(named, start=1) if number in places]


def _is_yearly(recurrence: Recurrence, start: date, day: date) -> bool:
    if recurrence.by_day or recurrence.by_month_day:
        return _is_by_day(recurrence, day) and _is_by_month_day(recurrence, day)
    return day.day == start.day and bool(recurrence.by_month or day.month == start.month)
