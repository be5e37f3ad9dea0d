"""A week at a glance: what is open on each of the seven days to come, a row for each service."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.directory.cards.values import AccessPointCard, Link, ServiceCard
from portal.directory.queries.openings import schedule_of
from portal.directory.rules.openings import has_hours
from portal.hours.words import week_of
from portal.hours.words.languages import phrases_in
from portal.pages.sheets.reaching import Telling

_DAYS = 7


@dataclass(frozen=True)
class Column:
    """One day: its name in short, and whole for those who listen."""

    short: str
    long: str
    iso: str
    note: str
    """The name of a public holiday."""


@dataclass(frozen=True)
class Cell:
    """What one service does on one day."""

    words: str
    spoken: str
    is_closed: bool


@dataclass(frozen=True)
class Row:
    """One service through the week."""

    link: Link
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Glance:
    """The week of a place."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def glance_of(offers: Iterable[tuple[ServiceCard, AccessPointCard]], telling: Telling) -> Glance | None:
    """Put the week of several services side by side; those whose hours nobody told have no row."""
    told = [(card, point) for card, point in offers if has_hours(point.opening.opening)]
    if not told:
        return None
    calendar = told[0][1].opening.calendar
    today = telling.now.astimezone(calendar.time_zone).date()
    days = [today + timedelta(n) for n in range(_DAYS)]
    return Glance(
        columns=tuple(_column(day, calendar.public_holiday(day), telling.language) for day in days),
        rows=tuple(_row(card, point, telling) for card, point in told),
    )


def _column(day: date, note: str, language: str) -> Column:
    phrases = phrases_in(language)
    long = f"{phrases.days[day.weekday()]} {day.day} {phrases.months[day.month - 1]}"
    return Column(f"{phrases.short_days[day.weekday()]} {day.day}", long, day.isoformat(), note)


def _row(card: ServiceCard, point: AccessPointCard, telling: Telling) -> Row:
    opening = point.opening
    today = _today(telling.now, point)
    week = week_of(schedule_of(opening.opening, opening.calendar), today, first=today, language=telling.language)
    cells = (Cell(day.words, day.spoken, day.is_closed) for day in week.days)
    return Row(Link(card.public_id, card.slug, card.title), tuple(cells))


def _today(now: datetime, point: AccessPointCard) -> date:
    return now.astimezone(point.opening.calendar.time_zone).date()
