"""Read GTFS calendars: on which days a transport service runs, as rules and dated exceptions.

Rows come already parsed, one mapping of column to text a row. A public holiday is a day like another for GTFS, unless
`calendar_dates` says otherwise: the rules are open on them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from portal.core.problems import Problem
from portal.hours.canonical import canonical
from portal.hours.slots import (
    DatedException,
    DayRule,
    ExceptionKind,
    Opening,
    PublicHolidays,
    Slot,
    TimeSpan,
    Unread,
    Weekday,
)

Row = Mapping[str, str]

CALENDAR = "gtfs-calendrier"
ADDED, REMOVED = "1", "2"
_COLUMNS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_gtfs(
    calendars: Iterable[Row],
    calendar_dates: Iterable[Row] = (),
    *,
    today: date,
    times: Sequence[TimeSpan] = (),
) -> tuple[Opening, tuple[Problem, ...]]:
    """Read the calendars of one service; `times` is its window of a day, none when nobody said.

    What is over by `today` leaves no opening, but a dated notice that says so.
    """
    stated = read_gtfs_days(calendars, calendar_dates)
    rules, added, problems = stated.rules, stated.added, stated.problems
    over = _last_day(rules, added)
    if over is None:
        silent = _problem("gtfs-sans-jour", "Ce calendrier ne dit aucun jour : demandez-en un à l’exploitant.")
        return Opening(unread=_unread(problems)), (*problems, silent)
    if over < today:
        return opening_that_is_over(over), (*problems, _over(over))
    slots = [Slot(tuple(times), rule) for rule in rules]
    named = frozenset(day for day in added if not any(_runs(rule, day) for rule in rules))
    if named:
        slots.append(Slot(tuple(times), DayRule(dates=named)))
    closures = (_closure(day) for day in sorted(stated.removed) if any(_runs(rule, day) for rule in rules))
    return canonical(Opening(tuple(slots), tuple(closures), _unread(problems))), problems


@dataclass(frozen=True)
class GtfsDays:
    """What the rows of one service say: its weeks, the dates added to them and those taken away."""

    rules: tuple[DayRule, ...]
    added: frozenset[date]
    removed: frozenset[date]
    problems: tuple[Problem, ...]


def read_gtfs_days(calendars: Iterable[Row], calendar_dates: Iterable[Row] = ()) -> GtfsDays:
    """Read the rows of one service in the two files of calendars."""
    problems: list[Problem] = []
    rules = tuple(rule for row in calendars for rule in _weekly(row, problems))
    changes = [change for row in calendar_dates for change in _change(row, problems)]
    added = frozenset(day for day, kind in changes if kind == ADDED)
    removed = frozenset(day for day, kind in changes if kind == REMOVED)
    return GtfsDays(rules, added, removed, tuple(problems))


def read_gtfs_date(text: str) -> date | None:
    """Read eight figures; None when they are no date."""
    figures = text.strip()
    if len(figures) != len("YYYYMMDD") or not (figures.isascii() and figures.isdigit()):
        return None
    try:
        return datetime.strptime(figures, "%Y%m%d").date()  # noqa: DTZ007 - a date has no time zone
    except ValueError:
        return None


def opening_that_is_over(over: date) -> Opening:
    """Give no opening, but the dated notice that a calendar has ended."""
    notice = DatedException(over + timedelta(1), date.max, ExceptionKind.MESSAGE, reason=sentence_of_end(over))
    return Opening(exceptions=(notice,))


def sentence_of_end(over: date) -> str:
    """Say since when a calendar is over, and what to do."""
    return f"Ce calendrier s’arrête le {over:%d/%m/%Y} : demandez le nouveau à l’exploitant."


def _unread(problems: Iterable[Problem]) -> tuple[Unread, ...]:
    """Keep the rows nobody could read: a calendar may run on any day, a date is one day among many."""
    return tuple(Unread(one.value, DayRule() if one.code == CALENDAR else None) for one in problems)


def _weekly(row: Row, problems: list[Problem]) -> Iterator[DayRule]:
    first, last = read_gtfs_date(row.get("start_date", "")), read_gtfs_date(row.get("end_date", ""))
    flags = [row.get(column, "").strip() for column in _COLUMNS]
    if first is None or last is None or last < first or not set(flags) <= {"0", "1"}:
        value = " ".join(f"{column}={text}" for column, text in row.items())
        problems.append(
            _problem(CALENDAR, "Cette ligne de calendrier n’est pas lisible : vérifiez jours et dates.", value)
        )
        return
    days = frozenset(Weekday(number) for number, flag in enumerate(flags) if flag == "1")
    if days:
        yield DayRule(days=days, valid_from=first, valid_to=last, public_holidays=PublicHolidays.OPEN)


def _change(row: Row, problems: list[Problem]) -> Iterator[tuple[date, str]]:
    day, kind = read_gtfs_date(row.get("date", "")), row.get("exception_type", "").strip()
    if day is None or kind not in {ADDED, REMOVED}:
        value = " ".join(f"{column}={text}" for column, text in row.items())
        problems.append(_problem("gtfs-date", "Cette date de calendrier n’est pas lisible : vérifiez-la.", value))
        return
    yield day, kind


def _last_day(rules: Iterable[DayRule], added: frozenset[date]) -> date | None:
    ends = [rule.valid_to for rule in rules if rule.valid_to is not None]
    return max([*ends, *added], default=None)


def _runs(rule: DayRule, day: date) -> bool:
    return (
        day.weekday() in rule.days
        and (rule.valid_from is None or rule.valid_from <= day)
        and (rule.valid_to is None or day <= rule.valid_to)
    )


def _closure(day: date) -> DatedException:
    return DatedException(day, day, ExceptionKind.CLOSED, reason="Ne circule pas")


def _over(over: date) -> Problem:
    return replace(_problem("gtfs-expire", sentence_of_end(over)), value=over.isoformat())


def _problem(code: str, text: str, value: str = "") -> Problem:
    return Problem(code=code, text=text, value=value)
